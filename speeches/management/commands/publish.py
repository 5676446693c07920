"""``publish``: a whole approved meeting, by the same service as the admin."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand, slug_or_id, user_named
from speeches.models import Meeting
from speeches.services import publications


class Command(SpeechesCommand):
    """Publish a meeting with its speeches and approved highlighted work, all or nothing."""

    help = _("Publish an approved meeting.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the meeting and who publishes it."""
        parser.add_argument("meeting")
        parser.add_argument("--user", required=True)

    def handle(self, *, meeting: str, user: str, **_options: Any) -> None:
        """Publish and tell how many editions there are."""
        draft = Meeting.objects.filter(slug_or_id(meeting, "pk")).first()
        if draft is None:
            raise CommandError(_("There is no meeting “%(meeting)s”.") % {"meeting": meeting})
        result = publications.publish_meeting(meeting=draft, user=user_named(user))
        for item in result.left_out:
            self.say(_("Left out, not approved: %(title)s") % {"title": item})
        self.stdout.write(
            _("Published %(count)s editions: %(title)s")
            % {"count": len(result.editions), "title": draft}
        )
