"""Who and what an Akoma Ntoso file speaks of: its ``references``, and the signatures with them."""

import re
from collections.abc import Iterator

from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.exporting.elements import Element, add, add_text, new
from speeches.exporting.wording import printed_byline
from speeches.site import site

_ONTOLOGY = "/akn/ontology"


class References:
    """The bodies, people and posts of a document, each under one identifier.

    Two people of one name are two; a person without a record is known by the name alone.
    """

    def __init__(self, document: DigestDocument) -> None:
        self._found: dict[tuple[str, str, int | None], tuple[str, str]] = {}
        self._host = document.host
        for speech in document.speeches:
            self._of(speech)

    def element(self) -> Element:
        """Return the ``references`` of the file."""
        element = new("references", source="#editor")
        for identifier, name in (("editor", site().name), ("host", self._host)):
            address = f"{_ONTOLOGY}/organization/{identifier}"
            shown = name or site().name
            add(element, "TLCOrganization", eId=identifier, href=address, showAs=shown)
        for (kind, name, _number), (identifier, address) in self._found.items():
            tag = f"TLC{kind.capitalize()}"
            add(element, tag, eId=identifier, href=address, showAs=name)
        return element

    def speaker(self, speech: DigestSpeech) -> str:
        """Return who speaks: the one person, else the body, else the first of the persons."""
        people = [link for kind, _name, link in self._of(speech) if kind == "person"]
        bodies = [link for kind, _name, link in self._of(speech) if kind == "organization"]
        return next(iter(people if len(people) == 1 else (*bodies, *people)), "#host")

    def role(self, speech: DigestSpeech) -> str:
        """Return the first post in which is spoken; empty where none is known."""
        return next((link for kind, _name, link in self._of(speech) if kind == "role"), "")

    def mark_up(self, signed: Element, speech: DigestSpeech) -> None:
        """Put the signature into ``signed``, with its body, posts and names as elements."""
        byline = printed_byline(speech)
        position = 0
        for start, end, kind, link in _found_in(byline, self._of(speech)):
            add_text(signed, byline[position:start])
            add(signed, kind, byline[start:end], refersTo=link)
            position = end
        add_text(signed, byline[position:])

    def _of(self, speech: DigestSpeech) -> list[tuple[str, str, str]]:
        """Return kind, printed name and link of all that a speech is signed with."""
        body = speech.body.id if speech.body else None
        numbers = {credit.printed: credit.person_id for credit in speech.credits}
        named: list[tuple[str, str, int | None]] = []
        if speech.organization:
            named.append(("organization", speech.organization, body))
        named += (("role", post, None) for post in speech.posts if post)
        named += (("person", name, numbers.get(name)) for name in speech.speakers if name)
        return [(kind, name, f"#{self._identifier(kind, name, no)}") for kind, name, no in named]

    def _identifier(self, kind: str, name: str, number: int | None) -> str:
        key = (kind, name, number)
        if key not in self._found:
            count = sum(known == kind for known, _name, _number in self._found) + 1
            identifier = f"{kind}_{count}"
            address = f"{_ONTOLOGY}/{kind}/cn/{number or identifier}"
            self._found[key] = (identifier, address)
        return self._found[key][0]


def _found_in(
    byline: str, named: list[tuple[str, str, str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield where each name stands in ``byline``, in order and apart; a name may be spaced."""
    taken: list[tuple[int, int, str, str]] = []
    for kind, name, link in sorted(named, key=lambda one: -len(one[1])):
        pattern = r"\s*".join(map(re.escape, "".join(name.split())))
        for match in re.finditer(pattern, byline):
            start, end = match.span()
            if all(end <= other[0] or start >= other[1] for other in taken):
                taken.append((start, end, kind, link))
                break
    yield from sorted(taken)
