"""The term list in the admin: who may change it, and the workbook out and in."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from speeches.models import Term
from speeches.services.terms import TermWorkbook
from speeches.spreadsheets import MEDIA_TYPE, read, write

pytestmark = pytest.mark.django_db

IMPORT = reverse("admin:workbook_import", args=["term"])


@pytest.fixture
def listed() -> Term:
    return Term.objects.create(wrong="其它", right="其他")


def workbook(*rows: dict[str, str]) -> bytes:
    return write("表", TermWorkbook().columns(), rows)


def upload(client, data: bytes, **sent):
    file = SimpleUploadedFile("用语.xlsx", data, MEDIA_TYPE)
    return client.post(IMPORT, {"file": file, **sent})


def test_the_list_is_handed_out(sit_down, listed):
    response = sit_down("editor").get(reverse("admin:workbook_export", args=["term"]))
    assert response.headers["Content-Type"] == MEDIA_TYPE
    assert "filename*=utf-8''" in response.headers["Content-Disposition"]
    assert len(read(response.content, TermWorkbook().columns())) == 1


def test_a_workbook_is_tried_and_then_confirmed(sit_down, listed):
    client = sit_down("manager")
    response = upload(client, workbook({"wrong": "法制", "right": "法治"}))
    assert response.status_code == 200
    assert not Term.objects.filter(wrong="法制").exists()
    confirmed = client.post(
        IMPORT, {"carried": response.context["carried"], "_confirm": "1"}, follow=True
    )
    assert Term.objects.get(wrong="法制").right == "法治"
    assert [str(message) for message in confirmed.context["messages"]]


def test_faulty_rows_are_named_and_nothing_is_stored(sit_down, listed):
    client = sit_down("manager")
    data = workbook({"wrong": "法制", "right": "法治"}, {"wrong": "", "right": "空"})
    response = upload(client, data, _confirm="1")
    assert [row.number for row in response.context["result"].faulty] == [3]
    assert "<td>3</td>" in response.content.decode()
    assert Term.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"carried": "%%"}, {"carried": "AAAA"}])
def test_what_is_no_workbook_is_refused_in_words(sit_down, sent):
    response = sit_down("manager").post(IMPORT, sent)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Term.objects.exists()


def test_hostile_cells_stay_text(sit_down):
    data = workbook({"wrong": "<script>alert(1)</script>", "right": "=1+1"})
    content = upload(sit_down("manager"), data).content.decode()
    assert "<script>alert" not in content.split('id="content-main"')[1]


@pytest.mark.parametrize("who", ["editor", "first", "final"])
def test_only_managers_change_the_list(sit_down, listed, who):
    client = sit_down(who)
    assert client.get(reverse("admin:speeches_term_changelist")).status_code == 200
    assert client.get(IMPORT).status_code == 403
    assert client.get(reverse("admin:speeches_term_add")).status_code == 403
    carried = base64.b64encode(workbook({"wrong": "法制"})).decode()
    assert client.post(IMPORT, {"carried": carried, "_confirm": "1"}).status_code == 403
    assert Term.objects.count() == 1


def test_a_manager_changes_a_term_with_history(sit_down, listed):
    client = sit_down("manager")
    address = reverse("admin:speeches_term_change", args=[listed.pk])
    form = {"wrong": "其它", "right": "其余", "category": "wording", "severity": "hint"}
    assert client.post(address, form).status_code == 302
    listed.refresh_from_db()
    assert (listed.right, listed.severity, listed.is_active) == ("其余", "hint", False)
    assert listed.history.count() == 2


def test_the_list_takes_a_constant_number_of_queries(sit_down, listed):
    client = sit_down("manager")
    address = reverse("admin:speeches_term_changelist")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    Term.objects.bulk_create(Term(wrong=f"甲{number}", right="乙") for number in range(60))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)
