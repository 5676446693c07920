"""The second factor of a login: a code of an authenticator (RFC 6238), or a recovery code."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from speeches.exceptions import CodeRefused
from speeches.services import trail

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django_otp.models import Device

RECOVERY_CODES = 10
"""Codes for a lost telephone, each good for one login."""
CODE_DIGITS = 6


def is_required(user: User | AnonymousUser) -> bool:
    """Whether ``user`` needs a second factor: superusers, and who gives the final approval."""
    return settings.REQUIRE_SECOND_FACTOR and user.has_perm("speeches.final_review")


def has_factor(user: User) -> bool:
    """Whether ``user`` has set up an authenticator."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes were not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


def candidate(*, user: User) -> TOTPDevice:
    """Return the authenticator that ``user`` is to set up: the same until it is proven."""
    device, _is_new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "authenticator"}
    )
    return device


def enrol(*, user: User, code: str) -> tuple[list[str], Device]:
    """Prove the candidate of ``user`` with a ``code``; return the recovery codes, and the device.

    The codes are told this once only. Raises CodeRefused for a wrong code, one that comes too soon
    after a wrong one, and where an authenticator was set up already.
    """
    device = candidate(user=user)
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        if has_factor(user):
            raise CodeRefused(_("An authenticator was set up already."))
        is_right = _accepts(device, _typed(code))
        codes = _confirm(device, what=_("Set up two-step login.")) if is_right else []
    if not is_right:
        raise _wrong()
    return codes, device


def verify(*, user: User, code: str) -> Device:
    """Return the device of ``user`` that ``code`` belongs to; a recovery code is used up.

    Raises CodeRefused for a wrong code, and for one that comes too soon after a wrong one: the
    wait doubles with each, from a second.
    """
    typed = _typed(code)
    kind = TOTPDevice if len(typed) == CODE_DIGITS else StaticDevice
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        is_right = device is not None and _accepts(device, typed)
        if is_right and kind is StaticDevice:
            left = recovery_codes_left(user)
            trail.note(
                record=user,
                by=user,
                what=_("Used a recovery code; %(left)d are left.") % {"left": left},
            )
    if not is_right:
        raise _wrong()
    return device


def change(*, user: User, code: str, new_code: str) -> tuple[list[str], Device]:
    """Put the candidate of ``user`` in the place of the authenticator; return as ``enrol`` does.

    ``code`` is one of the old authenticator or a recovery code, ``new_code`` one of the candidate.
    Other sessions end at once, and so do the old recovery codes. Raises CodeRefused as ``verify``.
    """
    device = candidate(user=user)
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        is_right = _accepts(device, _typed(new_code))
    if not is_right:
        raise CodeRefused(_("The code of the new telephone is wrong, or was used already."))
    verify(user=user, code=code)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        return _confirm(device, what=_("Changed the telephone for two-step login.")), device


def _confirm(device: TOTPDevice, *, what: str) -> list[str]:
    """Make a proven candidate the authenticator of its user; return fresh recovery codes."""
    user = device.user
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    StaticDevice.objects.filter(user=user).delete()
    recovery = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    for token in codes:
        recovery.token_set.create(token=token)
    trail.note(record=user, by=user, what=what)
    return codes


def _wrong() -> CodeRefused:
    return CodeRefused(_("The code is wrong, or was used already."))


@transaction.atomic
def reset(*, user: User, by: User | None = None) -> None:
    """Take the authenticator and the recovery codes of ``user`` away; the next login sets up anew.

    ``by`` is who did so (nobody for the server's command); sessions that rest on it end at once.
    """
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    what = _("Reset two-step login.") if by else _("Reset two-step login on the server.")
    trail.note(record=user, by=by or user, what=what)


def _typed(code: str) -> str:
    """The code without blanks and hyphens, in half-width: input methods type full-width digits."""
    plain = unicodedata.normalize("NFKC", code).lower()
    return "".join(character for character in plain if character.isalnum())


def _accepts(device: Device, code: str) -> bool:
    is_allowed, hindrance = device.verify_is_allowed()
    if not is_allowed:
        seconds = math.ceil((hindrance["locked_until"] - timezone.now()).total_seconds())
        raise CodeRefused(
            _("Too many wrong codes. Try again in %(seconds)d seconds.") % {"seconds": seconds}
        )
    return bool(device.verify_token(code))
