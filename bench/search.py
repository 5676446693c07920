"""The search beside its own engine and beside ``icontains``.

``BENCH_SPEECHES`` says how many speeches (10,000), ``BENCH_DATABASE_URL`` which database. Times are
CPU on SQLite, and wall-clock on PostgreSQL, which works in another process; a 95th percentile is
over the questions of a round.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from math import log2
from operator import truediv

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from bench.comparison import Comparison
from bench.contenders import modelsearch
from bench.questions import Question, answers, questions, searched
from organizations.models import Speaker
from speeches.enums import ClosedAs, SearchKind
from speeches.models import SearchDocument, Speech, SpeechEdition
from speeches.search import index, state
from speeches.search.engine import Order, engine
from speeches.search.query import Query, parse
from speeches.search.results import Results
from speeches.services import seeding
from speeches.services.editions import next_edition

SPEECHES = int(os.environ.get("BENCH_SPEECHES", "10000"))
SMALL = SPEECHES // 10
"""Speeches of the first measure of a save."""
ROUNDS = 3
SAVES = 60
BESIDE = 35
"""Questions that modelsearch is asked: it takes its time."""
LIMIT = 10
LISTED = 500


def run() -> Iterator[Comparison]:
    """Measure everything in one database that grows once."""
    seeding.seed(speeches=SMALL, seed=1, tell=lambda _message: None)
    before = _saves()
    seeding.seed(speeches=SPEECHES, seed=1, tell=lambda _message: None)
    _settle()
    after = _saves()
    yield _compared("A publication with and without the index", "with", "without", *after)
    yield Comparison(
        title="A publication with the index, in publications without, by the size of the index",
        ours_is=f"among {SPEECHES} speeches",
        peer_is=f"among {SMALL} speeches",
        ours=tuple(map(truediv, *after)),
        peer=tuple(map(truediv, *before)),
        unit="times",
    )
    yield _size()
    asked = _questions()
    yield from _times(asked)
    yield _ranking(asked)
    yield from _beside_modelsearch(asked[:BESIDE])


def _questions() -> list[Question]:
    documents = SearchDocument.objects.filter(kind=SearchKind.SPEECH).order_by("pk")[:500]
    texts = [f"{document.title}\n{document.body}" for document in documents]
    names = list(Speaker.objects.values_list("name", flat=True)[:200])
    return questions(texts, names)


def _times(asked: Sequence[Question]) -> Iterator[Comparison]:
    build = engine(state.generation())
    parsed = {question.text: parse(question.text) for question in asked}

    def raw(question: Question) -> object:
        query: Query = parsed[question.text]
        total = build.count(query, at_most=LISTED)
        return build.find(query, total=total, by_date=False, limit=LIMIT, offset=0)

    view, engine_alone, plain = [], [], []
    for _round in range(ROUNDS):
        times = [[_milliseconds(way, question) for way in (_view, raw)] for question in asked]
        views, raws = zip(*times, strict=True)
        view.append(_p95(views))
        engine_alone.append(_p95(raws))
        plain.append(statistics.median(_milliseconds(_icontains, item) for item in asked[:35]))
    yield _compared(
        f"A search among {SPEECHES} speeches, 95th percentile",
        "the whole page, all middleware",
        "counting and finding alone",
        view,
        engine_alone,
    )
    yield _compared(
        f"A search among {SPEECHES} speeches",
        "the whole page, 95th percentile",
        "counting with icontains, median",
        view,
        plain,
    )


def _clock() -> float:
    """Seconds: of this process on SQLite, which works in it, and of the wall on PostgreSQL."""
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


_handler = WSGIHandler()
_requests = RequestFactory(SERVER_NAME="127.0.0.1")


def _view(question: Question) -> object:
    response = _handler.get_response(_requests.get("/search/", {"q": question.text}))
    assert response.status_code == 200
    return response


def _icontains(question: Question) -> object:
    found = SpeechEdition.objects.current()
    for part in question.parts:
        found = found.filter(body__icontains=part)
    return found.count()


def _milliseconds(way: Callable[[Question], object], question: Question) -> float:
    started = _clock()
    way(question)
    return (_clock() - started) * 1000


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _compared(
    title: str, ours_is: str, peer_is: str, ours: Sequence[float], peer: Sequence[float]
) -> Comparison:
    return Comparison(title, ours_is, peer_is, tuple(ours), tuple(peer), "ms")


def _saves() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Milliseconds of publishing speeches again, with the index and without."""
    drafts = list(Speech.objects.order_by("?")[: 2 * SAVES])
    _published(drafts[0], is_indexed=True)  # reads the dictionary of words
    pairs = [
        (
            _milliseconds_of(lambda draft=with_index: _published(draft, is_indexed=True)),
            _milliseconds_of(lambda draft=without: _published(draft, is_indexed=False)),
        )
        for with_index, without in zip(drafts[::2], drafts[1::2], strict=True)
    ]
    first, second = zip(*pairs, strict=True)
    return first, second


def _milliseconds_of(work: Callable[[], object]) -> float:
    started = _clock()
    work()
    return (_clock() - started) * 1000


@transaction.atomic
def _published(draft: Speech, *, is_indexed: bool) -> None:
    before = draft.editions.order_by("-number").first()
    now = timezone.now()
    draft.editions.all().close(at=now, closed_as=ClosedAs.SUPERSEDED)
    edition = next_edition(draft=draft, before=before, user=before.published_by, at=now)
    edition.save()
    edition.tags.set(draft.tags.all())
    if is_indexed:
        index.add([edition])


def _settle() -> None:
    """Let the database do what it does in the night."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            table = f"speeches_searchindex_{state.generation() % 2}"
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - ours


def _size() -> Comparison:
    """The index with the rows that hits are shown from."""
    table = f"speeches_searchindex_{state.generation() % 2}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size(%s) + pg_total_relation_size(%s)",
                [table, SearchDocument._meta.db_table],
            )
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s OR name IN ("
                "SELECT name FROM sqlite_schema WHERE tbl_name = %s)",
                [f"{table}%", SearchDocument._meta.db_table],
            )
        (size,) = cursor.fetchone()
    documents = SearchDocument.objects.all().iterator()
    text = sum(len(f"{document.title}{document.body}".encode()) for document in documents)
    return Comparison(
        title=f"The index of {SPEECHES} speeches",
        ours_is="the index and the rows that hits are shown from",
        peer_is="titles and texts, UTF-8",
        ours=(size / 2**20,),
        peer=(text / 2**20,),
        unit="MB",
    )


def _ranking(asked: Sequence[Question]) -> Comparison:
    """NDCG@10: a title that holds the words is worth 3, a text 2 or 1 by how often it does."""
    stored = {
        document.pk: (searched(document.title), searched(document.body), document.number)
        for document in SearchDocument.objects.filter(kind=SearchKind.SPEECH).only(
            "title", "body", "number"
        )
    }
    texts = [(key, f"{title}  {body}") for key, (title, body, _number) in stored.items()]
    by_number = {number: key for key, (_title, _body, number) in stored.items()}
    scores = []
    for question in asked[:70]:
        worth = {key: _worth(question, *stored[key][:2]) for key in answers(question, texts)}
        hits = [hit for hit in Results(question.text)[:40] if hit.kind is SearchKind.SPEECH]
        got = [worth.get(by_number[hit.number], 0) for hit in hits[:LIMIT]]
        best = sorted(worth.values(), reverse=True)[: len(got)]
        if got and sum(best):
            scores.append(_gain(got) / _gain(best))
    return Comparison(
        title="The order of the first ten",
        ours_is="discounted gain of the list (mean over the questions)",
        peer_is="of the best possible list",
        ours=(statistics.mean(scores),),
        peer=(1.0,),
        unit="NDCG@10",
    )


def _beside_modelsearch(asked: Sequence[Question]) -> Iterator[Comparison]:
    """The speeches alone, in a table of its own; its answers are held against plain substrings."""
    stored = list(
        SearchDocument.objects.filter(kind=SearchKind.SPEECH).values_list("number", "title", "body")
    )
    modelsearch.fill(stored)
    texts = [(key, f"{searched(title)}  {searched(body)}") for key, title, body in stored]
    for question in asked[:LIMIT]:
        modelsearch.count_and_ten(question)
    pairs = [
        (_milliseconds(_view, question), _milliseconds(modelsearch.count_and_ten, question))
        for question in asked
    ]
    ours, theirs = zip(*pairs, strict=True)
    yield _compared(
        f"A search among {SPEECHES} speeches beside modelsearch",
        "the whole page",
        "modelsearch: counting, and the first ten",
        ours,
        theirs,
    )
    order = Order(kind=SearchKind.SPEECH)
    shares = [
        (
            len(truth & set(Results(question.text, order).numbers())) / len(truth),
            len(truth & modelsearch.keys(question)) / len(truth),
        )
        for question in asked
        if (truth := answers(question, texts))
    ]
    yield Comparison(
        "What is found of what is there",
        "share of the true answers (mean over the questions)",
        "modelsearch",
        *((statistics.mean(share),) for share in zip(*shares, strict=True)),
        unit="recall",
    )


def _worth(question: Question, title: str, body: str) -> int:
    if all(part in title for part in question.parts):
        return 3
    return 2 if all(body.count(part) > 1 for part in question.parts) else 1


def _gain(worth: Sequence[int]) -> float:
    return sum(value / log2(place + 2) for place, value in enumerate(worth))
