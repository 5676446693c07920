"""The product beside a stand-in for an OpenSearch node (``node``)."""

import pytest
from django.urls import reverse

from speeches.search import index, opensearch, state
from speeches.search.engine import SearchUnavailable
from speeches.search.results import Results
from speeches.services import publications
from tests.speeches.search.node import Node, running


@pytest.fixture
def node(settings):
    node = Node()
    with running(node) as url:
        settings.SEARCH_ENGINE = "opensearch"
        settings.OPENSEARCH_URL = url
        settings.OPENSEARCH_INDEX = "trial"
        yield node
        opensearch._client_at(url).close()


@pytest.fixture
def rebuilt(node, db):
    index.rebuild(lambda *_progress: None)
    return node


def numbers(text):
    return [(hit.kind, hit.number) for hit in Results(text)[:]]


def test_publishing_indexes_and_withdrawing_takes_out_once_committed(
    rebuilt, meeting, speech, staff, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        staff.approve(meeting, speech)
        publications.publish_meeting(meeting=meeting, user=staff.manager)
    assert numbers("提案19件") == [("speech", speech.pk)]
    assert list(index.check()) == []
    speech.refresh_from_db()
    with django_capture_on_commit_callbacks() as waiting:
        publications.withdraw(draft=speech, user=staff.final, opinion="内容有误")
    assert numbers("提案19件") == []
    for callback in waiting:
        callback()
    assert list(index.check()) == []
    assert len(rebuilt.indices[f"trial-{state.generation()}"]) == 1


def test_a_rebuild_fills_an_index_beside(node, published):
    index.rebuild(lambda *_progress: None)
    index.rebuild(lambda *_progress: None)
    assert state.generation() == 2
    assert len(node.indices["trial-2"]) == 2
    assert node.indices["trial-1"] == {}
    assert numbers("提案19件") == [("speech", published.pk)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("提", 1),
        ("提案", 1),
        ("案提", 0),
        ("提交提案19件", 1),
        ("白鹭县政协 -继续努力", 0),
        ("“下一步，继续努力”", 1),
        ("“下一步，继”", 1),
        ("单位:白鹭县政协", 1),
        ("year:2025", 2),
        ("year:1999", 0),
    ],
)
def test_the_node_is_asked_what_the_other_engines_are(node, published, text, count):
    index.rebuild(lambda *_progress: None)
    assert len(Results(text)) == count
    assert len(Results(text)[:]) == count


def test_answers_are_counted_by_what_they_carry(node, published):
    index.rebuild(lambda *_progress: None)
    assert Results("政协").tally()["_kspeech"] == 1


def test_a_node_that_is_away_leaves_readers_a_plain_search(node, published, client):
    index.rebuild(lambda *_progress: None)
    node.is_away = True
    with pytest.raises(SearchUnavailable):
        len(Results("提案19件"))
    page = client.get(reverse("search"), {"q": "提案19件"}).content.decode()
    assert "search-notice" in page
    assert f"/speeches/{published.pk}/?mark=" in page
    assert client.get(reverse("search"), {"q": "没有这个词"}).status_code == 200
    assert client.get(reverse("search_facets"), {"q": "提案"}).status_code == 200


def test_publishing_does_not_wait_for_a_node_that_is_away(
    rebuilt, meeting, speech, staff, django_capture_on_commit_callbacks
):
    rebuilt.is_away = True
    with django_capture_on_commit_callbacks(execute=True):
        staff.approve(meeting, speech)
        publications.publish_meeting(meeting=meeting, user=staff.manager)
    rebuilt.is_away = False
    assert numbers("提案19件") == []
    assert any("提案" in line or speech.title in line for line in index.check())
    index.rebuild(lambda *_progress: None)
    assert numbers("提案19件") == [("speech", speech.pk)]


def test_a_waiting_backend_tries_again_later(rebuilt, settings, db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    rebuilt.is_away = True
    opensearch.bring_up_to_date.call(state.generation(), [1])
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - after the settings

    waiting = DBTaskResult.objects.get()
    assert waiting.args_kwargs["args"] == [state.generation(), [1], 2]
    assert waiting.run_after is not None
