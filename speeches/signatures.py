"""Signatures as newspapers print them: body and posts in one, then the names."""

from collections.abc import Iterable


def post_line(organization: str, posts: Iterable[str]) -> str:
    """Return body and posts in one: ``青禾市政协党组书记、主席``."""
    return f"{organization}{'、'.join(posts)}"


def signature(organization: str, posts: Iterable[str], names: Iterable[str]) -> str:
    """Return the signature made of its parts: ``青禾市政协党组书记、主席　林清溪、江小舟``."""
    return "　".join(filter(None, (post_line(organization, posts), "、".join(names))))
