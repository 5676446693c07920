"""``withdraw``: a published piece, by the same service as the admin."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand, user_named
from speeches.models import Meeting, Speech, WorkItem
from speeches.services import publications

KINDS = {"meeting": Meeting, "speech": Speech, "work_item": WorkItem}


class Command(SpeechesCommand):
    """Take a published piece, and what is published inside it, from the public at once."""

    help = _("Withdraw a published meeting, speech or piece of highlighted work.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the piece, who withdraws it, and why."""
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("id", type=int)
        parser.add_argument("--user", required=True)
        parser.add_argument("--reason", required=True)

    def handle(self, *, kind: str, user: str, reason: str, **options: Any) -> None:
        """Withdraw and name the piece."""
        draft = KINDS[kind].objects.filter(pk=options["id"]).first()
        if draft is None:
            raise CommandError(
                _("There is no %(kind)s %(id)s.")
                % {"kind": KINDS[kind]._meta.verbose_name, "id": options["id"]}
            )
        publications.withdraw(draft=draft, user=user_named(user), opinion=reason)
        self.stdout.write(_("Withdrawn: %(title)s") % {"title": draft})
