"""Places in a list, as text that clients hand back unread."""

import base64
import binascii
from datetime import date
from http import HTTPStatus
from typing import Annotated, TypeVar

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from speeches.public.api.parameters import EARLIEST, LARGEST, LATEST, Text
from speeches.public.api.problems import Refused

Place = TypeVar("Place")

Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
Day = date
Word = Text


def written(adapter: TypeAdapter[Place], place: Place) -> str:
    """Return ``place`` as letters, digits, ``-`` and ``_``."""
    return base64.urlsafe_b64encode(adapter.dump_json(place)).decode().rstrip("=")


def read(adapter: TypeAdapter[Place], text: str) -> Place:
    """Return the place that ``text`` stands for; raise Refused for what no answer gave out."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return adapter.validate_json(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, ValidationError) as error:
        raise Refused(
            HTTPStatus.BAD_REQUEST, _("This cursor is none that was given out here.")
        ) from error
