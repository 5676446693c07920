"""The words that readers may mean: names of people and bodies, synonyms, words of titles, topics.

Names and synonyms follow their rows at once (``receivers``); words are learned when a piece is
published, and forgotten by a rebuild.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django_tasks import task

from organizations.models import Organization, Speaker
from organizations.models.people import sort_key_of
from speeches.enums import TermKind
from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.search import SearchTerm, Synonym
from speeches.parsing.lexicon import load_lexicon

from .marks import plain
from .readings import Reading, reading_of, readings_of_name
from .tokens import fold, runs

_SHORTEST = 2
_LONGEST = 40


@transaction.atomic
def rebuild() -> None:
    """Make the vocabulary anew from all names, synonyms and public titles."""
    SearchTerm.objects.all().delete()
    refresh_people(Speaker.objects.prefetch_related("variants"))
    refresh_bodies(Organization.objects.prefetch_related("aliases"))
    refresh_synonyms(Synonym.objects.all())
    texts: set[str] = set()
    for model in (MeetingEdition, SpeechEdition, WorkItemEdition):
        texts.update(model.objects.current().values_list("title", flat=True))
    for model in (SpeechEdition, WorkItemEdition):
        for topics in model.objects.current().values_list("topics", flat=True):
            texts.update(topics)
    _learn(texts)


def refresh_people(people: Iterable[Speaker]) -> None:
    """Take over the names of these people and how they are printed."""
    _replace(
        TermKind.PERSON,
        {
            person.pk: [
                _term(TermKind.PERSON, person.pk, name, reading)
                for name in {person.name, *(variant.name for variant in person.variants.all())}
                for reading in readings_of_name(plain(name), sort_key_of(name))
            ]
            for person in people
        },
    )


def refresh_bodies(bodies: Iterable[Organization]) -> None:
    """Take over the names, short names and aliases of these bodies."""
    _replace(
        TermKind.BODY,
        {
            body.pk: _terms(
                TermKind.BODY,
                body.pk,
                (body.name, body.short_name, *(alias.name for alias in body.aliases.all())),
            )
            for body in bodies
        },
    )


def refresh_synonyms(synonyms: Iterable[Synonym]) -> None:
    """Take over these groups of words."""
    _replace(
        TermKind.SYNONYM,
        {
            synonym.pk: _terms(TermKind.SYNONYM, synonym.pk, words_of(synonym))
            for synonym in synonyms
        },
    )


def forget(kind: TermKind, number: int) -> None:
    """Drop the names of a row that is gone."""
    SearchTerm.objects.filter(kind=kind, number=number).delete()


def words_of(synonym: Synonym) -> list[str]:
    """Return the words of a group, however they are separated."""
    return runs(fold(synonym.words))


def texts_of(edition: Edition) -> list[str]:
    """Return what words are learned from: the title and the topics."""
    return [getattr(edition, "title", ""), *getattr(edition, "topics", ())]


@task()
def learn_words(texts: list[str]) -> None:
    """Learn the words of titles and topics that were published."""
    _learn(texts)


def _learn(texts: Iterable[str]) -> None:
    words = set(_words_in(texts))
    known = SearchTerm.objects.filter(kind=TermKind.WORD).values_list("text", flat=True)
    if len(words) < 1000:
        known = known.filter(text__in=words)
    new = sorted(words.difference(known))
    SearchTerm.objects.bulk_create(
        _terms(TermKind.WORD, 0, new), ignore_conflicts=True, batch_size=1000
    )


def _words_in(texts: Iterable[str]) -> Iterator[str]:
    lexicon = load_lexicon()
    for text in texts:
        for run in runs(fold(text)):
            if _SHORTEST <= len(run) <= 8:
                yield run
            yield from lexicon.words_in(run)


def _terms(kind: TermKind, number: int, names: Iterable[str]) -> list[SearchTerm]:
    found = {plain(name): name for name in names}
    return [
        _term(kind, number, name, reading_of(text))
        for text, name in found.items()
        if _SHORTEST <= len(text) <= _LONGEST
    ]


def _term(kind: TermKind, number: int, name: str, reading: Reading) -> SearchTerm:
    words = runs(fold(name))
    return SearchTerm(
        kind=kind,
        number=number,
        text="".join(words)[:120],
        words=" ".join(words)[:160],
        pinyin=reading.pinyin[:255],
        initials=reading.initials[:120],
        sound=reading.sound[:255],
    )


def _replace(kind: TermKind, terms: dict[int, list[SearchTerm]]) -> None:
    SearchTerm.objects.filter(kind=kind, number__in=list(terms)).delete()
    SearchTerm.objects.bulk_create(
        (term for of_row in terms.values() for term in of_row),
        ignore_conflicts=True,
        batch_size=1000,
    )
