"""Names of a batch: suggested with reasons, decided once, remembered for the next file."""

import pytest

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedName, Speech
from speeches.services import acceptance, import_edits, imports, name_queue
from tests.speeches.services.test_imports import DIGEST


def read(staff, data: bytes = DIGEST) -> ImportBatch:
    return imports.create_batch(data=data, filename="交流会.txt", user=staff.editor)[0]


def read_next(staff, old: str = "138场次", new: str = "139场次") -> ImportBatch:
    """Import the next file, in which only a figure differs."""
    return read(staff, DIGEST.replace(old.encode(), new.encode()))


def person(batch, printed: str = "林清溪") -> name_queue.Question:
    people, _bodies = name_queue.questions(batch)
    return next(row for row in people if row.printed == printed)


def body(batch, printed: str = "白鹭县政协") -> name_queue.Question:
    _people, bodies = name_queue.questions(batch)
    return next(row for row in bodies if row.printed == printed)


def test_a_name_that_differs_in_one_character_in_the_same_body_is_asked_about(staff):
    organization = Organization.objects.create(name="白鹭县政协")
    known = Speaker.objects.create(name="林青溪")
    Appointment.objects.create(speaker=known, organization=organization, post_title="主席")
    batch = read(staff)
    question = person(batch)
    assert question.is_open
    assert [(row.pk, row.reason) for row in question.suggestions] == [
        (known.pk, "同一单位，姓名只差一字")
    ]
    assert name_queue.count_open(batch) == 1


def test_an_existing_person_once_chosen_is_known_in_the_next_file(staff):
    known = Speaker.objects.create(name="林清溪")
    batch = read(staff)
    decide = {"batch": batch, "user": staff.editor, "printed": "林清溪", "body": "白鹭县政协"}
    name_queue.decide_person(**decide, choice=NameChoice.EXISTING, speaker_id=known.pk)
    acceptance.accept(batch=batch, user=staff.editor)
    question = person(read_next(staff))
    assert (question.choice, question.chosen) == (NameChoice.EXISTING, known.pk)


def test_a_homonym_once_decided_is_known_in_the_next_file(staff):
    Speaker.objects.create(name="林清溪")
    batch = read(staff)
    decide = {"batch": batch, "user": staff.editor, "printed": "林清溪", "body": "白鹭县政协"}
    name_queue.decide_person(**decide, choice=NameChoice.HOMONYM, note="白鹭")
    acceptance.accept(batch=batch, user=staff.editor)
    other = Speaker.objects.get(note="白鹭")
    question = person(read_next(staff))
    assert (question.choice, question.chosen) == (NameChoice.EXISTING, other.pk)


def test_what_is_no_person_stays_none_in_the_next_file(staff):
    batch = read(staff)
    decide = {"batch": batch, "user": staff.editor, "printed": "林清溪", "body": "白鹭县政协"}
    name_queue.decide_person(**decide, choice=NameChoice.IGNORED)
    acceptance.accept(batch=batch, user=staff.editor)
    assert person(read_next(staff)).choice == NameChoice.IGNORED
    assert not Speaker.objects.filter(name="林清溪").exists()


@pytest.mark.parametrize(
    ("full", "reason"),
    [
        ("政协白鹭县委员会", "同一政协的全称或简称"),
        ("中国人民政治协商会议白鹭县委员会", "同一政协的全称或简称"),
        ("青禾市白鹭县政协", "一个名称是另一个的后半部分"),
    ],
)
def test_a_body_written_otherwise_is_asked_about_once(staff, full, reason):
    known = Organization.objects.create(name=full)
    batch = read(staff)
    question = body(batch)
    assert question.is_open
    assert [row.reason for row in question.suggestions] == [reason]
    with pytest.raises(ImportRefused, match="白鹭县政协"):
        acceptance.accept(batch=batch, user=staff.editor)
    name_queue.decide_body(
        batch=batch,
        user=staff.editor,
        printed="白鹭县政协",
        choice=NameChoice.EXISTING,
        organization_id=known.pk,
    )
    acceptance.accept(batch=batch, user=staff.editor)
    assert [alias.name for alias in known.aliases.all()] == ["白鹭县政协"]
    question = body(read_next(staff))
    assert (question.choice, question.chosen) == (NameChoice.EXISTING, known.pk)


def test_a_decided_body_lets_its_people_be_recognised(staff):
    known = Organization.objects.create(name="政协白鹭县委员会")
    speaker = Speaker.objects.create(name="林清溪")
    Appointment.objects.create(speaker=speaker, organization=known, post_title="主席")
    batch = read(staff)
    assert person(batch).is_open
    name_queue.decide_body(
        batch=batch,
        user=staff.editor,
        printed="白鹭县政协",
        choice=NameChoice.EXISTING,
        organization_id=known.pk,
    )
    assert person(batch).chosen == speaker.pk


def test_a_new_body_is_made_under_its_full_name_and_one_that_is_none_is_left_out(staff):
    batch = read(staff)
    common = {"batch": batch, "user": staff.editor}
    name_queue.decide_body(
        **common, printed="白鹭县政协", choice=NameChoice.NEW, name="政协白鹭县委员会"
    )
    name_queue.decide_body(**common, printed="青禾市政协提案委员会", choice=NameChoice.IGNORED)
    acceptance.accept(batch=batch, user=staff.editor)
    assert [row.name for row in Organization.objects.all()] == ["政协白鹭县委员会"]
    assert body(read_next(staff)).choice == NameChoice.EXISTING
    assert body(read_next(staff), "青禾市政协提案委员会").choice == NameChoice.IGNORED


def test_choosing_no_body_as_the_existing_one_is_refused(staff):
    with pytest.raises(ImportRefused):
        name_queue.decide_body(
            batch=read(staff),
            user=staff.editor,
            printed="白鹭县政协",
            choice=NameChoice.EXISTING,
        )


def test_a_name_is_corrected_once_for_the_whole_file_and_can_be_undone(staff):
    text = DIGEST.replace("坚持质量导向。".encode(), "坚持质量导向，林清溪主席到会。".encode())
    batch = read(staff, text)
    places = name_queue.rename(batch=batch, user=staff.editor, old="林清溪", new="林青溪")
    assert places == 3
    first, second = batch.items.all()
    assert first.byline == "白鹭县政协党组书记、主席　林青溪"
    assert "林青溪主席" in second.paragraphs[0]
    assert ImportedName.objects.filter(item=first).get().printed == "林青溪"
    acceptance.accept(batch=batch, user=staff.editor, items=[first])
    assert Speech.objects.get().credits.get().speaker.name == "林青溪"


def test_a_renaming_is_undone_as_one_step(staff):
    batch = read(staff)
    name_queue.rename(batch=batch, user=staff.editor, old="林清溪", new="林青溪")
    import_edits.undo(batch=batch, user=staff.editor)
    assert ImportedName.objects.filter(printed="林清溪").exists()
    assert "林清溪" in batch.items.first().byline


@pytest.mark.parametrize(("old", "new"), [("", "林"), ("林", ""), ("林", "林"), ("查无此人", "林")])
def test_renaming_nothing_is_refused(staff, old, new):
    with pytest.raises(ImportRefused):
        name_queue.rename(batch=read(staff), user=staff.editor, old=old, new=new)
