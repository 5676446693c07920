"""How a published speech is cited."""

from speeches.public.entries import SpeechEntry
from speeches.public.pages import absolute


def citation(entry: SpeechEntry) -> str:
    """Return the reference of a speech read online, by GB/T 7714—2015, 4.6 (electronic resources).

    Speakers, title with the mark of an online text, meeting, day of publication, address. The day
    of reading, which only the reader knows, is left to add.
    """
    edition = entry.edition
    speakers = ", ".join(link.label for link in entry.speakers) or edition.organization_printed
    parts = [
        speakers,
        f"{edition.title}[EB/OL]",
        entry.meeting.title if entry.meeting else "",
        f"({edition.first_published_at:%Y-%m-%d})",
        absolute(edition.get_absolute_url()),
    ]
    return ". ".join(part for part in parts if part) + "."
