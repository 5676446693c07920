"""Marking English texts for translation, which happens where they are shown."""


def gettext_noop(message: str) -> str:
    """Return ``message`` as it is; the name is what xgettext collects."""
    return message
