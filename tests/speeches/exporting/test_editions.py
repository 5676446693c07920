from datetime import date

import pytest

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import FigureClaim
from speeches.exporting.document import DigestBody
from speeches.exporting.editions import digest_of
from speeches.models import Figure, MeetingEdition, SpeechSpeaker, WorkItem
from speeches.services import drafts, publications


@pytest.fixture
def published(meeting, speech, staff):
    item = drafts.save_draft(
        draft=WorkItem(title="田埂协商", speech=speech, paragraph="p1", year=2025),
        user=staff.editor,
    )
    Figure.objects.create(
        work_item=item, printed="19件", low=19, high=None, unit="件", claim=FigureClaim.RESULT
    )
    staff.approve(meeting, speech, item)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return MeetingEdition.objects.current().get()


def test_a_digest_holds_what_readers_see(published, meeting, speech):
    document = digest_of(published)
    assert (document.slug, document.title) == (meeting.slug, meeting.title)
    assert document.start_date == date(2025, 9, 16)
    assert document.source == "云岭政协报"
    assert document.edition_hash == published.content_hash
    assert document.published_on == published.published_at.astimezone().date()
    (piece,) = document.speeches
    assert (piece.id, piece.title, piece.byline) == (speech.pk, speech.title, speech.byline)
    assert (piece.organization, piece.posts) == ("白鹭县政协", ("党组书记", "主席"))
    assert [block.text for block in piece.blocks] == [
        "白鹭县政协提交提案19件。",
        "下一步，继续努力。",
    ]


def test_work_comes_with_its_figures(published, speech):
    (item,) = digest_of(published).work_items
    assert (item.title, item.year, item.speech_id) == ("田埂协商", 2025, speech.pk)
    (figure,) = item.figures
    assert (figure.printed, figure.low, figure.high) == ("19件", 19.0, None)
    assert (figure.unit, figure.claim, figure.indicator) == ("件", "result", "")


def test_what_is_withdrawn_is_not_in_the_digest(published, speech, staff):
    publications.withdraw(draft=speech, user=staff.final, opinion="内容有误")
    document = digest_of(published)
    assert document.speeches == ()


def test_the_number_of_queries_does_not_grow(published, django_assert_max_num_queries):
    published = MeetingEdition.objects.select_related("host").get(pk=published.pk)
    with django_assert_max_num_queries(8):
        digest_of(published)


def test_credits_lead_to_the_records_and_their_dates(meeting, speech, staff):
    body = Organization.objects.create(name="中国人民政治协商会议白鹭县委员会")
    person = Speaker.objects.create(name="林清溪", note="内部区分用")
    post = Appointment.objects.create(
        speaker=person, organization=body, post_title="主席", start_date=date(2022, 1, 5)
    )
    speech.organization = body
    drafts.save_draft(draft=speech, user=staff.editor)
    SpeechSpeaker.objects.create(speech=speech, speaker=person, appointment=post)
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    (piece,) = digest_of(MeetingEdition.objects.current().get()).speeches
    assert piece.body == DigestBody(body.pk, body.name)
    (credit,) = piece.credits
    assert (credit.person_id, credit.name, credit.printed) == (person.pk, "林清溪", "林清溪")
    assert (credit.post, credit.body, credit.start_date) == ("主席", piece.body, date(2022, 1, 5))
