import pytest
from django.core.exceptions import ValidationError

from speeches.enums import Action
from speeches.exceptions import EditConflict, TransitionRefused
from speeches.models import Meeting, Speech
from speeches.services import drafts, reviews


def test_saving_raises_the_version_and_names_the_editor_in_the_history(speech, staff):
    opened = speech.lock_version
    speech.title = "新的标题"
    drafts.save_draft(draft=speech, user=staff.editor, expected_version=opened)
    assert Speech.objects.get().lock_version == opened + 1
    assert speech.history.first().history_user == staff.editor


def test_the_second_of_two_tabs_is_told_who_saved_and_overwrites_nothing(speech, staff):
    first, second = Speech.objects.get(), Speech.objects.get()
    opened = second.lock_version
    first.title = "先保存的标题"
    drafts.save_draft(draft=first, user=staff.manager, expected_version=opened)
    second.title = "后保存的标题"
    with pytest.raises(EditConflict, match="云manager"):
        drafts.save_draft(draft=second, user=staff.editor, expected_version=opened)
    assert Speech.objects.get().title == "先保存的标题"


def test_a_draft_under_review_is_locked_for_its_author(speech, staff):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    speech.title = "偷偷改"
    with pytest.raises(TransitionRefused, match="初审"):
        drafts.save_draft(draft=speech, user=staff.editor)
    assert Speech.objects.get().title == "把协商桌搬到田埂上"


def test_only_the_author_and_managers_change_a_draft(speech, staff):
    assert drafts.may_edit(draft=speech, user=staff.editor)
    assert drafts.may_edit(draft=speech, user=staff.manager)
    assert not drafts.may_edit(draft=speech, user=staff.colleague)
    assert not drafts.may_edit(draft=speech, user=staff.first)


def test_wrong_content_is_refused_and_nothing_is_stored(staff):
    with pytest.raises(ValidationError):
        drafts.save_draft(draft=Meeting(slug="x", title=""), user=staff.editor)
    assert not Meeting.objects.exists()


def test_editors_see_their_own_drafts_and_reviewers_all(speech, staff):
    assert Speech.objects.visible_to(staff.editor).exists()
    assert not Speech.objects.visible_to(staff.colleague).exists()
    assert Speech.objects.visible_to(staff.first).exists()
    for user in (staff.editor, staff.colleague, staff.first):
        assert speech.is_visible_to(user) == Speech.objects.visible_to(user).exists()
