"""Every kind of public page by WCAG 2.1 AA, in the plain, the dark and the large-type look."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from speeches.models import Indicator, Speech
from tests.browser.conftest import too_wide
from tests.speeches.public import builders as build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTROLS = "a[href], button, input, select, textarea"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
NARROW = (320, 640, 683)
"""320 pixels (WCAG 2.1, 1.4.10), and screens of 1280 and 1366 at 200 % zoom (1.4.4)."""
COLUMNS = (
    *("home", "meetings", "work_items", "speakers", "organizations", "topics"),
    *("search", "about", "site_map"),
)


@pytest.fixture
def paths() -> list[str]:
    """One path of every kind of page."""
    build.small_site(3)
    of = build.meeting("long", title="长标题" * 20)
    build.published(of)
    measured = Indicator.objects.create(name="提案办理", unit="件")
    draft = Speech.objects.first()
    figure = {**build.EXACT_FIGURE, "indicator": measured}
    item = build.work(organization=draft.organization, figures=(figure,), tags=("民生",))
    build.published(item)
    draft.title = "改正过的题目"
    draft.save()
    build.published(draft)
    edition = draft.editions.current().get()
    withdrawn = build.withdrawn(Speech.objects.last())
    speech = reverse("speech", args=[draft.pk])
    return [
        *map(reverse, COLUMNS),
        reverse("meeting", args=[draft.meeting.slug]),
        reverse("meeting_in_full", args=[draft.meeting.slug]),
        speech,
        f"{speech}corrections/",
        f"{reverse('report')}?page={speech}",
        f"{reverse('search')}?q=提案",
        reverse("work_item", args=[draft.workitem_set.get().pk]),
        reverse("speaker", args=[edition.speakers.get().pk]),
        reverse("organization", args=[edition.organization_id]),
        reverse("topic", args=["民生"]),
        reverse("indicators"),
        reverse("indicator", args=[measured.pk]),
        f"{reverse('work_items')}?year=2024",
        reverse("report_thanks"),
        reverse("speech", args=[withdrawn.pk]),
        "/nowhere/",
    ]


def violations(page: Page) -> list[str]:
    """Return the rules that the open page breaks, each with the first element that does."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


@pytest.mark.parametrize("look", ["plain", "dark", "elder", "contrast"])
def test_no_page_breaks_a_rule_of_wcag(browser, live_server, paths, look):
    context = browser.new_context(
        bypass_csp=True,
        color_scheme="dark" if look == "dark" else "light",
        contrast="more" if look == "contrast" else "no-preference",
    )
    page = context.new_page()
    if look == "elder":
        page.add_init_script("localStorage.setItem('reading-mode', 'elder')")
    broken = {}
    for path in paths:
        page.goto(live_server.url + path)
        if rules := violations(page):
            broken[path] = rules
    context.close()
    assert broken == {}


def test_no_kind_of_page_scrolls_sideways_when_narrow_or_zoomed(browser, live_server, paths):
    page = browser.new_page()
    addresses = [live_server.url + path for path in paths]
    assert too_wide(page, addresses, NARROW) == {}
    page.close()


def test_the_check_finds_what_is_broken(browser, live_server):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/about/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/favicon.ico>'")
    assert any(rule.startswith("image-alt") for rule in violations(page))
    context.close()


@pytest.mark.parametrize("width", [320, 1366])
def test_large_type_stays_on_and_gives_targets_of_sixty_pixels(browser, live_server, paths, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{live_server.url}/")
    page.click("[data-elder]")
    assert page.get_attribute("[data-elder]", "aria-pressed") == "true"
    small, wide = {}, {}
    for path in paths:
        page.goto(live_server.url + path)
        assert page.get_attribute("html", "data-reading-mode") == "elder"
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
        low = page.evaluate(
            """() => [...document.querySelectorAll('.nav a, button, .button, .entry-title, select')]
              .filter(e => e.offsetParent && e.getBoundingClientRect().height < 60)
              .map(e => e.outerHTML.slice(0, 120))"""
        )
        if low:
            small[path] = low
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide[path] = page.evaluate("document.documentElement.scrollWidth")
    page.click("[data-elder]")
    assert page.get_attribute("html", "data-reading-mode") == "plain"
    page.close()
    assert (small, wide) == ({}, {})


def test_the_whole_page_can_be_walked_by_keyboard(browser, live_server, paths):
    page = browser.new_page()
    for path in paths:
        page.goto(live_server.url + path)
        reached = set()
        for _step in range(400):
            page.keyboard.press("Tab")
            at = page.evaluate(
                """(controls) => { const e = document.activeElement;
                  if (e === document.body) return null;
                  const all = [...document.querySelectorAll(controls)];
                  return [all.indexOf(e), getComputedStyle(e).outlineStyle]; }""",
                CONTROLS,
            )
            if at is None or at[0] in reached:
                break
            reached.add(at[0])
            assert at[1] != "none", f"no visible focus at {path}"
        reachable = page.evaluate(
            """(controls) => [...document.querySelectorAll(controls)]
              .filter(e => e.offsetParent && e.tabIndex >= 0).length""",
            CONTROLS,
        )
        assert len(reached - {-1}) >= reachable
    page.close()
