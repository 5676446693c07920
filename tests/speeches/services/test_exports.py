import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from taggit.models import Tag

from speeches.enums import Action, ExportState, ExportStep, Stage
from speeches.exceptions import ExportRefused
from speeches.exporting import registry
from speeches.exporting.compilation import Collection, Scope
from speeches.exporting.selection import ALL, Selection
from speeches.models import ExportFile, MeetingEdition, Speech
from speeches.services import exports, publications, reviews
from tests.speeches.exporting import samples
from tests.speeches.exporting.pictures import png
from tests.speeches.exporting.samples import digest


@pytest.fixture
def edition(meeting, speech, staff):
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return MeetingEdition.objects.current().get()


@pytest.fixture
def ask(edition, staff, django_capture_on_commit_callbacks):
    def ask(format_name="json", selection=ALL):
        with django_capture_on_commit_callbacks(execute=True):
            file = exports.request_export(
                meeting=edition, format_name=format_name, selection=selection, user=staff.editor
            )
        file.refresh_from_db()
        return file

    return ask


def test_a_file_is_made_and_keeps_what_it_was_made_from(ask, edition, speech):
    file = ask()
    assert file.state == ExportState.READY
    assert file.filename.endswith(".json")
    with file.content.open() as stored:
        assert speech.title in stored.read().decode()
    assert file.edition_hashes == [edition.content_hash, speech.editions.get().content_hash]


def test_the_same_file_is_made_once(ask, monkeypatch):
    first = ask()
    monkeypatch.setattr(registry, "export", None)
    assert ask() == first


def test_another_choice_is_another_file(ask, speech):
    assert ask(selection=Selection((speech.pk,), with_work_items=False)) != ask()


def test_a_new_edition_is_a_new_file(ask, edition, meeting, staff):
    first = ask()
    meeting.refresh_from_db()
    reviews.advance(draft=meeting, action=Action.REVISE, user=staff.editor)
    meeting.place = "青禾市"
    meeting.save()
    staff.approve(meeting)
    publications.publish(draft=meeting, user=staff.manager)
    second = exports.request_export(
        meeting=MeetingEdition.objects.current().get(),
        format_name="json",
        selection=ALL,
        user=staff.editor,
    )
    assert second != first


def test_a_refusal_is_kept_with_the_file_and_may_be_tried_again(ask, monkeypatch):
    def refuse(*_args):
        raise ExportRefused("第1篇发言：字体缺少“𰻞”字")

    with monkeypatch.context() as patched:
        patched.setattr(registry, "export", refuse)
        file = ask()
    assert (file.state, file.problem) == (ExportState.FAILED, "第1篇发言：字体缺少“𰻞”字")
    assert ask().state == ExportState.READY


def test_a_fault_is_told_and_leaves_no_file_waiting(ask, monkeypatch):
    monkeypatch.setattr(registry, "export", lambda *_args: 1 / 0)
    assert ask().state == ExportState.FAILED


@pytest.mark.parametrize("setting", ["SITE_COLOUR", "NEWSPAPER_IMPRINT", "NEWSPAPER_PAGE"])
def test_a_setting_that_is_shown_makes_another_file(ask, settings, setting):
    first = ask()
    setattr(settings, setting, "9")
    assert ask() != first


def test_what_changed_while_waiting_is_not_handed_on(ask, edition, meeting, staff):
    file = ask()
    ExportFile.objects.update(state=ExportState.WAITING)
    meeting.refresh_from_db()
    reviews.advance(draft=meeting, action=Action.REVISE, user=staff.editor)
    meeting.place = "青禾市"
    meeting.save()
    staff.approve(meeting)
    publications.publish(draft=meeting, user=staff.manager)
    exports.make_export.enqueue(file.pk)
    file.refresh_from_db()
    assert file.state == ExportState.FAILED


def test_a_withdrawal_takes_the_kept_files_along(
    ask, speech, staff, django_capture_on_commit_callbacks
):
    content = ask().content
    assert content.storage.exists(content.name)
    speech.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        publications.withdraw(draft=speech, user=staff.final, opinion="内容有误")
    assert not ExportFile.objects.exists()
    assert not content.storage.exists(content.name)


def test_a_withdrawal_keeps_the_compilations_that_do_not_hold_it(
    edition, meeting, speech, staff, django_capture_on_commit_callbacks
):
    other = Speech.objects.create(
        meeting=meeting, title="另一篇", body="<p>正文。</p>", author=staff.editor
    )
    for piece, topic in ((speech, "提案"), (other, "民生")):
        piece.refresh_from_db()
        if piece.stage == Stage.PUBLISHED:
            reviews.advance(draft=piece, action=Action.REVISE, user=staff.editor)
        piece.tags.add(topic)
        staff.approve(piece)
        publications.publish(draft=piece, user=staff.manager)
    kept, gone = (
        exports.request_compilation(
            collection=Collection(Scope.TOPIC, Tag.objects.get(name=topic).slug),
            format_name="json",
            user=staff.editor,
        )
        for topic in ("民生", "提案")
    )
    speech.refresh_from_db()
    publications.withdraw(draft=speech, user=staff.final, opinion="内容有误")
    assert list(ExportFile.objects.all()) == [kept]
    assert gone != kept


def test_a_withdrawal_while_a_file_is_made_leaves_none(ask, edition, staff, monkeypatch):
    made = registry.export

    def withdrawn_meanwhile(document, format_name):
        exports.forget(meeting_id=edition.meeting_id)
        return made(document, format_name)

    file = ask()
    ExportFile.objects.update(state=ExportState.WAITING)
    monkeypatch.setattr(registry, "export", withdrawn_meanwhile)
    exports.make_export.enqueue(file.pk)
    assert not ExportFile.objects.exists()


def test_an_unknown_form_is_refused(ask):
    with pytest.raises(ExportRefused):
        ask("exe")


def test_the_steps_are_told_while_a_file_is_made(ask, monkeypatch):
    file = ask()
    steps = []
    stored = exports._settle

    def seen(of, **columns):
        steps.append(columns["step"])
        return stored(of, **columns)

    monkeypatch.setattr(exports, "_settle", seen)
    ExportFile.objects.update(state=ExportState.WAITING)
    exports.make_export.enqueue(file.pk)
    assert steps == [
        ExportStep.READING,
        ExportStep.COMPOSING,
        ExportStep.WRITING,
        ExportStep.DONE,
    ]


def test_another_picture_at_the_same_address_is_another_file(settings):
    def fingerprint(width):
        default_storage.delete("picture.png")
        default_storage.save("picture.png", ContentFile(png(width, 8)))
        return exports.fingerprint_of(shown, "pdf")

    picture = f'<figure><img src="{settings.MEDIA_URL}picture.png" alt="调研"></figure>'
    shown = digest(speeches=(samples.speech(1, picture),))
    assert fingerprint(8) == fingerprint(8) != fingerprint(9)
