"""A digest that was handed on comes back as it was: export, then import."""

from dataclasses import replace
from datetime import date

import pytest

from speeches import parsing
from speeches.exporting import registry
from speeches.exporting.document import DigestDocument, DigestFigure, DigestSpeech, DigestWorkItem
from speeches.services import imports
from speeches.textblocks import Block, BlockKind, Run

TEXTS = (
    "白鹭县山大沟深，最远的村子到县城要翻三道梁，县政协从群众“下山一趟不容易”这句话入手，建起流动联络站。",
    "一、热线电话有人接。由86名委员轮流值守，做到当日登记、三日回音，全年接听来电2317个。",
    "二、流动站点常下乡。筹措资金38万元改装了2辆联络车，每月沿固定线路进村。",
    "下一步，我们将把好做法整理成册，让更多群众在家门口说得上话。",
)
NAMES = ("林清溪", "江照野", "贺兰舟", "叶知秋", "陆行舟", "秦牧晚")


@pytest.fixture
def document():
    return DigestDocument(
        slug="m",
        title="青禾市政协系统委员联系界别群众工作经验交流会",
        url="/meetings/m/",
        subtitle="发言摘登",
        speeches=tuple(
            DigestSpeech(
                id=number,
                title=f"{name}说田埂上的新事",
                byline=f"青禾市政协党组成员、副主席　{name}",
                organization="青禾市政协",
                posts=("党组成员", "副主席"),
                speakers=(name,),
                blocks=tuple(Block(BlockKind.PARAGRAPH, (Run(text),)) for text in TEXTS),
                url=f"/speeches/{number}/",
            )
            for number, name in enumerate(NAMES)
        ),
        work_items=tuple(
            DigestWorkItem(
                id=number,
                title="热线电话有人接",
                organization="青禾市政协",
                summary="",
                year=2025,
                url=f"/work/{number}/",
                speech_id=number,
                figures=(
                    DigestFigure("86名委员", "委员", "名", 86, 86, "exact", "result"),
                    DigestFigure("接听来电2317个", "来电", "个", 2317, 2317, "exact", "result"),
                ),
            )
            for number in range(len(NAMES))
        ),
    )


@pytest.mark.parametrize("form", ["docx", "pdf", "newspaper", "akn", "markdown"])
def test_speeches_signatures_and_paragraphs_come_back(document, form):
    export = registry.export(document, form)
    digest = imports.read_digest(data=export.content, filename=export.filename).digest
    assert digest.meeting == document.title
    assert [
        (speech.title, speech.byline, speech.organization, speech.posts, speech.speakers)
        for speech in digest.speeches
    ] == [
        (speech.title, speech.byline, speech.organization, speech.posts, speech.speakers)
        for speech in document.speeches
    ]
    assert {speech.paragraphs for speech in digest.speeches} == {TEXTS}
    assert not any(speech.reordered for speech in digest.speeches)
    told = parsing.digest_to_json(digest)
    assert (told["lost"], told["invented"]) == ("", "")


@pytest.mark.parametrize("form", ["docx", "pdf", "newspaper"])
def test_the_blank_where_a_long_title_breaks_comes_back(document, form):
    title = "以高质量党建引领高质量履职　推动委员工作室与基层治理深度融合"
    first, *others = document.speeches
    document = replace(document, speeches=(replace(first, title=title), *others))
    export = registry.export(document, form)
    digest = imports.read_digest(data=export.content, filename=export.filename).digest
    assert digest.speeches[0].title == title


@pytest.mark.parametrize("form", ["docx", "pdf", "newspaper"])
def test_a_signature_of_two_bodies_comes_back_though_it_breaks(document, form):
    posts = ("分党组书记", "主任", "市社会科学院院长")
    byline = "青禾市政协文化文史和学习委员会分党组书记、主任，市社会科学院院长　林清溪"
    first, *others = document.speeches
    document = replace(
        document,
        speeches=(
            *others,
            replace(
                first,
                byline=byline,
                organization="青禾市政协文化文史和学习委员会",
                posts=posts,
            ),
        ),
    )
    export = registry.export(document, form)
    digest = imports.read_digest(data=export.content, filename=export.filename).digest
    assert [speech.title for speech in digest.speeches] == [
        speech.title for speech in document.speeches
    ]
    speech = digest.speeches[-1]
    assert (speech.byline, speech.posts, speech.speakers) == (byline, posts, ("林清溪",))
    assert {speech.paragraphs for speech in digest.speeches} == {TEXTS}
    assert (digest.lost, digest.invented) == ("", "")


NOTE = "编者按：9月16日，青禾市政协召开经验交流会，各位委员畅谈做法和体会。现将发言摘登如下。"


@pytest.mark.parametrize("form", ["docx", "pdf", "newspaper"])
def test_a_large_meeting_comes_back_with_its_note_in_order(document, form):
    speeches = tuple(
        replace(
            speech,
            title=f"{speech.title}之{number}",
            blocks=tuple(
                Block(BlockKind.PARAGRAPH, (Run(text.text * (1 + number % 4)),))
                for text in speech.blocks
            ),
        )
        for number in range(1, 11)
        for speech in document.speeches
    )
    document = replace(
        document,
        speeches=speeches,
        editors_note=NOTE,
        host="青禾市政协",
        published_on=date(2025, 9, 20),
    )
    export = registry.export(document, form)
    digest = imports.read_digest(data=export.content, filename=export.filename).digest
    assert (digest.meeting, digest.label) == (document.title, "发言摘登")
    assert digest.editors_note == NOTE
    assert [(speech.title, speech.byline, speech.paragraphs) for speech in digest.speeches] == [
        (speech.title, speech.byline, tuple(block.text for block in speech.blocks))
        for speech in speeches
    ]
    assert (digest.lost, digest.invented) == ("", "")
