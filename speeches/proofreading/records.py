"""Who holds which post, as the office's records say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_WILD = "?"
_SHORTEST_MISPRINTED = 3
"""Of two characters, one misprinted leaves too little to know the name by."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that is held now; ``bodies`` are all names of the body."""

    bodies: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the records; ``variants`` are other ways in which the name is printed."""

    name: str
    posts: tuple[Post, ...] = ()
    variants: tuple[str, ...] = ()


class Records:
    """People made ready for finding by name, and by a name with one character misprinted."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            for name in {person.name, *person.variants}:
                if len(name) > 1:
                    self._by_name[name].append(person)

    def __len__(self) -> int:
        return len(self._by_name)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """The lengths of the names, the longest first."""
        return tuple(sorted({len(name) for name in self._by_name}, reverse=True))

    def named(self, name: str) -> tuple[Person, ...]:
        """Return everybody of that name."""
        return tuple(self._by_name.get(name, ()))

    @cached_property
    def _by_pattern(self) -> dict[str, list[str]]:
        patterns = defaultdict(list)
        for name in self._by_name:
            if len(name) >= _SHORTEST_MISPRINTED:
                for pattern in _with_one_open(name):
                    patterns[pattern].append(name)
        return patterns

    def nearly_named(self, name: str) -> tuple[str, ...]:
        """Return the names that differ from ``name`` in exactly one character."""
        if len(name) < _SHORTEST_MISPRINTED or name in self._by_name:
            return ()
        near = {
            known for pattern in _with_one_open(name) for known in self._by_pattern.get(pattern, ())
        }
        return tuple(sorted(near))


def _with_one_open(name: str) -> list[str]:
    return [name[:at] + _WILD + name[at + 1 :] for at in range(len(name))]
