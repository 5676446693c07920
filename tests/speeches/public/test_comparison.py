"""An indicator across bodies and years."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from speeches.enums import FigureBound
from speeches.models import Indicator
from speeches.public.comparison import compare
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return Indicator.objects.create(name="提案数", unit="件", description="全年提交的提案")


def value(indicator: Indicator, body: str, year: int, **figure: object) -> None:
    of = build.meeting(f"{body}-{year}")
    build.published(of)
    draft = build.speech(of)
    build.published(draft)
    item = build.work(
        title=f"{body}{year}年工作",
        organization=build.body(f"{body}{year}"),
        year=year,
        speech=draft,
        paragraph="p3",
        figures=({**build.EXACT_FIGURE, "indicator": indicator, **figure},),
    )
    build.published(item)


def test_values_stand_by_year_and_body_and_lead_to_their_sentences(page, indicator):
    value(indicator, "白鹭县", 2023)
    value(indicator, "白鹭县", 2024, printed="38件", low=38, high=38)
    text = page("indicator", indicator.pk)
    assert text.index("白鹭县2024") < text.index("白鹭县2023")
    assert len(re.findall(r'href="/speeches/\d+/#p3"', text)) == 2
    assert [value.bar.sure for value in compare(indicator)] == [100, 50]
    assert reverse("indicator", args=[indicator.pk]) in page("indicators")
    assert reverse("indicators") in page("work_items")


@pytest.mark.parametrize(
    ("figure", "sure", "doubt", "is_open"),
    [
        ({"low": 50, "high": None, "bound": FigureBound.OVER}, 100, 0, True),
        ({"low": 10, "high": 40, "bound": FigureBound.RANGE}, 25, 75, False),
        ({"low": None, "high": 20, "bound": FigureBound.AT_MOST}, 0, 100, False),
        ({"low": 0, "high": 0}, None, None, None),
    ],
    ids=["no upper limit", "range", "at most", "nothing but nought"],
)
def test_a_bar_shows_what_is_certain_and_what_is_possible(indicator, figure, sure, doubt, is_open):
    value(indicator, "白鹭县", 2024, **figure)
    (found,) = compare(indicator)
    bar = found.bar
    assert (bar and (bar.sure, bar.doubt, bar.is_open)) == (
        None if sure is None else (sure, doubt, is_open)
    )


def test_another_unit_is_told_and_not_drawn(page, indicator):
    value(indicator, "白鹭县", 2024, printed="3万字", low=Decimal(30000), high=None, unit="字")
    text = page("indicator", indicator.pk)
    assert "3万字" in text.replace("<b>", "").replace("</b>", "")
    assert "<svg" not in text


def test_an_indicator_without_public_values_has_no_page(client, indicator):
    build.work(figures=({**build.EXACT_FIGURE, "indicator": indicator},))
    assert client.get(reverse("indicator", args=[indicator.pk])).status_code == 404
    assert client.get(reverse("indicator", args=[10**9])).status_code == 404
    assert indicator.name not in client.get(reverse("indicators")).content.decode()


def test_a_comparison_takes_as_many_queries_for_thirty_values_as_for_two(
    client, indicator, django_assert_num_queries
):
    value(indicator, "白鹭县", 2001)
    address = reverse("indicator", args=[indicator.pk])
    client.get(address)
    with django_assert_num_queries(2):
        client.get(address)
    for year in range(2002, 2024):
        value(indicator, "白鹭县", year)
    with django_assert_num_queries(2):
        client.get(address)
