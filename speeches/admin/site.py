"""The settings of the site: one form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from speeches.enums import HomeBlock, NavigationColumn
from speeches.models.site import SiteSettings
from speeches.services.site import save_site_settings
from speeches.site import stored


class PlacesWidget(forms.MultiWidget):
    """A number beside each name: its place."""

    template_name = "admin/places.html"

    def __init__(self, labels: dict[str, Any]) -> None:
        self.labels = labels
        super().__init__({name: forms.NumberInput() for name in labels})

    def decompress(self, value: list[str] | None) -> list[int | None]:
        """Return the place of each name in ``value``, from 1; None for those left out."""
        chosen = value or []
        return [chosen.index(name) + 1 if name in chosen else None for name in self.labels]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[Any, ...]:
        """Return the places as typed: a tuple, where a list is the names that are stored."""
        return tuple(super().value_from_datadict(data, files, name))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Put the label beside each number."""
        places = value if isinstance(value, tuple) else self.decompress(value)
        context = super().get_context(name, places, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels.values(), strict=True):
            part["label"] = label
        return context

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Use the templates of the project, which the stock renderer of forms does not know."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class PlacesField(forms.MultiValueField):
    """Which of some names are shown, and in which order, as a list."""

    def __init__(self, choices: list[tuple[str, Any]], **options: Any) -> None:
        self.names = [name for name, _label in choices]
        super().__init__(
            fields=[forms.IntegerField(min_value=1, required=False) for _name in self.names],
            widget=PlacesWidget(dict(choices)),
            required=False,
            require_all_fields=False,
            help_text=_("The place of each, from 1; leave blank what is not to be shown."),
            **options,
        )

    def compress(self, data_list: list[int | None]) -> list[str]:
        """Return the names that have a place, in its order."""
        placed = zip(data_list or [None] * len(self.names), self.names, strict=True)
        return [name for _place, name in sorted(p for p in placed if p[0] is not None)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists themselves."""
        return list(initial or []) != self.clean(data)


class SiteSettingsForm(forms.ModelForm):
    """The settings, with the order of columns and blocks as numbers."""

    columns = PlacesField(NavigationColumn.choices, label=_("columns of the navigation"))
    home_blocks = PlacesField(HomeBlock.choices, label=_("blocks of the home page"))

    class Meta:
        model = SiteSettings
        fields = (
            *("name", "owner", "code", "contact", "about", "announcement"),
            *("icp", "police_record", "report_url", "security_contact", "footer"),
            *("colour", "logo", "columns", "home_blocks"),
        )


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """One row, made when it is first opened; only managers may change it."""

    form = SiteSettingsForm
    fieldsets = (
        (
            _("Names and notices"),
            {
                "description": _("What is left blank is taken from the settings of the server."),
                "fields": (
                    *("name", "owner", "code", "contact", "about", "announcement"),
                    *("icp", "police_record", "report_url", "security_contact", "footer"),
                ),
            },
        ),
        (_("Look"), {"fields": ("colour", "logo")}),
        (_("Navigation and home page"), {"fields": ("columns", "home_blocks")}),
    )

    def has_add_permission(self, request):
        """The row is there by itself."""
        return False

    def has_delete_permission(self, request, obj=None):
        """The row stays."""
        return False

    def changelist_view(self, request, extra_context=None):
        """Go straight to the one form."""
        return redirect(reverse("admin:speeches_sitesettings_change", args=[1]))

    def get_object(self, request, object_id, from_field=None):
        """Return the row, stored or not yet."""
        return stored() if object_id == "1" else None

    def save_model(self, request, obj, form, change):
        """Save through the service."""
        save_site_settings(row=obj)
