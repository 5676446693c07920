import pytest
from django.urls import reverse

from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def ask(text, **options):
        return client.get(reverse("search"), {"q": text, **options})

    return ask


@pytest.fixture
def published():
    of = build.meeting()
    build.published(of)
    draft = build.speech(of)
    build.published(draft)
    return draft


def test_hits_are_marked_and_lead_to_the_paragraph(ask, published):
    page = ask("提案19件").content.decode()
    assert "<mark>提案19件</mark>" in page
    assert f"/speeches/{published.pk}/?mark=" in page


def test_kind_and_order_narrow_the_list(ask, published):
    assert "/speeches/" in ask("政协", kind="speech", sort="date").content.decode()
    assert f"/speeches/{published.pk}/" not in ask("政协", kind="work_item").content.decode()


@pytest.mark.parametrize("text", ["", "“”", "没有这个词", "<script>alert(1)</script>", "\ud83c"])
def test_a_search_without_answer_says_what_to_do(ask, text):
    answer = ask(text.encode("utf-8", "replace").decode())
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "search-none" in page
    assert "<script>alert" not in page


def test_a_page_beyond_the_last_is_404(ask, published):
    assert ask("政协", page=99).status_code == 404


def test_the_number_of_queries_is_constant(client, django_assert_num_queries):
    build.small_site(6)
    with django_assert_num_queries(5):
        client.get(reverse("search"), {"q": "政协"})


def test_every_page_offers_the_search(client):
    assert 'role="search"' in client.get(reverse("home")).content.decode()
