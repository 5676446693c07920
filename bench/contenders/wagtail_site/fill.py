"""``python -m bench.contenders.wagtail_site.fill INPUT``: the database, with the pages of INPUT.

INPUT is JSON: meetings with their speeches. The address of the first speech is printed.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

import django


def main(source: Path) -> None:
    """Make the tables, the root and all pages."""
    django.setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)
    models = import_module("bench.contenders.wagtail_site.models")
    home = models.Page.objects.get(depth=2)
    pages = []
    for number, meeting in enumerate(json.loads(source.read_text("utf-8")), 1):
        parent = models.MeetingPage(
            title=meeting["title"], slug=f"meeting-{number}", show_in_menus=number < 6
        )
        home.add_child(instance=parent)
        for place, speech in enumerate(meeting["speeches"], 1):
            page = models.SpeechPage(
                title=speech["title"],
                slug=f"speech-{place}",
                **{name: speech[name] for name in ("byline", "speaker", "organization", "body")},
            )
            page.tags.add(*speech["topics"])
            parent.add_child(instance=page)
            page.save_revision().publish()
            pages.append(page)
    print(pages[0].relative_url(pages[0].get_site()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
