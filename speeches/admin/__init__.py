"""What staff work with: one module an aggregate; behaviour is in services."""

from speeches.admin import accounts, editions, imports, meetings, speeches, topics, work_items

__all__ = ["accounts", "editions", "imports", "meetings", "speeches", "topics", "work_items"]
