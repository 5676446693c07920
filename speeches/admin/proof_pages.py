"""Proofreading in the admin: the page of a speech, its typesetting, and the list of a meeting."""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext

from organizations.differences import differences
from speeches.admin.display import change_url, stage_badge
from speeches.admin.proof_views import FindingView, severity_counts, view_of
from speeches.enums import FindingSeverity
from speeches.exceptions import ProofreadingRefused, SpeechesError
from speeches.models import Meeting, Speech
from speeches.services import drafts, proofreading

SHOWN = 120
"""Open findings listed one by one; kinds and the marked text always show all."""
MEETING_SHOWN = 12
"""Findings of a speech that the list of a meeting shows."""
_NUMBER = re.compile(r"[0-9]{1,10}")


class ProofPages:
    """The pages of one speech, for the ModelAdmin of speeches."""

    def get_urls(self):
        """Add the addresses of proofreading and typesetting."""
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"speeches_speech_{name}",
            )
            for name, view in (
                ("proofreading", self.proofreading_view),
                ("typesetting", self.typesetting_view),
            )
        ] + super().get_urls()

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        """Add the marked text beside the form."""
        if obj is not None:
            stored = Speech.objects.select_related("meeting").get(pk=obj.pk)
            context["proof"] = view_of(proofreading.check(speech=stored))
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def proofreading_view(self, request, pk: int) -> HttpResponse:
        """Show what was found in a speech; take a decision on it."""
        speech = self.visible_draft(request, pk)
        if request.method == "POST":
            _act(request, speech, self._decide)
            place = request.POST.get("place", "")
            anchor = f"#finding-{place}" if _NUMBER.fullmatch(place) else "#findings"
            return HttpResponseRedirect(
                reverse("admin:speeches_speech_proofreading", args=[pk]) + anchor
            )
        proof = view_of(proofreading.check(speech=speech))
        context = self._page(request, speech, gettext("Proofreading")) | {
            "proof": proof,
            "listed": proof.open[:SHOWN],
            "unlisted": max(len(proof.open) - SHOWN, 0),
            "may_decide": proofreading.may_decide(speech=speech, user=request.user),
        }
        return TemplateResponse(request, "admin/proofreading.html", context)

    @staticmethod
    def _decide(request, speech: Speech, version: int) -> str:
        """Do what the pressed button says; return what to tell."""
        sent, user = request.POST, request.user
        step = {"speech": speech, "user": user}
        if "accept" in sent:
            proofreading.accept(**step, key=sent["accept"], expected_version=version)
            return gettext("Corrected.")
        if "accept_all" in sent:
            count = proofreading.accept_all(
                **step, rule=sent["accept_all"], expected_version=version
            )
            return ngettext("%d place was corrected.", "%d places were corrected.", count) % count
        if "ignore" in sent:
            reason = sent.get("reason", "")
            proofreading.ignore(**step, key=sent["ignore"], reason=reason, expected_version=version)
            return gettext("Left as it is; the reason is recorded.")
        decision = sent.get("reopen", "")
        proofreading.reopen(**step, decision_id=int(decision) if _NUMBER.fullmatch(decision) else 0)
        return gettext("The finding is open again.")

    def typesetting_view(self, request, pk: int) -> HttpResponse:
        """Show what typesetting would change; store it once that is confirmed."""
        speech = self.visible_draft(request, pk)
        if request.method == "POST":
            _act(request, speech, self._typeset)
            return HttpResponseRedirect(change_url(speech))
        before, after = proofreading.typeset(speech=speech)
        context = self._page(request, speech, gettext("One-click typesetting")) | {
            "changed": [
                differences(was.text, now.text)
                for was, now in zip(before.paragraphs, after.paragraphs, strict=True)
                if was.text != now.text
            ],
        }
        return TemplateResponse(request, "admin/typesetting.html", context)

    @staticmethod
    def _typeset(request, speech: Speech, version: int) -> str:
        count = proofreading.apply_typesetting(
            speech=speech, user=request.user, expected_version=version
        )
        return ngettext("%d place was set.", "%d places were set.", count) % count

    def _page(self, request, speech: Speech, title: str) -> dict:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(speech),
            "speech": speech,
            "stage_badge": stage_badge(speech),
            "may_edit": drafts.may_edit(draft=speech, user=request.user),
            "opts": self.opts,
            "media": self.media,
        }


def _act(request, speech: Speech, step) -> None:
    """Take ``step`` on the version that the page showed, and tell how it went."""
    version = request.POST.get("lock_version", "")
    try:
        if not _NUMBER.fullmatch(version):
            raise ProofreadingRefused(gettext("The page is out of date: open it again."))
        messages.success(request, step(request, speech, int(version)))
    except SpeechesError as refusal:
        messages.error(request, str(refusal))


@dataclass(frozen=True, slots=True)
class SpeechLine:
    """A speech in the list of a meeting."""

    speech: Speech
    url: str
    badge: str
    counts: list[tuple[FindingSeverity, int]]
    shown: list[FindingView]
    unlisted: int


class MeetingProofPages:
    """The findings of a whole meeting, for the ModelAdmin of meetings."""

    def get_urls(self):
        """Add the address of the list."""
        return [
            path(
                "<int:pk>/proofreading/",
                self.admin_site.admin_view(self.proofreading_view),
                name="speeches_meeting_proofreading",
            ),
            *super().get_urls(),
        ]

    def proofreading_view(self, request, pk: int) -> HttpResponse:
        """Show what is open in the speeches of a meeting that the user may open."""
        meeting: Meeting = self.visible_draft(request, pk)
        speeches = list(
            Speech.objects.filter(meeting=meeting)
            .visible_to(request.user)
            .select_related("organization")
            .order_by("position", "pk")
        )
        proofs = proofreading.check_meeting(meeting=meeting, speeches=speeches)
        lines = [_line(speech, proof) for speech, proof in zip(speeches, proofs, strict=True)]
        totals = severity_counts(mark for proof in proofs for mark in proof.open)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Proofreading of the meeting"),
            "subtitle": str(meeting),
            "meeting": meeting,
            "lines": lines,
            "totals": totals,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/meeting_proofreading.html", context)


def _line(speech: Speech, proof: proofreading.Proof) -> SpeechLine:
    """Tell of one speech: how much is open, and the severest of it."""
    found = sorted(view_of(proof).open, key=lambda view: list(FindingSeverity).index(view.severity))
    return SpeechLine(
        speech=speech,
        url=reverse("admin:speeches_speech_proofreading", args=[speech.pk]),
        badge=stage_badge(speech),
        counts=severity_counts(proof.open),
        shown=found[:MEETING_SHOWN],
        unlisted=max(len(found) - MEETING_SHOWN, 0),
    )
