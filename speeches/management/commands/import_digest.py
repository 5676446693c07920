"""``import_digest``: from a file to an import batch and its drafts."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches import parsing
from speeches.management.base import SpeechesCommand, user_named
from speeches.models import ImportBatch
from speeches.parsing.documents import ParsedDigest
from speeches.services import acceptance, imports, reimport, repeats
from speeches.services.accounts import unattended_account
from speeches.signatures import signature

IMPORTER = "import"
"""The account in whose name unattended imports run."""


class Command(SpeechesCommand):
    """Read a digest; with ``--dry-run`` tell what was read, else create drafts."""

    help = _("Import a digest of speeches from a file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and what replaces or supplements its contents."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--title", default="")
        parser.add_argument("--date", type=date.fromisoformat)
        parser.add_argument("--encoding")
        parser.add_argument("--user", default="")

    def handle(self, *, path: Path, **options: Any) -> None:
        """Read the file, then either print what was read or store it."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be opened: %(problem)s")
                % {"path": path, "problem": error.strerror}
            ) from error
        if options["dry_run"]:
            digest = imports.read_digest(
                data=data, filename=path.name, encoding=options["encoding"]
            ).digest
            self._print_read(digest, options["title"], options["format"])
        else:
            self._import(data, path.name, options)

    def _print_read(self, digest: ParsedDigest, title: str, output_format: str) -> None:
        told = parsing.digest_to_json(digest)
        told["meeting"] = title or told["meeting"]
        if output_format == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        self.stdout.write(told["meeting"] or _("(no meeting named)"))
        for number, speech in enumerate(told["speeches"], start=1):
            signed = signature(speech["organization"], speech["posts"], [speech["speaker"]])
            self.stdout.write(f"{number}. {speech['title']}｜{signed}")
            self.stdout.write(
                _("   %(paragraphs)s paragraphs, %(figures)s figures, confidence %(confidence).2f")
                % {
                    "paragraphs": len(speech["paragraphs"]),
                    "figures": len(speech["figures"]),
                    "confidence": speech["confidence"],
                }
            )
        for warning in told["warnings"]:
            self.stdout.write(f"! {warning['message']}")

    def _import(self, data: bytes, filename: str, options: dict[str, Any]) -> None:
        user = (
            user_named(options["user"])
            if options["user"]
            else unattended_account(username=IMPORTER)
        )
        batch, is_new = imports.create_batch(
            data=data,
            filename=filename,
            user=user,
            title=options["title"],
            held_on=options["date"],
            encoding=options["encoding"],
        )
        known = batch.items.exclude(speech=None).count()
        counts = {"batch": batch.pk, "new": is_new, **self._accept(batch, user)}
        counts["skipped"] += known
        batch.refresh_from_db()
        if options["format"] == "json":
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        self.stdout.write(
            _("Created %(created)s, updated %(updated)s, skipped %(skipped)s: %(title)s")
            % {**counts, "title": batch.meeting}
        )
        for problem in counts["pending"]:
            self.say(problem)

    @staticmethod
    def _accept(batch: ImportBatch, user: User) -> dict[str, Any]:
        """Make drafts of the file, or take its changes into those of the meeting it repeats."""
        meeting = repeats.repeated_meeting(batch)
        if meeting is None:
            result = acceptance.accept(batch=batch, user=user, leave_undecided=True)
            return _counts(result, skipped=len(result.skipped), unchanged=0)
        again = reimport.apply(batch=batch, meeting=meeting, user=user, leave_undecided=True)
        unchanged = len(again.unchanged)
        return _counts(again, skipped=len(again.kept) + unchanged, unchanged=unchanged)


def _counts(
    result: acceptance.Acceptance | reimport.Result, *, skipped: int, unchanged: int
) -> dict[str, Any]:
    return {
        "meeting": result.meeting.slug,
        "created": len(result.created),
        "updated": len(result.updated),
        "skipped": skipped,
        "unchanged": unchanged,
        "work_items": len(result.work_items),
        "pending": result.problems,
    }
