"""The trail of every change: who, when, what; searched, filtered, handed out."""

import io

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from organizations.models import Organization, Speaker
from speeches.models import Term
from tests.speeches.admin.conftest import speech_form
from tests.speeches.admin.test_accounts import account_data

AUDIT = reverse("admin:audit")


@pytest.fixture
def changes(sit_down, speech, office):
    """Change a draft, a term, a post and somebody's groups; return the manager's browser."""
    manager = sit_down("manager")
    change = reverse("admin:speeches_speech_change", args=[speech.pk])
    sit_down("editor").post(change, speech_form(speech, title="把协商桌送到田埂上"))
    manager.post(
        reverse("admin:speeches_term_add"),
        {"wrong": "其它", "right": "=其他", "category": "wording", "severity": "hint"},
    )
    body = Organization.objects.create(name="青禾市政协")
    person = Speaker.objects.create(name="林清溪")
    manager.post(
        reverse("admin:organizations_appointment_add"),
        {"speaker": person.pk, "organization": body.pk, "post_title": "主席"},
    )
    second = Group.objects.get(name="复审")
    manager.post(
        reverse("admin:auth_user_change", args=[office["editor"].pk]),
        account_data(office["editor"], groups=[second.pk]),
    )
    return manager


def told(page) -> list[tuple[str, str, str]]:
    return [(entry.who, entry.line.record, entry.action) for entry in page.context["entries"]]


def test_every_change_names_who_and_what(changes):
    page = changes.get(AUDIT)
    content = page.content.decode()
    assert ("云editor", "把协商桌送到田埂上", "修改") in told(page)
    assert ("云manager", "其它", "新建") in told(page)
    assert ("云manager", "林清溪 · 青禾市政协主席", "新建") in told(page)
    assert ("云manager", "editor", "修改") in told(page)
    assert "<del>搬</del><ins>送</ins>" in content
    assert "组：采编 → 复审" in content
    moments = [entry.line.at for entry in page.context["entries"]]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize(
    ("asked", "record"),
    [
        ({"words": "协商桌送"}, "把协商桌送到田埂上"),
        ({"kind": "speeches.term"}, "其它"),
        ({"kind": "admin.logentry", "action": "+", "words": "主席"}, "林清溪 · 青禾市政协主席"),
    ],
)
def test_the_trail_is_narrowed(changes, asked, record):
    assert {name for _who, name, _action in told(changes.get(AUDIT, asked))} == {record}


def test_people_and_days_narrow_it_too(changes, office):
    page = changes.get(AUDIT, {"user": office["editor"].pk, "action": "~"})
    assert {who for who, _name, _action in told(page)} == {"云editor"}
    assert changes.get(AUDIT, {"until": "2001-01-01"}).context["entries"] == []


def test_it_is_handed_out_with_what_changed_and_without_formulas(changes):
    answer = changes.get(AUDIT, {"kind": "speeches.speech", "action": "~", "export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("时间", "操作人", "类别", "记录", "操作", "改动")
    assert rows[1][3] == "把协商桌送到田埂上"
    assert "标题：把协商桌[-搬-][+送+]到田埂上" in rows[1][5]


@pytest.mark.parametrize("who", ["editor", "first", "final"])
def test_only_managers_read_it(changes, sit_down, who):
    client = sit_down(who)
    assert client.get(AUDIT).status_code == 403
    assert AUDIT not in client.get(reverse("admin:index")).content.decode()
    assert AUDIT in changes.get(reverse("admin:index")).content.decode()


def test_it_takes_as_many_queries_for_forty_changes_as_for_one(changes):
    def queries() -> int:
        changes.get(AUDIT)
        with CaptureQueriesContext(connection) as captured:
            changes.get(AUDIT)
        return len(captured)

    term = Term.objects.get()
    term.note = "先改一次"
    term.save()
    few = queries()
    for number in range(20):
        term.note = f"第{number}次"
        term.save()
        Organization.objects.create(name=f"第{number}县政协")
    assert queries() == few
