"""The engine of the database in use, against the truth of plain substrings."""

import os
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.questions import answers, questions, searched
from speeches.models.search import SearchDocument
from speeches.search.documents import give_keys
from speeches.search.engine import Order, engine
from speeches.search.marks import kind_mark
from speeches.search.results import Results

pytestmark = pytest.mark.django_db

WORDS = (
    "青禾 白鹭 云岭 政协 委员 协商 提案 乡村振兴 民生 党建 引领 基层 治理 生态 文旅 竹编 "
    "药农 楼道 扶手 热线 回音 履职 调研 座谈 联系 群众 产业 链条 品牌 50.4亿元 提案19件 96.4% "
    "签约 Digital 5G 2317个"
).split()
MARKS = "，。、；“”《》 "
NAMES = ("林清溪", "苏望舒", "曾远山", "单明月", "迪丽·古丽", "欧阳青禾")
SIZE = int(os.environ.get("SEARCH_SPEECHES", "1000"))
"""`make test-search` asks for 10,000."""


def corpus(size):
    dice = random.Random(7)  # noqa: S311 - the same corpus each time
    for number in range(size):
        words = dice.choices(WORDS, k=60)
        body = "".join(word + dice.choice(MARKS) * dice.randint(0, 1) for word in words)
        yield SearchDocument(
            generation=0,
            kind=(kind := dice.choice(["speech", "work_item"])),
            marks=kind_mark(kind),
            day=date(2020 + number % 5, 3, 1),
            number=number,
            edition_hash="",
            title="".join(dice.choices(WORDS, k=3)),
            body=f"{dice.choice(NAMES)}\n{body}",
            anchors=["", "p1"],
            url=f"/speeches/{number}/",
        )


def fill(size):
    documents = list(corpus(size))
    give_keys(documents)
    engine(0).add(SearchDocument.objects.bulk_create(documents))


def test_recall_and_precision_are_those_of_substrings():
    fill(SIZE)
    stored = list(SearchDocument.objects.order_by("number"))
    compared = [
        (document.number, f"{searched(document.title)}  {searched(document.body)}")
        for document in stored
    ]
    texts = [document.body for document in stored]
    for question in questions(texts, NAMES):
        results = Results(question.text)
        found = {hit.number for hit in results[:SIZE]} if SIZE <= 1000 else set(results.numbers())
        assert found == answers(question, compared), question
        assert len(results) == len(found), question


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "%",
        "*",
        "NEAR(",
        "\\",
        "🎋",
        "\0",
        "党" * 64,
        "民" * 10_000,
        "５０．４",
        "-",
        "a:b",
        "_",
        "''''",
        "title:",
        "{a b}",
        "a AND",
        "^党",
        "OR",
        "NOT 民生",
        "%%",
        "民%",
        "5%",
    ],
)
def test_no_text_is_an_error(text):
    fill(20)
    assert len(Results(text)) == len(Results(text)[:])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=70))
def test_any_text_is_answered(text, db):
    assert list(Results(text)[:5]) == []


def test_unwanted_words_and_kinds_narrow():
    fill(200)
    all_of_it, without = Results("民生"), Results("民生 -党建")
    assert 0 < len(without) < len(all_of_it)
    assert not {hit.number for hit in without[:]} & {hit.number for hit in Results("党建")[:]}
    speeches = Results("民生", Order(kind="speech"))
    assert 0 < len(speeches) < len(all_of_it)


def test_titles_come_first_and_pages_do_not_overlap():
    fill(300)
    results = Results("竹编")
    titles = ["竹编" in "".join(part.text for part in hit.title) for hit in results[:]]
    assert titles[0]
    pages = [
        hit.number for start in range(0, len(results), 20) for hit in results[start : start + 20]
    ]
    assert len(pages) == len(set(pages)) == len(results)
