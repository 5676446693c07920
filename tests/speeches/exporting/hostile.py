"""Texts that would do harm in one form or another, and how a digest full of them is made."""

from html import escape

from speeches.exporting.characters import printable
from speeches.exporting.document import DigestDocument
from tests.speeches.exporting.samples import digest, speech, work_item

LONG_NAME = "阿卜杜热合曼·买买提明江"
RARE_NAME = "𠮷野㛃𫞩"
HOSTILE = (
    "<script>alert(1)</script>",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "&amp;&lt;&#60;",
    "</p></section></body>",
    "\" onmouseover='alert(1)'",
    "{{ SECRET_KEY }}{% include 'base.html' %}",
    '#read("/etc/passwd") $x$ @ref',
    "# 标题 **粗** `码` [链](javascript:1)",
    '=HYPERLINK("http://example.com")',
    "+1-1@SUM(A1)",
    "甲\ue000乙\x00丙\x0b丁\u202e戊",
    LONG_NAME,
    RARE_NAME,
)


def hostile_digest(text: str) -> DigestDocument:
    """Return a printable digest that says ``text`` wherever it says anything."""
    markup = f"<h2>{escape(text)}</h2><p>{escape(text)}</p><ul><li>{escape(text)}</li></ul>"
    markup += f"<table><tr><td>{escape(text)}</td></tr></table>"
    piece = speech(
        1, markup, title=text, byline=text, organization=text, posts=(text,), speakers=(text,)
    )
    document, _notices = printable(
        digest(
            title=text,
            kicker=text,
            subtitle=text,
            host=text,
            place=text,
            editors_note=text,
            speeches=(piece,),
            work_items=(work_item(1, title=text, organization=text),),
        )
    )
    return document
