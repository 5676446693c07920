"""What was corrected in a piece since it was published, edition by edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from speeches.public.columns import Column
from speeches.public.corrections import Correctable, corrections_of
from speeches.public.pages import Crumb, PublicPage, show


def show_corrections(
    request: HttpRequest, edition: Correctable, column: Column, path: str
) -> HttpResponse:
    """Show the corrections of ``edition`` at ``path``; raise Http404 where there is none."""
    found = corrections_of(edition)
    if not found:
        raise Http404(_("Nothing was ever corrected here."))
    return show(
        request,
        "speeches/corrections.html",
        PublicPage(
            title=_("Corrections"),
            path=path,
            column=column,
            description=_("What was corrected in “%(title)s”.") % {"title": edition.title},
            trail=(Crumb(edition.title, edition.get_absolute_url()),),
            is_indexed=False,
        ),
        edition=edition,
        corrections=found,
    )
