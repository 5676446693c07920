"""An office with one colleague in each group, and drafts to work on."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from speeches import richtext
from speeches.models import Speech
from speeches.services import drafts, publications

SAMPLE = """全省政协系统履职经验交流会

（发言摘登）

凝聚共识　服务青禾发展

青禾市政协党组书记、主席　秦远山

青禾市政协坚持围绕中心，全年提交提案19件，协商成果转化为政策。

一、坚持学习为先。全年开展专题学习30余次，覆盖委员200多人。

二、坚持服务为本。下一步，我们将继续为全市发展建言。

用心协商　办好白鹭民生

白鹭县政协党组书记、主席　江小舟

白鹭县政协把协商平台建到村头，全年开展协商近百场次，解决实事56件。

下一步，我们将让更多群众参与协商，把好事办好。
"""


@pytest.fixture
def office(staff) -> dict[str, User]:
    """Return colleagues by what they do; ``root`` may do everything."""
    return {
        "editor": staff.editor,
        "neighbour": staff.colleague,
        "first": staff.first,
        "second": staff.second,
        "final": staff.final,
        "manager": staff.manager,
        "root": User.objects.create_superuser("root"),
    }


@pytest.fixture
def sit_down(office) -> Callable[[str], Client]:
    """Return a function that opens the admin as one of the colleagues."""

    def client_of(name: str) -> Client:
        client = Client()
        client.force_login(office[name], "django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture
def write_speech(meeting, office) -> Callable[..., Speech]:
    """Return a function that writes one more speech of the meeting."""

    def write(title: str, author: str = "editor", **columns) -> Speech:
        body = richtext.from_paragraphs(["第一段讲学习。", "第二段讲服务。"])
        speech = Speech(meeting=meeting, title=title, body=body, **columns)
        return drafts.save_draft(draft=speech, user=office[author])

    return write


@pytest.fixture
def published_speech(meeting, speech, staff) -> Speech:
    """Return a speech that readers see."""
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.final)
    speech.refresh_from_db()
    return speech


def messages_of(response) -> str:
    """Return what the next page tells, in one text."""
    return "\n".join(str(message) for message in response.context["messages"])


def speech_form(speech: Speech, **changes) -> dict:
    """Return what the browser posts for the form of ``speech``, with ``changes``."""
    return {
        "meeting": speech.meeting_id,
        "position": speech.position,
        "kind": speech.kind,
        "title": speech.title,
        "byline": speech.byline,
        "organization_printed": speech.organization_printed,
        "posts_printed": "、".join(speech.posts_printed),
        "organization": speech.organization_id or "",
        "on_behalf_of": speech.on_behalf_of,
        "body": speech.body,
        "summary": speech.summary,
        "tags": "",
        "source": "",
        "responsible_editor": "",
        "lock_version": speech.lock_version,
        "credits-TOTAL_FORMS": 0,
        "credits-INITIAL_FORMS": 0,
        "_continue": "1",
        **changes,
    }
