"""Proofreading drafts of speeches: what was found, what was decided, and what that allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from speeches.enums import Stage
from speeches.exceptions import ProofreadingRefused
from speeches.models import FindingDecision, Meeting, Speech
from speeches.proofreading import runner, typesetting
from speeches.proofreading.documents import TextDocument
from speeches.proofreading.findings import Finding, Severity
from speeches.services import drafts
from speeches.services.proof_documents import Reference, change_words, document_of, reference
from speeches.textedits import Edit, changes
from speeches.workflow import REVIEW_STAGES

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_LISTED = 5
_KEPT = 200
"""Characters of a finding's words by which its decision is known again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding of a draft, with the decision to leave it where there is one."""

    finding: Finding
    anchor: str
    decision: FindingDecision | None = None

    @property
    def key(self) -> str:
        """Name the finding in the text as it is now."""
        finding = self.finding
        return f"{finding.rule}.{finding.paragraph}.{finding.start}.{finding.end}"

    @property
    def identity(self) -> tuple[str, str, str]:
        """Name the finding across changes of the text: rule, words and paragraph."""
        return self.finding.rule, self.finding.excerpt[:_KEPT], self.anchor

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.decision is None

    @property
    def is_blocking(self) -> bool:
        """Whether it keeps the speech from its final approval."""
        return self.is_open and self.finding.severity is Severity.SEVERE


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft with everything found in it, in the order of the text."""

    document: TextDocument
    marks: tuple[Mark, ...]

    @property
    def open(self) -> tuple[Mark, ...]:
        """What nobody has decided."""
        return tuple(mark for mark in self.marks if mark.is_open)

    @property
    def blocking(self) -> tuple[Mark, ...]:
        """What keeps the speech from its final approval."""
        return tuple(mark for mark in self.marks if mark.is_blocking)

    def fixable(self, rule: str) -> tuple[Mark, ...]:
        """Return the open findings of ``rule`` that have a suggestion."""
        return tuple(
            mark
            for mark in self.open
            if mark.finding.rule == rule and mark.finding.suggestion is not None
        )


@lru_cache(maxsize=1024)
def _found(document: TextDocument, known: Reference) -> tuple[Finding, ...]:
    return tuple(runner.proofread(document, known.records, known.terms))


def check(*, speech: Speech) -> Proof:
    """Proofread a draft as it stands, with the records of the day of its meeting."""
    return check_all(speeches=[speech])[0]


def check_all(*, speeches: Sequence[Speech]) -> list[Proof]:
    """Proofread several drafts of one meeting in a constant number of queries."""
    decisions: dict[int, dict[tuple[str, str, str], FindingDecision]] = {}
    rows = FindingDecision.objects.filter(speech__in=speeches).select_related("decided_by")
    for row in rows:
        decisions.setdefault(row.speech_id, {})[row.rule, row.excerpt, row.anchor] = row
    if not speeches:
        return []
    known = reference(speeches[0].meeting.start_date)
    return [_proof(document_of(speech), known, decisions.get(speech.pk, {})) for speech in speeches]


def check_meeting(*, meeting: Meeting, speeches: Sequence[Speech]) -> list[Proof]:
    """Proofread the speeches of a meeting, and compare their figures with each other."""
    for speech in speeches:
        speech.meeting = meeting
    proofs = check_all(speeches=speeches)
    found = runner.proofread_meeting(
        [proof.document for proof in proofs], [speech.title for speech in speeches]
    )
    return [
        Proof(proof.document, (*proof.marks, *_marks(proof.document, findings, {})))
        for proof, findings in zip(proofs, found, strict=True)
    ]


def _proof(
    document: TextDocument,
    known: Reference,
    decisions: dict[tuple[str, str, str], FindingDecision],
) -> Proof:
    return Proof(document, tuple(_marks(document, _found(document, known), decisions)))


def _marks(
    document: TextDocument,
    findings: Iterable[Finding],
    decisions: dict[tuple[str, str, str], FindingDecision],
) -> Iterable[Mark]:
    for finding in findings:
        mark = Mark(finding, document.paragraphs[finding.paragraph].anchor)
        yield Mark(finding, mark.anchor, decisions.get(mark.identity))


def may_decide(*, speech: Speech, user: User) -> bool:
    """Whether ``user`` may leave a finding as it is: an editor, or under review a reviewer."""
    if not user.has_perm("speeches.add_findingdecision") or not speech.is_visible_to(user):
        return False
    under_review = speech.stage in (*REVIEW_STAGES, Stage.APPROVED)
    reviews = any(user.has_perm(f"speeches.{stage.value}") for stage in REVIEW_STAGES)
    return drafts.may_edit(draft=speech, user=user) or (under_review and reviews)


@transaction.atomic
def accept(*, speech: Speech, user: User, key: str, expected_version: int) -> Speech:
    """Put the suggestion of the finding ``key`` into the draft.

    Raises EditConflict on a stale version, ProofreadingRefused where there is no such finding or
    suggestion, TransitionRefused where ``user`` may not edit the draft.
    """
    stored = drafts.locked(speech, expected_version=expected_version)
    mark = _mark(check(speech=stored), key)
    if mark.finding.suggestion is None:
        raise ProofreadingRefused(_("There is no suggestion here: change the text by hand."))
    return _take(stored, [mark], user, expected_version)


@transaction.atomic
def accept_all(*, speech: Speech, user: User, rule: str, expected_version: int) -> int:
    """Put all open suggestions of ``rule`` into the draft; return how many there were.

    Raises as ``accept`` does.
    """
    stored = drafts.locked(speech, expected_version=expected_version)
    marks = check(speech=stored).fixable(rule)
    if not marks:
        raise ProofreadingRefused(_("Nothing of this kind is left to correct."))
    _take(stored, marks, user, expected_version)
    return len(marks)


def _take(stored: Speech, marks: Iterable[Mark], user: User, expected_version: int) -> Speech:
    change_words(
        stored,
        (
            Edit(found.paragraph, found.start, found.end, found.suggestion or "")
            for found in (mark.finding for mark in marks)
        ),
    )
    return drafts.save_draft(draft=stored, user=user, expected_version=expected_version)


@transaction.atomic
def ignore(
    *, speech: Speech, user: User, key: str, reason: str, expected_version: int
) -> FindingDecision:
    """Leave the finding ``key`` as it is, for a reason that is kept with name and time.

    Raises as ``accept`` does, and where the reason is missing.
    """
    stored = drafts.locked(speech, expected_version=expected_version)
    _refuse_stranger(stored, user)
    if not reason.strip():
        raise ProofreadingRefused(_("Say why the finding is to be left as it is."))
    mark = _mark(check(speech=stored), key)
    rule, excerpt, anchor = mark.identity
    decision = FindingDecision(
        speech=stored,
        rule=rule,
        excerpt=excerpt,
        anchor=anchor,
        reason=reason.strip()[:_KEPT],
        decided_by=user,
    )
    if mark.is_open:
        decision.full_clean()
        decision.save()
        return decision
    raise ProofreadingRefused(_("Somebody decided this finding already."))


@transaction.atomic
def reopen(*, speech: Speech, user: User, decision_id: int) -> None:
    """Take back the decision to leave a finding; its history keeps what was decided."""
    _refuse_stranger(speech, user)
    decision = FindingDecision.objects.filter(pk=decision_id, speech=speech).first()
    if decision is None:
        raise ProofreadingRefused(_("The page is out of date: open it again."))
    decision.delete()


def _refuse_stranger(speech: Speech, user: User) -> None:
    if not may_decide(speech=speech, user=user):
        raise ProofreadingRefused(
            _("You may not decide on the findings of “%(title)s” at stage “%(stage)s”.")
            % {"title": speech, "stage": speech.get_stage_display()}
        )


def _mark(proof: Proof, key: str) -> Mark:
    for mark in proof.marks:
        if mark.key == key:
            return mark
    raise ProofreadingRefused(_("This finding is no longer there: open the page again."))


def typeset(*, speech: Speech) -> tuple[TextDocument, TextDocument]:
    """Return the draft as it is and as it would be set; nothing is stored."""
    document = document_of(speech)
    return document, typesetting.typeset(document)


@transaction.atomic
def apply_typesetting(*, speech: Speech, user: User, expected_version: int) -> int:
    """Store the draft as it is set; return how many places changed.

    Raises as ``accept`` does, and ProofreadingRefused where nothing is left to set.
    """
    stored = drafts.locked(speech, expected_version=expected_version)
    before, after = typeset(speech=stored)
    edits = [
        Edit(number, start, end, text)
        for number, (was, now) in enumerate(zip(before.paragraphs, after.paragraphs, strict=True))
        for start, end, text in changes(was.text, now.text)
    ]
    if not edits:
        raise ProofreadingRefused(_("The text is set already: nothing to change."))
    change_words(stored, edits)
    drafts.save_draft(draft=stored, user=user, expected_version=expected_version)
    return len(edits)


def blocking_findings(*, speeches: Sequence[Speech]) -> str:
    """Return why open severe findings keep ``speeches`` of one meeting from approval, else ""."""
    proofs = check_all(speeches=speeches)
    return "\n".join(
        _told(speech, proof.blocking)
        for speech, proof in zip(speeches, proofs, strict=True)
        if proof.blocking
    )


def _told(speech: Speech, marks: Sequence[Mark]) -> str:
    shown = "；".join(
        f"“{mark.finding.excerpt}”（{_(runner.RULES[mark.finding.rule].label)}）"
        for mark in marks[:_LISTED]
    )
    return _(
        "“%(title)s” has severe findings of proofreading that nobody settled (%(count)d): "
        "%(listing)s"
    ) % {"title": speech, "count": len(marks), "listing": shown + ("……" if marks[_LISTED:] else "")}
