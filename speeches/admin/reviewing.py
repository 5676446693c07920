"""The review panel of a draft: what may be done, by whom, and what was done."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches import workflow
from speeches.admin.display import public_url
from speeches.enums import Action, Stage
from speeches.models import Draft, Edition, ReviewRecord
from speeches.services import drafts, publications, reviews


@dataclass(frozen=True, slots=True)
class Option:
    """A button of the panel; ``refusal`` tells why it is disabled."""

    action: Action
    label: str
    needs_opinion: bool
    refusal: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows of one draft."""

    stage: Stage
    options: list[Option]
    lock_reason: str
    records: list[ReviewRecord]
    edition: Edition | None
    editions: int
    public_url: str
    author: str

    @property
    def may_act(self) -> bool:
        """Whether any button can be pressed."""
        return any(not option.refusal for option in self.options)


def panel_for(draft: Draft, user) -> Panel:
    """Gather what ``user`` sees beside ``draft``."""
    records = list(draft.records.select_related("actor").order_by("created_at", "pk"))
    for record in records:
        record.actor_name = name_of(record.actor)
    editions = list(draft.editions.order_by("-number"))
    current = next((edition for edition in editions if edition.is_current()), None)
    return Panel(
        stage=Stage(draft.stage),
        options=options_for(draft, user, is_public=current is not None),
        lock_reason=lock_reason(draft, user),
        records=records,
        edition=current,
        editions=len(editions),
        public_url=public_url(current),
        author=name_of(draft.author),
    )


def options_for(draft: Draft, user, *, is_public: bool) -> list[Option]:
    """Return the steps that lead away from the draft's stage, refused ones with the reason."""
    return [
        Option(
            action=transition.action,
            label=transition.action.label,
            needs_opinion=transition.needs_opinion,
            refusal=_refusal(draft, transition, user, is_public=is_public),
        )
        for transition in workflow.actions_from(Stage(draft.stage), settings.REVIEW_STEPS)
        if is_public or transition.action != Action.WITHDRAW
    ]


def _refusal(draft: Draft, transition: workflow.Transition, user, *, is_public: bool) -> str:
    if transition.action == Action.ARCHIVE and is_public:
        return _("It is public: withdraw it first.")
    return reviews.refusal(draft=draft, transition=transition, user=user)


def lock_reason(draft: Draft, user) -> str:
    """Return why the text cannot be changed now by ``user``; empty where it can."""
    if drafts.may_edit(draft=draft, user=user):
        return ""
    if draft.is_editable():
        return _("This draft belongs to a colleague; you may read it.")
    if draft.stage in (Stage.PUBLISHED, Stage.WITHDRAWN):
        return _("The text is locked. Press “Revise” to start the next edition.")
    if draft.stage == Stage.ARCHIVED:
        return _("The text is locked: it was archived.")
    return _("The text is locked while it is under review, so that everybody reads the same.")


def take_step(
    *, draft: Draft, action: Action, user, opinion: str, expected_version: int | None
) -> None:
    """Hand the step to the service that owns it; raises TransitionRefused."""
    step = {"draft": draft, "user": user, "opinion": opinion, "expected_version": expected_version}
    if action == Action.PUBLISH:
        publications.publish(**step)
    elif action == Action.WITHDRAW:
        publications.withdraw(**step)
    else:
        reviews.advance(action=action, **step)
