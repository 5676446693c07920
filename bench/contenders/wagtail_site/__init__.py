"""A Wagtail site of the same speeches, set up as ``wagtail start`` does it; a page each."""
