"""Accounts that no person uses."""

from __future__ import annotations

from django.contrib.auth.models import User


def unattended_account(*, username: str, name: str = "", is_active: bool = True) -> User:
    """Return the account in whose name a command works, made where missing.

    It has no password and may not enter the admin; ``name`` is what colleagues see.
    """
    user, is_new = User.objects.get_or_create(
        username=username, defaults={"is_active": is_active, "first_name": name}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
