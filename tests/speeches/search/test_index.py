"""The index is what is public, at every moment."""

import json

import pytest
from django.core.management import call_command

from speeches.enums import Action
from speeches.models.search import SearchDocument, SearchState
from speeches.search import index
from speeches.search.engine import engine
from speeches.search.results import Results
from speeches.services import publications, reviews
from speeches.services.seeding import seed


def numbers(text):
    return [(hit.kind, hit.number) for hit in Results(text)[:]]


def test_a_draft_is_not_found_until_it_is_published(meeting, speech, staff):
    assert numbers("提案19件") == []
    staff.approve(meeting, speech)
    assert numbers("提案19件") == []
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    assert numbers("提案19件") == [("speech", speech.pk)]


def test_a_hit_leads_to_its_paragraph(published):
    (hit,) = Results("继续努力")[:]
    assert hit.url == f"/speeches/{published.pk}/#p2"


def test_a_superseded_edition_is_out_at_once(published, staff):
    published.refresh_from_db()
    reviews.advance(draft=published, action=Action.REVISE, user=staff.editor)
    published.body = "<p>白鹭县政协提交提案20件。</p>"
    published.save()
    assert numbers("提案20件") == []
    staff.approve(published)
    publications.publish(draft=published, user=staff.manager)
    assert numbers("提案19件") == []
    assert numbers("提案20件") == [("speech", published.pk)]


def test_what_is_withdrawn_is_out_at_once(published, staff):
    published.refresh_from_db()
    publications.withdraw(draft=published, user=staff.final, opinion="内容有误")
    assert numbers("提案19件") == []
    assert list(index.check()) == []


def test_a_rebuild_gives_the_same_index(published):
    before = set(SearchDocument.objects.values_list("kind", "number", "body"))
    told = []
    assert index.rebuild(lambda done, total: told.append((done, total))) == len(before)
    assert set(SearchDocument.objects.values_list("kind", "number", "body")) == before
    assert told[-1] == (len(before), len(before))
    assert numbers("提案19件") == [("speech", published.pk)]


def test_what_is_published_and_withdrawn_during_a_rebuild_is_brought_over(
    published, staff, speech_in
):
    published.refresh_from_db()
    late = speech_in(published.meeting, title="迟到的发言", body="<p>竹编合作社签约31件。</p>")
    staff.approve(late)

    def meanwhile(done, total):
        if done == total:
            publications.publish(draft=late, user=staff.manager)
            publications.withdraw(draft=published, user=staff.final, opinion="内容有误")

    index.rebuild(meanwhile)
    assert numbers("签约31件") == [("speech", late.pk)]
    assert numbers("提案19件") == []
    assert list(index.check()) == []


def test_a_rebuild_that_another_one_overtook_is_refused(published):
    def overtaken(done, total):
        SearchState.objects.update_or_create(pk=1, defaults={"generation": 7})

    with pytest.raises(index.RebuildRefused):
        index.rebuild(overtaken)


def test_what_an_interrupted_rebuild_left_does_no_harm(published):
    def interrupted(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(interrupted)
    assert numbers("提案19件") == [("speech", published.pk)]
    index.rebuild(lambda *_progress: None)
    assert numbers("提案19件") == [("speech", published.pk)]
    assert list(index.check()) == []


def test_a_check_tells_of_an_index_made_by_other_tokens(published):
    SearchState.objects.create(pk=1, tokens_version=1)
    assert "rebuild_search_index" in next(index.check())


def test_words_in_a_table_are_found(published, staff, speech_in):
    table = "<table><tbody><tr><td>竹编</td><td>2317个</td></tr></tbody></table>"
    draft = speech_in(published.meeting, title="附表", body=f"<p>见下表。</p>{table}")
    staff.approve(draft)
    publications.publish(draft=draft, user=staff.manager)
    assert numbers("2317个") == [("speech", draft.pk)]


def test_a_check_names_each_difference(published, capsys):
    SearchDocument.objects.filter(kind="speech").update(edition_hash="x")
    SearchDocument.objects.create(
        id=1,
        generation=0,
        kind="speech",
        number=999,
        title="不在了",
        body="",
        url="/",
        edition_hash="",
    )
    index.remove(published.meeting.editions.get())
    with pytest.raises(SystemExit):
        call_command("rebuild_search_index", check=True)
    told = capsys.readouterr().out
    for name in (published.title, "不在了", published.meeting.title):
        assert name in told


def test_seeded_speeches_are_found(groups, django_user_model):
    seed(speeches=12, seed=3, tell=lambda *_args: None)
    assert list(index.check()) == []
    assert SearchDocument.objects.filter(kind="speech").count() == 12


def test_the_command_tells_what_readers_find(published, capsys):
    call_command("search", "提案19件", format="json")
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 1
    assert told["took_ms"] >= 0
    (hit,) = told["hits"]
    assert (hit["id"], hit["title"]) == (published.pk, published.title)
    assert "提案19件" in hit["snippet"]
    call_command("search", "提案19件")
    assert published.title in capsys.readouterr().out


def test_the_rebuild_command_prints_the_pages_indexed(published, capsys):
    call_command("rebuild_search_index")
    assert "2" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_leaves_nothing_in_the_index(published):
    call_command("flush", interactive=False, verbosity=0)
    assert [engine(build).numbers() for build in index.BUILDS] == [set(), set()]
