"""Bodies: committees, parties, offices and enterprises, in a tree."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organizations.enums import Level, OrganizationKind
from organizations.images import PictureField


class Region(models.Model):
    """An administrative division by its GB/T 2260 code.

    A retired code keeps the dates between which it was valid; a code that is used again is a
    second row.
    """

    code = models.CharField(
        _("code"), max_length=6, validators=[RegexValidator(r"^[0-9]{6}\Z", _("Six digits."))]
    )
    name = models.CharField(_("name"), max_length=60)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="region_code_unique",
                violation_error_message=_("This code is already listed from that date."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="region_valid_in_order",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OrganizationQuerySet(models.QuerySet):
    """Which bodies readers may see."""

    def public(self) -> "OrganizationQuerySet":
        """Only bodies that have a public page."""
        return self.filter(is_public=True)

    def named(self, name: str) -> "OrganizationQuerySet":
        """Bodies called ``name`` in full, in short or by an alias."""
        return self.filter(Q(name=name) | Q(short_name=name) | Q(aliases__name=name)).distinct()


class Organization(models.Model):
    """A body that speaks or is spoken of (Popolo Organization)."""

    name = models.CharField(_("full name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True, db_index=True)
    kind = models.CharField(
        _("kind"), max_length=24, choices=OrganizationKind, default=OrganizationKind.OTHER
    )
    level = models.CharField(_("level"), max_length=12, choices=Level, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True
    )
    introduction = models.TextField(_("introduction"), blank=True)
    image = PictureField(_("image"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_public = models.BooleanField(_("has a public page"), default=True)

    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords()
    _history_user: Any  # whom django-simple-history names as the editor

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["position", "name"]
        permissions = [
            ("change_public_profile", _("May change what readers see of bodies and people"))
        ]
        indexes = [
            models.Index(fields=["is_public", "position", "name"], name="organization_listing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organization_not_own_parent",
                violation_error_message=_("A body cannot be its own parent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The body's public page."""
        return reverse("organization", args=[self.pk])

    def clean(self) -> None:
        """Refuse a parent that is this body, or stands below it."""
        super().clean()
        if self.pk and self.parent_id == self.pk:
            raise ValidationError({"parent": _("A body cannot be its own parent.")})
        if self.pk and any(ancestor.pk == self.pk for ancestor in self.ancestors()):
            raise ValidationError(
                {"parent": _("“%(name)s” stands below this body.") % {"name": self.parent}}
            )

    def ancestors(self) -> Iterator["Organization"]:
        """The bodies above this one, nearest first; a cycle in old data ends the walk."""
        seen = set()
        body = self.parent
        while body is not None and body.pk not in seen:
            seen.add(body.pk)
            yield body
            body = body.parent


class OrganizationAlias(models.Model):
    """Another name under which a body is printed."""

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.CASCADE,
        related_name="aliases",
    )
    name = models.CharField(_("alias"), max_length=120, db_index=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="organization_alias_once")
        ]

    def __str__(self) -> str:
        return self.name
