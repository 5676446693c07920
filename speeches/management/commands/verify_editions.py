"""``verify_editions``: is everything published still what was published?"""

import sys
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.publishing import ledger


class Command(SpeechesCommand):
    """Check the chain of hashes; name each difference and end with 1 where there is one."""

    help = _("Check the chain of editions.")

    def handle(self, **_options: Any) -> None:
        """Check each kind in turn."""
        checked = differences = 0
        for kind in ledger.KINDS:
            for difference in ledger.verify(kind):
                if difference is None:
                    checked += 1
                else:
                    differences += 1
                    self.stdout.write(str(difference))
        self.stdout.write(
            _("%(sound)s editions are sound, %(differences)s differences.")
            % {"sound": checked, "differences": differences}
        )
        if differences:
            sys.exit(1)
