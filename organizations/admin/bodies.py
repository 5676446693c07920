"""Bodies and administrative divisions in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from organizations.admin.history import HistoryAdmin
from organizations.admin.profiles import PublicProfileMixin
from organizations.models import Organization, OrganizationAlias, Region


class AliasInline(admin.TabularInline):
    """Other names under which a body is printed."""

    model = OrganizationAlias
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(PublicProfileMixin, HistoryAdmin):
    """Bodies, found by any of their names."""

    list_display = ("name", "short_name", "kind", "level", "parent", "public_page")
    list_filter = ("kind", "level", "is_public")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "aliases__name")
    search_help_text = _("Full name, short name or alias")
    autocomplete_fields = ("parent", "region")
    inlines = (AliasInline,)
    identity_fields = ("name",)
    profile_fields = ("is_public", "introduction", "image", "position")
    fieldsets = (
        (None, {"fields": ("name", "short_name", ("kind", "level"), "parent", "region")}),
        (_("Public page"), {"fields": ("is_public", "introduction", "image", "position")}),
    )

    @admin.display(description=_("has a public page"), ordering="is_public")
    def public_page(self, body: Organization) -> str:
        """Whether readers find a page of the body."""
        return _("yes") if body.is_public else _("no")


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    """Administrative divisions by their GB/T 2260 codes."""

    list_display = ("code", "name", "valid_from", "valid_to")
    search_fields = ("code", "name")
    search_help_text = _("Code or name")
