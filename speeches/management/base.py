"""What the commands share: refusals become one clear line, people and pieces are looked up."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure
from django.db.models import Q
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.models.editions import MeetingEdition


class SpeechesCommand(BaseCommand):
    """A command that ends with 1 and a clear message where the product refuses."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Turn every refusal of the product, the disk and the database into a CommandError."""
        try:
            return super().execute(*args, **options)
        except SpeechesError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except OSError as error:
            raise CommandError(_("The system refuses: %(problem)s") % {"problem": error}) from error
        except DatabaseFailure as error:
            raise CommandError(
                _("The database fails: %(problem)s") % {"problem": str(error).strip()}
            ) from error

    def say(self, message: str) -> None:
        """Tell progress on standard error."""
        self.stderr.write(message, self.style.NOTICE)

    def tell_differences(self, found: Iterable[object | None], summary: str) -> None:
        """Print each difference, then ``summary``; end with 1 where there is any.

        None in ``found`` stands for something sound; ``summary`` shows the counts ``sound`` and
        ``differences``.
        """
        sound = differences = 0
        for difference in found:
            if difference is None:
                sound += 1
            else:
                differences += 1
                self.stdout.write(str(difference))
        self.stdout.write(summary % {"sound": sound, "differences": differences})
        if differences:
            sys.exit(1)


def user_named(username: str) -> User:
    """Return the account ``username``; raise CommandError where there is none."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no active account “%(name)s”.") % {"name": username})
    return user


def published_meeting(value: str) -> MeetingEdition:
    """Return the current edition of a meeting, by slug or number; raise CommandError for none."""
    found: MeetingEdition | None = (
        MeetingEdition.objects.current().filter(slug_or_id(value, "meeting_id")).first()
    )
    if found is None:
        raise CommandError(_("There is no published meeting “%(meeting)s”.") % {"meeting": value})
    return found


def slug_or_id(value: str, id_field: str) -> Q:
    """Return the filter for a meeting named by its slug or by the number in ``id_field``."""
    query = Q(slug=value)
    if value.isascii() and value.isdigit():
        query |= Q(**{id_field: int(value)})
    return query


def write_secret(path: Path, text: str) -> None:
    """Write a new file that only its owner may read; raise CommandError where there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(
            _("“%(path)s” cannot be written: %(problem)s") % {"path": path, "problem": error}
        ) from error
    with os.fdopen(handle, "w") as file:
        file.write(text)
