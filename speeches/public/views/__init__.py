"""The public pages, a module a column."""
