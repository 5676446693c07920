"""Accounts in the admin: nobody gives rights to themselves.

The groups themselves come from a migration; staff put people into them.
"""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of

User = get_user_model()
admin.site.unregister((User, Group))


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
    readonly_fields = ("last_login", "date_joined")

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

    def has_change_permission(self, request, obj=None):
        """Keep the accounts of superusers to superusers."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        """Accounts are closed, never deleted: the record names them."""
        return False

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
