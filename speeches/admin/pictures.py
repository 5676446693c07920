"""The library of pictures in the admin: what each shows, and its focal point."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.models import Picture
from speeches.services import pictures


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures come with texts and covers; here they are described and their focus is set."""

    list_display = ("thumbnail", "words", "uploader", "created_at")
    list_display_links = ("thumbnail", "words")
    list_select_related = ("uploaded_by",)
    list_per_page = 30
    search_fields = ("words",)
    search_help_text = _("What it shows")
    fields = ("whole", "words", ("focus_x", "focus_y"))
    readonly_fields = ("whole",)

    class Media:
        js = ("js/admin-focus.js",)
        css = {"all": ("css/admin-pictures.css",)}

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        """The picture, small."""
        return format_html(
            '<img class="picture-small" src="{}" alt="" loading="lazy">', picture.url
        )

    @admin.display(description=_("Click on what must stay in view"))
    def whole(self, picture: Picture) -> SafeString:
        """The picture, to be clicked on."""
        return format_html(
            '<span class="picture-focus" data-focus><img src="{}" alt=""></span>', picture.url
        )

    @admin.display(description=_("uploaded by"))
    def uploader(self, picture: Picture) -> str:
        """The colleague who brought it."""
        return name_of(picture.uploaded_by)

    def save_model(self, request, obj, form, change):
        """Cut the renditions anew where the focus moved."""
        super().save_model(request, obj, form, change)
        if {"focus_x", "focus_y"} & set(form.changed_data):
            pictures.set_focus(picture=obj)
