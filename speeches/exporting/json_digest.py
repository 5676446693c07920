"""The whole digest as JSON: complete, stable, and what other programs read.

The object holds ``format`` and every field of ``DigestDocument`` under its own name. Lists stand
for tuples, dates are ISO 8601, and what is unknown is ``null`` or empty. ``speeches[].blocks[]``
are the blocks of ``speeches.textblocks``: ``kind`` (paragraph, heading, list_item, quote, table,
image), ``runs[]`` of text with their look, and per kind ``level``, ``marker``, ``rows``, ``src``.
``work_items[].figures[]`` keep the ``printed`` words beside ``low`` and ``high``. ``format`` grows
when a field changes its meaning, not when one is added.
"""

import json
from dataclasses import asdict

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter

FORMAT = "cppcc-digest/1"


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as UTF-8 JSON, indented by one blank, with a final line break."""
    told = {"format": FORMAT, **asdict(document)}
    text = json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return f"{text}\n".encode()


EXPORTER = Exporter(
    label=_("JSON data"),
    media_type="application/json; charset=utf-8",
    extension="json",
    render=render,
)
