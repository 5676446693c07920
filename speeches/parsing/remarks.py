"""Remarks of reporters and editors among the spoken text."""

import re

_REMARK = re.compile(
    r"^[（(](?:本报|新华社|[^（()）]{0,12})?(?:记者|通讯员)[^（()）]*[)）]$|^[（(][^（()）]{2,40}(?:整理|采访|摄影报道)[)）]$"
    r"|^——[^。]{0,6}编[\s　]*者$|^(?:会议|大会|座谈会|论坛)由.{2,60}主持。?$"
)


def is_remark(paragraph: str) -> bool:
    """A reporter's or editor's remark, which nobody spoke."""
    return len(paragraph) <= 120 and _REMARK.match(paragraph) is not None
