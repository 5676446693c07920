"""Topics in the admin: the tags of speeches and highlighted work."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from speeches.admin.desk_notes import unused_topics
from speeches.admin.published import SeenByReaders

admin.site.unregister(Tag)


class UnusedFilter(admin.SimpleListFilter):
    """Topics whose pages would be empty."""

    title = _("public pieces")
    parameter_name = "public"

    def lookups(self, request, model_admin):
        """Offer the one question."""
        return (("none", _("On nothing public")),)

    def queryset(self, request, queryset):
        """Narrow the list to them."""
        return unused_topics(queryset) if self.value() == "none" else queryset


@admin.register(Tag)
class TopicAdmin(SeenByReaders, admin.ModelAdmin):
    """Topics with how often each is used."""

    list_display = ("name", "uses")
    list_filter = (UnusedFilter,)
    search_fields = ("name",)
    search_help_text = _("Name")
    fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("name",)

    def get_queryset(self, request):
        """Count the uses of all listed topics at once."""
        return super().get_queryset(request).annotate(uses_total=Count("taggit_taggeditem_items"))

    def has_module_permission(self, request):
        """Show topics to those who write."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        """Topics belong to whoever writes speeches."""
        return request.user.has_perm("speeches.change_speech")

    def has_add_permission(self, request):
        """The same."""
        return self.has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        """The same."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        """Deleting needs the right to delete vocabulary."""
        return request.user.has_perm("speeches.delete_indicator")

    @admin.display(description=_("uses"), ordering="uses_total")
    def uses(self, topic: Tag) -> int:
        """How many drafts and editions carry the topic."""
        return topic.uses_total
