"""From a scrambled newspaper page to published pages and a digest, without mocks."""

import io
import json
from datetime import date

import docx
import pypdfium2
import pytest
from django.core.management import call_command

from speeches.enums import Stage
from speeches.exceptions import TransitionRefused
from speeches.exporting import registry
from speeches.exporting.editions import digest_of
from speeches.models import Meeting, MeetingEdition, Speech, SpeechEdition, WorkItem
from speeches.services import acceptance, imports, publications

SCRAMBLED = "2025-yunling-party-building.txt"


@pytest.fixture
def imported(samples, staff):
    batch, _new = imports.create_batch(
        data=(samples / SCRAMBLED).read_bytes(),
        filename=SCRAMBLED,
        user=staff.editor,
        held_on=date(2025, 6, 17),
    )
    return acceptance.accept(batch=batch, user=staff.editor)


@pytest.fixture
def published(imported, staff):
    pieces = [imported.meeting, *imported.created, *imported.work_items]
    staff.approve(*pieces)
    publications.publish_meeting(meeting=imported.meeting, user=staff.manager)
    return MeetingEdition.objects.current().get()


@pytest.fixture
def expected(request):
    path = (
        request.path.parent.parent
        / "speeches/parsing/data/2025-yunling-party-building.expected.json"
    )
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_page_is_read_in_the_order_in_which_it_was_spoken(imported, expected):
    assert imported.meeting.title == expected["meeting"]
    drafts = list(Speech.objects.order_by("position"))
    assert [draft.title for draft in drafts] == [s["title"] for s in expected["speeches"]]
    for draft, right in zip(drafts, expected["speeches"], strict=True):
        paragraphs = draft.body.replace("</p>", "").split("<p id=")[1:]
        assert [text.split(">", 1)[1].strip() for text in paragraphs] == right["paragraphs"]
        assert [str(credit) for credit in draft.credits.all()] == right["speaker"].split("、")
        posts = draft.organization_printed + "".join(draft.posts_printed)
        assert posts == right["organization"] + "".join(right["posts"])


def test_nothing_is_public_before_the_last_review(imported, staff, client):
    with pytest.raises(TransitionRefused):
        publications.publish_meeting(meeting=imported.meeting, user=staff.manager)
    assert client.get(f"/meetings/{imported.meeting.slug}/").status_code == 404
    for speech in imported.created:
        assert client.get(f"/speeches/{speech.pk}/").status_code == 404
    assert "协商" not in client.get("/").content.decode().split("<main", 1)[1]


def test_readers_find_the_meeting_its_speeches_people_bodies_and_work(published, client):
    home = client.get("/").content.decode()
    assert published.title in home
    page = client.get(published.get_absolute_url()).content.decode()
    for edition in SpeechEdition.objects.current():
        assert edition.title in page
        assert client.get(edition.get_absolute_url()).status_code == 200
        for credit in edition.credits.all():
            answer = client.get(credit.speaker.get_absolute_url())
            assert edition.title in answer.content.decode()
    assert WorkItem.objects.filter(stage=Stage.PUBLISHED).exists()
    assert client.get("/work/").status_code == 200


def test_the_digest_carries_every_paragraph_in_order_in_every_form(published):
    document = digest_of(published)
    texts = [block.text for speech in document.speeches for block in speech.blocks]
    word = docx.Document(io.BytesIO(registry.export(document, "docx").content))
    printed = _squeezed("".join(paragraph.text for paragraph in word.paragraphs))
    pdf = pypdfium2.PdfDocument(registry.export(document, "pdf").content)
    pages = _squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
    markdown = _squeezed(registry.export(document, "markdown").content.decode())
    for form in (printed, markdown):
        positions = [form.find(_squeezed(text)) for text in texts]
        assert -1 not in positions
        assert positions == sorted(positions)
    for speech in document.speeches:
        assert _squeezed(speech.title) in pages
    told = json.loads(registry.export(document, "json").content)
    assert [speech["title"] for speech in told["speeches"]] == [s.title for s in document.speeches]


def _squeezed(text: str) -> str:
    return "".join(text.replace("\\", "").split())


def test_a_withdrawn_meeting_answers_gone_and_has_no_digest(published, staff, client):
    meeting = Meeting.objects.get()
    publications.withdraw(draft=meeting, user=staff.final, opinion="内容有误")
    assert client.get(published.get_absolute_url()).status_code == 410
    assert client.get(f"{published.get_absolute_url()}digest.docx").status_code == 410
    for edition in SpeechEdition.objects.all():
        assert client.get(edition.get_absolute_url()).status_code == 410


def test_the_ledger_of_what_was_published_is_sound(published, capsys):
    call_command("verify_editions")
    assert "0 处不符" in capsys.readouterr().out
