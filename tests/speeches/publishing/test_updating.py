import errno

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from taggit.models import Tag

from organizations.models import Appointment, Organization, Speaker
from speeches.models import Indicator, Meeting, SiteChange, Speech, WorkItem
from speeches.public import paging
from speeches.publishing import changes, updating, writing
from speeches.publishing.changes import Position, pending
from speeches.publishing.folder import SiteFolder
from speeches.publishing.manifest import Manifest
from speeches.services import outbox
from speeches.services.mergers import merge
from tests.speeches.public import builders
from tests.speeches.publishing.halfway import tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(build, output, tmp_path, monkeypatch):
    """A site with lists of several pages, and a check that following changes is as good as anew."""
    monkeypatch.setitem(paging.page_of.__kwdefaults__, "size", 2)
    builders.small_site(3)
    build()

    def check():
        before = output.resolve()
        call_command("build_site", output=output, changed=True)
        assert output.resolve() == before
        fresh = tmp_path / "fresh"
        call_command("build_site", output=fresh)
        ours, theirs = tree(output), tree(fresh)
        assert ours.keys() == theirs.keys()
        assert [name for name in ours if ours[name] != theirs[name]] == []
        assert facts(output) == facts(fresh)
        return ours

    return check


def facts(output):
    """Return what a manifest tells, without when the files were made."""
    return {name: entry.facts for name, entry in Manifest.read(output).entries.items()}


def test_following_changes_ends_where_a_whole_build_begins(followed):
    """Publish, correct and move; withdraw and change the address; publish again and rename."""
    first, second, third = Speech.objects.order_by("pk")
    new = builders.speech(
        Meeting.objects.first(),
        title="新发表的发言",
        position=9,
        organization=builders.body("新设政协", parent=Organization.objects.first()),
        speakers=(builders.person("新人"),),
        tags=("新题", "民生"),
    )
    builders.published(new)
    second.title, second.body, second.meeting = "改正后的标题", "<p>改正。</p>", first.meeting
    second.save()
    second.tags.set(["另一题"])
    builders.published(second)
    files = followed()
    assert f"speeches/{new.pk}/index.html" in files
    assert "新发表的发言" in files["index.html"].decode()
    assert f"speeches/{second.pk}/corrections/index.html" in files

    item = WorkItem.objects.get(speech=first)
    item.title = "改正后的工作"
    item.save()
    builders.published(item)
    meeting = first.meeting
    meeting.slug, meeting.title = "moved", "改名的会议"
    meeting.save()
    builders.published(meeting)
    builders.withdrawn(new)
    builders.withdrawn(WorkItem.objects.get(speech=third))
    files = followed()
    assert ".moved/meetings/meeting-0/index.html" in files
    assert ".moved/meetings/meeting-0/corrections/index.html" in files
    assert "meetings/moved/corrections/index.html" in files
    assert f"work/{item.pk}/corrections/index.html" in files
    assert f".gone/speeches/{new.pk}/gone" in files
    assert "新发表的发言" not in b"".join(files.values()).decode("utf-8", "replace")

    builders.published(new)
    body, person = Organization.objects.first(), Speaker.objects.first()
    body.name, body.introduction = "更名后的政协", "<p>介绍</p>"
    body.save()
    person.biography = "新的简历。"
    person.save()
    files = followed()
    assert f".gone/speeches/{new.pk}/gone" not in files


def test_related_speeches_and_work_are_followed(followed, build, output):
    """By topic, by body and by an indicator; what is shared may come and go."""
    first, second, third = Speech.objects.order_by("pk")
    indicator = Indicator.objects.create(name="提案办结数", unit="件")
    measured = [
        builders.work(
            title=f"有指标的工作{piece.pk}",
            speech=piece,
            figures=({**builders.EXACT_FIGURE, "indicator": indicator},),
        )
        for piece in (first, second)
    ]
    for piece in (second, third):
        piece.tags.set([f"只属{piece.pk}"])
        builders.published(piece)
    builders.published(measured[0])
    build(changed=True)
    assert second.title not in page_of(tree(output), first)

    builders.published(measured[1])
    third.organization = first.organization
    third.save()
    builders.published(third)
    files = followed()
    for title in (second.title, third.title, measured[1].title):
        assert title in page_of(files, first)

    builders.withdrawn(measured[1])
    third.organization, third.title = None, "离开的发言"
    third.save()
    third.tags.set([f"提案{first.position}"])
    builders.published(third)
    files = followed()
    assert second.title not in page_of(files, first)
    assert "离开的发言" in page_of(files, first)


def page_of(files, speech):
    """Return the page of a speech."""
    return files[f"speeches/{speech.pk}/index.html"].decode()


def test_merged_bodies_and_people_are_followed(followed, build, output, admin_user):
    """Their addresses lead on, the pages above lose them; a target that goes takes them along."""
    old_parent, new_parent = builders.body("原上级"), builders.body("新上级")
    doubled, kept, _other = Organization.objects.filter(level="municipal").order_by("pk")
    doubled.parent, kept.parent = old_parent, new_parent
    for body in (doubled, kept):
        body.save()
    build(changed=True)
    assert (output / f"organizations/{old_parent.pk}/index.html").exists()

    people = Speaker.objects.order_by("pk")[:2]
    spoken = Speech.objects.order_by("pk")[:2]
    numbers = doubled.pk, people[0].pk
    merge(record=doubled, into=kept, user=admin_user)
    merge(record=people[0], into=people[1], user=admin_user)
    files = followed()
    for name, number in zip(("organizations", "speakers"), numbers, strict=True):
        assert f"{name}/{number}/index.html" not in files
        assert f".moved/{name}/{number}/index.html" in files
        assert f".moved/{name}/{number}/feed/index.html" in files
    assert f"organizations/{old_parent.pk}/index.html" not in files

    for speech in spoken:
        builders.withdrawn(speech)
        builders.withdrawn(WorkItem.objects.get(speech=speech))
    files = followed()
    assert not [name for name in files if name.startswith(".moved")]


def test_the_days_of_a_post_are_followed(followed, build, admin_client):
    """The timeline of a person states them as the appointment does now."""
    speech = Speech.objects.first()
    credit = speech.credits.get()
    post = Appointment.objects.create(
        speaker=credit.speaker, organization=speech.organization, post_title="主席"
    )
    speech.credits.update(appointment=post)
    builders.published(speech)
    build(changed=True)
    form = {
        "speaker": post.speaker_id,
        "organization": post.organization_id,
        "post_title": "主席",
        "start_date": "2019-05-06",
    }
    admin_client.post(f"/admin/organizations/appointment/{post.pk}/change/", form)
    assert "2019" in followed()[f"speakers/{post.speaker_id}/index.html"].decode()


def test_only_what_a_change_touches_is_rendered(build, output, monkeypatch):
    builders.small_site(3)
    for other in Speech.objects.order_by("pk")[2:]:
        other.tags.set(["别的题"])
        builders.published(other)
    build()
    asked = noted_addresses(monkeypatch)
    speech = Speech.objects.order_by("pk")[1]
    speech.body = "<p>改正。</p>"
    speech.save()
    builders.published(speech)
    told = build(changed=True)
    assert f"/speeches/{speech.pk}/" in asked
    related, unrelated = Speech.objects.exclude(pk=speech.pk).order_by("pk")
    assert f"/speeches/{related.pk}/" in asked
    assert f"/speeches/{unrelated.pk}/" not in asked
    assert not [path for path in asked if path.startswith("/meetings/") and "meeting-0" in path]
    assert told["written"] < 12 * 3


@pytest.mark.parametrize("was_stopped", [False, True])
def test_a_correction_leaves_later_pages_of_lists_alone_unless_the_last_run_was_stopped(
    build, output, monkeypatch, was_stopped
):
    """Nothing moves in a list by a correction; a run that was stopped may have moved something."""
    monkeypatch.setitem(paging.page_of.__kwdefaults__, "size", 2)
    builders.small_site(1)
    held = Meeting.objects.get()
    for position in range(9):
        builders.published(
            builders.speech(held, title=f"同题发言{position}", position=position, tags=("民生",))
        )
    build()
    asked = noted_addresses(monkeypatch)
    if was_stopped:
        output.with_name("site.builds").joinpath(".unsettled").touch()
    speech = Speech.objects.get(title="同题发言4")
    speech.title = "改正的发言"
    speech.save()
    builders.published(speech)
    build(changed=True)
    pages = {path for path in asked if path.startswith("/topics/民生/?")}
    of_list = {f"/topics/民生/?page={number}" for number in range(2, 6)}
    assert pages == of_list if was_stopped else len(pages) == 2
    assert not output.with_name("site.builds").joinpath(".unsettled").exists()


def noted_addresses(monkeypatch):
    """Return the list of addresses that are made from now on."""
    asked = []
    make = writing.make
    monkeypatch.setattr(
        writing,
        "make",
        lambda renderer, address: asked.append(address.path) or make(renderer, address),
    )
    return asked


def test_readers_meet_new_pages_before_their_lists_and_lose_them_after(build, output, monkeypatch):
    """Pages that name something beside their own text come last: there may be many."""
    builders.small_site()
    gone, elsewhere = Speech.objects.get(), builders.meeting("elsewhere")
    naming = builders.speech(elsewhere, title="点到旧文", tags=("民生",))
    beside = builders.speech(elsewhere, title="同题的旧文", position=9, tags=("新题",))
    for draft in (elsewhere, naming, beside):
        builders.published(draft)
    build()
    new = builders.speech(gone.meeting, title="新发言", position=5, tags=("新题",))
    builders.published(new)
    builders.withdrawn(gone)
    steps = []
    put, remove = SiteFolder.put, writing.remove

    def noted_put(place, folder, name, content):
        steps.append(f"+{name}")
        put(place, folder, name, content)

    def noted_remove(folder, name):
        found = remove(folder, name)
        if found:
            steps.append(f"-{name}")
        return found

    monkeypatch.setattr(SiteFolder, "put", noted_put)
    monkeypatch.setattr(writing, "remove", noted_remove)
    build(changed=True)
    order = [
        f"+speeches/{new.pk}/index.html",
        "+index.html",
        f"-speeches/{gone.pk}/index.html",
        f"+speeches/{naming.pk}/index.html",
        f"+speeches/{beside.pk}/index.html",
    ]
    assert [step for step in steps if step in order] == order
    assert f"+.gone/speeches/{gone.pk}/gone" in steps[: steps.index(order[2])]


@pytest.mark.parametrize("problem", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_locked_disk_is_told_and_made_good_by_the_next_run(
    build, output, monkeypatch, tmp_path, problem
):
    builders.small_site(2)
    build()
    gone = Speech.objects.get(title="第0篇发言")
    late = builders.speech(gone.meeting, title="中途发布的发言")
    builders.published(late)
    builders.withdrawn(gone)
    put = SiteFolder.put
    done = []

    def failing(place, folder, name, content):
        if len(done) == 5:
            raise OSError(problem, "no writing")
        done.append(name)
        put(place, folder, name, content)

    with monkeypatch.context() as patch:
        patch.setattr(SiteFolder, "put", failing)
        with pytest.raises(CommandError, match="无法写入"):
            build(changed=True)
    builders.withdrawn(late)
    build(changed=True)
    call_command("build_site", output=tmp_path / "fresh")
    assert tree(output) == tree(tmp_path / "fresh")


def test_a_picture_goes_with_the_last_page_that_shows_it(build, output, files):
    builders.small_site()
    speech = Speech.objects.get()
    default_storage.save("hall.png", ContentFile(b"picture"))
    speech.body = '<p><img src="/media/hall.png" alt=""></p>'
    speech.save()
    build()
    builders.published(speech)
    build(changed=True)
    assert "media/hall.png" in files()
    builders.withdrawn(speech)
    build(changed=True)
    assert "media/hall.png" not in files()


@pytest.mark.parametrize("cause", ["code", "settings of the site", "older database", "bulk"])
def test_what_touches_everything_is_built_anew(build, output, monkeypatch, cause):
    builders.small_site()
    build()
    if cause == "code":
        monkeypatch.setattr(updating, "fingerprint", lambda: "another")
    elif cause == "older database":
        SiteChange.objects.all().delete()
    else:
        outbox.everything_changed()
    before = output.resolve()
    build(changed=True)
    assert output.resolve() != before


def test_the_worker_builds_first_and_then_follows(output, build, capsys):
    builders.small_site()
    call_command("publish_changes", output=output, once=True)
    first = output.resolve()
    builders.withdrawn(Speech.objects.get())
    call_command("publish_changes", output=output, once=True)
    assert output.resolve() == first
    assert "0 处不符" in verified(output, capsys)


def verified(output, capsys):
    """Return what the check of the site prints."""
    call_command("verify_site", output=output)
    return capsys.readouterr().out


def test_downloads_of_a_meeting_never_outlive_a_withdrawn_speech(build, output, monkeypatch):
    monkeypatch.setattr("django.conf.settings.PUBLIC_EXPORTS", ["json", "markdown"])
    builders.small_site()
    build(with_digests=True)
    speech = Speech.objects.get()
    builders.published(builders.speech(speech.meeting, title="留下的发言", position=5))
    build(changed=True, with_digests=True)
    name = f"meetings/{speech.meeting.slug}/digest.json"
    assert speech.title in (output / name).read_text("utf-8")
    builders.withdrawn(speech)
    build(changed=True, with_digests=True)
    assert speech.title not in (output / name).read_text("utf-8")


def test_a_change_that_commits_late_is_not_lost():
    """A lower number may appear after a higher one: the gap before it is kept in mind."""
    rows = [SiteChange.objects.create(kind="speech", number=number) for number in range(3)]
    start = rows[0].pk
    SiteChange.objects.filter(pk=rows[1].pk).delete()
    position = Position(start - 1).with_changes(pending(Position(start - 1)))
    assert position == Position(start, (rows[2].pk,))
    SiteChange.objects.create(pk=rows[1].pk, kind="speech", number=1)
    assert [row.pk for row in pending(position)] == [rows[1].pk]
    assert position.with_changes(pending(position)) == Position(rows[2].pk)


def test_a_number_that_was_never_used_is_passed_after_a_while(monkeypatch):
    rows = [SiteChange.objects.create(kind="speech", number=number) for number in range(3)]
    start = rows[0].pk
    SiteChange.objects.filter(pk=rows[1].pk).delete()
    monkeypatch.setattr(changes, "LONGEST_TRANSACTION", -changes.LONGEST_TRANSACTION)
    position = Position(start - 1).with_changes(pending(Position(start - 1)))
    assert position == Position(rows[2].pk)


def test_a_renamed_topic_is_on_every_page_that_names_it(build, files, output, admin_client):
    builders.small_site()
    build()
    topic = Tag.objects.get(name="民生")
    admin_client.post(f"/admin/taggit/tag/{topic.pk}/change/", {"name": "民生福祉", "slug": "民生"})
    build(changed=True)
    speech = Speech.objects.get()
    assert "民生福祉" in (output / f"speeches/{speech.pk}/index.html").read_text("utf-8")
