"""Highlighted work found in a batch: taken, retitled, tagged, joined, parted, dropped."""

import pytest
from taggit.models import Tag

from speeches.exceptions import ImportRefused
from speeches.models import WorkItem
from speeches.services import acceptance, block_edits, import_edits, imports, work_edits
from speeches.services.highlights import candidates
from speeches.services.work_edits import Decision
from tests.speeches.services.test_imports import DIGEST


@pytest.fixture
def batch(staff):
    return imports.create_batch(data=DIGEST, filename="交流会.txt", user=staff.editor)[0]


@pytest.fixture
def step(batch, staff):
    return {"batch": batch, "user": staff.editor}


def found(item):
    item.refresh_from_db()
    return candidates(item)


def test_candidates_are_proposed_by_paragraph_with_a_title_and_known_topics(staff):
    Tag.objects.create(name="协商")
    batch, _new = imports.create_batch(data=DIGEST, filename="a.txt", user=staff.editor)
    first, second = candidates(batch.items.first())
    assert (first.title, first.tags, second.title) == ("搭好平台", ("协商",), "用好成果")
    assert [figure["value"] for figure in first.figures] == [26, 138]


def test_a_title_topics_and_a_drop_become_drafts_as_decided(step, batch, staff):
    item = batch.items.first()
    first, second = candidates(item)
    decisions = {
        first.key: Decision("全县搭好协商平台", ("协商", "平台"), taken=True),
        second.key: Decision(second.title, (), taken=False),
    }
    work_edits.decide_work(**step, decisions={item.pk: decisions})
    acceptance.accept(batch=batch, user=staff.editor, items=[item])
    work = WorkItem.objects.get()
    assert (work.title, work.topic_names()) == ("全县搭好协商平台", ["协商", "平台"])


def test_two_candidates_become_one_piece_and_part_again(step, batch, staff):
    item = batch.items.first()
    first, second = found(item)
    work_edits.join_work(**step, item_pk=item.pk, key=second.key)
    joined = found(item)
    assert [(row.key, row.places) for row in joined] == [(first.key, (1, 2))]
    work_edits.part_work(**step, item_pk=item.pk, key=first.key)
    assert [row.key for row in found(item)] == [first.key, second.key]
    import_edits.undo(**step)
    acceptance.accept(batch=batch, user=staff.editor, items=[item])
    work = WorkItem.objects.get()
    assert "138场次" in work.body
    assert "提案19件" in work.body
    assert [figure.low for figure in work.figures.all()][:3] == [26, 138, 19]


def test_a_decision_follows_its_paragraph_to_another_speech(step, batch):
    first, second = batch.items.all()
    row = candidates(first)[0]
    decision = {row.key: Decision("另拟的题目", ("协商",), taken=True)}
    work_edits.decide_work(**step, decisions={first.pk: decision})
    block_edits.move_block(**step, key=row.key, item_pk=first.pk, to_pk=second.pk)
    assert "另拟的题目" in [row.title for row in found(second)]


def test_the_first_candidate_has_nothing_to_be_joined_with(step, batch):
    item = batch.items.first()
    with pytest.raises(ImportRefused):
        work_edits.join_work(**step, item_pk=item.pk, key=candidates(item)[0].key)


@pytest.mark.parametrize("title", ["", "  ", "长" * 201])
def test_a_piece_needs_a_title(step, batch, title):
    item = batch.items.first()
    decision = {candidates(item)[0].key: Decision(title, (), taken=True)}
    with pytest.raises(ImportRefused):
        work_edits.decide_work(**step, decisions={item.pk: decision})
