"""The board of a meeting: where each piece stands, with whom, and by when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import change_url, stage_badge
from speeches.enums import Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Assignment, Draft, Meeting, ReviewComment, Speech, WorkItem
from speeches.models.pieces import key_of
from speeches.services import assignments, proofreading, sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One piece on the board."""

    draft: Draft
    key: str
    author: str
    assignee: str
    assignment: Assignment | None
    is_overdue: bool
    comments: int
    findings: int
    blocking: int
    is_speech: bool

    @property
    def kind(self) -> str:
        """What kind of piece it is."""
        return str(self.draft._meta.verbose_name)

    @property
    def url(self) -> str:
        """Where the piece is edited."""
        return change_url(self.draft)

    @property
    def proofreading_url(self) -> str:
        """Where the findings of a speech are decided."""
        return reverse("admin:speeches_speech_proofreading", args=[self.draft.pk])

    @property
    def reading_url(self) -> str:
        """Where the piece is reviewed."""
        name = f"admin:speeches_{self.draft._meta.model_name}_reading"
        return reverse(name, args=[self.draft.pk])


class BoardForm(forms.Form):
    """What is done with the ticked pieces."""

    assignee = forms.ModelChoiceField(None, label=_("assign to"), required=False)
    due_on = forms.DateField(
        label=_("due on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        users = assignments.people()
        field.queryset = get_user_model().objects.filter(pk__in=[user.pk for user in users])
        field.choices = [("", "—"), *((user.pk, name_of(user)) for user in users)]


class BoardPages:
    """The board, for the ModelAdmin of meetings."""

    def get_urls(self):
        """Add the address of the board."""
        view = self.admin_site.admin_view(self.board_view)
        return [path("<int:pk>/board/", view, name="speeches_meeting_board"), *super().get_urls()]

    def board_view(self, request, pk: int):
        """Show the board, and do what its buttons ask for."""
        meeting = self.visible_draft(request, pk)
        form = BoardForm(request.POST or None)
        if request.method == "POST":
            self._carry_out(request, meeting, form)
            return HttpResponseRedirect(reverse("admin:speeches_meeting_board", args=[pk]))
        pieces = pieces_of(meeting, request.user)
        rows = rows_of(pieces)
        stages = [row.draft.stage for row in rows]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Meeting board"),
            "subtitle": str(meeting),
            "meeting": meeting,
            "rows": rows,
            "form": form,
            "stage_counts": [(s, stages.count(s)) for s in Stage if s in stages],
            "overdue": sum(row.is_overdue for row in rows),
            "may_assign": request.user.has_perm("speeches.assign_draft"),
            "may_publish": request.user.has_perm("speeches.publish_draft"),
            "anything_approved": Stage.APPROVED in stages,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/meeting_board.html", context)

    def _carry_out(self, request, meeting: Meeting, form: BoardForm) -> None:
        asked = request.POST.get("do", "")
        pieces = pieces_of(meeting, request.user)
        if asked == "order" or asked.startswith(("up-", "down-")):
            _reorder(request, meeting, pieces, asked)
            return
        ticked = set(request.POST.getlist("piece"))
        chosen = [piece for piece in pieces if piece_key(piece) in ticked]
        if not chosen:
            messages.warning(request, gettext("Tick at least one piece."))
            return
        user = request.user
        if asked == "claim":
            outcome = assignments.for_each(
                chosen, lambda piece: assignments.claim(draft=piece, user=user)
            )
        elif asked == "remind":
            outcome = assignments.for_each(
                chosen, lambda piece: assignments.remind(draft=piece, user=user)
            )
        elif asked == "assign" and form.is_valid() and form.cleaned_data["assignee"]:
            assignee, due_on = form.cleaned_data["assignee"], form.cleaned_data["due_on"]
            outcome = assignments.for_each(
                chosen,
                lambda piece: assignments.assign(
                    draft=piece, assignee=assignee, user=user, due_on=due_on
                ),
            )
        else:
            messages.error(request, gettext("Choose a colleague and a valid date."))
            return
        _tell(request, outcome)


def _tell(request, outcome: assignments.Outcome) -> None:
    count = len(outcome.done)
    if count:
        text = ngettext("Done for %d piece.", "Done for %d pieces.", count) % count
        messages.success(request, text)
    for problem in outcome.problems:
        messages.warning(request, problem)


def _reorder(request, meeting: Meeting, pieces: list[Draft], asked: str) -> None:
    numbers = [piece.pk for piece in pieces if isinstance(piece, Speech)]
    if asked == "order":
        numbers.sort(key=lambda pk: _number(request.POST.get(f"place-{pk}", "")))
    else:
        direction, _dash, number = asked.partition("-")
        numbers = _swapped(numbers, number, -1 if direction == "up" else 1)
    try:
        moved = sequence.reorder(meeting=meeting, order=numbers, user=request.user)
    except TransitionRefused as error:
        messages.error(request, str(error))
        return
    count = len(moved)
    text = ngettext("%d speech was moved.", "%d speeches were moved.", count) % count
    messages.success(request, text)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 10**6


def _swapped(numbers: list[int], number: str, step: int) -> list[int]:
    places = {str(pk): place for place, pk in enumerate(numbers)}
    place = places.get(number)
    if place is not None and 0 <= place + step < len(numbers):
        numbers[place], numbers[place + step] = numbers[place + step], numbers[place]
    return numbers


def piece_key(draft: Draft) -> str:
    """Return how the forms of the board name ``draft``."""
    return f"{draft._meta.model_name}-{draft.pk}"


def pieces_of(meeting: Meeting, user) -> list[Draft]:
    """Return the meeting, its speeches and its highlighted work, as far as ``user`` sees them."""
    speeches = Speech.objects.filter(meeting=meeting).order_by("position", "pk")
    work_items = WorkItem.objects.filter(speech__meeting=meeting).order_by("position", "pk")
    return [
        meeting,
        *(
            draft
            for drafts in (speeches, work_items)
            for draft in drafts.visible_to(user).select_related("author", "organization")
        ),
    ]


def rows_of(pieces: Iterable[Draft]) -> list[Row]:
    """Return the board's row for each of ``pieces``, with a constant number of queries.

    The findings are those of each speech by itself: what a meeting's figures say of each other is
    told on the page of its proofreading.
    """
    pieces = list(pieces)
    speeches = [piece for piece in pieces if isinstance(piece, Speech)]
    proofs = dict(zip(speeches, proofreading.check_all(speeches=speeches), strict=True))
    waiting = {
        (assignment.key, assignment.stage): assignment
        for assignment in Assignment.objects.about_all(pieces).select_related("assignee")
    }
    comments = {
        (row["content_type"], row["object_id"]): row["number"]
        for row in ReviewComment.objects.about_all(pieces)
        .filter(resolved_at__isnull=True, answers_to__isnull=True)
        .order_by()
        .values("content_type", "object_id")
        .annotate(number=Count("pk"))
    }
    today = timezone.localdate()
    return [
        _row(piece, waiting.get((key_of(piece), piece.stage)), comments, proofs.get(piece), today)
        for piece in pieces
    ]


def _row(
    piece: Draft,
    assignment: Assignment | None,
    comments: dict[tuple[int, int], int],
    proof: proofreading.Proof | None,
    today: dt.date,
) -> Row:
    piece.badge = stage_badge(piece)  # type: ignore[attr-defined]
    return Row(
        draft=piece,
        key=piece_key(piece),
        author=name_of(piece.author),
        assignee=name_of(assignment.assignee) if assignment else "",
        assignment=assignment,
        is_overdue=assignment is not None and assignment.is_overdue(today),
        comments=comments.get(key_of(piece), 0),
        findings=len(proof.open) if proof else 0,
        blocking=len(proof.blocking) if proof else 0,
        is_speech=isinstance(piece, Speech),
    )
