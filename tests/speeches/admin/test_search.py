"""Synonyms, the report of searches, and the admin's own search by tokens."""

import pytest

from organizations.models import Organization, Speaker
from speeches.models import SearchedQuery, Synonym
from speeches.search import report

SPEECHES = "/admin/speeches/speech/"


def test_managers_keep_synonyms_and_a_single_word_is_refused(sit_down):
    client = sit_down("manager")
    address = "/admin/speeches/synonym/add/"
    assert client.post(address, {"words": "竹编"}).status_code == 200
    assert client.post(address, {"words": "竹编、篾编"}).status_code == 302
    assert Synonym.objects.get().words == "竹编、篾编"


def test_the_report_tells_what_is_searched_in_vain(sit_down):
    report.write()
    SearchedQuery.objects.all().delete()
    report.note("竹编", found=True)
    report.note("养老驿站", found=False)
    client = sit_down("manager")
    page = client.get("/admin/speeches/searchedquery/").content.decode()
    assert "竹编" in page
    page = client.get("/admin/speeches/searchedquery/?result=none").content.decode()
    assert "养老驿站" in page
    assert "竹编</" not in page
    assert SearchedQuery.objects.count() == 2


@pytest.mark.parametrize("name", ["editor", "first", "second", "final"])
def test_only_managers_read_the_report(sit_down, name):
    assert sit_down(name).get("/admin/speeches/searchedquery/").status_code == 403


def test_nobody_changes_the_report(sit_down):
    assert sit_down("manager").get("/admin/speeches/searchedquery/add/").status_code == 403


@pytest.mark.parametrize("text", ["林清溪", "linqing", "lqx", "ＬＱＸ", "清溪"])
def test_people_are_found_by_name_pinyin_and_initials(sit_down, text):
    Speaker.objects.create(name="林清溪")
    Speaker.objects.create(name="曾远山")
    page = sit_down("manager").get("/admin/organizations/speaker/", {"q": text}).content.decode()
    assert "林清溪" in page
    assert "曾远山" not in page


@pytest.mark.parametrize("text", ["青禾", "qinghe", "qhszx", "禾城"])
def test_bodies_are_found_by_every_name_also_when_chosen(sit_down, text):
    body = Organization.objects.create(name="青禾市政协")
    body.aliases.create(name="禾城政协")
    Organization.objects.create(name="白鹭县政协")
    client = sit_down("manager")
    page = client.get("/admin/organizations/organization/", {"q": text}).content.decode()
    assert "青禾市政协" in page
    assert "白鹭县政协" not in page
    choices = client.get(
        "/admin/autocomplete/",
        {
            "app_label": "speeches",
            "model_name": "speech",
            "field_name": "organization",
            "term": text,
        },
    ).json()["results"]
    assert [choice["text"] for choice in choices] == ["青禾市政协"]


def test_published_speeches_are_found_by_their_text_and_drafts_by_their_title(
    sit_down, published_speech, write_speech
):
    write_speech("还没写完的发言")
    client = sit_down("manager")
    page = client.get(SPEECHES, {"q": "提案19件"}).content.decode()
    assert published_speech.title in page
    assert "还没写完的发言" not in page
    assert "还没写完的发言" in client.get(SPEECHES, {"q": "還沒寫完"}).content.decode()
    assert client.get(SPEECHES, {"q": "' OR % NEAR("}).status_code == 200
