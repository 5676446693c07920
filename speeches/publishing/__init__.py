"""The static site, and whether what was published still is what was published."""
