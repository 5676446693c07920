"""The sample digests, taken through the real path by five people."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _

from speeches.enums import Action, Stage
from speeches.models import Draft, Figure, Indicator, Meeting, Speech, WorkItem
from speeches.services import acceptance, imports, publications, reviews

STAFF = {
    "bianji": ("采编", "方", "采薇"),
    "chushen": ("初审", "程", "初晴"),
    "fushen": ("复审", "傅", "明远"),
    "zhongshen": ("终审", "钟", "致和"),
    "guanli": ("管理员", "管", "静安"),
}
"""Account → (group, family name, given name) of the invented staff."""

TOPICS = {
    "提案": ("提案",),
    "民生": ("民生", "养老", "托育", "食堂", "就医", "饮水"),
    "协商": ("协商", "议事"),
    "党建": ("党建", "党组", "党支部"),
    "生态": ("生态", "河", "湿地", "林"),
    "产业": ("产业", "企业", "项目"),
    "文史": ("文史", "书香", "文化"),
}
"""Topic → words that speak of it, for tagging the samples."""

INDICATORS = {
    "联系服务群众": ("群众", "人次"),
    "图书藏量": ("图书", "册"),
    "惠及村数": ("村", "个"),
}
"""Indicator → object and unit of the figures that measure it in the samples."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample file and the day of its meeting."""

    filename: str
    held_on: date


SAMPLES = (
    Sample("2025-qinghe-experience-exchange.txt", date(2025, 9, 16)),
    Sample("2025-yunling-party-building.txt", date(2025, 6, 17)),
    Sample("2024-bailu-plenary-speeches.txt", date(2024, 1, 12)),
)


def create_staff(*, password: str = "") -> tuple[dict[str, User], str]:
    """Return the five accounts, made where missing, and the password they now all have."""
    password = password or secrets.token_urlsafe(9)
    staff = {}
    for username, (group, family, given) in STAFF.items():
        user, _created = User.objects.get_or_create(username=username)
        user.last_name, user.first_name, user.is_staff = family, given, True
        user.set_password(password)
        user.save()
        user.groups.set([Group.objects.get(name=group)])
        staff[username] = user
    return staff, password


def run(*, samples: Path, staff: dict[str, User], tell: Callable[[str], None]) -> list[Meeting]:
    """Import, review and publish the sample digests in the folder; return their meetings.

    What is published already is left as it is. ``tell`` is called with each step.
    """
    return [_run_one(samples / sample.filename, sample.held_on, staff, tell) for sample in SAMPLES]


def _run_one(
    path: Path, held_on: date, staff: dict[str, User], tell: Callable[[str], None]
) -> Meeting:
    editor = staff["bianji"]
    batch, is_new = imports.create_batch(
        data=path.read_bytes(), filename=path.name, user=editor, held_on=held_on
    )
    if not is_new and batch.meeting is not None and batch.meeting.editions.exists():
        tell(_("%(file)s: imported before, nothing to do") % {"file": path.name})
        return batch.meeting
    moved = batch.items.filter(reordered=True).count()
    tell(
        _("%(file)s: %(count)s speeches read, %(moved)s put back in order, %(warnings)s hints")
        % {
            "file": path.name,
            "count": batch.items.count(),
            "moved": moved,
            "warnings": len(batch.warnings),
        }
    )
    meeting = acceptance.accept(batch=batch, user=editor).meeting
    speeches = list(meeting.speech_set.order_by("position"))
    work_items = list(WorkItem.objects.filter(speech__in=speeches))
    _tag([*speeches, *work_items])
    _measure(work_items)
    _review([meeting, *speeches, *work_items], staff, tell)
    result = publications.publish_meeting(meeting=meeting, user=staff["guanli"])
    tell(
        _("  published by %(user)s: %(count)s editions")
        % {"user": staff["guanli"].username, "count": len(result.editions)}
    )
    meeting.refresh_from_db()
    return meeting


def _tag(pieces: Iterable[Speech | WorkItem]) -> None:
    for piece in pieces:
        text = piece.title + piece.body
        spoken_of = [
            topic for topic, words in TOPICS.items() if sum(text.count(word) for word in words) > 1
        ]
        piece.tags.set(spoken_of)


def _measure(work_items: Iterable[WorkItem]) -> None:
    for name, (counted, unit) in INDICATORS.items():
        indicator, _created = Indicator.objects.get_or_create(name=name, unit=unit)
        figures = Figure.objects.filter(work_item__in=work_items, object=counted, unit=unit)
        figures.update(indicator=indicator)


def _review(pieces: list[Draft], staff: dict[str, User], tell: Callable[[str], None]) -> None:
    steps = (
        ("bianji", Action.SUBMIT, ""),
        ("chushen", Action.APPROVE, _("Facts and wording checked.")),
        ("fushen", Action.APPROVE, _("Agreed with the first review.")),
        ("zhongshen", Action.APPROVE, _("Agreed; may be published.")),
    )
    for username, action, opinion in steps:
        waiting = [
            piece for piece in pieces if piece.stage not in (Stage.APPROVED, Stage.PUBLISHED)
        ]
        for piece in waiting:
            reviews.advance(draft=piece, action=action, user=staff[username], opinion=opinion)
        tell(
            _("  %(action)s by %(user)s: %(count)s pieces")
            % {"action": action.label, "user": username, "count": len(waiting)}
        )
