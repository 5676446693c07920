"""What the tests of the search share."""

from collections.abc import Callable
from typing import Any

import pytest

from speeches.models import Meeting, Speech
from speeches.services import drafts, publications


@pytest.fixture
def published(meeting, speech, staff) -> Speech:
    """A published speech in a published meeting."""
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return speech


@pytest.fixture
def speech_in(staff) -> Callable[..., Speech]:
    """Write another speech of a meeting."""

    def write(meeting: Meeting, **fields: Any) -> Speech:
        defaults = {"byline": "云岭县政协　曾远山", "position": 9, "body": "<p>略。</p>"}
        draft = Speech(meeting=meeting, **{**defaults, **fields})
        return drafts.save_draft(draft=draft, user=staff.editor)

    return write
