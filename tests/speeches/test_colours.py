import re

import pytest
from django.conf import settings

from speeches.colours import (
    DARK_PAPER,
    DARK_SHEET,
    LEAST_CONTRAST,
    contrast,
    dark,
    is_colour,
    is_readable,
    light,
)

READABLE = ("#9b1b1e", "#0b5394", "#1b5e20", "#000000", "#4a148c", "#5d4037", "#0000ff")


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("colour", READABLE)
def test_a_readable_colour_gives_shades_that_are_readable_in_both_looks(colour):
    assert is_readable(colour)
    shades, night = light(colour), dark(colour)
    for text, ground in (
        (shades.deep, shades.wash),
        (shades.on_main, shades.main),
        *((night.main, ground) for ground in (DARK_PAPER, DARK_SHEET, night.wash)),
        *((night.deep, ground) for ground in (DARK_PAPER, DARK_SHEET, night.wash)),
        (night.on_main, night.main),
    ):
        assert contrast(text, ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", ["#ffffff", "#ffcc00", "#00ff00", "#888888"])
def test_a_colour_too_light_for_text_is_not_readable(colour):
    assert not is_readable(colour)


@pytest.mark.parametrize("written", ["", "red", "#fff", "#12345g", "#1234567", "url(#123456)"])
def test_what_is_no_colour_is_told(written):
    assert not is_colour(written)


def test_the_dark_admin_is_the_same_whether_chosen_or_that_of_the_device():
    """A style sheet cannot say once what holds under a selector and under a media query."""
    css = (settings.BASE_DIR / "static" / "css" / "admin-theme.css").read_text()
    dark_rules = re.findall(r"(?:theme=\"dark\"\]|theme=\"dark\"\]\)) \{(.*?)\}", css, re.DOTALL)
    chosen, of_device = (dict(re.findall(r"(--[\w-]+): (.*?);", rules)) for rules in dark_rules)
    assert len(chosen) > 20
    assert chosen.items() <= of_device.items()
