"""Bold words of a Word file: kept from its runs to the draft, wherever staff put them."""

import io
import re

import docx as python_docx
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from speeches import parsing
from speeches.parsing.places import Place
from speeches.parsing.stress import stress_of
from speeches.services import (
    acceptance,
    block_edits,
    corrections,
    emphasis,
    import_edits,
    imports,
    name_queue,
    speech_edits,
)
from speeches.services.merging import Comparison

FIRST = [
    ("去年，我们走访了全市", ""),
    ("十二条小河", "b"),
    ("，提交提案", ""),
    ("19件", "Strong"),
    ("，群众", ""),
    ("很满意", "off"),
    ("。", ""),
]
SECOND = [("一是巡查。", "b"), ("今年，我们推动建立了河长制，清理河道三十公里。", "")]
LONG = (
    "下一步，我们将继续跟踪，把好做法整理成册，让更多群众在家门口说得上话、办得成事，"
    "让每条小河都有人管、管得好、管得住，让一江清水出云岭、万家灯火映河堤、人人都安心。"
)
WHOLE = [(LONG, "b")]


def document(*paragraphs) -> bytes:
    made = python_docx.Document()
    for text in ("青禾市政协年度工作交流会发言摘编", "让每条小河都有人管"):
        made.add_paragraph().add_run(text).bold = True
    made.add_paragraph("青禾市政协委员　林清溪")
    for runs in paragraphs:
        added = made.add_paragraph()
        for text, look in runs:
            run = added.add_run(text, style="Strong" if look in {"Strong", "off"} else None)
            if look in {"b", "off"}:
                run.bold = look == "b"
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def imported(editor, *paragraphs):
    data = document(*(paragraphs or (FIRST, SECOND, WHOLE)))
    return imports.create_batch(data=data, filename="交流会.docx", user=editor)[0]


def bold_of(batch) -> list[list[str]]:
    return [
        [block["text"][start:end] for start, end in block.get("bold", ())]
        for item in batch.items.order_by("position")
        for block in item.blocks
    ]


def keys(batch) -> list[int]:
    return [block["key"] for block in batch.items.first().blocks]


def drafted(batch, editor):
    for name in batch.items.first().names.all():
        name.choice = "new"
        name.save()
    batch.items.update(organization_choice="ignored")
    return acceptance.accept(batch=batch, user=editor).created[0]


def test_a_title_and_a_heading_are_not_bold_but_words_and_stressed_text_are():
    source = parsing.read_file(document(FIRST, [("（一）摸清家底", "b")], WHOLE))
    words = [source.text[start:end] for start, end in source.stressed]
    assert words == ["十二条小河", "19件", LONG]


@pytest.mark.django_db
def test_bold_words_become_strong_in_the_draft_and_figures_stay(staff):
    batch = imported(staff.editor)
    item = batch.items.get()
    assert bold_of(batch) == [["十二条小河", "19件"], ["一是巡查。"], [LONG]]
    for figure in item.figures:
        text = item.blocks[figure["paragraph"]]["text"]
        assert text[figure["start"] : figure["end"]] == figure["text"]
    body = drafted(batch, staff.editor).body
    assert re.findall("<strong>(.*?)</strong>", body) == [
        "十二条小河",
        "19件",
        "一是巡查。",
        LONG,
    ]
    assert '<p id="p1">去年，我们走访了全市<strong>十二条小河</strong>，提交提案' in body


@pytest.mark.django_db
def test_bold_words_go_with_their_paragraph_through_every_step(staff):
    batch = imported(staff.editor)
    step = {"batch": batch, "user": staff.editor}
    item = batch.items.get()
    before = bold_of(batch)
    first, second, last = keys(batch)
    block_edits.join_block(**step, key=second, item_pk=item.pk)
    assert bold_of(batch) == [["十二条小河", "19件", "一是巡查。"], [LONG]]
    text = batch.items.get().blocks[0]["text"]
    at = text.index("河，提交")
    block_edits.cut_block(
        **step, key=first, item_pk=item.pk, texts=[text[:at], text[at:].replace("满意", "高兴")]
    )
    assert bold_of(batch) == [["十二条小"], ["河", "19件", "一是巡查。"], [LONG]]
    block_edits.step_block(**step, key=last, item_pk=item.pk, down=False)
    assert bold_of(batch)[1] == [LONG]
    speech_edits.split(**step, item_pk=item.pk, key=last)
    assert bold_of(batch)[1:] == [[LONG], ["河", "19件", "一是巡查。"]]
    for _step in range(4):
        import_edits.undo(batch=batch, user=staff.editor)
    assert bold_of(batch) == before


@pytest.mark.django_db
def test_corrected_words_stay_bold_and_replaced_ones_do_not(staff):
    batch = imported(staff.editor)
    name_queue.rename(batch=batch, user=staff.editor, old="走访了", new="实地走访了", in_text=True)
    assert bold_of(batch)[0] == ["十二条小河", "19件"]
    item = batch.items.get()
    texts = [
        item.paragraphs[0].replace("十二条小河", "十二条大小河").replace("19件", "提案若干"),
        *item.paragraphs[1:],
    ]
    corrections.correct_item(
        item=item,
        user=staff.editor,
        title=item.title,
        byline=item.byline,
        organization_printed=item.organization_printed,
        posts=item.posts,
        speakers=["林清溪"],
        paragraphs=texts,
    )
    assert bold_of(batch) == [["十二条大小河"], ["一是巡查。"], [LONG]]


@pytest.mark.django_db
def test_the_workbench_shows_bold_words_and_the_figure_in_them(staff, client):
    batch = imported(staff.editor)
    client.force_login(staff.editor)
    response = client.get(reverse("admin:speeches_importbatch_change", args=[batch.pk]))
    page = response.content.decode()
    assert "<strong>一是巡查。</strong>今年" in page
    assert re.search("<strong><mark[^>]*>19件</mark></strong>，群众很满意", page)


def test_a_paragraph_that_is_there_keeps_the_look_that_staff_gave_it():
    body = '<p id="p1">一段<em>旧话</em>。</p>'
    merge = Comparison(body, ["一段旧话。", "新的一段话。"], [[(0, 2)], [(0, 2)]]).merged()
    assert merge.body == f'{body}\n<p id="p2"><strong>新的</strong>一段话。</p>'


def test_half_width_marks_and_blanks_do_not_shift_bold_words():
    source = "开头,总 结 运 用(办法)。"
    assert stress_of(source, [(3, 10)], "开头，总结运用（办法）。", [Place(0, len(source), 0)]) == [
        (3, 7)
    ]


@given(st.text("甲乙丙，。 ", max_size=30), st.data())
def test_cutting_and_joining_lose_and_invent_no_bold(text, data):
    start, end, at = (data.draw(st.integers(0, len(text))) for _number in range(3))
    spans = [(start, end)] if start < end and text[start:end].strip() == text[start:end] else []
    parts = [text[:at], text[at:]]
    cut = emphasis.carried([(text, spans)], parts)
    words = [part[a:b] for part, found in zip(parts, cut, strict=True) for a, b in found]
    assert "".join("".join(words).split()) == "".join("".join(text[a:b].split()) for a, b in spans)
    whole = emphasis.carried(list(zip(parts, cut, strict=True)), [text])
    assert [text[a:b].replace(" ", "") for a, b in whole[0]] == [
        text[a:b].replace(" ", "") for a, b in spans
    ] or at in range(start, end)
