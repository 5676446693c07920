from pathlib import Path

import pytest

from speeches.models import MeetingEdition, ReviewRecord, SpeechEdition, WorkItemEdition
from speeches.services import demo


@pytest.mark.django_db
def test_the_samples_are_published_once_through_three_reviews_by_three_people(samples: Path):
    told: list[str] = []
    staff, _password = demo.create_staff()
    demo.run(samples=samples, staff=staff, tell=told.append)
    assert MeetingEdition.objects.current().count() == len(demo.SAMPLES)
    assert SpeechEdition.objects.current().count() >= 12
    assert WorkItemEdition.objects.current().filter(figures__isnull=False).exists()
    assert SpeechEdition.objects.current().filter(tags__name="协商").exists()
    for edition in SpeechEdition.objects.current():
        reviewers = ReviewRecord.objects.filter(
            object_id=edition.speech_id, content_type__model="speech", action="approve"
        ).values_list("actor", flat=True)
        assert len(set(reviewers)) == 3
    assert any("恢复阅读顺序" in line for line in told)

    before = SpeechEdition.objects.count()
    staff, _password = demo.create_staff(password="bekannt-und-lang")
    demo.run(samples=samples, staff=staff, tell=told.append)
    assert SpeechEdition.objects.count() == before
    assert staff["bianji"].check_password("bekannt-und-lang")
