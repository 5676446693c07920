"""Small pieces that lists and pages show alike."""

from datetime import datetime

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.enums import Stage
from speeches.models import Draft, Edition, Speech, SpeechEdition, WorkItem
from speeches.richtext import sanitise


def badge(kind: str, value: str, label: str) -> SafeString:
    """Return a coloured label; its look is the class ``kind-value`` of the style sheet."""
    return format_html('<span class="badge {0}-{1}">{2}</span>', kind, value, label)


@admin.display(description=_("stage"), ordering="stage")
def stage_badge(draft: Draft) -> SafeString:
    """The stage of a draft as a badge."""
    return badge("stage", draft.stage, Stage(draft.stage).label)


@admin.display(description=_("author"), ordering="author__last_name")
def author_name(draft: Draft) -> str:
    """The name of the person who wrote a draft."""
    return name_of(draft.author)


@admin.display(description=_("text"))
def body_for_reading(piece: Draft | Edition) -> SafeString:
    """The text as readers will see it."""
    return format_html('<div class="prose">{}</div>', mark_safe(sanitise(piece.body)))  # noqa: S308 - sanitised here


@admin.display(description=_("posts as printed"))
def posts_for_reading(speech: Speech | SpeechEdition) -> str:
    """The printed posts in one line."""
    return "、".join(speech.posts_printed)


@admin.display(description=_("topics"))
def topics_for_reading(draft: Speech | WorkItem) -> str:
    """The topics in one line."""
    return "、".join(draft.topic_names())


def at_minute(moment: datetime | None) -> str:
    """Return a moment in the office's time, to the minute."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


@admin.display(description=_("last changed"), ordering="updated_at")
def changed_at(draft: Draft) -> str:
    """When a draft was last changed."""
    return at_minute(draft.updated_at)


def change_url(row) -> str:
    """Return the admin address of a row of any registered kind."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def public_url(edition: Edition | None) -> str:
    """Return where readers find ``edition``, empty where they do not."""
    return edition.get_absolute_url() if edition and edition.is_current() else ""
