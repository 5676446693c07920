"""``demo``: the sample digests through the real path, for a first look at the product."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from speeches.exporting import registry
from speeches.exporting.editions import digest_of
from speeches.files import write_whole
from speeches.management.base import SpeechesCommand
from speeches.models.editions import MeetingEdition
from speeches.services import demo


class Command(SpeechesCommand):
    """Import, review, publish and export the samples; print every step and the accounts."""

    help = _("Fill the site with the sample digests.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the results go and the address to print."""
        parser.add_argument("--build", type=Path, default=settings.BASE_DIR / "build")
        parser.add_argument("--url", default=settings.SITE_URL)
        parser.add_argument("--password", default="")

    def handle(self, *, build: Path, url: str, password: str, **_options: Any) -> None:
        """Take each step and tell it."""
        staff, password = demo.create_staff(password=password)
        tell = self.stdout.write
        meetings = demo.run(samples=settings.BASE_DIR / "docs" / "samples", staff=staff, tell=tell)
        self._export(MeetingEdition.objects.current().get(meeting=meetings[0]), build / "digests")
        call_command("build_site", output=build / "site", stdout=self.stdout, stderr=self.stderr)
        tell("")
        tell(_("Public site: %(url)s/") % {"url": url})
        tell(_("Desk for staff: %(url)s/admin/") % {"url": url})
        tell(_("Accounts, all with the password %(password)s:") % {"password": password})
        for username, (group, family, given) in demo.STAFF.items():
            tell(f"  {username:<10} {group}　{family}{given}")

    def _export(self, edition: MeetingEdition, folder: Path) -> None:
        document = digest_of(edition)
        for name in ("docx", "pdf"):
            export = registry.export(document, name)
            path = folder / export.filename
            write_whole(path, export.content)
            self.stdout.write(_("Digest: %(path)s") % {"path": path})
            for notice in export.notices:
                self.stdout.write(f"  {notice}")
