"""The admin's own search and its choices by typing, with the tokens of the public search.

What is typed is folded, so that traditional and full-width input finds; people and bodies answer to
every name they have, to pinyin and to its initials; published pieces answer to any word of their
text.
"""

from django.contrib import admin
from django.db.models import Q, QuerySet

from organizations.admin.bodies import OrganizationAdmin
from organizations.admin.people import SpeakerAdmin
from organizations.models import Organization, Speaker
from speeches.enums import SearchKind, TermKind
from speeches.models import SearchTerm
from speeches.search.engine import Order, SearchUnavailable
from speeches.search.marks import plain
from speeches.search.results import Results
from speeches.search.tokens import fold

_MOST = 500


class NameSearchMixin:
    """Finds people or bodies by any of their names and how these are read."""

    term_kind: TermKind

    def get_search_results(self, request, queryset: QuerySet, search_term: str):
        """Add those whose names hold or sound as what was typed."""
        found, may_repeat = super().get_search_results(request, queryset, fold(search_term))
        key = plain(search_term)
        if not key:
            return found, may_repeat
        named = SearchTerm.objects.filter(
            Q(text__contains=key) | Q(pinyin__startswith=key) | Q(initials__startswith=key),
            kind=self.term_kind,
        )
        return found | queryset.filter(pk__in=named.values("number")), True


class TextSearchMixin:
    """Finds drafts by their fields, and published ones by any word of their public text."""

    search_kind: SearchKind

    def get_search_results(self, request, queryset: QuerySet, search_term: str):
        """Add those whose public text answers."""
        found, may_repeat = super().get_search_results(request, queryset, fold(search_term))
        results = Results(search_term, Order(kind=self.search_kind), at_most=_MOST)
        try:
            numbers = results.numbers() if results.query else []
        except SearchUnavailable:
            numbers = []
        return found | queryset.filter(pk__in=numbers), may_repeat


admin.site.unregister((Organization, Speaker))


@admin.register(Organization)
class SearchedOrganizationAdmin(NameSearchMixin, OrganizationAdmin):
    """Bodies, found by name, alias, pinyin or initials."""

    term_kind = TermKind.BODY


@admin.register(Speaker)
class SearchedSpeakerAdmin(NameSearchMixin, SpeakerAdmin):
    """People, found by name, printed variant, pinyin or initials."""

    term_kind = TermKind.PERSON
