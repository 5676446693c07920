"""The rules, one module a family; each has its ``RULES`` and a ``check``."""
