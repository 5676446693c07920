"""Titles and signatures on one line, for the forms that keep blanks as they were printed."""

from speeches.exporting.document import DigestSpeech
from speeches.signatures import signature


def one_line(text: str) -> str:
    """Return ``text`` without line breaks; its blanks stay as they are."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def printed_byline(speech: DigestSpeech) -> str:
    """Return the signature as printed, else what is known of body, posts and names."""
    printed = one_line(speech.byline)
    return printed or one_line(signature(speech.organization, speech.posts, speech.speakers))
