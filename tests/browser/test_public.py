"""Public pages in a real Chromium: no error, no violation, no sideways scrolling."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Request

from speeches.models import Indicator, Meeting, Speech, WorkItem
from tests.browser.conftest import SHIFTS, too_wide, watch
from tests.speeches.public import builders as build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 390, 683, 768, 1366)
"""683 is a screen of 1366 at 200 % zoom; 320 is the narrowest that WCAG 2.1 asks for (1.4.10)."""
READER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0"


@pytest.fixture
def addresses(live_server) -> list[str]:
    """One full address of every kind of page, with the longest words that may come."""
    build.small_site(3)
    long_word = "CPPCC" * 16
    of = build.meeting("长标题", title=long_word, place=long_word, subtitle="很长的副题" * 12)
    build.published(of)
    draft = build.speech(
        of,
        title=long_word,
        byline=f"{'青禾市政协' * 12}　林清溪",
        organization=build.body("青禾市" * 20, level="county", introduction=long_word),
        speakers=(build.person(long_word[:60]),),
        body=f"<p>{long_word}</p><table><tr>{'<td>很宽的格子</td>' * 12}</tr></table>",
        tags=(long_word,),
    )
    build.published(draft)
    measured = Indicator.objects.create(name="提案办理" * 12, unit="件")
    figure = {
        **build.EXACT_FIGURE,
        "printed": "全年共计完成提案办理工作" * 5 + "19件",
        "indicator": measured,
    }
    item = build.work(
        title=long_word,
        speech=draft,
        figures=(figure,),
        tags=(long_word,),
        organization=draft.organization,
    )
    build.published(item)
    lists = ("home", "meetings", "work_items", "speakers", "organizations", "topics")
    pages = [
        *((name, []) for name in lists),
        *(("meeting_in_full", [meeting.slug]) for meeting in Meeting.objects.all()),
        *(("meeting", [meeting.slug]) for meeting in Meeting.objects.all()),
        *(("speech", [speech.pk]) for speech in Speech.objects.all()),
        *(("work_item", [work.pk]) for work in WorkItem.objects.all()),
        ("speaker", [draft.speakers.get().pk]),
        ("organization", [draft.organization_id]),
        ("topic", [draft.tags.get().slug]),
        ("indicator", [measured.pk]),
    ]
    return [live_server.url + reverse(name, args=args) for name, args in pages]


def cut_short(request: Request) -> bool:
    """Whether a request ended only because the next page was opened."""
    return request.failure == "net::ERR_ABORTED"


def opened(browser: Browser, width: int, scheme: str = "light") -> tuple[Page, list[str]]:
    """Return an empty page of ``width`` pixels, and the list that gathers what goes wrong in it."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    wrong: list[str] = []
    watch(page, wrong)
    page.on("requestfailed", lambda request: cut_short(request) or wrong.append(request.url))
    page.on(
        "response",
        lambda answer: answer.status < 400 or wrong.append(f"{answer.status} {answer.url}"),
    )
    return page, wrong


def test_no_page_has_an_error_a_violation_or_a_request_elsewhere(browser, addresses, live_server):
    page, wrong = opened(browser, 1366)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        answer = page.goto(address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    page.close()
    assert wrong == []
    assert len(asked) > len(addresses)
    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_no_page_scrolls_sideways_at_any_width_or_zoom(browser, addresses):
    page, _wrong = opened(browser, WIDTHS[0])
    assert too_wide(page, addresses, WIDTHS) == {}
    page.close()


def test_the_number_of_readings_comes_behind_the_page_and_moves_nothing(browser, addresses):
    context = browser.new_context(viewport={"width": 390, "height": 844}, user_agent=READER)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    for kind in ("/speeches/", "/work/", "/meetings/"):
        page.goto(next(address for address in addresses if re.search(f"{kind}[^/]+/$", address)))
        page.wait_for_selector(".reads.is-known")
        assert page.inner_text(".reads") == "阅读：1"
        assert page.evaluate("window.shifted || 0") < 0.01
    context.close()


def test_the_size_of_the_text_changes_and_is_remembered(browser, addresses):
    page, wrong = opened(browser, 390)
    speech = next(address for address in addresses if "/speeches/" in address)
    page.goto(speech)

    def size() -> float:
        return page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.prose')).fontSize)"
        )

    sizes = []
    for name in ("small", "medium", "large", "huge"):
        page.click(f"[data-size={name}]")
        sizes.append(size())
        assert page.get_attribute(f"[data-size={name}]", "aria-pressed") == "true"
        assert page.locator("[data-size][aria-pressed=true]").count() == 1
    assert sizes == sorted(set(sizes))
    assert sizes[0] >= 18
    assert sizes[-1] == 30
    page.reload()
    assert size() == 30
    page.close()
    assert wrong == []


def test_without_scripts_the_tools_are_absent_and_the_text_is_there(browser, addresses):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(next(address for address in addresses if "/speeches/" in address))
    assert not page.is_visible("[data-reading-tools]")
    assert not page.is_visible(".reads")
    assert page.is_visible(".prose")
    context.close()


def test_the_first_tab_stop_leads_to_the_text(browser, addresses):
    page, _wrong = opened(browser, 1366)
    page.goto(addresses[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


CONTRASTS = """
() => {
  const parse = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !node.getClientRects().length) continue;
    const pair = [light(parse(getComputedStyle(node).color)), light(ground(node))].sort();
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) poor.push(`${node.className || node.tagName} ${ratio.toFixed(2)}`);
  }
  return poor;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(browser, addresses, scheme):
    page, _wrong = opened(browser, 1366, scheme)
    poor = {}
    for address in addresses:
        page.goto(address)
        found = page.evaluate(CONTRASTS)
        if found:
            poor[address] = found
    page.close()
    assert poor == {}


def test_paper_has_the_text_and_nothing_to_press(browser, addresses):
    page, _wrong = opened(browser, 794)
    page.emulate_media(media="print")
    pressed = {}
    for address in addresses:
        page.goto(address)
        assert page.is_visible("h1")
        left = page.locator("button:visible, input:visible, select:visible, .button:visible")
        if left.count():
            pressed[address] = left.first.evaluate("element => element.outerHTML")
    page.close()
    assert pressed == {}
