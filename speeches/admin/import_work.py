"""The highlighted work found in a file: taken, retitled, tagged, joined or dropped."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from speeches.admin.import_base import BatchPages, page_url, version_of
from speeches.admin.import_text import meaning_of
from speeches.admin.workbench import PAGE_SIZE
from speeches.enums import ItemState
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch
from speeches.services import highlights, work_edits
from speeches.services.work_edits import Decision
from speeches.tagging import split_tags


class WorkPages(BatchPages):
    """The page of the highlighted work."""

    def get_urls(self):
        """Add it."""
        return [
            path(
                "<int:pk>/work/",
                self.admin_site.admin_view(self.work_view),
                name="speeches_importbatch_work",
            ),
            *super().get_urls(),
        ]

    def work_view(self, request, pk: int):
        """Show what was found, speech by speech; store what staff say of it."""
        if request.method == "POST":
            batch = self.drafted_batch(request, pk)
            done = gettext("The highlighted work was saved.")
            self.carry_out(request, lambda: _store(request, batch), done)
            page = request.GET.get("p", "1")
            return self.back_to(batch, f"{page_url(batch, 'work')}?p={page}")
        batch = self.viewed_batch(request, pk)
        page = Paginator(
            batch.items.filter(state=ItemState.PENDING).prefetch_related("names"), PAGE_SIZE
        ).get_page(request.GET.get("p"))
        rows = [
            (item, [(row, _figures(row)) for row in highlights.candidates(item)])
            for item in page.object_list
        ]
        context = self.batch_context(request, batch, "work") | {"rows": rows, "page": page}
        return TemplateResponse(request, "admin/imports/work.html", context)


def _figures(candidate: highlights.Candidate) -> list[tuple[str, str]]:
    return [(figure["text"], meaning_of(figure)) for figure in candidate.figures]


def _store(request, batch: ImportBatch) -> None:
    """Store the whole page, then join or part where that button was pressed."""
    common = {"batch": batch, "user": request.user}
    work_edits.decide_work(
        **common, decisions=_decisions(request.POST), version=version_of(request)
    )
    action, _colon, target = request.POST.get("do", "").partition(":")
    item, _colon, key = target.partition(":")
    if action in {"join", "part"}:
        if not (item.isdecimal() and key.isdecimal()):
            raise ImportRefused(gettext("There is no such step."))
        step = work_edits.join_work if action == "join" else work_edits.part_work
        step(**common, item_pk=int(item), key=int(key))


def _decisions(posted) -> dict[int, dict[int, Decision]]:
    """Read the fields ``title-speech-key``, ``tags-…`` and ``take-…`` of the page."""
    found: dict[int, dict[int, Decision]] = defaultdict(dict)
    for name, title in posted.items():
        kind, _dash, place = name.partition("-")
        item, _dash, key = place.partition("-")
        if kind == "title" and item.isdecimal() and key.isdecimal():
            found[int(item)][int(key)] = Decision(
                title=title,
                tags=tuple(split_tags(posted.get(f"tags-{place}", ""))),
                taken=f"take-{place}" in posted,
            )
    return found
