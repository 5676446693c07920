"""What the page of differences shows of one speech, and what it sends back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.differences import Piece, differences
from speeches.admin.display import change_url, stage_badge
from speeches.enums import RevisionChoice, Stage
from speeches.models import Speech
from speeches.parsing.matching import Kind
from speeches.services.acceptance import open_question
from speeches.services.decisions import Decision
from speeches.services.merging import Change
from speeches.services.particulars import POSITION, SIGNATURE, TITLE
from speeches.services.revisions import Offer, Revision, Status

TICKED = "take"
"""The choice of the page that takes what is ticked; the service tells all from some."""

_STATUS_WORDS = {
    Status.UNCHANGED: gettext_lazy("unchanged in the file"),
    Status.CHANGED: gettext_lazy("changed in the file"),
    Status.NEW: gettext_lazy("new in the file"),
    Status.MISSING: gettext_lazy("missing in the file"),
}
_KIND_WORDS = {
    Kind.SAME: ("", ""),
    Kind.CHANGED: ("≠", gettext_lazy("paragraph changed")),
    Kind.MOVED: ("↕", gettext_lazy("paragraph moved")),
    Kind.ADDED: ("+", gettext_lazy("paragraph added")),
    Kind.REMOVED: ("−", gettext_lazy("paragraph removed")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference, or an unchanged paragraph (without ``key``)."""

    kind: str
    sign: str
    word: str
    pieces: list[Piece]
    key: str = ""
    label: str = ""
    ticked: bool = False
    is_own: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring paragraphs that are all unchanged, or all to be looked at."""

    is_same: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide on a speech."""

    value: str
    label: str
    chosen: bool


@dataclass(slots=True)
class Row:
    """One speech on the page."""

    revision: Revision
    pairings: list[Speech] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name of the row in the form."""
        return self.revision.key

    @property
    def badges(self) -> list[tuple[str, str]]:
        """What became of the speech, as classes and words."""
        row = self.revision
        only_moved = row.has_moved and row.offered == {POSITION} and not row.by_hand
        told = [] if only_moved else [(row.status.value, str(_STATUS_WORDS[row.status]))]
        return told + ([("moved", _("moved in the file"))] if row.has_moved else [])

    @property
    def stage(self) -> SafeString | str:
        """The stage of the draft as a badge."""
        return stage_badge(self.revision.speech) if self.revision.speech else ""

    @property
    def draft_url(self) -> str:
        """Where the draft is opened, empty where there is none for these eyes."""
        row = self.revision
        return change_url(row.speech) if row.speech and not row.is_hidden else ""

    @property
    def seen(self) -> str:
        """The state of draft and file that is shown, to be sent back with the decision."""
        version, text = self.revision.seen
        return f"{'' if version is None else version}:{text}"

    @property
    def notes(self) -> list[str]:
        """What staff should know before they decide."""
        row = self.revision
        notes = [row.obstacle] if row.obstacle else []
        if row.stored is not None and row.stored.choice and not row.is_as_seen:
            notes.append(_("This speech changed after you decided on it: please decide again."))
        if row.speech is not None and row.item is not None and not row.obstacle:
            notes += _note_of_stage(row.speech)
        return notes

    @property
    def question(self) -> str:
        """Which names are to be decided on in the workbench before the speech can be taken."""
        row = self.revision
        if row.item is None or (row.speech is not None and SIGNATURE not in row.offered):
            return ""
        return open_question(row.item)

    @property
    def fields(self) -> list[Line]:
        """The differences beside the text, the new place last."""
        row = self.revision
        lines = [
            Line(
                kind=Kind.CHANGED,
                sign="≠",
                word="",
                pieces=differences(change.before, change.after),
                key=change.key,
                label=self._label(change.name),
                ticked=change.key in row.ticked,
                is_own=change.is_own,
            )
            for change in row.fields
        ]
        if row.has_moved:
            where = _("Stands elsewhere in the file's order.")
            lines.append(
                Line(
                    kind=Kind.MOVED,
                    sign="↕",
                    word="",
                    pieces=[Piece("same", where)],
                    key=POSITION,
                    label=_("position"),
                    ticked=POSITION in row.ticked,
                )
            )
        return _ticked_once(lines)

    @staticmethod
    def _label(name: str) -> str:
        return str(Speech._meta.get_field(name).verbose_name)

    @property
    def stretches(self) -> list[Stretch]:
        """The paragraphs, neighbours that are unchanged together."""
        if self.revision.is_hidden:
            return []
        lines = (self._line(change) for change in self.revision.changes)
        return [
            Stretch(is_same, list(group))
            for is_same, group in groupby(lines, key=lambda line: line.kind == Kind.SAME)
        ]

    def _line(self, change: Change) -> Line:
        row = self.revision
        sign, word = _KIND_WORDS[change.kind]
        is_own = change.key in row.own
        by_hand = change.by_hand and change.kind is not Kind.SAME
        return Line(
            kind=change.kind.value,
            sign=sign,
            word=str(word),
            pieces=differences(change.before, change.after),
            key="" if change.kind is Kind.SAME or by_hand or row.speech is None else change.key,
            ticked=change.key in row.ticked,
            is_own=is_own,
            by_hand=by_hand and not is_own,
        )

    @property
    def choices(self) -> list[Choice]:
        """What may be decided, in words that fit the case."""
        row = self.revision
        chosen = TICKED if row.choice == RevisionChoice.PARTS else row.choice.value
        return [
            Choice(choice.value, _choice_words(row.status, choice), choice.value == chosen)
            for choice in row.choices
            if choice != RevisionChoice.PARTS
        ]

    @property
    def work(self) -> list[tuple[Offer, bool]]:
        """The highlighted work that may be drafted, and whether it is ticked."""
        row = self.revision
        return [(offer, offer.paragraph in row.work_ticked) for offer in row.offers]

    @property
    def touched(self) -> list[str]:
        """The highlighted work whose paragraph changes."""
        row = self.revision
        if row.item is None:
            return []
        return [str(work_item) for work_item in row.touched_work(row.offered)]


def _note_of_stage(speech: Speech) -> list[str]:
    if speech.stage == Stage.PUBLISHED:
        return [
            _(
                "This speech is public. Readers keep the published edition; what you take becomes "
                "a new draft, which needs all its reviews."
            )
        ]
    if speech.stage == Stage.WITHDRAWN:
        return [_("This speech was withdrawn; what you take becomes a new draft.")]
    return []


def _choice_words(status: Status, choice: RevisionChoice) -> str:
    special = {
        (Status.NEW, RevisionChoice.TAKE): _("Add it as a draft"),
        (Status.NEW, RevisionChoice.KEEP): _("Leave it out"),
        (Status.CHANGED, RevisionChoice.TAKE): _("Take what is ticked"),
        (Status.MISSING, RevisionChoice.KEEP): _("Keep it"),
    }
    return special.get((status, choice), choice.label)


def _ticked_once(lines: Iterable[Line]) -> list[Line]:
    """Leave one box for what is taken together: the parts of a signature."""
    seen: set[str] = set()
    found = []
    for line in lines:
        repeated = line.key in seen and line.key != TITLE
        seen.add(line.key)
        found.append(
            Line(line.kind, line.sign, line.word, line.pieces, label=line.label, is_own=line.is_own)
            if repeated
            else line
        )
    return found


def decision_of(row: Revision, data: QueryDict) -> Decision | None:
    """Return what the page sent for ``row``; None where it sent nothing that can be read."""
    choice = data.get(f"choice-{row.key}", "")
    version, colon, text = data.get(f"seen-{row.key}", "").partition(":")
    if choice not in row.choices or not colon or not (version or "0").isdecimal():
        return None
    parts = tuple(data.getlist(f"part-{row.key}"))
    work = {str(offer.paragraph): offer.paragraph for offer in row.offers}
    chosen = RevisionChoice(choice)
    if chosen == RevisionChoice.TAKE and row.speech is not None:
        chosen = RevisionChoice.PARTS
    return Decision(
        revision=row,
        choice=chosen,
        seen=(int(version) if version else None, text),
        parts=parts,
        work_items=tuple(work[each] for each in data.getlist(f"work-{row.key}") if each in work),
    )


def counts_of(revisions: Iterable[Revision]) -> Mapping[str, int]:
    """Return how many speeches there are of each status, and how many moved."""
    rows = list(revisions)
    told = {status.value: sum(row.status is status for row in rows) for status in Status}
    return {**told, "moved": sum(row.has_moved for row in rows)}
