"""``verify_editions``: is everything published still what was published?"""

from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.publishing import ledger


class Command(SpeechesCommand):
    """Check the chain of hashes; name each difference and end with 1 where there is one."""

    help = _("Check the chain of editions.")

    def handle(self, **_options: Any) -> None:
        """Check each kind in turn."""
        found = (difference for kind in ledger.KINDS for difference in ledger.verify(kind))
        self.tell_differences(
            found, _("%(sound)s editions are sound, %(differences)s differences.")
        )
