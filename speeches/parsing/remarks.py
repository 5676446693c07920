"""Remarks of reporters and editors among the spoken text, and captions of pictures."""

import re

_REMARK = re.compile(
    r"^[（(](?:本报|新华社|[^（()）]{0,12})?(?:记者|通讯员)[^（()）]*[)）]$|^[（(][^（()）]{2,40}(?:整理|采访|摄影报道)[)）]$"
    r"|^[（(][^（()）]{0,20}(?:录音|记录)整理[^（()）]{0,20}[)）]$"
    r"|^——[^。]{0,6}编[\s　]*者$|^(?:会议|大会|座谈会|论坛)由.{2,60}主持。?$"
    r"|^(?:图片?|题图)(?:[①-⑳]|[一二三四五六七八九十]|[0-9]{1,2})[^。！？]{0,2}[：:].{2,80}$"
)


def is_remark(paragraph: str) -> bool:
    """A reporter's or editor's remark or a picture's caption, which nobody spoke."""
    return len(paragraph) <= 120 and _REMARK.match(paragraph) is not None
