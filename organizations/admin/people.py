"""Speakers and the posts they hold in the admin."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from organizations.admin.history import HistoryAdmin
from organizations.admin.profiles import PublicProfileMixin
from organizations.models import Appointment, Speaker, SpeakerVariant


class VariantInline(admin.TabularInline):
    """Other ways a name is printed."""

    model = SpeakerVariant
    extra = 0


class AppointmentInline(admin.TabularInline):
    """The posts of a speaker over time."""

    model = Appointment
    extra = 0
    autocomplete_fields = ("organization",)


@admin.register(Speaker)
class SpeakerAdmin(PublicProfileMixin, HistoryAdmin):
    """People, found by name, printed variant or pinyin."""

    list_display = ("name", "note", "posts", "sort_key")
    search_fields = ("name", "variants__name", "sort_key", "note")
    search_help_text = _("Name, printed variant or pinyin")
    inlines = (AppointmentInline, VariantInline)
    identity_fields = ("name",)
    profile_fields = ("photo", "biography")
    fieldsets = (
        (None, {"fields": ("name", "note")}),
        (_("Public page"), {"fields": ("photo", "biography")}),
    )

    def get_queryset(self, request):
        """Fetch the posts of all listed people at once."""
        posts = Appointment.objects.select_related("organization")
        return super().get_queryset(request).prefetch_related(Prefetch("appointments", posts))

    @admin.display(description=_("present posts"))
    def posts(self, speaker: Speaker) -> str:
        """The posts that a speaker holds today."""
        held = (post for post in speaker.appointments.all() if post.is_current())
        return "；".join(f"{post.organization}{post.post_title}" for post in held)


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    """Posts of all people; also what the post of a speech is chosen from."""

    list_display = ("speaker", "organization", "post_title", "start_date", "end_date")
    list_select_related = ("speaker", "organization")
    search_fields = ("speaker__name", "organization__name", "post_title")
    search_help_text = _("Speaker, organization or post")
    autocomplete_fields = ("speaker", "organization")

    def get_queryset(self, request):
        """Fetch the names that an appointment is told by."""
        return super().get_queryset(request).select_related("speaker", "organization")

    def save_model(self, request, obj, form, change) -> None:
        """Store, and note in the history of the person, which tells whoever follows it."""
        super().save_model(request, obj, form, change)
        obj.speaker.save()
