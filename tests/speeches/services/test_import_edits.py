"""The steps of the workbench: what they do, that they are undone, and that nothing is ever lost."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speeches.enums import ItemState
from speeches.exceptions import EditConflict, ImportRefused
from speeches.models import ImportBatch, Speech
from speeches.parsing.typography import fold
from speeches.services import acceptance, block_edits, import_edits, imports, speech_edits
from tests.speeches.services.test_imports import DIGEST


@pytest.fixture
def batch(staff):
    return imports.create_batch(data=DIGEST, filename="交流会.txt", user=staff.editor)[0]


@pytest.fixture
def step(batch, staff):
    """Return what every step takes."""
    return {"batch": batch, "user": staff.editor}


def state_of(batch) -> list:
    """Everything that staff can change, in order."""
    rows = batch.items.prefetch_related("names").order_by("position")
    speeches = [
        (
            item.pk,
            item.position,
            item.title,
            item.byline,
            item.organization_printed,
            item.posts,
            item.blocks,
            item.figures,
            item.state,
            [(name.printed, name.choice) for name in item.names.all()],
        )
        for item in rows
    ]
    return [speeches, ImportBatch.objects.get(pk=batch.pk).aside]


def characters(batch) -> Counter:
    speeches, aside = state_of(batch)
    texts = [block["text"] for block in aside]
    for row in speeches:
        texts += [row[2], row[3], *(block["text"] for block in row[6])]
    return Counter(fold("".join(texts)))


def keys(item) -> list[int]:
    item.refresh_from_db()
    return [block["key"] for block in item.blocks]


def test_every_paragraph_knows_where_it_stood(batch):
    for item in batch.items.all():
        for block in item.blocks:
            stood = "".join(batch.source_text[run["start"] : run["end"]] for run in block["runs"])
            assert fold(stood) == fold(block["text"])


def test_a_paragraph_moves_to_another_speech_with_its_figures(batch, step):
    first, second = batch.items.all()
    key = keys(first)[1]
    block_edits.move_block(
        **step, key=key, item_pk=first.pk, to_pk=second.pk, before=keys(second)[0]
    )
    assert keys(second)[0] == key
    assert "26个" in second.figures[0]["text"]
    assert all(figure["paragraph"] < len(first.blocks) for figure in first.figures)


def test_a_paragraph_steps_over_the_edge_of_its_speech(batch, step):
    first, second = batch.items.all()
    key = keys(first)[-1]
    block_edits.step_block(**step, key=key, item_pk=first.pk, down=True)
    assert keys(second)[0] == key
    block_edits.step_block(**step, key=key, item_pk=second.pk, down=True)
    assert keys(second)[1] == key
    for _round in range(2):
        holder = first if key in keys(first) else second
        block_edits.step_block(**step, key=key, item_pk=holder.pk, down=False)
    assert keys(first)[-1] == key
    with pytest.raises(ImportRefused):
        block_edits.step_block(**step, key=keys(first)[0], item_pk=first.pk, down=False)


def test_a_split_speech_gets_its_own_title_and_byline(batch, step):
    first = batch.items.first()
    key = keys(first)[1]
    new = speech_edits.split(**step, item_pk=first.pk, key=key)
    assert (new.position, keys(new)[0]) == (2, key) or batch.items.get(pk=new.pk).position == 2
    block_edits.make_title(**step, key=key, item_pk=new.pk)
    new.refresh_from_db()
    assert new.title.startswith("一、搭好平台")
    with pytest.raises(ImportRefused):
        speech_edits.split(**step, item_pk=first.pk, key=keys(first)[0])


def test_a_paragraph_becomes_the_byline_and_is_read(batch, step):
    first = batch.items.first()
    key = keys(first)[0]
    block_edits.cut_block(
        **step, key=key, item_pk=first.pk, texts=["临江县政协主席　江小舟", "正文。"]
    )
    block_edits.make_byline(**step, key=key, item_pk=first.pk)
    first.refresh_from_db()
    assert (first.organization_printed, first.posts) == ("临江县政协", ["主席"])
    assert [name.printed for name in first.names.all()] == ["江小舟"]
    assert first.paragraphs[0] == "白鹭县政协党组书记、主席　林清溪"


def test_merging_keeps_title_and_byline_as_paragraphs(batch, step):
    second = batch.items.last()
    merged = speech_edits.merge(**step, item_pk=second.pk)
    assert merged.paragraphs[3:5] == ["以提案办理助推民生改善", "青禾市政协提案委员会主任　乔木南"]
    assert batch.items.count() == 1
    with pytest.raises(ImportRefused):
        speech_edits.merge(**step, item_pk=merged.pk)


def test_speeches_are_ordered_left_out_and_taken_back(batch, step, staff):
    first, second = batch.items.all()
    speech_edits.move_speech(**step, item_pk=second.pk, to=1)
    assert list(batch.items.all()) == [second, first]
    speech_edits.leave_out(**step, item_pk=first.pk)
    with pytest.raises(ImportRefused):
        speech_edits.leave_out(**step, item_pk=first.pk)
    acceptance.accept(batch=batch, user=staff.editor, items=[second])
    assert Speech.objects.get().title == second.title


def test_what_was_left_out_comes_back(batch, step):
    first = batch.items.first()
    speech_edits.leave_out(**step, item_pk=first.pk)
    speech_edits.take_back(**step, item_pk=first.pk)
    assert batch.items.filter(state=ItemState.PENDING).count() == 2


def test_page_furniture_waits_aside_and_can_be_used(staff):
    data = DIGEST + "\n责任编辑：方采薇\n".encode()
    batch, _new = imports.create_batch(data=data, filename="a.txt", user=staff.editor)
    assert [block["text"] for block in batch.aside][-1] == "责任编辑：方采薇"
    item = batch.items.last()
    block_edits.move_block(
        batch=batch,
        user=staff.editor,
        key=batch.aside[-1]["key"],
        item_pk=None,
        to_pk=item.pk,
    )
    item.refresh_from_db()
    assert item.paragraphs[-1] == "责任编辑：方采薇"


def test_a_paragraph_joins_the_one_above_and_never_becomes_empty(batch, step):
    first = batch.items.first()
    text = "".join(first.paragraphs[:2])
    block_edits.join_block(**step, key=keys(first)[1], item_pk=first.pk)
    first.refresh_from_db()
    assert first.paragraphs[0] == text
    with pytest.raises(ImportRefused):
        block_edits.join_block(**step, key=keys(first)[0], item_pk=first.pk)
    with pytest.raises(ImportRefused):
        block_edits.cut_block(**step, key=keys(first)[0], item_pk=first.pk, texts=[" "])


def test_too_long_a_title_is_refused_and_nothing_changes(batch, step):
    first = batch.items.first()
    key = keys(first)[0]
    block_edits.cut_block(**step, key=key, item_pk=first.pk, texts=["长" * 201])
    before = state_of(batch)
    with pytest.raises(ValidationError):
        block_edits.make_title(**step, key=key, item_pk=first.pk)
    assert state_of(batch) == before


def test_the_second_of_two_editors_learns_who_was_first(batch, step, staff):
    first = batch.items.first()
    version = batch.version
    staff.colleague.last_name, staff.colleague.first_name = "梁", "子青"
    staff.colleague.save()
    speech_edits.leave_out(batch=batch, user=staff.colleague, item_pk=first.pk, version=version)
    with pytest.raises(EditConflict, match="梁子青"):
        speech_edits.take_back(**step, item_pk=first.pk, version=version)
    with pytest.raises(EditConflict):
        acceptance.accept(batch=batch, user=staff.editor, version=version)


def test_drafts_end_what_can_be_undone(batch, step, staff):
    first, second = batch.items.all()
    block_edits.step_block(**step, key=keys(second)[0], item_pk=second.pk, down=True)
    acceptance.accept(batch=batch, user=staff.editor, items=[first])
    with pytest.raises(ImportRefused):
        import_edits.undo(**step)


def test_drafts_are_what_was_edited(batch, step, staff):
    first, second = batch.items.all()
    key = keys(first)[2]
    block_edits.move_block(**step, key=key, item_pk=first.pk, to_pk=second.pk)
    acceptance.accept(batch=batch, user=staff.editor)
    assert "提交提案19件" in Speech.objects.get(title=second.title).body
    assert "提交提案19件" not in Speech.objects.get(title=first.title).body


@st.composite
def steps(draw):
    """Any steps: each a name and numbers that pick speech, paragraph and goal."""
    number = st.integers(0, 9)
    names = ["move", "aside", "back", "up", "down", "split", "merge", "join", "title", "byline"]
    names += ["order", "leave", "take", "undo", "undo"]
    step = st.tuples(st.sampled_from(names), number, number, number)
    return draw(st.lists(step, min_size=1, max_size=12))


def carry_out(step: dict, name: str, a: int, b: int, c: int) -> None:
    batch = step["batch"]
    items = list(batch.items.order_by("position"))
    if name == "undo":
        import_edits.undo(**step)
        return
    item, goal = items[a % len(items)], items[c % len(items)]
    whole = {"merge": speech_edits.merge, "leave": speech_edits.leave_out}
    whole["take"] = speech_edits.take_back
    if name in whole:
        whole[name](**step, item_pk=item.pk)
    elif name == "order":
        speech_edits.move_speech(**step, item_pk=item.pk, to=b)
    elif name == "back":
        aside = ImportBatch.objects.get(pk=batch.pk).aside
        if aside:
            key = aside[b % len(aside)]["key"]
            block_edits.move_block(**step, key=key, item_pk=None, to_pk=goal.pk)
    elif item.blocks:
        chosen = {"key": item.blocks[b % len(item.blocks)]["key"], "item_pk": item.pk}
        if name in {"move", "aside"}:
            to = goal.pk if name == "move" else None
            before = goal.blocks[0]["key"] if goal.blocks else None
            block_edits.move_block(**step, **chosen, to_pk=to, before=before)
        elif name in {"up", "down"}:
            block_edits.step_block(**step, **chosen, down=name == "down")
        else:
            more = {"split": speech_edits.split, "join": block_edits.join_block}
            more |= {"title": block_edits.make_title, "byline": block_edits.make_byline}
            more[name](**step, **chosen)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps())
def test_no_steps_lose_a_character_and_all_of_them_can_be_undone(staff, plan):
    data = DIGEST + f"\n责任编辑：方采薇\n{plan}".encode()
    batch, _new = imports.create_batch(data=data, filename="a.txt", user=staff.editor)
    step = {"batch": batch, "user": staff.editor}
    at_first, printed = state_of(batch), characters(batch)
    for name, *numbers in plan:
        try:
            carry_out(step, name, *numbers)
        except (ImportRefused, ValidationError):
            continue
        assert characters(batch) == printed
        positions = [row[1] for row in state_of(batch)[0]]
        assert positions == list(range(1, len(positions) + 1))
    while import_edits.last_step(batch):
        import_edits.undo(**step)
    assert state_of(batch) == at_first
