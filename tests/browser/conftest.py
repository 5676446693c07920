"""What the tests in a real Chromium share: the browser, and what goes wrong in a page."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SHIFTS = """new PerformanceObserver(list => list.getEntries().forEach(
  entry => { window.shifted = (window.shifted || 0) + entry.value; }
)).observe({type: 'layout-shift', buffered: true})"""
"""A script that adds up how far things move while a page loads."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests are skipped, but fail in CI.

    Playwright keeps an event loop in this thread, which Django would take for an async caller.
    """
    if not Path(CHROMIUM).exists():
        complain = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        complain(f"no Chromium at {CHROMIUM}")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def watch(page: Page, wrong: list[str]) -> None:
    """Gather in ``wrong`` every message and error of ``page``; refused by policy counts as one."""
    page.on("console", lambda message: wrong.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url} {error}"))


def too_wide(page, addresses, widths):
    """Return (address, width) → the pixels needed, where a page scrolls sideways."""
    needed = {}
    for address in addresses:
        page.goto(address)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            taken = page.evaluate("document.documentElement.scrollWidth")
            if taken > width:
                needed[address, width] = taken
    return needed
