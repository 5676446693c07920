import random

import pytest
from taggit.models import Tag

from organizations.models import Organization
from speeches.models import Indicator, Speech, SpeechEdition, WorkItem
from speeches.public.related import related_speeches, work_beside
from speeches.publishing.nearness import naming
from tests.speeches.public import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def pieces():
    """Speeches and work that share topics, bodies and indicators by chance."""
    chance = random.Random(5)  # noqa: S311 - any sample does
    bodies = [builders.body(f"第{number}政协") for number in range(3)]
    measures = [Indicator.objects.create(name=f"指标{number}", unit="件") for number in range(2)]
    held = builders.meeting()
    builders.published(held)
    for number in range(24):
        speech = builders.speech(
            held,
            title=f"发言{number}",
            position=number,
            organization=chance.choice([None, *bodies]),
            tags=tuple(chance.sample(["甲", "乙", "丙", "丁"], chance.randrange(3))),
        )
        builders.published(speech)
        if number % 3:
            continue
        work = builders.work(
            title=f"工作{number}",
            speech=chance.choice([None, speech]),
            organization=chance.choice([None, *bodies]),
            figures=({**builders.EXACT_FIGURE, "indicator": chance.choice(measures)},),
        )
        work.tags.set(chance.sample(["甲", "乙", "丙", "丁"], chance.randrange(3)))
        builders.published(work)
    assert Tag.objects.count() == 4
    assert Organization.objects.count() == 3


def test_the_pages_that_name_a_piece_are_those_on_which_it_is_related(pieces):
    pages = {
        edition.speech_id: (
            {other.speech_id for other in related_speeches(edition)},
            {
                item.work_item_id
                for item in work_beside(edition)
                if item.speech_id != edition.speech_id
            },
        )
        for edition in SpeechEdition.objects.current()
    }
    for number in Speech.objects.values_list("pk", flat=True):
        assert naming({number}, set()) == {of for of, shown in pages.items() if number in shown[0]}
    for number in WorkItem.objects.values_list("pk", flat=True):
        assert naming(set(), {number}) == {of for of, shown in pages.items() if number in shown[1]}
