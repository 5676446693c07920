from speeches.search.snippets import Segment, marked, place_of, snippet


def test_every_run_is_marked_in_the_words_of_the_text():
    assert marked("签约５０．４億元，又签约", ("50.4亿", "签约")) == (
        Segment("签约５０．４億", is_marked=True),
        Segment("元，又"),
        Segment("签约", is_marked=True),
    )


def test_characters_that_grow_when_folded_keep_their_place():
    assert marked("共3㎡地", ("m2",)) == (
        Segment("共3"),
        Segment("㎡", is_marked=True),
        Segment("地"),
    )


def test_a_snippet_is_cut_around_the_first_mark():
    parts = snippet("前" * 200 + "竹编" + "后" * 200, ("竹编",))
    text = "".join(part.text for part in parts)
    assert text.startswith("…前")
    assert text.endswith("后…")
    assert Segment("竹编", is_marked=True) in parts


def test_the_line_that_holds_most_of_the_words_is_shown():
    assert place_of(["竹编", "竹编与药农", "药农"], ["p1", "p2", "p3"], ("竹编", "药农")) == 1
    assert place_of(["甲", "乙"], [], ("丙",)) == 0


def test_a_paragraph_is_shown_rather_than_a_topic():
    assert place_of(["竹编", "他教竹编"], ["", "p1"], ("竹编",)) == 1


def test_a_paragraph_answers_in_whatever_form_its_words_are_written():
    assert place_of(["竹编", "他教竹編"], ["", "p1"], ("竹编",)) == 1
