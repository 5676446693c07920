"""The queue of names: people and bodies of one file, each decided once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from speeches.admin.import_base import BatchPages, page_url, version_of
from speeches.admin.import_forms import BodyForm, PersonForm, RenameForm
from speeches.enums import NameChoice
from speeches.models import ImportBatch
from speeches.services import name_queue
from speeches.services.name_queue import Question

NAMES_ON_A_PAGE = 40
PERSON, BODY = "person", "body"


class NamePages(BatchPages):
    """The page of the names, and the addresses its forms are sent to."""

    def get_urls(self):
        """Add them."""
        pages = {"names": self.names_view, "rename": self.rename_view}
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"speeches_importbatch_{name}",
            )
            for name, view in pages.items()
        ] + super().get_urls()

    def names_view(self, request, pk: int):
        """Show the open questions and what was decided; store a decision."""
        writes = request.method == "POST"
        batch = self.drafted_batch(request, pk) if writes else self.viewed_batch(request, pk)
        people, bodies = name_queue.questions(batch)
        asked = [(PERSON, row) for row in people] + [(BODY, row) for row in bodies]
        bound = _bound(request.POST, asked) if writes else None
        if bound is not None and bound[1].is_valid():
            kind, form, question = bound[0], bound[1], bound[2]
            told = gettext("“%(name)s” was decided.") % {"name": question.printed}
            self.carry_out(request, lambda: _decide(request, batch, kind, form, question), told)
            return self.back_to(batch, page_url(batch, "names"))
        asked.sort(key=lambda row: not row[1].is_open)
        page = Paginator(asked, NAMES_ON_A_PAGE).get_page(request.GET.get("p"))
        context = self.batch_context(request, batch, "names")
        rows = [_row(kind, row, request, bound, context["is_open"]) for kind, row in page]
        media = context["media"] + RenameForm().media
        for row in rows:
            media += row["form"].media if row["form"] else media
        context |= {"rows": rows, "page": page, "rename_form": RenameForm(), "media": media}
        return TemplateResponse(request, "admin/imports/names.html", context)

    @method_decorator(require_POST)
    def rename_view(self, request, pk: int):
        """Correct a name in the whole file."""
        batch = self.drafted_batch(request, pk)
        form = RenameForm(request.POST)
        if not form.is_valid():
            messages.error(request, gettext("Give the name as printed and the right one."))
        else:
            told = form.cleaned_data
            self.carry_out(
                request,
                lambda: name_queue.rename(
                    batch=batch, user=request.user, version=version_of(request), **told
                ),
                gettext("“%(old)s” is now “%(new)s” everywhere in the file.") % told,
            )
        return self.back_to(batch, page_url(batch, "names"))


def _form_of(kind: str, question: Question, data=None):
    form = PersonForm if kind == PERSON else BodyForm
    prefix = f"{kind}-{question.item_pks[0]}-{question.printed}"
    return form(data, question=question, auto_id=f"id_{hash_of(prefix)}_%s")


def hash_of(text: str) -> str:
    """Return an identifier for ``text`` that is valid in a page."""
    return text.encode().hex()


def _bound(posted, asked: list[tuple[str, Question]]):
    for kind, question in asked:
        given = (posted.get("kind"), posted.get("printed"), posted.get("body", ""))
        if given == (kind, question.printed, question.body):
            return kind, _form_of(kind, question, posted), question
    return None


def _row(kind: str, question: Question, request, bound, is_open) -> dict:
    """One line of the queue; with a form where it is to be decided."""
    anchor = hash_of(f"{kind}{question.printed}{question.body}")[:60]
    form = None
    if bound is not None and bound[2] is question:
        form = bound[1]
    elif is_open and (question.is_open or request.GET.get("open") == anchor):
        form = _form_of(kind, question)
    return {"kind": kind, "question": question, "anchor": anchor, "form": form}


def _decide(request, batch: ImportBatch, kind: str, form: PersonForm, question: Question) -> None:
    choice, chosen = form.chosen()
    note = form.cleaned_data["note"]
    common = {
        "batch": batch,
        "user": request.user,
        "version": version_of(request),
        "printed": question.printed,
        "choice": choice,
    }
    if kind == PERSON:
        kept = note if choice == NameChoice.HOMONYM else ""
        name_queue.decide_person(**common, body=question.body, speaker_id=chosen, note=kept)
    else:
        name_queue.decide_body(**common, organization_id=chosen, name=note)
