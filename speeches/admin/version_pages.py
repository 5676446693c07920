"""An earlier state of a draft beside the present one, and bringing it back."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from organizations.admin.history import Change
from organizations.colleagues import name_of
from organizations.differences import differences, excerpt
from organizations.models import Speaker
from speeches.admin import reading
from speeches.admin.display import at_minute, change_url
from speeches.exceptions import SpeechesError
from speeches.models import Draft
from speeches.services import drafts, versions


def parts_as_words(parts: dict[str, Any] | None, names: dict[int, str]) -> dict[str, str]:
    """Return speakers, figures and topics in words, by their labels.

    ``names`` are those of the people whose printed name was not kept.
    """
    told = parts or {}
    words = {
        gettext("speakers"): [
            printed or names.get(person, "") for person, printed, _post in told.get("speakers", [])
        ],
        gettext("figures"): [
            f"{row['printed']}（{gettext('verified')}）" if row["verified"] else row["printed"]
            for row in told.get("figures", [])
        ],
        gettext("topics"): told.get("topics", []),
    }
    return {label: "、".join(row) for label, row in words.items()}


def part_changes(
    older: dict[str, Any] | None, newer: dict[str, Any] | None, names: dict[int, str]
) -> list[Change]:
    """Return what differs between two states of the parts; nothing where one is not known."""
    if older is None or newer is None:
        return []
    was, now = parts_as_words(older, names), parts_as_words(newer, names)
    return [
        Change(label, excerpt(differences(was[label], words)))
        for label, words in now.items()
        if was[label] != words
    ]


def names_in(*states: dict[str, Any] | None) -> dict[int, str]:
    """Return the names of all people whom ``states`` credit, in one query at most."""
    people = {row[0] for parts in states for row in (parts or {}).get("speakers", [])}
    return dict(Speaker.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


class VersionPages:
    """The earlier states of a draft, for the ModelAdmin of its kind."""

    def get_urls(self):
        """Add the address of one state."""
        name = f"speeches_{self.opts.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        return [path("<int:pk>/history/<int:version>/", view, name=name), *super().get_urls()]

    def changes_beside_columns(self, window: list[Any]) -> list[list[Change]]:
        """Tell what became of speakers, figures and topics between the states of ``window``."""
        names = names_in(*(row.kept_parts for row in window))
        return [
            part_changes(older.kept_parts, newer.kept_parts, names)
            for newer, older in itertools.pairwise(window)
        ]

    def version_address(self, row: Any) -> str:
        """Return where a state is compared with the present one."""
        return reverse(f"admin:speeches_{self.opts.model_name}_version", args=[row.id, row.pk])

    def version_view(self, request, pk: int, version: int) -> HttpResponse:
        """Show what changed since a state; bring it back."""
        draft: Draft = self.visible_draft(request, pk)
        earlier = (
            draft.history.filter(pk=version)
            .exclude(history_type="-")
            .select_related("history_user")
            .first()
        )
        if earlier is None:
            raise Http404
        if request.method == "POST":
            return self._restore(request, draft, version)
        comparison = reading.compared(name_of(earlier.history_user), earlier, draft)
        now = draft.parts()
        beside = part_changes(earlier.kept_parts, now, names_in(earlier.kept_parts, now))
        comparison.changes.extend(beside)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Version of %(at)s") % {"at": at_minute(earlier.history_date)},
            "subtitle": str(draft),
            "draft": draft,
            "draft_url": change_url(draft),
            "history_url": reverse(f"admin:speeches_{self.opts.model_name}_history", args=[pk]),
            "comparison": comparison,
            "knows_parts": earlier.kept_parts is not None,
            "may_restore": drafts.may_edit(draft=draft, user=request.user)
            and self.has_change_permission(request, draft),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/draft_version.html", context)

    def _restore(self, request, draft: Draft, version: int) -> HttpResponse:
        seen = request.POST.get("lock_version", "")
        try:
            with transaction.atomic():
                versions.restore(
                    draft=draft,
                    version=version,
                    user=request.user,
                    expected_version=int(seen) if seen.isdecimal() else -1,
                )
        except SpeechesError as refusal:
            messages.error(request, str(refusal))
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        else:
            messages.success(request, gettext("The earlier version is the newest one now."))
            return HttpResponseRedirect(change_url(draft))
        return HttpResponseRedirect(request.path)
