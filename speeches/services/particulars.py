"""What is said of a speech beside its text, alike for the speech of a file and for its draft."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from speeches.enums import NameChoice
from speeches.models import ImportedSpeech, Speech
from speeches.services.acceptance import title_of
from speeches.services.import_pictures import used

TITLE, SIGNATURE, POSITION = "title", "signature", "position"
"""The keys of what can be taken from a file beside paragraphs."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs. ``is_own`` tells that it was changed here and not in the file."""

    name: str
    before: str
    after: str
    is_own: bool

    @property
    def key(self) -> str:
        """What staff tick to take it: the parts of a signature are taken together."""
        return TITLE if self.name == TITLE else SIGNATURE


def hash_of(item: ImportedSpeech) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of what would become a draft."""
    names = [(name.printed, name.choice, name.speaker_id, name.note) for name in item.names.all()]
    body = (item.organization_choice, item.organization_id, item.organization_name)
    pictures = [(place, picture["number"], picture["alt"]) for place, picture in used(item)]
    told = [particulars_of_item(item), body, names, item.paragraphs, item.bold, pictures]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def particulars_of_draft(speech: Speech) -> dict[str, str]:
    """Return title, parts of the signature and speakers in words, by field."""
    return {
        TITLE: speech.title,
        "byline": speech.byline,
        "organization_printed": speech.organization_printed,
        "posts_printed": "、".join(speech.posts_printed),
        "on_behalf_of": speech.on_behalf_of,
        "speakers": "、".join(str(credit) for credit in speech.credits.all()),
    }


def particulars_of_item(item: ImportedSpeech) -> dict[str, str]:
    """Return the same of the speech of a file; what is no person does not count."""
    people = [name for name in item.names.all() if name.choice != NameChoice.IGNORED]
    return {
        TITLE: title_of(item),
        "byline": item.byline,
        "organization_printed": item.organization_printed,
        "posts_printed": "、".join(item.posts),
        "on_behalf_of": item.on_behalf_of,
        "speakers": "、".join(name.printed for name in people),
    }
