from dataclasses import asdict

import pytest
from django.core.management import CommandError, call_command

from organizations.models import Appointment, Organization, Speaker
from speeches.models import (
    Figure,
    Meeting,
    MeetingEdition,
    ReviewRecord,
    Speech,
    SpeechEdition,
    WorkItem,
    WorkItemEdition,
)
from speeches.parsing.figures import find_figures
from speeches.publishing import ledger
from speeches.services import invention, seeding
from speeches.textblocks import plain_paragraphs

pytestmark = pytest.mark.django_db


def seed(speeches, number=1):
    return seeding.seed(speeches=speeches, seed=number, tell=lambda _message: None)


def texts():
    return list(SpeechEdition.objects.order_by("pk").values_list("title", "byline", "body"))


def test_the_speeches_are_published_ten_a_meeting():
    done = seed(25)
    assert (done.meetings, done.speeches, done.skipped) == (3, 25, 0)
    assert MeetingEdition.objects.current().count() == 3
    assert SpeechEdition.objects.current().count() == 25
    sizes = [meeting.speech_set.count() for meeting in Meeting.objects.order_by("pk")]
    assert sizes == [10, 10, 5]
    assert WorkItemEdition.objects.current().count() == done.work_items == 5
    assert done.editions == 33


def test_every_edition_is_sound_and_its_publication_on_record():
    done = seed(12)
    found = [difference for kind in ledger.KINDS for difference in ledger.verify(kind)]
    assert found == [None] * done.editions
    assert ReviewRecord.objects.count() == done.editions


def test_an_edition_says_what_its_draft_says():
    seed(7)
    for draft in (*Meeting.objects.all(), *Speech.objects.all(), *WorkItem.objects.all()):
        assert draft.editions.get().content() == draft.content()


def test_the_same_seed_gives_the_same_texts_and_another_seed_others():
    one, same, other = (
        [asdict(invention.speech(seed=number, number=place)) for place in range(1, 30)]
        for number in (4, 4, 5)
    )
    assert one == same
    assert one != other


def test_the_same_seed_adds_nothing_twice():
    seed(13)
    before = texts()
    done = seed(13)
    assert (done.meetings, done.speeches, done.work_items, done.editions) == (0, 0, 0, 0)
    assert done.skipped == 13
    assert texts() == before


def test_more_speeches_of_the_same_seed_complete_what_is_there():
    seed(13)
    done = seed(21)
    assert (done.speeches, done.skipped, done.meetings) == (8, 13, 1)
    stored = Speech.objects.order_by("meeting_id", "position")
    assert [speech.position for speech in stored] == [*range(1, 11), *range(1, 11), 1]


def test_bodies_and_people_are_shared_between_seeds():
    seed(3, 1)
    counts = [model.objects.count() for model in (Organization, Speaker, Appointment)]
    seed(3, 2)
    assert [model.objects.count() for model in (Organization, Speaker, Appointment)] == counts
    assert Speech.objects.count() == 6


def test_people_of_the_office_are_left_alone():
    own = Speaker.objects.create(name=invention.PEOPLE[0].name)
    seed(3)
    assert not own.appointments.exists()
    assert Speaker.objects.filter(name=own.name).count() == 2


def test_figures_stand_where_they_say_and_parsing_finds_them():
    seed(10)
    assert Figure.objects.count() == 6
    for figure in Figure.objects.select_related("work_item"):
        (paragraph,) = plain_paragraphs(figure.work_item.body)
        assert paragraph[figure.start : figure.end] == figure.printed
        assert figure.low in [found.low for found in find_figures([paragraph])]


def test_work_links_to_the_paragraph_that_tells_of_it():
    seed(10)
    for item in WorkItem.objects.select_related("speech"):
        assert f'<p id="{item.paragraph}">' in item.speech.body
        text = plain_paragraphs(item.body)[0]
        assert text in plain_paragraphs(item.speech.body)


def test_the_pages_of_seeded_speeches_are_public(client):
    seed(10)
    for edition in (*SpeechEdition.objects.all(), *WorkItemEdition.objects.all()):
        assert client.get(edition.get_absolute_url()).status_code == 200


def test_the_account_cannot_sign_in():
    seed(1)
    user = Speech.objects.get().author
    assert not user.is_active
    assert not user.has_usable_password()


def test_the_command_prints_its_counts(capsys):
    call_command("seed_demo", speeches=3, seed=9)
    printed = capsys.readouterr()
    assert "发言 3 篇" in printed.out
    assert "3/3" in printed.err
    call_command("seed_demo", speeches=3, seed=9)
    assert "跳过已有的发言 3 篇" in capsys.readouterr().out


@pytest.mark.parametrize("number", [0, -1, 100_001])
def test_too_few_or_too_many_are_refused(number):
    with pytest.raises(CommandError, match="100000"):
        call_command("seed_demo", speeches=number)
    assert not Speech.objects.exists()
