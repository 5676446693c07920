"""The form on which readers tell of an error."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from speeches.public.columns import REPORT
from speeches.public.pages import PublicPage, show
from speeches.public.reports import ReportForm, TooManyReports, file_report, subject_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form for ``?page=…&paragraph=…``, and take it."""
    subject = subject_of(request.GET.get("page", ""))
    if subject is None:
        raise Http404(_("There is no such page to report on."))
    chosen = {"paragraph": request.GET.get("paragraph", "")}
    form = ReportForm(request.POST or None, initial=chosen, subject=subject)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if not form.cleaned_data["website"]:
                file_report(
                    subject=subject,
                    anchor=form.cleaned_data["paragraph"],
                    message=form.cleaned_data["message"],
                    request=request,
                )
            return redirect("report_thanks")
        except TooManyReports:
            form.add_error(None, _("Many reports have just come in. Please try again in an hour."))
            status = 429
    elif request.method == "POST":
        status = 422
    page = PublicPage(title=REPORT.label, path=REPORT.url, column=REPORT, is_indexed=False)
    response = show(request, "speeches/report.html", page, form=form, subject=subject)
    response.status_code = status
    return response


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    """Say that a report has arrived."""
    page = PublicPage(title=REPORT.label, path=REPORT.url, column=REPORT, is_indexed=False)
    return show(request, "speeches/report_thanks.html", page)
