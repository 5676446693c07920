import pytest
from django.db import connection

from speeches.enums import Action
from speeches.models import ReviewRecord, SpeechEdition
from speeches.publishing import ledger
from speeches.services import drafts, publications, reviews

pytestmark = pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="PostgreSQL refuses the tampering that these tests try",
)


@pytest.fixture
def published(meeting, speech, staff):
    speech.tags.add("协商")
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    speech.refresh_from_db()
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor)
    speech.title = "更正后的标题"
    drafts.save_draft(draft=speech, user=staff.editor)
    staff.approve(speech)
    publications.publish(draft=speech, user=staff.manager)
    return speech


def differences():
    return [
        found.message for kind in ledger.KINDS for found in ledger.verify(kind) if found is not None
    ]


def tamper(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_untouched_ledger_is_sound(published):
    assert differences() == []
    assert list(ledger.verify(SpeechEdition)) == [None, None]


EDITION = "UPDATE speeches_speechedition SET"
TAMPERING = {
    f"{EDITION} body='<p>伪造</p>' WHERE number=1": "内容与发布时",
    f"{EDITION} published_at='2001-01-01' WHERE number=1": "内容与发布时",
    f"{EDITION} number=3 WHERE number=2": "缺失",
    f"{EDITION} previous_hash='' WHERE number=2": "不衔接",
    f"{EDITION} closed_at='2025-01-01', closed_as='withdrawn' WHERE number=2": "没有撤稿记录",
    "UPDATE speeches_reviewrecord SET edition_hash='0' WHERE action='publish'": "已不存在",
    f"{EDITION} topics='[]' WHERE number=1": "内容与发布时",
    f"{EDITION} first_published_at='2001-01-01' WHERE number=1": "内容与发布时",
}


@pytest.mark.parametrize(("sql", "message"), TAMPERING.items())
def test_tampering_is_named(published, sql, message):
    tamper(sql)
    assert any(message in found for found in differences())


def test_a_removed_edition_is_missed(published):
    tamper("PRAGMA defer_foreign_keys=ON")
    tamper("DELETE FROM taggit_taggeditem")
    tamper("DELETE FROM speeches_speechedition WHERE number=2")
    assert any("已不存在" in found for found in differences())


def test_a_withdrawal_on_record_is_sound(published, staff):
    publications.withdraw(draft=published, user=staff.manager, opinion="有误")
    assert ReviewRecord.objects.filter(action=Action.WITHDRAW).exists()
    assert differences() == []
