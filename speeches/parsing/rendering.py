"""The JSON of ``import_digest --dry-run --format json``."""

from typing import Any

from .documents import Figure, ParsedDigest, ParsedSpeech


def digest_to_json(digest: ParsedDigest) -> dict[str, Any]:
    """A digest as plain data: lists, dicts, strings and numbers."""
    return {
        "meeting": digest.meeting or None,
        "speeches": [_speech(speech) for speech in digest.speeches],
        "warnings": [
            {
                "code": warning.code,
                "speech": warning.speech,
                "message": warning.message,
                "offset": warning.offset,
            }
            for warning in digest.warnings
        ],
        "lost": digest.lost,
        "invented": digest.invented,
        "headline": digest.headline,
        "kicker": digest.kicker,
        "label": digest.label,
        "editors_note": digest.editors_note,
        "newspaper": digest.newspaper,
        "issue_date": digest.issue_date,
        "page": digest.page,
        "notes": list(digest.notes),
    }


def _speech(speech: ParsedSpeech) -> dict[str, Any]:
    return {
        "title": speech.title,
        "byline": speech.byline,
        "organization": speech.organization,
        "posts": list(speech.posts),
        "speaker": "、".join(speech.speakers),
        "on_behalf_of": speech.on_behalf_of,
        "paragraphs": list(speech.paragraphs),
        "notes": list(speech.notes),
        "reordered": speech.reordered,
        "confidence": speech.confidence,
        "figures": [figure_to_json(figure) for figure in speech.figures],
    }


def figure_to_json(figure: Figure) -> dict[str, Any]:
    """A figure as plain data."""
    return {
        "text": figure.text,
        "value": _number(figure.value),
        "unit": figure.unit,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "bound": figure.bound.value,
        "paragraph": figure.paragraph,
        "start": figure.start,
        "end": figure.end,
        "object": figure.object,
        "claim": figure.claim.value,
    }


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(value) if value is not None and value == int(value) else value
