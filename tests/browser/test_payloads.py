"""Scripts in every text that a stranger or a colleague may write: none of them ever runs."""

import io
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import Workbook
from playwright.sync_api import Dialog, Page, expect

from organizations.admin.history import HistoryAdmin
from organizations.models import (
    Appointment,
    Organization,
    OrganizationAlias,
    Speaker,
    SpeakerVariant,
)
from speeches.enums import Stage
from speeches.models import (
    ErrorReport,
    ReviewComment,
    SearchedQuery,
    SiteSettings,
    Speech,
    Synonym,
    Term,
    WorkItem,
)
from speeches.services import bin as recycling
from speeches.services import drafts, imports, second_factor, trail
from speeches.services.site import save_site_settings
from speeches.services.terms import TermWorkbook
from tests.speeches.admin.conftest import SAMPLE
from tests.speeches.public import builders as build
from tests.speeches.test_richtext import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAYLOADS = [
    *dict.fromkeys(payload.replace("\x00", "").replace("\x01", "") for payload in HOSTILE),
    "</script><script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "--></title></textarea></style><svg onload=alert(1)>",
    "{{ 7*7 }}${alert(1)}`${alert(1)}`",
]
LONGEST_TITLE, LONGEST_NAME = 200, 60
SHORT = [payload for payload in PAYLOADS if len(payload) <= LONGEST_NAME]
OPENED_OF_A_KIND = 1
"""Rows of each kind whose own pages are opened; lists show all."""


def titles() -> list[str]:
    """All payloads, as many in a title as fit."""
    filled = [""]
    for payload in PAYLOADS:
        if len(filled[-1]) + len(payload) > LONGEST_TITLE:
            filled.append("")
        filled[-1] += payload
    return filled


@pytest.fixture
def hostile(staff, root) -> Speech:
    """An office all of whose texts are scripts; return one of its published speeches."""
    meeting = build.meeting(title=titles()[0], place=SHORT[0], editors_note="".join(PAYLOADS))
    build.published(meeting)
    people = [build.person(name, biography="".join(PAYLOADS)) for name in SHORT]
    bodies = [build.body(name, short_name=name, introduction="".join(PAYLOADS)) for name in SHORT]
    SpeakerVariant.objects.create(speaker=people[0], name=SHORT[-1])
    OrganizationAlias.objects.create(organization=bodies[0], name=SHORT[-1])
    Appointment.objects.create(speaker=people[0], organization=bodies[0], post_title=SHORT[1])
    for number, title in enumerate(titles()):
        speech = build.speech(
            meeting,
            title=title,
            byline=title,
            posts_printed=SHORT[:3],
            summary=title,
            position=number,
            body="".join(f"<p>{payload}</p>" for payload in PAYLOADS),
            speakers=(people[number], people[-1]),
            organization=bodies[number],
            tags=tuple(SHORT[number :: len(SHORT) // 3]),
        )
        build.published(speech)
    build.published(build.work(title=titles()[1], speech=speech, tags=(SHORT[0],), summary=title))
    for payload in SHORT:
        Term.objects.create(wrong=payload, right=payload, note=payload)
    Synonym.objects.create(words="、".join(SHORT)[:200])
    SearchedQuery.objects.create(month="2026-01-01", text=SHORT[0])
    ErrorReport.objects.create(path="/", page_title=titles()[0], message="".join(PAYLOADS)[:500])
    ReviewComment.objects.create(draft=speech, author=staff.first, text="".join(PAYLOADS))
    save_site_settings(row=SiteSettings(pk=1, announcement=titles()[0], about="".join(PAYLOADS)))
    staff.editor.last_name = SHORT[0]
    staff.editor.save()
    for title in titles()[:2]:
        draft = Speech(meeting=meeting, title=title, body="<p>稿</p>")
        drafts.save_draft(draft=draft, user=staff.editor)
    recycling.throw_away(draft=draft, user=staff.editor)
    trail.note(record=bodies[0], by=staff.editor, what="".join(PAYLOADS))
    imports.create_batch(
        data="\n\n".join([SAMPLE, *PAYLOADS]).encode(), filename=f"{titles()[0]}.txt", user=root
    )
    return speech


@pytest.fixture
def root(db) -> User:
    return User.objects.create_superuser("root", last_name=SHORT[1])


@pytest.fixture
def ran() -> list[str]:
    """What ran, what the policy had to stop, and what was asked of other sites."""
    return []


@pytest.fixture
def page(browser, live_server, hostile, root, ran) -> Iterator[Page]:
    """A superuser's browser that notes everything that should not happen."""
    client = Client()
    client.force_login(root, "django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    opened = context.new_page()
    here = urlsplit(live_server.url).netloc

    def noted(kind: str, text: str) -> None:
        ran.append(f"{opened.url} {kind} {text}")

    def answered(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            noted("ran", dialog.message)
        dialog.accept()

    opened.on("dialog", answered)
    opened.on("pageerror", lambda error: noted("error", str(error)))
    opened.on(
        "console",
        lambda message: (
            "Content Security Policy" in message.text and noted("stopped", message.text)
        ),
    )
    opened.on(
        "request",
        lambda request: (
            urlsplit(request.url).netloc not in {here, ""} and noted("asked", request.url)
        ),
    )
    yield opened
    context.close()


def admin_addresses(speech: Speech) -> Iterator[str]:
    """Every list of the admin, the pages of a row of each kind, and the pages around a draft."""
    yield reverse("admin:index")
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        for row in model._default_manager.order_by("pk")[:OPENED_OF_A_KIND]:
            yield reverse(f"{name}_change", args=[row.pk])
            if isinstance(model_admin, HistoryAdmin):
                yield reverse(f"{name}_history", args=[row.pk])
    yield reverse("admin:speeches_speech_reading", args=[speech.pk])
    yield reverse("admin:speeches_speech_proofreading", args=[speech.pk])
    yield reverse("admin:speeches_meeting_board", args=[speech.meeting_id])
    yield reverse("admin:speeches_meeting_exports", args=[speech.meeting_id])
    yield reverse("admin:speeches_meeting_proofreading", args=[speech.meeting_id])
    yield reverse("admin:speeches_meeting_wechat", args=[speech.meeting_id])
    yield reverse("admin:audit")
    yield reverse("admin:speeches_bin")
    draft = Speech.objects.get(stage=Stage.DRAFT)
    yield reverse("admin:speeches_speech_delete", args=[draft.pk])
    yield reverse("admin:speeches_speech_links", args=[draft.pk])
    for kind in ("term", "organization", "speaker", "appointment"):
        yield reverse("admin:workbook_import", args=[kind])
    for record, into in (people_of(speech), bodies_of(speech)):
        merger = reverse("admin:merge", args=[record._meta.model_name, record.pk])
        yield merger
        yield f"{merger}?into={into.pk}"


def people_of(speech: Speech) -> list[Speaker]:
    """Two hostile people: one who spoke, and another."""
    spoke = speech.credits.first().speaker
    return [spoke, Speaker.objects.exclude(pk=spoke.pk).first()]


def bodies_of(speech: Speech) -> list[Organization]:
    """Two hostile bodies: that of the speech, and another."""
    return [speech.organization, Organization.objects.exclude(pk=speech.organization_id).first()]


def public_addresses(speech: Speech) -> Iterator[str]:
    """The pages that readers find the same texts on."""
    for name in ("home", "meetings", "speakers", "organizations", "topics", "work_items", "about"):
        yield reverse(name)
    yield reverse("meeting", args=[speech.meeting.slug])
    yield reverse("meeting_in_full", args=[speech.meeting.slug])
    yield reverse("speech", args=[speech.pk])
    yield reverse("speaker", args=[speech.credits.first().speaker_id])
    yield reverse("organization", args=[speech.organization_id])
    yield reverse("topic", args=[speech.tags.first().slug])
    yield reverse("work_item", args=[WorkItem.objects.get().pk])
    yield f"{reverse('report')}?page={quote(PAYLOADS[-4])}"
    for payload in PAYLOADS[-5:]:
        yield f"{reverse('search')}?q={quote(payload[:64])}"


def test_no_script_runs_on_any_page_of_admin_or_site(page, hostile, ran):
    assert len(PAYLOADS) >= 31
    for address in [*admin_addresses(hostile), *public_addresses(hostile)]:
        answer = page.goto(address)
        assert answer.status in {200, 404}, address
        page.mouse.move(300, 300)
        assert ran == [], address


def test_no_script_runs_on_the_pages_of_two_step_login(page, root, ran):
    root.username = "--></title><svg onload=alert(1)>"
    root.save()
    for step in ("enrol", "verify"):
        page.goto(f"{reverse(f'admin:second_factor_{step}')}?next={quote(PAYLOADS[-4])}")
        expect(page.locator(".qr-code")).to_be_visible()
    page.locator("[name=code]").fill(PAYLOADS[-4])
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".errorlist")).to_be_visible()
    TOTPDevice.objects.update(throttling_failure_count=0)
    key = second_factor.candidate(user=root).bin_key
    page.locator("[name=code]").fill(f"{totp(key):06d}")
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".recovery-codes li").first).to_be_visible()
    page.goto(reverse("admin:second_factor_change"))
    expect(page.locator(".qr-code")).to_be_visible()
    for field in ("code", "new_code"):
        page.locator(f"[name={field}]").fill(PAYLOADS[-4])
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".errorlist")).to_be_visible()
    assert ran == []


def test_no_script_runs_in_choosers_uploads_and_the_editor(page, hostile, ran, tmp_path):
    page.goto(reverse("admin:speeches_speech_add"))
    page.locator("[aria-labelledby*=select2-id_organization]").first.click()
    expect(page.locator(".select2-results__option").nth(5)).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate(
        """payloads => payloads.forEach(html => {
          try { CKEDITOR.instances.id_body.insertHtml(html); } catch (cannotParse) {}
        })""",
        PAYLOADS,
    )
    assert not any(" ran " in note for note in ran)
    ran.clear()  # what the policy had to stop while a text full of foreign pictures was put in
    book = Workbook()
    book.active.append([column.heading for column in TermWorkbook().columns()])
    for payload in PAYLOADS:
        book.active.append([payload, payload, payload])
    file = io.BytesIO()
    book.save(file)
    name = "<img src=x onerror=alert(1)>.xlsx"
    page.goto(reverse("admin:workbook_import", args=["term"]))
    page.locator("[type=file]").set_input_files(
        {"name": name, "mimeType": "application/zip", "buffer": file.getvalue()}
    )
    page.get_by_role("button", name="试导入").click()
    expect(page.locator(".errornote")).to_be_visible()
    page.goto(reverse("admin:speeches_importbatch_add"))
    page.get_by_label("文件").set_input_files(
        {"name": "<svg onload=alert(1)>.txt", "mimeType": "text/plain", "buffer": SAMPLE.encode()}
    )
    page.get_by_role("button", name="读取文件").click()
    expect(page.locator(".speech").first).to_be_visible()
    assert ran == []
