"""What staff work with: one module an aggregate; behaviour is in services."""

from speeches.admin import (
    accounts,
    background,
    counts,
    editions,
    imports,
    meetings,
    pictures,
    reports,
    search,
    search_tokens,
    site,
    speeches,
    terms,
    topics,
    work_items,
)

__all__ = [
    "accounts",
    "background",
    "counts",
    "editions",
    "imports",
    "meetings",
    "pictures",
    "reports",
    "search",
    "search_tokens",
    "site",
    "speeches",
    "terms",
    "topics",
    "work_items",
]
