"""What changes records without their forms is told to the audit trail, with who did it."""

from datetime import date

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import NameChoice
from speeches.services import acceptance, audit, imports, name_queue
from speeches.services.record_workbooks import (
    AppointmentWorkbook,
    OrganizationWorkbook,
    SpeakerWorkbook,
)
from speeches.services.workbooks import take_in
from tests.speeches.services.test_imports import DIGEST
from tests.speeches.services.test_record_workbooks import sheet


def told(user) -> set[tuple[str, str]]:
    """The records that the trail says ``user`` made or changed, each with the action."""
    rows = audit.lines(audit.trail(asked=audit.Asked(user=user.pk)))
    return {(line.action, line.record) for line in rows}


def logged(record) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(record.pk), object_repr=str(record)[:200])
    return sorted(entry.change_message for entry in entries)


def test_an_import_names_who_made_bodies_people_posts_and_other_names(staff):
    known = Organization.objects.create(name="政协白鹭县委员会")
    batch = imports.create_batch(data=DIGEST, filename="交流会.txt", user=staff.editor)[0]
    name_queue.decide_body(
        batch=batch,
        user=staff.editor,
        printed="白鹭县政协",
        choice=NameChoice.EXISTING,
        organization_id=known.pk,
    )
    acceptance.accept(batch=batch, user=staff.editor)
    made = told(staff.editor)
    assert ("~", "政协白鹭县委员会") in made
    assert logged(known) == ["新增别名：白鹭县政协"]
    for row in [*Speaker.objects.all(), *Appointment.objects.all()]:
        assert ("+", str(row)) in made
    for row in Organization.objects.exclude(pk=known.pk):
        assert ("+", row.name) in made
    assert Appointment.objects.exists()


def test_a_workbook_names_who_changed_names_and_posts(staff):
    body = Organization.objects.create(name="青禾市政协")
    body.aliases.create(name="市政协")
    person = Speaker.objects.create(name="林清溪")
    post = Appointment.objects.create(
        speaker=person, organization=body, post_title="主席", start_date=date(2022, 1, 8)
    )
    books = {
        OrganizationWorkbook: [{"name": "青禾市政协", "aliases": "青禾政协"}],
        SpeakerWorkbook: [{"name": "林清溪", "variants": "林 清 溪"}],
        AppointmentWorkbook: [
            {
                "speaker": "林清溪",
                "organization": "青禾市政协",
                "post_title": "主席",
                "start_date": "2022-01-08",
                "end_date": "2025-01-08",
            },
            {"speaker": "林清溪", "organization": "青禾市政协", "post_title": "秘书长"},
        ],
    }
    for kind, rows in books.items():
        data = sheet(kind, *rows, columns=rows[0])
        assert take_in(book=kind(), data=data, user=staff.editor).faulty == ()
    assert logged(body) == ["删去别名：市政协", "新增别名：青禾政协"]
    assert logged(person) == ["新增别名：林 清 溪"]
    assert logged(post) == ["表格导入修改：结束"]
    assert ("+", "林清溪 · 青禾市政协秘书长") in told(staff.editor)
    assert person.history.first().history_user == staff.editor


def test_changing_ones_own_password_leaves_an_entry(staff):
    staff.editor.set_password("旧的口令 12345")
    staff.editor.save()
    client = Client()
    client.force_login(staff.editor, "django.contrib.auth.backends.ModelBackend")
    fresh = "白鹭县的新口令 2025"
    passwords = {"old_password": "旧的口令 12345", "new_password1": fresh, "new_password2": ""}
    address = reverse("admin:password_change")
    client.post(address, passwords)
    assert logged(staff.editor) == []
    assert client.post(address, {**passwords, "new_password2": fresh}).status_code == 302
    assert logged(staff.editor) == ["修改了自己的密码。"]
