"""What a reader may mean: other names of the same, people and bodies, and likely corrections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from speeches.enums import TermKind
from speeches.models.search import SearchTerm

from . import marks
from .query import Phrase, Query
from .readings import reading, syllables_of

_MOST = 60
_CORRECTED = 6
"""Characters of the longest stretch of a question that is taken for a mistyped word."""


class Term(NamedTuple):
    """A row of the vocabulary (``SearchTerm``)."""

    kind: str
    number: int
    text: str
    words: str
    pinyin: str
    initials: str


class Meanings:
    """The names that a question may mean, read at once."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._keys = ["".join(phrase) for group in query.wanted for phrase in group[:1]]
        self._terms = self._read()

    def _read(self) -> list[Term]:
        """The rows, by plain SQL, which takes a fifth of the ORM's time."""
        keys = [key for key in self._keys if len(key) > 1]
        latin = self._latin()
        conditions: list[str] = []
        values: list[str] = []
        for column, wanted in (("text", keys), ("pinyin", latin), ("initials", latin)):
            if wanted:
                conditions.append(f"{column} IN ({', '.join(['%s'] * len(wanted))})")
                values += wanted
        for key in keys:
            if connection.vendor == "sqlite":  # its LIKE uses no index
                conditions.append("text >= %s AND text < %s")
                values += [key, f"{key}\U0010ffff"]
            else:
                conditions.append("text LIKE %s")
                values.append(key.replace("%", r"\%") + "%")
        if not conditions:
            return []
        names = "" if latin else "kind <> 'word' AND "
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT kind, number, text, words, pinyin, initials FROM speeches_searchterm "  # noqa: S608 - constants
                f"WHERE {names}({' OR '.join(conditions)}) ORDER BY text, id LIMIT {_MOST}",
                values,
            )
            return [Term(*row) for row in cursor.fetchall()]

    def _latin(self) -> list[str]:
        """What may be pinyin: each word in Latin letters, and all of them as one."""
        found = [key for key in self._keys if key.isascii() and key.isalpha()]
        return list({*(key for key in found if len(key) > 1), *(["".join(found)] if found else [])})

    def named(self, kind: TermKind) -> list[int]:
        """Return the numbers of the people or bodies that are named, the best match first."""
        found = [term for term in self._terms if term.kind == kind]
        found.sort(key=lambda term: term.text not in self._keys)
        return list(dict.fromkeys(term.number for term in found))

    def widened(self) -> Query:
        """Return the question with every word's other names: aliases and synonyms."""
        same = [
            term
            for term in self._terms
            if term.text in self._keys and term.kind in {TermKind.BODY, TermKind.SYNONYM}
        ]
        others = _names_of({(term.kind, term.number) for term in same})
        names: dict[str, list[Phrase]] = {}
        for term in same:
            names.setdefault(term.text, []).extend(others[term.kind, term.number])
        return replace(
            self._query,
            wanted=tuple(
                tuple(dict.fromkeys((*group, *names.get("".join(group[0]), ()))))
                for group in self._query.wanted
            ),
            marks=tuple(_marks(field, value) for field, value in self._query.narrowed),
        )

    def as_pinyin(self) -> Query | None:
        """Return the question with its Latin words read as pinyin; None where none is a word."""
        read: dict[str, list[Phrase]] = {}
        for term in self._terms:
            for key in (term.pinyin, term.initials):
                read.setdefault(key, []).append(tuple(term.words.split(" ")))
        widened = self.widened()
        whole = "".join(self._keys)
        if len(self._keys) > 1 and whole in read and whole.isascii():
            return replace(widened, wanted=(tuple(dict.fromkeys(read[whole])),))
        groups = [
            tuple(dict.fromkeys(read["".join(group[0])])) if "".join(group[0]) in read else group
            for group in self._query.wanted
        ]
        if groups == list(self._query.wanted):
            return None
        return replace(widened, wanted=tuple(groups))


def begins_with(text: str) -> Q:
    """Return the condition that the name of a person or a body begins with ``text``."""
    names = Q(kind__in=(TermKind.PERSON, TermKind.BODY))
    if connection.vendor == "sqlite":  # its LIKE uses no index
        return names & Q(text__gte=text, text__lt=f"{text}\U0010ffff")
    return names & Q(text__startswith=text)


def _names_of(numbers: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[Phrase]]:
    wanted = Q()
    for kind, number in numbers:
        wanted |= Q(kind=kind, number=number)
    names: dict[tuple[str, int], list[Phrase]] = {}
    if wanted:
        for kind, number, words in SearchTerm.objects.filter(wanted).values_list(
            "kind", "number", "words"
        ):
            names.setdefault((kind, number), []).append(tuple(words.split(" ")))
    return names


def _marks(field: str, value: str) -> tuple[str, ...]:
    """The marks of what was typed behind a colon."""
    if field == "year":
        return (marks.mark(marks.YEAR, value),)
    if field == "topic":
        return (f"{marks.mark(marks.TOPIC, value)}*",)
    kind, number, name = {
        "organization": (TermKind.BODY, marks.ORGANIZATION, marks.ORGANIZATION_NAME),
        "speaker": (TermKind.PERSON, marks.SPEAKER, marks.SPEAKER_NAME),
    }[field]
    wanted = begins_with(value)
    if value.isascii() and value.isalpha():
        wanted |= Q(pinyin=value) | Q(initials=value)
    found = SearchTerm.objects.filter(wanted, kind=kind).values_list("number", flat=True)
    return (f"{name}{value}*", *(marks.mark(number, one) for one in dict.fromkeys(found[:_MOST])))


def corrections(query: Query) -> Iterator[str]:
    """Yield questions that sound as ``query`` does, made of words that are in the index.

    The longest stretches are tried first; whether anything answers is for the caller to see.
    """
    for place, group in enumerate(query.wanted):
        run = "".join(group[0])
        for start, end, term in _corrected(run):
            words = ["".join(other[0]) for other in query.wanted]
            words[place] = run[:start] + term + run[end:]
            yield " ".join(words)


def _corrected(run: str) -> Iterator[tuple[int, int, str]]:
    stretches = [
        (start, end)
        for length in range(min(len(run), _CORRECTED), 1, -1)
        for start in range(len(run) - length + 1)
        for end in (start + length,)
    ]
    if len(run) > _CORRECTED:
        stretches.insert(0, (0, len(run)))
    sounds = {(start, end): reading(syllables_of(run[start:end])).sound for start, end in stretches}
    found: dict[str, list[SearchTerm]] = {}
    for term in SearchTerm.objects.filter(sound__in=set(sounds.values())).order_by("kind", "pk"):
        found.setdefault(term.sound, []).append(term)
    for (start, end), sound in sounds.items():
        for term in found.get(sound, ()):
            if term.text != run[start:end]:
                yield start, end, term.text
    yield from _one_off(run)


def _one_off(run: str) -> Iterator[tuple[int, int, str]]:
    """Words that differ from the whole run in one character."""
    if not 3 <= len(run) <= _CORRECTED:
        return
    near = SearchTerm.objects.filter(
        Q(text__startswith=run[:-1]) | Q(text__startswith=run[:2]) | Q(text__endswith=run[-2:])
    )
    for text in near.values_list("text", flat=True)[: _MOST * 5]:
        if text != run and len(text) == len(run) and _differences(text, run) == 1:
            yield 0, len(run), text


def _differences(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))
