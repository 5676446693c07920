"""Speaking on behalf of a body: ``（代表县工商联）`` and its kin, taken out of a signature."""

import re
from dataclasses import dataclass

from .affiliations import looks_like_unit
from .typography import BLANK, HAN

_BODY = f"(?!代表|作为|作大会|在)(?P<body>[{HAN}][{HAN}、]{{1,29}}?)"
_SPEECH = "(?:作?(?:大会|联合|书面|口头)?发言)"
_BRACKETED = re.compile(
    rf"[（(](?:(?P<kept>[^（）()]*)[，,、；;{BLANK}]+)?代表[{BLANK}]*{_BODY}{_SPEECH}?[{BLANK}]*[)）]"
)
_LEADING = re.compile(rf"^代表{_BODY}{_SPEECH}?(?:[{BLANK}，,:：]+|(?=发言人))(?P<rest>.+)$")
_TRAILING = re.compile(
    rf"^(?P<rest>.+?)(?:[{BLANK}，,]+代表{_BODY}{_SPEECH}?"
    rf"|代表{_BODY.replace('<body>', '<glued>')}{_SPEECH})$"
)
_PARTY = re.compile("(?:民革|民盟|民建|民进|农工党|致公党|九三|台盟|总商会|无党派人士)$")


@dataclass(frozen=True, slots=True)
class Behalf:
    """The body spoken for, and the signature without the words that say so.

    ``bracketed`` tells that the words stood in brackets behind the name.
    """

    body: str
    rest: str
    bracketed: bool


def take_behalf(signature: str) -> Behalf | None:
    """Part a signature from ``代表…发言``, or None where it speaks for nobody else."""
    for pattern in (_BRACKETED, _LEADING, _TRAILING):
        match = pattern.search(signature)
        if match is None:
            continue
        groups = match.groupdict()
        body = groups["body"] or groups["glued"]
        if not (looks_like_unit(body) or _PARTY.search(body)):
            continue
        if pattern is not _BRACKETED:
            return Behalf(body, groups["rest"].strip(), bracketed=False)
        kept = f"（{groups['kept']}）" if groups["kept"] else ""
        rest = signature[: match.start()] + kept + signature[match.end() :]
        return Behalf(body, rest.strip(), bracketed=True)
    return None
