"""The handbook of the staff: every page is found, every picture is there and small."""

import re

import pytest
from django.conf import settings

from tests.browser.handbook import IMAGES, LARGEST

PAGES = sorted((settings.BASE_DIR / "docs/handbook").glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_and_picture_of_a_page_is_there(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_in_the_contents_and_every_picture_in_a_page():
    linked = {link for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))}
    assert {page.name for page in PAGES} - {"README.md"} <= linked
    assert {f"images/{image.name}" for image in IMAGES.iterdir()} <= linked


def test_every_picture_is_small():
    assert all(image.stat().st_size < LARGEST for image in IMAGES.iterdir())
