"""Accounts in the admin: nobody gives rights to themselves.

The groups themselves come from a migration; staff put people into them.
"""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from organizations.colleagues import name_of
from speeches.services import second_factor

User = get_user_model()
admin.site.unregister((User, Group, TOTPDevice, StaticDevice))


@admin.register(User)
class ColleagueAdmin(UserAdmin):
    """Accounts by name and group; rights are given through groups."""

    list_display = ("username", "colleague", "group_names", "state", "last_login")
    list_filter = ("groups", "is_active")
    search_help_text = _("Account, name or e-mail")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("last_name", "first_name"), "email")}),
        (_("Work"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
        (_("Two-step login"), {"fields": ("two_step_login",)}),
    )
    superuser_fieldset = (_("Unlimited rights"), {"fields": ("is_superuser",)})
    filter_horizontal = ()
    add_form = UserCreationForm
    add_form_template = "admin/change_form.html"
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Person"), {"fields": (("last_name", "first_name"),)}),
        (_("Work"), {"fields": ("groups",)}),
    )
    readonly_fields = ("last_login", "date_joined", "two_step_login")

    def get_urls(self):
        """Add the page that resets two-step login."""
        return [
            path(
                "<path:object_id>/second-factor/",
                self.admin_site.admin_view(self.second_factor_view),
                name="auth_user_second_factor",
            ),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Keep everybody from changing their own groups: three reviews take three people."""
        own = obj == request.user and not request.user.is_superuser
        return (*self.readonly_fields, "groups") if own else self.readonly_fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offer the few groups as boxes to tick."""
        return super().formfield_for_manytomany(
            db_field, request, **{**kwargs, "widget": CheckboxSelectMultiple}
        )

    def get_fieldsets(self, request, obj=None):
        """Offer unlimited rights to those who hold them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and request.user.is_superuser:
            return (*fieldsets, self.superuser_fieldset)
        return fieldsets

    def get_queryset(self, request):
        """Fetch the groups of all listed people at once."""
        return super().get_queryset(request).prefetch_related("groups")

    def save_form(self, request, form, change):
        """Let a new colleague into the admin: that is what accounts are for."""
        user = super().save_form(request, form, change)
        if not change:
            user.is_staff = True
        return user

    def construct_change_message(self, request, form, formsets, add=False):
        """Tell which groups were given and taken, for the record of who may do what."""
        if add or "groups" not in form.changed_data:
            return super().construct_change_message(request, form, formsets, add)
        was, now = (
            "、".join(sorted(group.name for group in groups)) or gettext("none")
            for groups in (form.initial["groups"], form.cleaned_data["groups"])
        )
        others = [str(form.fields[name].label) for name in form.changed_data if name != "groups"]
        groups = gettext("groups: %(was)s → %(now)s") % {"was": was, "now": now}
        return "；".join([groups, *others])

    def has_change_permission(self, request, obj=None):
        """Keep the accounts of superusers to superusers."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        """Accounts are closed, never deleted: the record names them."""
        return False

    def second_factor_view(self, request, object_id) -> HttpResponse:
        """Ask, then take the authenticator and the recovery codes of an account away."""
        user = self.get_object(request, unquote(object_id))
        if user is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        address = reverse("admin:auth_user_change", args=[user.pk])
        if request.method == "POST":
            second_factor.reset(user=user, by=request.user)
            text = gettext("Two-step login of %(name)s was reset.") % {"name": name_of(user)}
            messages.success(request, text)
            return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Reset two-step login"),
            "subtitle": name_of(user),
            "back": address,
        }
        return TemplateResponse(request, "admin/second_factor_reset.html", context)

    @admin.display(description=_("state"))
    def two_step_login(self, user) -> str:
        """Whether an authenticator was set up, and the way to reset it."""
        if not second_factor.has_factor(user):
            return _("not set up")
        return format_html(
            '{} <a href="{}">{}</a>',
            gettext("set up"),
            reverse("admin:auth_user_second_factor", args=[user.pk]),
            gettext("Reset two-step login"),
        )

    @admin.display(description=_("name"), ordering="last_name")
    def colleague(self, user) -> str:
        """The person's name."""
        return name_of(user)

    @admin.display(description=_("state"), ordering="is_active")
    def state(self, user) -> str:
        """Whether the account is in use."""
        return _("in use") if user.is_active else _("closed account")

    @admin.display(description=_("groups"))
    def group_names(self, user) -> str:
        """The groups that give the rights."""
        return "、".join(group.name for group in user.groups.all())
