"""Publishing a speech beside plainly saving the rows that it saves."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from bench.comparison import Comparison, in_turns
from speeches.enums import Action, ClosedAs, Stage
from speeches.models import ReviewRecord, Speech, SpeechEdition, SpeechEditionSpeaker
from speeches.services import publications, seeding

IN_A_ROUND = 20
ROUNDS = 5


def run() -> list[Comparison]:
    """Measure on speeches that have been published once already."""
    needed = IN_A_ROUND * (ROUNDS + 1) * 2
    seeding.seed(speeches=needed, seed=2, tell=lambda _message: None)
    user = get_user_model().objects.create_superuser("bench", password=None)
    speeches = Speech.objects.filter(meeting__slug__startswith="demo-2-").order_by("pk")
    speeches.update(stage=Stage.APPROVED)
    drafts = list(speeches)
    halves = (drafts[: needed // 2], drafts[needed // 2 :])

    def publish(number: int) -> None:
        for draft in _slice(halves[0], number):
            publications.publish(draft=draft, user=user)

    def save(number: int) -> None:
        for draft in _slice(halves[1], number):
            _save_plainly(draft, user)

    ours, peer = in_turns(ours=publish, peer=save, rounds=ROUNDS)
    assert all(draft.editions.count() == 2 for draft in drafts)
    return [
        Comparison(
            title=f"Publishing {IN_A_ROUND} speeches again",
            ours_is="the service: lock, checks, hash, edition, record",
            peer_is="the same rows by create() and save(), unchecked",
            ours=ours,
            peer=peer,
        )
    ]


def _slice(drafts: list[Speech], number: int) -> list[Speech]:
    return drafts[number * IN_A_ROUND : (number + 1) * IN_A_ROUND]


@transaction.atomic
def _save_plainly(draft: Speech, user: AbstractUser) -> None:
    now = timezone.now()
    draft.editions.all().close(at=now, closed_as=ClosedAs.SUPERSEDED)
    edition = SpeechEdition.objects.create(
        speech=draft,
        **{field.name: getattr(draft, field.name) for field in draft.content_fields()},
        topics=draft.topic_names(),
        number=2,
        content_hash="-",
        published_at=now,
        first_published_at=now,
        published_by=user,
    )
    for credit in draft.credits.all():
        SpeechEditionSpeaker.objects.create(
            edition=edition,
            position=credit.position,
            speaker_id=credit.speaker_id,
            name_printed=credit.name_printed,
            appointment_id=credit.appointment_id,
        )
    edition.tags.set(draft.tags.all())
    ReviewRecord.objects.create(
        draft=draft,
        action=Action.PUBLISH,
        source=draft.stage,
        target=Stage.PUBLISHED,
        round=draft.review_round,
        actor=user,
    )
    Speech.objects.filter(pk=draft.pk).update(stage=Stage.PUBLISHED, updated_at=now)
