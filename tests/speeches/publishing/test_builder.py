import gzip
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from organizations.models import Organization
from speeches.exporting import registry
from speeches.models import Meeting, MeetingEdition, Speech, SpeechEdition, WorkItem
from speeches.public.paging import page_of
from speeches.publishing.addresses import internal_path, is_answered_live, is_digest
from speeches.publishing.builder import build as build_directly
from speeches.publishing.folder import SiteFolder
from speeches.publishing.links import links_in
from speeches.publishing.manifest import Manifest
from speeches.publishing.rendering import BuildRefused
from tests.speeches.public import builders

pytestmark = pytest.mark.django_db

MARKER = "暗号甲乙丙"


def text_of_everything(output):
    paths = [path for path in output.rglob("*") if path.is_file()]
    return "\n".join(path.read_text("utf-8", "replace") + path.name for path in paths)


def republish_with(body):
    """Give the only speech another text."""
    speech = Speech.objects.get()
    speech.body = body
    speech.save()
    builders.published(speech)


@pytest.fixture
def cheap_formats(monkeypatch):
    """Downloads that take no time."""
    cheap = {name: registry.EXPORTERS[name] for name in ("json", "markdown")}
    monkeypatch.setattr(registry, "EXPORTERS", cheap)
    return cheap


def test_every_public_page_becomes_a_file(build, files):
    builders.small_site(2)
    told = build()
    pages = {
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "sitemap-speeches-1.xml",
        "feed/index.xml",
        "meetings/index.html",
        "meetings/meeting-0/index.html",
        "topics/民生/index.html",
        *(f"speeches/{speech.pk}/index.html" for speech in Speech.objects.all()),
        *(f"work/{item.pk}/index.html" for item in WorkItem.objects.all()),
        *(f"organizations/{body.pk}/index.html" for body in Organization.objects.all()),
    }
    assert pages <= files()
    assert told["pages"] + told["assets"] == told["written"] == len(files())


def test_a_file_holds_what_the_application_answers(build, output, client):
    builders.small_site()
    build()
    assert (output / "index.html").read_bytes() == client.get("/").content
    speech = Speech.objects.get()
    answer = client.get(f"/speeches/{speech.pk}/")
    assert (output / f"speeches/{speech.pk}/index.html").read_bytes() == answer.content


def test_the_styles_and_pictures_of_the_pages_come_along(build, files):
    builders.small_site()
    speech = Speech.objects.get()
    speech.body = (
        '<p>照片：</p><p><img src="/media/hall.png" alt=""></p>'
        '<p><a href="/media/%E9%99%84%E4%BB%B6.pdf">附件</a></p>'
    )
    speech.save()
    default_storage.save("hall.png", ContentFile(b"picture"))
    default_storage.save("附件.pdf", ContentFile(b"attached"))
    default_storage.save("draft-only.png", ContentFile(b"secret"))
    builders.published(speech)
    build()
    assert {"media/hall.png", "media/附件.pdf", "static/css/public.css"} <= files()
    assert "media/draft-only.png" not in files()
    assert not [name for name in files() if name.startswith(("admin", "static/admin"))]


def test_nothing_of_a_draft_is_in_the_site(build, output):
    builders.small_site()
    of = builders.meeting("draft-meeting", title=MARKER)
    builders.speech(of, title=MARKER, body=f"<p>{MARKER}</p>", tags=(MARKER,))
    Speech.objects.exclude(title=MARKER).update(title=f"{MARKER}改")
    build()
    assert "第0篇发言" in text_of_everything(output)
    assert MARKER not in text_of_everything(output)
    assert "draft-meeting" not in text_of_everything(output)


def test_a_withdrawn_page_is_removed(build, files, output):
    builders.small_site(2)
    build()
    withdrawn, other = Speech.objects.order_by("pk")
    name = f"speeches/{withdrawn.pk}/index.html"
    assert name in files()
    builders.withdrawn(withdrawn)
    told = build()
    assert name not in files()
    assert not (output / name).parent.exists()
    assert (output / f".gone/speeches/{withdrawn.pk}/gone").exists()
    assert f"speeches/{other.pk}/index.html" in files()
    assert told["removed"] >= 1
    assert withdrawn.title not in text_of_everything(output)


def test_a_second_build_writes_nothing(build):
    builders.small_site()
    first = build()
    second = build()
    assert (second["pages"], second["written"], second["removed"]) == (first["pages"], 0, 0)


def test_a_damaged_file_is_mended_by_the_next_build(build, output):
    builders.small_site()
    build()
    (output / "index.html").write_text("forged")
    assert build()["written"] == 1
    assert "forged" not in (output / "index.html").read_text("utf-8")


def test_only_changes_are_looked_at_when_asked(build, output):
    builders.small_site()
    build()
    (output / "index.html").write_text("kept")
    assert build(changed=True)["written"] == 0
    assert (output / "index.html").read_text() == "kept"


@pytest.mark.parametrize("change", ["publish", "withdraw", "rename a body", "with digests"])
def test_a_change_is_seen_when_only_changes_are_looked_at(build, change, cheap_formats):
    builders.small_site()
    build()
    speech = Speech.objects.get()
    options = {}
    if change == "publish":
        builders.published(speech)
    elif change == "withdraw":
        builders.withdrawn(speech)
    elif change == "rename a body":
        body = Organization.objects.get()
        body.name = "青禾市新名政协"
        body.save()
    else:
        options["with_digests"] = True
    told = build(changed=True, **options)
    assert told["written"] > 0
    assert build(changed=True, **options)["written"] == 0


def test_downloads_are_made_only_when_asked(build, files, cheap_formats):
    builders.small_site()
    build()
    assert not [name for name in files() if "digest." in name]
    build(with_digests=True)
    digests = {f"meetings/meeting-0/digest.{name}" for name in cheap_formats}
    assert digests <= files()
    build()
    assert not digests & files()


def test_a_link_to_nothing_is_told_and_left_out(output):
    builders.small_site()
    republish_with('<p><a href="/speeches/987654/">旧文</a></p>')
    messages = []
    build_directly(output=output, tell=messages.append)
    assert any("/speeches/987654/" in message and "404" in message for message in messages)


def test_a_picture_or_style_that_is_missing_is_told(output):
    builders.small_site()
    republish_with('<p><img src="/media/lost.png" alt=""><a href="/static/lost.css">x</a></p>')
    messages = []
    build_directly(output=output, tell=messages.append)
    for lost in ("/media/lost.png", "/static/lost.css"):
        assert any(lost in message and "404" in message for message in messages)


def test_links_to_the_desk_and_to_filtered_lists_are_not_followed(output, files):
    builders.small_site()
    republish_with('<p><a href="/admin/">后台</a><a href="/work/?year=2024">列表</a></p>')
    messages = []
    build_directly(output=output, tell=messages.append)
    assert messages == []
    assert not [name for name in files() if "admin" in name or "?" in name]


def test_a_link_to_an_old_address_leads_to_the_new_one(output, files):
    builders.small_site()
    republish_with('<p><a href="/meetings/meeting-0/">旧址</a></p>')
    meeting = Meeting.objects.get()
    meeting.slug = "renamed"
    meeting.save()
    builders.published(meeting)
    messages = []
    build_directly(output=output, tell=messages.append)
    assert messages == []
    assert "meetings/renamed/index.html" in files()
    assert "meetings/meeting-0/index.html" not in files()


def test_an_address_too_long_for_a_file_is_left_to_the_application(output, files):
    builders.small_site()
    speech = Speech.objects.get()
    speech.tags.add("长" * 95)
    builders.published(speech)
    messages = []
    build_directly(output=output, tell=messages.append)
    assert any("文件名" in message for message in messages)
    assert "topics/民生/index.html" in files()


def test_progress_is_told(output):
    builders.small_site()
    told = []
    build_directly(output=output, tell=print, progress=lambda *step: told.append(step))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == len(told) - 1


def test_a_page_that_fails_leaves_the_site_as_it_was(build, output, files):
    builders.small_site()
    build()
    before = {name: (output / name).read_bytes() for name in files()}
    builders.withdrawn(WorkItem.objects.get())
    with (
        override_settings(ROOT_URLCONF="tests.speeches.publishing.failing_urls"),
        pytest.raises(BuildRefused, match="/work/"),
    ):
        build_directly(output=output, tell=print)
    assert {name: (output / name).read_bytes() for name in files()} == before
    assert len(builds_beside(output)) == 1


def test_a_host_that_is_not_allowed_is_named(output, settings):
    settings.SITE_URL = "https://elsewhere.example.cn"
    with pytest.raises(BuildRefused, match=r"elsewhere\.example\.cn"):
        build_directly(output=output, tell=print)


@pytest.mark.parametrize("proxy_header", [None, ("HTTP_X_FORWARDED_PROTO", "https")])
def test_a_site_that_insists_on_https_is_built(output, settings, proxy_header):
    builders.small_site()
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = proxy_header
    build_directly(output=output, tell=print)
    assert "第0次会议" in (output / "index.html").read_text("utf-8")


def test_two_builds_never_mix(output):
    with (
        SiteFolder(output).building(),
        pytest.raises(BuildRefused, match=output.name),
    ):
        build_directly(output=output, tell=print)
    assert not output.exists()


def test_an_unreadable_manifest_is_named_and_everything_built_anew(output, caplog):
    builders.small_site()
    build_directly(output=output, tell=print)
    whole = (output / "manifest.json").read_text()
    (output / "manifest.json").write_text(whole[:900])
    build_directly(output=output, tell=print, changed_only=True)
    assert "manifest.json" in caplog.text
    assert Manifest.read(output).files == parsed(whole, output).files


def parsed(text, folder):
    """Return the manifest that ``text`` is."""
    beside = folder.with_name("beside")
    beside.mkdir()
    (beside / "manifest.json").write_text(text)
    return Manifest.read(beside)


def test_readers_keep_the_old_build_until_the_new_one_is_whole(build, output):
    builders.small_site()
    build()
    old = output.resolve()
    builders.published(Speech.objects.get())
    build()
    assert output.is_symlink()
    assert output.resolve() != old
    build()
    assert len(builds_beside(output)) == 2


def test_what_is_the_same_stays_the_same_file(build, output):
    builders.small_site()
    build()
    before = (output / "about/index.html").stat()
    republish_with("<p>改过的正文。</p>")
    build()
    assert (output / "about/index.html").stat().st_ino == before.st_ino


def test_a_site_of_one_folder_becomes_a_build(build, output):
    output.mkdir()
    (output / "index.html").write_text("old")
    build()
    assert output.is_symlink()
    assert "old" not in (output / "index.html").read_text("utf-8")


def test_every_text_has_its_packed_variants(build, output, files):
    builders.small_site()
    build()
    for name in files() - {"manifest.json"}:
        packed = output / f"{name}.gz"
        assert packed.exists() == (not name.endswith(".png"))
        if packed.exists():
            assert gzip.decompress(packed.read_bytes()) == (output / name).read_bytes()
            assert packed.read_bytes()[4:8] == bytes(4)  # no time in it
            assert (output / f"{name}.br").exists()


def test_the_manifest_tells_of_which_editions_a_page_is_made(build, output):
    builders.small_site()
    build()
    speech, meeting = SpeechEdition.objects.get(), MeetingEdition.objects.get()
    entry = Manifest.read(output).entries[f"speeches/{speech.speech_id}/index.html"]
    assert entry.address == f"/speeches/{speech.speech_id}/"
    assert {speech.content_hash, meeting.content_hash} <= set(entry.editions)
    assert datetime.fromisoformat(entry.made_at).tzinfo


def test_every_link_of_the_site_leads_to_a_file_or_to_the_application(build, output, monkeypatch):
    monkeypatch.setitem(page_of.__kwdefaults__, "size", 1)
    builders.small_site(2)
    republished = Speech.objects.first()
    republished.body = "<p>更正后的正文。</p>"
    republished.save()
    builders.published(republished)
    build()
    addresses = {entry.address for entry in Manifest.read(output).entries.values()}
    for name, entry in Manifest.read(output).entries.items():
        media_type = {".html": "text/html", ".xml": "text/xml"}.get(Path(name).suffix, "")
        for link in links_in((output / name).read_bytes(), media_type):
            if link.startswith("?page=") and link != "?page=1":
                assert f"{entry.address.partition('?')[0]}{link}" in addresses
            path = internal_path(link, entry.address)
            if path and not (is_digest(path) or is_answered_live(path)):
                assert path in addresses, (name, link)


def builds_beside(output):
    """Return the folders of the builds."""
    return [path for path in output.with_name("site.builds").iterdir() if path.name[0] != "."]


def test_a_moved_meeting_has_a_file_at_its_new_address_only(build, files, output):
    builders.small_site()
    build()
    meeting = Meeting.objects.get()
    meeting.slug = "renamed"
    meeting.save()
    builders.published(meeting)
    build()
    assert "meetings/renamed/index.html" in files()
    assert "meetings/meeting-0/index.html" not in files()
    assert "/meetings/renamed/" in (output / ".moved/meetings/meeting-0/index.html").read_text()
