"""Who uses the site during a load: readers, and editors who save drafts in the admin."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote

import requests
from lxml import html

from speeches.models import Speech

WORDS = ("提案", "协商民主", "委员", "乡村振兴", "民生", "党")
LONGEST = 150
"""Seconds until an answer is given up: as long as the web server waits."""


@dataclass(slots=True)
class Visits:
    """What one kind of visitor saw: seconds of each answer, and how many of each status."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def ask(self, ask: Callable[[], requests.Response]) -> requests.Response:
        """Ask, and note what came."""
        started = time.perf_counter()
        answer = ask()
        self.seconds.append(time.perf_counter() - started)
        self.statuses[answer.status_code] += 1
        return answer


class Visitor(threading.Thread):
    """Comes again and again, ``pause`` seconds apart, until told to stop."""

    def __init__(self, address: str, pause: float) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.pause = pause
        self.visits = Visits()
        self.failure: BaseException | None = None
        self._leaving = threading.Event()

    def run(self) -> None:
        """Visit; an error ends it and is kept."""
        try:
            with requests.Session() as session:
                self.arrive(session)
                while not self._leaving.wait(self.pause):
                    self.visit(session)
        except Exception as error:
            self.failure = error

    def arrive(self, session: requests.Session) -> None:
        """Do what comes before the first visit."""

    def visit(self, session: requests.Session) -> None:
        """Come once."""
        raise NotImplementedError

    def leave(self) -> Visits:
        """End; return what was seen, or raise what went wrong."""
        self._leaving.set()
        self.join(LONGEST)
        if self.failure is not None:
            raise self.failure
        return self.visits


class Reader(Visitor):
    """Asks for one of ``paths``, by chance but the same in every run."""

    def __init__(self, address: str, pause: float, paths: list[str]) -> None:
        super().__init__(address, pause)
        self.paths = paths
        self.chance = random.Random(1)  # noqa: S311 - a choice of pages

    def visit(self, session: requests.Session) -> None:
        """Read a page, without following where it leads."""
        path = self.chance.choice(self.paths)
        self.visits.ask(
            lambda: session.get(f"{self.address}{path}", timeout=LONGEST, allow_redirects=False)
        )


class Editor(Visitor):
    """Opens the form of ``draft``, gives it another title, and saves; ``saved`` are those taken."""

    def __init__(
        self, address: str, pause: float, draft: Speech, username: str, password: str
    ) -> None:
        super().__init__(address, pause)
        self.draft = draft
        self.signing_in = {"username": username, "password": password}
        self.saved: list[str] = []
        self.numbers = count(1)

    def arrive(self, session: requests.Session) -> None:
        """Sign in."""
        page = f"{self.address}/admin/login/"
        session.get(page, timeout=LONGEST)
        token = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
        answer = session.post(
            page, {**self.signing_in, **token}, timeout=LONGEST, allow_redirects=False
        )
        assert answer.status_code == 302, answer.status_code

    def visit(self, session: requests.Session) -> None:
        """Open, change, save."""
        page = f"{self.address}/admin/speeches/speech/{self.draft.pk}/change/"
        opened = self.visits.ask(lambda: session.get(page, timeout=LONGEST))
        form = next(
            form for form in html.fromstring(opened.text).forms if "lock_version" in form.fields
        )
        title = f"第{next(self.numbers)}次修改的发言"
        sent = [(name, value) for name, value in form.form_values() if name != "title"]
        sent += [("title", title), ("_continue", "1")]
        answer = self.visits.ask(
            lambda: session.post(page, sent, timeout=LONGEST, allow_redirects=False)
        )
        if answer.status_code == 302:
            self.saved.append(title)


def searches() -> list[str]:
    """Return addresses of the search."""
    return [f"/search/?q={quote(word)}" for word in WORDS]


def programs() -> list[str]:
    """Return addresses that programs ask the interface for."""
    return ["/api/v1/speeches", *(f"/api/v1/search?q={quote(word)}" for word in WORDS)]
