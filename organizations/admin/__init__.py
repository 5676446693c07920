"""Bodies and people as staff edit them."""

from organizations.admin import bodies, people

__all__ = ["bodies", "people"]
