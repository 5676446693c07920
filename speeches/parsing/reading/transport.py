"""A source as JSON, so that the child process can hand it to its parent."""

import base64
import json
from dataclasses import asdict

from speeches.parsing.documents import (
    BlockRole,
    ParseWarning,
    Source,
    SourceBlock,
    SourcePicture,
)


def pack(source: Source) -> str:
    """Return ``source`` as JSON."""
    told = asdict(source)
    for picture in told["pictures"]:
        picture["content"] = base64.b64encode(picture["content"]).decode("ascii")
    return json.dumps(told)


def unpack(text: str) -> Source:
    """Return the source that ``pack`` made JSON of."""
    told = json.loads(text)
    return Source(
        text=told["text"],
        kind=told["kind"],
        warnings=tuple(ParseWarning(**warning) for warning in told["warnings"]),
        blocks=tuple(
            SourceBlock(start, end, BlockRole(role), *setting)
            for start, end, role, *setting in told["blocks"]
        ),
        pictures=tuple(
            SourcePicture(**{**picture, "content": base64.b64decode(picture["content"])})
            for picture in told["pictures"]
        ),
        stressed=tuple((start, end) for start, end in told["stressed"]),
    )
