"""What staff do for the search: synonyms, and the report of what readers search."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.forms import ModelForm
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.admin.editions import ReadOnlyAdmin
from speeches.models import SearchedQuery, Synonym
from speeches.search import report
from speeches.search.vocabulary import words_of


class SynonymForm(ModelForm):
    """A group of words, of which one alone would mean nothing."""

    def clean_words(self) -> str:
        """Refuse a group with less than two words."""
        words = self.cleaned_data["words"]
        if len(set(words_of(Synonym(words=words)))) < 2:
            raise ValidationError(gettext("List at least two words, with 、 between them."))
        return words


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """Words that mean the same to readers."""

    form = SynonymForm
    list_display = ("words",)
    search_fields = ("words",)


class EmptyHandedFilter(admin.SimpleListFilter):
    """What readers searched in vain."""

    title = _("result")
    parameter_name = "result"

    def lookups(self, request, model_admin):
        """Offer the one question that the report is read for."""
        return (("none", _("Found nothing")),)

    def queryset(self, request, queryset):
        """Narrow the list to questions that mostly found nothing."""
        if self.value() == "none":
            return queryset.filter(without_result__gt=0, without_result__gte=F("times") / 2)
        return queryset


@admin.register(SearchedQuery)
class SearchedQueryAdmin(ReadOnlyAdmin):
    """What is searched, month by month: counts, never readers."""

    list_display = ("text", "in_month", "times", "without_result")
    list_filter = (EmptyHandedFilter,)
    search_fields = ("text",)
    date_hierarchy = "month"
    ordering = ("-month", "-times", "text")
    list_display_links = None

    def get_queryset(self, request):
        """Write what this process has gathered first."""
        report.write()
        return super().get_queryset(request)

    @admin.display(description=_("month"), ordering="month")
    def in_month(self, query: SearchedQuery) -> str:
        """The month in which it was searched."""
        return query.month.strftime("%Y-%m")
