"""The trail of every change: searched, filtered, and handed out as a workbook."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.admin.history import Change, HistoryAdmin, names_of_related
from organizations.colleagues import name_of
from speeches import spreadsheets
from speeches.services import audit
from speeches.services.audit import Asked, Line

PAGE = 50
LARGEST_FILE = 5000
"""Changes in a workbook; the filters choose which."""
ACTIONS = {
    audit.CREATED: _("Created"),
    audit.CHANGED: _("Changed"),
    audit.DELETED: _("Deleted"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in words; ``changes`` or ``message`` tell what differs."""

    line: Line
    who: str
    kind: str
    action: str
    changes: list[Change]
    message: str = ""

    def words(self) -> str:
        """Return what differs in one text, for a cell."""
        told = (f"{change.label}：{_marked(change)}" for change in self.changes)
        return self.message or "\n".join(told)


def _marked(change: Change) -> str:
    """What differs, in brackets as a plain text shows it."""
    brackets = {"removed": "[-{}-]", "added": "[+{}+]", "same": "{}"}
    return "".join(brackets[piece.kind].format(piece.text) for piece in change.pieces)


def _kinds() -> dict[str, str]:
    named = {kind: str(apps.get_model(kind)._meta.verbose_name) for kind in audit.kinds()}
    return {**named, audit.LOG: gettext("Accounts and other records")}


class AuditForm(forms.Form):
    """What of the trail is asked for."""

    words = forms.CharField(label=_("Name of the record"), required=False, max_length=60)
    user = forms.ModelChoiceField(None, label=_("by"), required=False, empty_label=_("everybody"))
    kind = forms.ChoiceField(label=_("kind"), required=False)
    action = forms.ChoiceField(
        label=_("action"), required=False, choices=[("", _("all")), *ACTIONS.items()]
    )
    since = forms.DateField(label=_("from"), required=False)
    until = forms.DateField(label=_("to"), required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("all")), *_kinds().items()]
        people = self.fields["user"]
        people.queryset = get_user_model().objects.order_by("username")
        people.label_from_instance = name_of
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def asked(self) -> Asked:
        """Return what was asked for; what makes no sense is not asked."""
        data = self.cleaned_data if self.is_valid() else {}
        user = data.get("user")
        return Asked(**{**data, "user": user and user.pk})


def audit_view(request, *, site) -> HttpResponse:
    """Show the trail, or hand out what of it was asked for."""
    if not request.user.has_perm("speeches.view_audit_trail"):
        raise PermissionDenied
    form = AuditForm(request.GET)
    rows = audit.trail(asked=form.asked())
    if "export" in request.GET:
        return _workbook(_entries(site, audit.lines(rows[:LARGEST_FILE])))
    page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        **site.each_context(request),
        "title": gettext("Audit trail"),
        "form": form,
        "page": page,
        "entries": _entries(site, audit.lines(page.object_list)),
        "pages_query": query.urlencode(),
    }
    return TemplateResponse(request, "admin/audit.html", context)


def _entries(site, lines: list[Line]) -> list[Entry]:
    kinds = _kinds()
    people = get_user_model().objects.in_bulk({line.user for line in lines} - {None})
    by_kind: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        by_kind[line.kind].append(line.row)
    messages = {
        row.pk: row.get_change_message()
        for row in LogEntry.objects.filter(pk__in=by_kind.pop(audit.LOG, []))
    }
    changes = {
        (kind, number): found
        for kind, numbers in by_kind.items()
        for number, found in _changes(site, kind, numbers)
    }
    return [
        Entry(
            line,
            who=name_of(people.get(line.user)),
            kind=kinds[line.kind],
            action=str(ACTIONS[line.action]),
            changes=changes.get((line.kind, line.row), []),
            message=messages.get(line.row, "") if line.kind == audit.LOG else "",
        )
        for line in lines
    ]


def _changes(site, kind: str, numbers: list[int]) -> Iterable[tuple[int, list[Change]]]:
    model = apps.get_model(kind)
    registered = site.get_model_admin(model) if site.is_registered(model) else None
    is_ours = isinstance(registered, HistoryAdmin)
    model_admin = registered if is_ours else HistoryAdmin(model, site)
    pairs = list(audit.with_states_before(kind, numbers))
    names = names_of_related([row for pair in pairs for row in pair if row is not None])
    for row, before in pairs:
        found = list(model_admin.changes(before, row, names)) if before is not None else []
        yield row.history_id, found


def _workbook(entries: list[Entry]) -> HttpResponse:
    columns = [
        spreadsheets.Column(name, heading)
        for name, heading in (
            ("at", gettext("at")),
            ("who", gettext("by")),
            ("kind", gettext("kind")),
            ("record", gettext("record")),
            ("action", gettext("action")),
            ("changes", gettext("what changed")),
        )
    ]
    rows = [
        {
            "at": f"{timezone.localtime(entry.line.at):%Y-%m-%d %H:%M:%S}",
            "who": entry.who,
            "kind": entry.kind,
            "record": entry.line.record,
            "action": entry.action,
            "changes": entry.words(),
        }
        for entry in entries
    ]
    title = gettext("Audit trail")
    name = f"{title}{timezone.localdate():%Y%m%d}.xlsx"
    return HttpResponse(
        spreadsheets.write(title, columns, rows),
        content_type=spreadsheets.MEDIA_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
