"""The digest as Akoma Ntoso 3.0, the OASIS standard for the papers of assemblies: a ``debate``.

Every speech is a ``speech`` of one ``debateSection``; ``by`` names the person, or the body where
several speak together, ``as`` the post, and ``from`` holds the signature as printed. The anchor of
a paragraph ends its ``eId``. What HTML calls a heading, quotation or picture inside a speech is a
``block`` of that name. The highlighted work is data about the file (``akn_work``).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from lxml import etree

from speeches.exporting.akn_references import References
from speeches.exporting.akn_work import work_of
from speeches.exporting.composition import UNTITLED, occasion
from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.exporting.elements import Element, add, add_runs, add_text, new
from speeches.exporting.exporter import Exporter
from speeches.exporting.nesting import BlockList, nested
from speeches.exporting.wording import one_line, printed_byline
from speeches.textblocks import Block, BlockKind

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LANGUAGE: Final = "zho"
_DAY_UNKNOWN: Final = date(1949, 9, 21)
"""The day on which the first conference opened: nothing is older, and the schema wants a day."""
_LOOKS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "superscript": "sup",
    "subscript": "sub",
}
_BLOCK_NAMES: Final = {
    BlockKind.HEADING: "heading",
    BlockKind.QUOTE: "quotation",
    BlockKind.IMAGE: "picture",
}


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as an Akoma Ntoso file in UTF-8."""
    references = References(document)
    root = new("akomaNtoso", xmlns=NAMESPACE)
    debate = add(root, "debate", name="digest")
    meta = add(debate, "meta")
    _identify(add(meta, "identification", source="#editor"), document)
    meta.append(references.element())
    work = work_of(document.work_items, (speech.id for speech in document.speeches))
    if work is not None:
        meta.append(work)
    _preface(add(debate, "preface"), document)
    section = add(add(debate, "debateBody"), "debateSection", name="speeches", eId="speeches")
    add(section, "heading", one_line(document.title) or UNTITLED)
    for speech in document.speeches:
        section.append(_speech(speech, references))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


def _identify(identification: Element, document: DigestDocument) -> None:
    """Name work, expression and manifestation by the naming convention of Akoma Ntoso."""
    held = document.start_date or document.published_on or _DAY_UNKNOWN
    issued = document.published_on or held
    work = f"/akn/cn/debate/{held.isoformat()}/{document.slug}"
    expression = f"{work}/{_LANGUAGE}@{issued.isoformat()}"
    levels = (
        ("FRBRWork", work, held, "meeting", "#host"),
        ("FRBRExpression", expression, issued, "publication", "#editor"),
        ("FRBRManifestation", f"{expression}.akn", issued, "publication", "#editor"),
    )
    for name, address, day, event, author in levels:
        level = add(identification, name)
        add(level, "FRBRthis", value=f"{address}/!main")
        add(level, "FRBRuri", value=address)
        if name == "FRBRExpression" and document.edition_hash:
            add(level, "FRBRalias", name="edition", value=document.edition_hash)
        add(level, "FRBRdate", date=day.isoformat(), name=event)
        add(level, "FRBRauthor", href=author)
        if name == "FRBRWork":
            add(level, "FRBRcountry", value="cn")
        elif name == "FRBRExpression":
            add(level, "FRBRlanguage", language=_LANGUAGE)


def _preface(preface: Element, document: DigestDocument) -> None:
    if document.kicker:
        add(preface, "p", one_line(document.kicker), class_="kicker")
    add(add(preface, "p"), "docTitle", one_line(document.title) or UNTITLED)
    if document.subtitle:
        add(preface, "p", one_line(document.subtitle), class_="subtitle")
    if document.start_date:
        paragraph = add(preface, "p", class_="occasion")
        day = document.start_date.isoformat()
        add(paragraph, "docDate", occasion(document), date=day)
    paragraphs = [text for text in document.editors_note.splitlines() if text.strip()]
    if paragraphs:
        note = add(preface, "container", name="editorsNote")
        for text in paragraphs:
            add(note, "p", text.strip())


def _speech(speech: DigestSpeech, references: References) -> Element:
    identifier = f"speech_{speech.id}"
    element = new(
        "speech", by=references.speaker(speech), as_=references.role(speech), eId=identifier
    )
    if speech.title.strip():
        add(element, "heading", one_line(speech.title))
    if printed_byline(speech):
        references.mark_up(add(element, "from"), speech)
    contents = list(_contents(speech.blocks, f"{identifier}__"))
    element.extend(contents or [new("p")])
    return element


def _contents(blocks: tuple[Block, ...], anchors: str) -> Iterator[Element]:
    for part in nested(blocks):
        if isinstance(part, BlockList):
            yield _list(part)
        elif part.kind is BlockKind.TABLE:
            yield _table(part.rows)
        else:
            yield _passage(part, anchors)


def _passage(block: Block, anchors: str) -> Element:
    name = _BLOCK_NAMES.get(block.kind, "")
    element = new("block" if name else "p", name=name)
    if block.kind is BlockKind.HEADING:
        element.set("class", f"level-{block.level}")
    elif block.align:
        element.set("class", block.align)
    if block.anchor:
        element.set("eId", anchors + block.anchor)
    if block.kind is BlockKind.IMAGE:
        add(element, "img", src=f"{settings.SITE_URL}{block.src}")
    return add_runs(element, block.runs, _LOOKS, "eol")


def _list(part: BlockList) -> Element:
    element = new("ul" if part.start is None else "ol")
    for number, contents in enumerate(part.items, start=part.start or 0):
        item = add(element, "li", value="" if part.start is None else str(number))
        for content in contents:
            if isinstance(content, BlockList):
                item.append(_list(content))
            else:
                add_runs(add(item, "p"), content.runs, _LOOKS, "eol")
    return element


def _table(rows: tuple[tuple[str, ...], ...]) -> Element:
    table = new("table")
    for number, row in enumerate(rows):
        line = add(table, "tr")
        for cell in row:
            add_text(add(add(line, "td" if number else "th"), "p"), cell)
    return table


EXPORTER = Exporter(
    label=_("Akoma Ntoso document (XML)"),
    media_type="application/akn+xml",
    extension="xml",
    render=render,
)
