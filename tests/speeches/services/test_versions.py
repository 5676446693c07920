"""Bringing earlier states of a draft back."""

import pytest
from django.utils import timezone

from organizations.models import Speaker
from speeches.enums import Action
from speeches.exceptions import EditConflict, TransitionRefused
from speeches.models import Figure, SpeechSpeaker, WorkItem
from speeches.services import drafts, reviews, versions


def newest(draft) -> int:
    return draft.history.first().pk


def test_words_speakers_and_topics_come_back_as_a_new_version(speech, staff):
    person = Speaker.objects.create(name="林清溪")
    SpeechSpeaker.objects.create(speech=speech, speaker=person, name_printed="林清溪")
    speech.tags.set(["民生"])
    versions.note_parts(draft=speech)
    version, words = newest(speech), speech.body
    speech.body, speech.position = "<p>全改了</p>", 7
    speech.credits.all().delete()
    speech.tags.set(["提案"])
    drafts.save_draft(draft=speech, user=staff.editor)
    back = versions.restore(
        draft=speech, version=version, user=staff.editor, expected_version=speech.lock_version
    )
    assert (back.body, back.position) == (words, 7)
    assert [credit.speaker for credit in back.credits.all()] == [person]
    assert set(back.tags.names()) == {"民生"}
    latest = back.history.first()
    assert latest.history_change_reason.startswith("由 ")
    assert latest.kept_parts == back.parts()
    assert back.lock_version == speech.lock_version + 1


def test_a_figure_that_did_not_change_stays_verified(staff):
    item = drafts.save_draft(draft=WorkItem(title="办实事"), user=staff.editor)
    for printed in ("56件", "19件"):
        Figure.objects.create(
            work_item=item, printed=printed, verified_by=staff.editor, verified_at=timezone.now()
        )
    versions.note_parts(draft=item)
    version = newest(item)
    item.figures.filter(printed="19件").update(printed="20件")
    item = versions.restore(
        draft=item, version=version, user=staff.editor, expected_version=item.lock_version
    )
    assert {(figure.printed, figure.verified) for figure in item.figures.all()} == {
        ("56件", True),
        ("19件", False),
    }


def test_only_who_may_edit_restores(speech, staff):
    version = newest(speech)
    for user in (staff.colleague, staff.first):
        with pytest.raises(TransitionRefused):
            versions.restore(
                draft=speech, version=version, user=user, expected_version=speech.lock_version
            )
    with pytest.raises(EditConflict):
        versions.restore(draft=speech, version=version, user=staff.editor, expected_version=99)
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    with pytest.raises(TransitionRefused):
        versions.restore(
            draft=speech, version=version, user=staff.editor, expected_version=speech.lock_version
        )


def test_a_state_of_another_draft_is_not_taken(speech, meeting, staff):
    with pytest.raises(TransitionRefused, match="没有这个版本"):
        versions.restore(
            draft=speech, version=999, user=staff.editor, expected_version=speech.lock_version
        )
