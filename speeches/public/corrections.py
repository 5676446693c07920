"""Corrections: how a published piece differs from what readers saw before.

Only an unbroken run of editions is told. What was withdrawn stays withdrawn: neither that edition
nor an earlier one is compared with what was published after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organizations.differences import Piece, differences, excerpt
from speeches.enums import ClosedAs
from speeches.models.editions import MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.textblocks import plain_text

Correctable = MeetingEdition | SpeechEdition | WorkItemEdition


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a piece that was corrected: its name, and what was and what is."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What one new edition changed, and when."""

    at: datetime
    changes: tuple[Change, ...]


def corrections_of(edition: Correctable) -> list[Correction]:
    """Return the corrections of the current ``edition``, which knows its ``earlier`` ones.

    The newest comes first. An edition that changed no word (a topic, a picture) is no correction.
    """
    run = _unbroken([*edition.earlier, edition])
    found = (
        Correction(after.published_at, changes)
        for before, after in pairwise(run)
        if (changes := _changes(before, after))
    )
    return list(found)[::-1]


def corrected_at(edition: Correctable) -> datetime | None:
    """Return when ``edition`` was last corrected; None where it never was."""
    corrections = corrections_of(edition)
    return corrections[0].at if corrections else None


def _unbroken(editions: Iterable[Correctable]) -> list[Correctable]:
    run: list[Correctable] = []
    for edition in editions:
        if edition.closed_as == ClosedAs.WITHDRAWN:
            run.clear()
        else:
            run.append(edition)
    return run


def _changes(before: Correctable, after: Correctable) -> tuple[Change, ...]:
    parts = zip(_parts(before), _parts(after), strict=True)
    return tuple(
        Change(label, tuple(excerpt(differences(was, now))))
        for (label, was), (_label, now) in parts
        if was != now
    )


def _parts(edition: Correctable) -> list[tuple[str, str]]:
    """Return what a correction may change, each part with its name, in words."""
    if isinstance(edition, MeetingEdition):
        return [
            (_("Kicker"), edition.kicker),
            (_("Title"), edition.title),
            (_("Subtitle"), edition.subtitle),
            (_("Time"), _days(edition)),
            (_("Place"), edition.place),
            (_("Editor's note"), edition.editors_note),
        ]
    text = [(_("Text"), plain_text(edition.body))]
    if isinstance(edition, SpeechEdition):
        return [(_("Title"), edition.title), (_("Signature"), edition.byline), *text]
    figures = "；".join(figure.printed for figure in edition.figures.all())
    return [
        (_("Title"), edition.title),
        (_("Summary"), edition.summary),
        (_("Work figures"), figures),
        *text,
    ]


def _days(edition: MeetingEdition) -> str:
    days = filter(None, (edition.start_date, edition.end_date))
    return _(" to ").join(date_format(day) for day in dict.fromkeys(days))
