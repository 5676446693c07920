"""The people who work with the product, as they call each other."""

from django.contrib.auth.base_user import AbstractBaseUser


def name_of(user: AbstractBaseUser | None) -> str:
    """Return a colleague's name, family name first as in Chinese, or the account's name."""
    if user is None:
        return ""
    return f"{user.last_name}{user.first_name}" or user.get_username()
