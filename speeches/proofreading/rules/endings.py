"""Paragraphs that break off: the sentence has no end, or only a pause."""

import re
from collections.abc import Iterator

from speeches.parsing.typography import CLOSERS, HAN, ends_sentence
from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

PAUSE = Rule(
    "ends-with-pause",
    Category.INCOMPLETE,
    Severity.SEVERE,
    _("Paragraph broken off at a pause"),
    _("The paragraph ends in mid-sentence: what follows is missing, or stands in the next one."),
)
NO_END = Rule(
    "no-end",
    Category.INCOMPLETE,
    Severity.ORDINARY,
    _("Sentence without an end"),
    _("The last sentence has no mark at its end: something may be missing."),
)
RULES = (PAUSE, NO_END)

_SHOWN = 8
_LONG = 60
_ADDRESS = 15
"""Characters up to which a paragraph may be an address to listeners (各位委员，)."""
_PAUSES = "，、,"
_INSIDE = re.compile("[。！？]")
_NO_SENTENCE = re.compile(
    r"^[（(]|^(?:附件|注|来源|作者|责任编辑|编辑|联系人|联系电话|图)[0-9一二三四五]?[:：]|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?$"
)
_ATTRIBUTED = re.compile("^——")


def check(document: TextDocument) -> Iterator[Finding]:
    """Find paragraphs of running text that do not end."""
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.kind is Kind.BODY:
            yield from _check_end(paragraph, number)


def _check_end(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    text = paragraph.text.rstrip()
    kernel = text.rstrip(CLOSERS)
    if not kernel or _NO_SENTENCE.search(text) or _ATTRIBUTED.match(text):
        return
    span = (max(len(text) - _SHOWN, 0), len(text))
    if text[-1] in _PAUSES:
        severity = PAUSE.severity if len(text) > _ADDRESS else Severity.ORDINARY
        yield PAUSE.mark(paragraph, number, span, severity=severity)
    elif (
        re.match(f"[{HAN}0-9%]", kernel[-1]) and not ends_sentence(text) and text[-1] not in "》）"
    ):
        sentences = _INSIDE.search(text)
        if sentences or (len(text) > _LONG and "，" in text):
            yield NO_END.mark(paragraph, number, span)
