"""Filters that every list of drafts has."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.desk_notes import assigned_to
from speeches.admin.waiting import waiting_for


class TurnFilter(admin.SimpleListFilter):
    """What waits for the person at the desk, and what that person wrote."""

    title = _("for me")
    parameter_name = "turn"

    def lookups(self, request, model_admin):
        """Offer the two questions."""
        return (("waiting", _("Waiting for me")), ("mine", _("My drafts")))

    def queryset(self, request, queryset):
        """Narrow the list to the chosen question."""
        if self.value() == "waiting":
            return waiting_for(queryset, request.user)
        if self.value() == "mine":
            return queryset.filter(author=request.user)
        return queryset


class DueFilter(admin.SimpleListFilter):
    """What was assigned to the person at the desk."""

    title = _("assigned to me")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        """Offer all of it, and what is late."""
        return (("assigned", _("Assigned to me")), ("overdue", _("Overdue")))

    def queryset(self, request, queryset):
        """Narrow the list to the chosen question."""
        if self.value() in {"assigned", "overdue"}:
            return assigned_to(queryset, request.user, overdue=self.value() == "overdue")
        return queryset


class AuthorFilter(admin.SimpleListFilter):
    """Colleagues who wrote at least one draft of this kind, by their names."""

    title = _("author")
    parameter_name = "author"

    def lookups(self, request, model_admin):
        """Offer the authors of what the user may see."""
        authors = model_admin.get_queryset(request).order_by().values("author")
        users = get_user_model().objects.filter(pk__in=authors).order_by("last_name", "username")
        return [(str(user.pk), name_of(user)) for user in users]

    def queryset(self, request, queryset):
        """Narrow the list to one author."""
        value = self.value() or ""
        return queryset.filter(author_id=int(value)) if value.isdecimal() else queryset
