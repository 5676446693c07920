from dataclasses import replace

import pytest

from speeches.exporting.composition import Composition, compose
from speeches.exporting.pagination import count_lines, paginate
from tests.speeches.exporting.samples import digest, speech


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("党" * 26, 1),
        ("党" * 27, 2),
        ("党" * 26 + "。", 2),
        ("党" * 54, 2),
        ("党" * 55, 3),
        ("1" * 52, 1),
        ("x" * 300, 6),
        ("党\n党", 2),
        ("", 1),
    ],
)
def test_lines_hold_28_characters_after_an_indent_of_two(text: str, lines: int):
    assert count_lines(text) == lines


def test_a_mark_takes_its_word_along_to_the_next_line():
    assert count_lines("党" * 53 + "建。" + "党" * 26, 2) == 3
    assert count_lines("党" * 25 + "“建”" + "党" * 26, 2) == 3


def composed(*, lines: int, speeches: int = 3) -> Composition:
    """A composition of speeches that take exactly so many lines each."""
    text = "".join("<p>一行。</p>" for _line in range(lines))
    document = digest(
        speeches=tuple(speech(6, text, id=n) for n in range(speeches)),
        editors_note="",
        work_items=(),
    )
    return compose(document)


def test_speeches_with_pages_of_their_own_start_on_fresh_pages():
    composition = replace(composed(lines=19), own_pages=True)
    assert paginate(composition).sections == (2, 3, 4)
    longer = replace(composed(lines=20), own_pages=True)
    assert paginate(longer).sections == (2, 4, 6)


def test_short_speeches_share_pages_and_keep_title_and_text_together():
    assert paginate(composed(lines=4)).sections == (2, 2, 2)
    assert paginate(composed(lines=16)).sections == (2, 3, 4)


def test_the_attachment_starts_after_the_last_speech():
    assert paginate(compose(digest())).attachment == 16


def test_an_editors_note_puts_the_contents_on_a_page_of_their_own():
    one = (speech(1),)
    assert paginate(compose(digest(speeches=one, editors_note=""))).sections == (2,)
    assert paginate(compose(digest(speeches=one))).sections == (3,)


def test_a_digest_without_signature_paginates():
    assert paginate(compose(digest(host="", published_on=None))).sections[0] == 3


def test_every_kind_of_passage_takes_room():
    plain = paginate(compose(digest(speeches=(speech(3, "<p>甲</p>"), speech(6)))))
    rich = "<table>" + "<tr><td>甲</td></tr>" * 40 + "</table><blockquote>乙</blockquote>"
    rich += "<ul><li>丙</li></ul>" + '<p class="text-center">丁</p>'
    full = paginate(compose(digest(speeches=(speech(3, rich), speech(6)))))
    assert full.sections[1] > plain.sections[1]


def test_speeches_without_text_paginate():
    assert paginate(compose(digest(speeches=(speech(1, ""), speech(2, ""))))).sections == (3, 3)


def test_a_heading_at_the_foot_of_a_page_moves_on_with_its_text():
    def pages_with(words: str) -> tuple[int, ...]:
        text = "<p>一行。</p>" * 18 + f"<p>{words}</p>" + "<p>一行。</p>" * 16
        document = digest(speeches=(speech(6, text), speech(6, "<p>一行。</p>")), work_items=())
        return paginate(replace(compose(document), own_pages=False)).sections

    assert pages_with("正文") == (3, 4)
    assert pages_with("一、小标题") == (3, 5)
