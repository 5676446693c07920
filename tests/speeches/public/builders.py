"""Drafts and their editions, for the tests of public pages: all names are invented."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from organizations.models import Organization, Speaker
from speeches.enums import ClosedAs, FigureBound, Stage
from speeches.models import Figure, Meeting, Speech, SpeechSpeaker, WorkItem
from speeches.models.drafts import Draft
from speeches.models.editions import Edition
from speeches.services import outbox
from speeches.services.editions import append_edition

BODY = "<p>青禾市政协围绕中心、服务大局。</p><h2>一、建机制</h2><p>全年提交提案19件。</p>"


def editor() -> Any:
    """The person in whose name the tests write and publish."""
    return get_user_model().objects.get_or_create(username="editor")[0]


def meeting(slug: str = "qinghe-2024", **fields: Any) -> Meeting:
    """A meeting that is a draft."""
    defaults: dict[str, Any] = {
        "slug": slug,
        "title": "云岭省政协工作经验交流会",
        "kicker": "凝心聚力谋发展",
        "subtitle": "——交流发言摘登",
        "editors_note": "编者按：会议在青禾市召开。",
        "place": "青禾市",
        "start_date": date(2024, 10, 18),
        "source_newspaper": "云岭政协报",
    }
    return _stored(Meeting, **{**defaults, **fields})


def speech(
    of: Meeting,
    *,
    speakers: tuple[Speaker, ...] = (),
    tags: tuple[str, ...] = (),
    **fields: Any,
) -> Speech:
    """A speech that is a draft."""
    defaults = {
        "title": "以提案办理助推民生改善",
        "byline": "青禾市政协党组书记、主席　林清溪",
        "organization_printed": "青禾市政协",
        "posts_printed": ["党组书记", "主席"],
        "body": BODY,
    }
    draft = _stored(Speech, meeting=of, **{**defaults, **fields})
    for position, person in enumerate(speakers):
        SpeechSpeaker.objects.create(speech=draft, speaker=person, position=position)
    draft.tags.set(tags)
    return draft


def work(
    *, figures: tuple[dict[str, Any], ...] = (), tags: tuple[str, ...] = (), **fields: Any
) -> WorkItem:
    """A piece of highlighted work that is a draft."""
    draft = _stored(WorkItem, **{"title": "“有事好商量”协商平台", "year": 2024, **fields})
    for position, figure in enumerate(figures):
        Figure.objects.create(work_item=draft, position=position, **figure)
    draft.tags.set(tags)
    return draft


EXACT_FIGURE = {
    "printed": "19件",
    "low": 19,
    "high": 19,
    "bound": FigureBound.EXACT,
    "unit": "件",
    "object": "提案",
}


def published(draft: Draft) -> Edition:
    """Publish ``draft`` as it stands, past the reviews, and return its edition."""
    with transaction.atomic():
        return append_edition(draft=draft, user=editor())


def withdrawn(draft: Draft) -> Draft:
    """Close every edition of ``draft``."""
    draft.editions.all().close(at=timezone.now(), closed_as=ClosedAs.WITHDRAWN)
    outbox.changed(draft)
    return draft


def body(name: str = "青禾市政协", **fields: Any) -> Organization:
    """An organization."""
    return Organization.objects.create(name=name, **fields)


def person(name: str = "林清溪", **fields: Any) -> Speaker:
    """A speaker."""
    return Speaker.objects.create(name=name, **fields)


def small_site(pieces: int = 1) -> None:
    """Publish ``pieces`` of everything, all connected, so that every page has something."""
    for number in range(pieces):
        of = meeting(f"meeting-{number}", title=f"第{number}次会议")
        published(of)
        place = body(f"青禾市第{number}政协", level="municipal", kind="committee")
        speaker = person(f"林{number}溪", biography="曾在白鹭县工作。")
        tags = ("民生", f"提案{number}")
        draft = speech(
            of,
            title=f"第{number}篇发言",
            position=number,
            speakers=(speaker,),
            organization=place,
            tags=tags,
        )
        published(draft)
        item = work(
            title=f"第{number}项工作",
            organization=place,
            speech=draft,
            paragraph="p3",
            figures=(EXACT_FIGURE,),
            tags=tags,
        )
        published(item)


def _stored(model: type[Draft], **fields: Any) -> Any:
    return model.objects.create(author=editor(), stage=Stage.PUBLISHED, **fields)
