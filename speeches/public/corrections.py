"""Corrections: how the text of a published speech differs from what readers saw before.

Only an unbroken run of editions is told. What was withdrawn stays withdrawn: neither that edition
nor an earlier one is compared with what was published after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from organizations.differences import Piece, differences, excerpt
from speeches.enums import ClosedAs
from speeches.models.editions import SpeechEdition
from speeches.textblocks import plain_text


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a speech that was corrected: its name, and what was and what is."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What one new edition changed, and when."""

    at: datetime
    changes: tuple[Change, ...]


def corrections_of(edition: SpeechEdition) -> list[Correction]:
    """Return the corrections of the current ``edition``, which knows its earlier ones.

    The newest comes first. An edition that changed no word (a topic, a picture) is no correction.
    """
    run = _unbroken([*edition.earlier, edition])
    found = (
        Correction(after.published_at, changes)
        for before, after in pairwise(run)
        if (changes := _changes(before, after))
    )
    return list(found)[::-1]


def _unbroken(editions: Iterable[SpeechEdition]) -> list[SpeechEdition]:
    run: list[SpeechEdition] = []
    for edition in editions:
        if edition.closed_as == ClosedAs.WITHDRAWN:
            run.clear()
        else:
            run.append(edition)
    return run


def _changes(before: SpeechEdition, after: SpeechEdition) -> tuple[Change, ...]:
    parts = (
        (_("Title"), before.title, after.title),
        (_("Signature"), before.byline, after.byline),
        (_("Text"), plain_text(before.body), plain_text(after.body)),
    )
    return tuple(
        Change(label, tuple(excerpt(differences(was, now))))
        for label, was, now in parts
        if was != now
    )
