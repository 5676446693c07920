"""Links for confirmation, for the ModelAdmin of a kind of draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from organizations.colleagues import name_of
from speeches.admin.display import change_url
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, DraftLink
from speeches.services import links


class LinkForm(forms.Form):
    """For whom a link is, and for how long."""

    recipient = forms.CharField(label=_("for whom"), max_length=100)
    days = forms.IntegerField(
        label=_("valid for days"),
        min_value=1,
        max_value=links.MOST_DAYS,
        initial=links.DEFAULT_DAYS,
    )


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as staff see it: never its address, which nobody knows any more."""

    link: DraftLink
    who: str
    is_open: bool
    is_outdated: bool


class LinkPages:
    """Making links, taking them back, and what was done with them."""

    def get_urls(self):
        """Add the address of the page."""
        name = f"speeches_{self.opts.model_name}_links"
        view = self.admin_site.admin_view(self.links_view)
        return [path("<int:pk>/links/", view, name=name), *super().get_urls()]

    @method_decorator(never_cache)
    def links_view(self, request, pk: int) -> HttpResponse:
        """Show the links to a draft; make one and take one back."""
        draft: Draft = self.visible_draft(request, pk)
        here = reverse(f"admin:speeches_{self.opts.model_name}_links", args=[pk])
        form = LinkForm(request.POST if "create" in request.POST else None)
        if request.method == "POST" and ("revoke" in request.POST or form.is_valid()):
            try:
                self._carry_out(request, draft, form)
            except TransitionRefused as refusal:
                messages.error(request, str(refusal))
            except ValidationError as error:
                messages.error(request, "；".join(error.messages))
            return HttpResponseRedirect(here)
        rows = (
            DraftLink.objects.about(draft)
            .select_related("created_by")
            .prefetch_related("visits")
            .annotate(uses=Count("visits"), last_use=Max("visits__at"))
        )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Links for confirmation"),
            "subtitle": str(draft),
            "draft": draft,
            "draft_url": change_url(draft),
            "form": form,
            "fresh": request.session.pop(_fresh_key(draft), None),
            "rows": _rows(draft, rows),
            "may_share": links.may_share(draft=draft, user=request.user),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/draft_links.html", context)

    @staticmethod
    def _carry_out(request, draft: Draft, form: LinkForm) -> None:
        if "revoke" in request.POST:
            number = request.POST["revoke"]
            rows = DraftLink.objects.about(draft)
            link = rows.filter(pk=int(number) if number.isdecimal() else 0).first()
            if link is not None:
                links.revoke(link=link, user=request.user)
                messages.success(request, gettext("The link leads nowhere any more."))
            return
        link, token = links.create(draft=draft, user=request.user, **form.cleaned_data)
        address = settings.SITE_URL + reverse("confirm", args=[token])
        request.session[_fresh_key(draft)] = {
            "recipient": link.recipient,
            "address": address,
            "qr": segno.make_qr(address, error="m").svg_data_uri(scale=5, border=3, light="#fff"),
        }


def _fresh_key(draft: Draft) -> str:
    return f"link-{draft._meta.model_name}-{draft.pk}"


def _rows(draft: Draft, rows: Any) -> list[LinkRow]:
    now, present = timezone.now(), draft.text_hash()
    return [
        LinkRow(
            link=link,
            who=name_of(link.created_by),
            is_open=link.is_valid_at(now),
            is_outdated=bool(link.confirmed_at) and link.confirmed_text_hash != present,
        )
        for link in rows
    ]
