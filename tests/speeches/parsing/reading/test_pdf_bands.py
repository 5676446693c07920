"""Pages of lines made by hand: bands of columns, stories side by side, in any order of the file."""

import random

import pytest

from speeches.parsing.reading.pdf_bands import by_bands
from speeches.parsing.reading.pdf_layout import in_reading_order
from speeches.parsing.reading.pdf_lines import Line, Rule, split_at_gutters

SIZE, PITCH, GUTTER = 9, 14, 18


def line(left, top, characters, size=SIZE):
    return Line(0, 1200, left, left + characters * size, top - size, top, size, "字" * characters)


def column(left, top, characters, rows):
    """Paragraphs of four rows: the first set in, the last short."""
    lines = []
    for row in range(rows):
        inset = 2 if row % 4 == 0 else 0
        width = 3 if row % 4 == 3 else characters - inset
        lines.append(line(left + inset * SIZE, top - row * PITCH, width))
    return lines


def columns(left, top, count, rows, characters=14):
    width = characters * SIZE + GUTTER
    return [
        each
        for number in range(count)
        for each in column(left + number * width, top, characters, rows)
    ]


def centred(left, right, top, characters, size):
    start = (left + right - characters * size) / 2
    return line(start, top, characters, size)


def story(left, top, count, rows):
    """A title and a signature over so many columns."""
    right = left + count * (14 * SIZE + GUTTER) - GUTTER
    return [
        centred(left, right, top, 9 if count > 1 else 5, 2 * SIZE),
        centred(left, right, top - 40, 12, SIZE),
        *columns(left, top - 65, count, rows),
    ]


WIDTH = 14 * SIZE + GUTTER
PAGES = {
    "columns under a headline": [
        centred(30, 30 + 4 * WIDTH - GUTTER, 1150, 8, 36),
        *columns(30, 1090, 4, 24),
    ],
    "story below story": story(30, 1150, 5, 12) + story(30, 880, 5, 12),
    "story beside story": story(30, 1150, 2, 16) + story(30 + 2 * WIDTH, 1150, 3, 16),
    "a short title over the middle of four columns": story(30, 1150, 2, 16)
    + story(30 + 2 * WIDTH, 1150, 4, 16),
    "rows of stories": story(30, 1150, 1, 12)
    + story(30 + WIDTH, 1150, 3, 12)
    + story(30, 860, 3, 12)
    + story(30 + 3 * WIDTH, 860, 1, 12),
    "four columns, then two wider ones": columns(30, 1150, 4, 12)
    + columns(30, 960, 2, 12, characters=30),
    "two columns, then four": columns(30, 1150, 2, 12, characters=30) + columns(30, 960, 4, 12),
    "one column": column(30, 1150, 40, 12),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("seed", range(3))
def test_a_page_is_read_whatever_the_order_of_its_file(name, seed):
    lines = PAGES[name]
    shuffled = random.Random(seed).sample(lines, len(lines))  # noqa: S311 - the same each time
    assert [id(each) for each in by_bands(shuffled)] == [id(each) for each in lines]


def test_a_rule_parts_columns_from_those_below():
    above, below = columns(30, 1150, 3, 6), columns(30, 1150 - 7 * PITCH, 3, 6)
    rule = Rule(30, 30 + 3 * WIDTH, 1150 - 6.3 * PITCH)
    assert by_bands([*above, *below], [rule]) == above + below
    assert by_bands([*above, *below]) != above + below


def test_columns_that_the_file_holds_in_the_wrong_order_are_put_right():
    left = [line(30, 1150 - row * PITCH, 14) for row in range(8)]
    middle = [line(30 + WIDTH, 1150 - row * PITCH, 14) for row in range(8)]
    right = column(30 + 2 * WIDTH, 1150, 14, 8)
    left[0].left += 2 * SIZE
    right[0].left -= 2 * SIZE
    right[-1].text += "。"
    natural = [*left, *middle, *right]
    assert in_reading_order([*right, *left, *middle]) == natural
    assert in_reading_order(natural) == natural


def test_a_row_over_a_narrow_gutter_is_parted_and_a_typed_blank_is_not():
    def row(top, *texts):
        run = []
        for left, text in texts:
            run += [
                Line(0, 1200, left + at * SIZE, left + (at + 1) * SIZE, top - SIZE, top, SIZE, char)
                for at, char in enumerate(text)
            ]
        return run

    rows = [row(1100 - n * PITCH, (30, "字" * 10), (130, "文" * 10)) for n in range(5)]
    signed = row(1000, (30, "青禾市政协主席"), (105, "林清溪"))
    parted = split_at_gutters([*rows, signed])
    assert len(parted) == 11
    assert parted[-1] == signed
