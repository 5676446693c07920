"""The changes: another site keeps a copy by following them."""

import json

import pytest
from django.db import connection, connections
from django.utils import timezone

from speeches.enums import Action
from speeches.models import Meeting, Speech, WorkItem
from speeches.services import publications, reviews
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


class Mirror:
    """A copy of the site, kept by following the changes and nothing else."""

    def __init__(self, client):
        self.client = client
        self.cursor = None
        self.pieces = {}
        self.events = []

    def follow(self, limit=2):
        """Take in what happened since the last time."""
        address = f"/api/v1/changes?full=true&limit={limit}"
        if self.cursor:
            address += f"&since={self.cursor}"
        while address:
            assert len(self.events) < 100, "the changes have no end"
            page = json.loads(self.client.get(address).content)
            for change in page["results"]:
                self.take(change)
            self.cursor, address = page["cursor"], page["next"]

    def take(self, change):
        key = change["kind"], change["id"]
        self.events.append((change["event"], *key, change["edition"]))
        if change["event"] == "withdrawn":
            self.pieces.pop(key, None)
        elif change["record"]:
            self.pieces[key] = change["record"]


def everything(client):
    """Return what the lists show now, by kind and number."""
    lists = {"meeting": "meetings", "speech": "speeches", "work_item": "work-items"}
    found = {}
    for kind, path in lists.items():
        full = "" if kind == "meeting" else "&full=true"
        page = json.loads(client.get(f"/api/v1/{path}?limit=100{full}").content)
        found |= {(kind, row["id"]): row for row in page["results"]}
    return found


def test_a_copy_follows_publication_correction_and_withdrawal(client, staff, meeting, speech):
    mirror = Mirror(client)
    mirror.follow()
    assert mirror.pieces == {}
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.final)
    mirror.follow()
    assert mirror.events == [
        ("published", "meeting", meeting.pk, 1),
        ("published", "speech", speech.pk, 1),
    ]

    speech.refresh_from_db()
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor, opinion="更正")
    speech.title = "把协商桌搬到家门口"
    speech.save()
    mirror.follow()
    assert mirror.pieces["speech", speech.pk]["title"] == "把协商桌搬到田埂上"
    staff.approve(speech)
    publications.publish(draft=speech, user=staff.final)
    mirror.follow()
    assert mirror.events[2:] == [("corrected", "speech", speech.pk, 2)]
    assert mirror.pieces == everything(client)
    assert mirror.pieces["speech", speech.pk]["title"] == "把协商桌搬到家门口"

    meeting.refresh_from_db()
    publications.withdraw(draft=meeting, user=staff.final, opinion="有误")
    mirror.follow()
    assert mirror.events[3:] == [
        ("withdrawn", "speech", speech.pk, 2),
        ("withdrawn", "meeting", meeting.pk, 1),
    ]
    assert mirror.pieces == everything(client) == {}


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_a_copy_begun_late_is_as_whole_whatever_the_pages(client, limit):
    build.small_site(4)
    for draft in (*Meeting.objects.all()[:2], *Speech.objects.all()[1:3]):
        draft.title = f"更正后的{draft.pk}"
        draft.save()
        build.published(draft)
    build.withdrawn(WorkItem.objects.first())
    build.withdrawn(Speech.objects.last())
    mirror = Mirror(client)
    mirror.follow(limit)
    assert len(mirror.events) == 12 + 4 + 2
    assert len(set(mirror.events)) == len(mirror.events)
    assert mirror.pieces == everything(client)


def test_a_piece_that_is_public_again_is_published_and_not_corrected(client):
    of = build.meeting()
    build.published(of)
    build.withdrawn(of)
    build.published(of)
    mirror = Mirror(client)
    mirror.follow()
    assert [event for event, *_rest in mirror.events] == ["published", "withdrawn", "published"]


def test_changes_of_one_moment_are_told_once_each(client, monkeypatch):
    moment = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    of = build.meeting()
    drafts = [build.speech(of, title=f"第{number}篇") for number in range(5)]
    for draft in (*drafts, of):
        build.published(draft)
    mirror = Mirror(client)
    mirror.follow(limit=2)
    assert [kind for _event, kind, *_rest in mirror.events] == ["meeting"] + ["speech"] * 5
    assert len(set(mirror.events)) == 6


def test_a_time_is_a_place_to_begin_at(read):
    build.small_site(2)
    whole = read("changes")["results"]
    assert read("changes", since=whole[3]["at"])["results"] == whole[3:]
    assert read("changes", since="2199-01-01")["results"] == []


def test_nothing_new_keeps_the_cursor(read):
    build.small_site(1)
    cursor = read("changes")["cursor"]
    assert read("changes", since=cursor) == {"cursor": cursor, "next": None, "results": []}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_what_an_open_transaction_may_still_precede_is_not_told_yet(read):
    of, later = build.meeting("slow"), build.meeting("quick")
    slow = connections.create_connection("default")
    try:
        slow.set_autocommit(False)
        with slow.cursor() as cursor:
            cursor.execute("UPDATE speeches_meeting SET title = title WHERE id = %s", [of.pk])
        build.published(later)
        assert read("changes")["results"] == []
        slow.rollback()
        assert [change["id"] for change in read("changes")["results"]] == [later.pk]
    finally:
        slow.close()
