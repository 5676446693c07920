"""Which speech and which paragraph of a corrected file is which of those that are there."""

from hypothesis import given
from hypothesis import strategies as st

from speeches.parsing.matching import (
    Kind,
    Outline,
    ParagraphPair,
    SpeechPair,
    match_paragraphs,
    match_speeches,
    similarity,
)

WORDS = st.text(alphabet="协商为民建言资政凝聚共识搭台办实事，。一二三", min_size=1, max_size=30)
TEXTS = st.lists(WORDS, max_size=8)
OUTLINES = st.lists(
    st.builds(Outline, WORDS, WORDS, st.lists(WORDS, max_size=4).map(tuple)),
    max_size=8,
    unique_by=lambda outline: (outline.title, outline.byline, outline.paragraphs),
)

DAM = Outline(
    "把水渠修到田头",
    "青禾市政协委员　沈知微",
    ("水渠修到田头，旱地变成良田。", "一、先摸清底数，走访农户186户。", "下一步，继续把好事办好。"),
)
LIBRARY = Outline(
    "给孩子一间图书室",
    "白鹭县政协副主席　顾云舟",
    ("去年秋天走进15所小学。", "建议改造图书室38间，每间配一名管理员。"),
)
CLINIC = Outline(
    "守住山乡健康防线",
    "县人民医院副院长　罗望川",
    ("村卫生室缺药更缺人。", "建议县招乡用，三年招录乡村医生46名。"),
)


class TestSpeeches:
    @given(OUTLINES)
    def test_a_digest_matches_itself_one_by_one(self, outlines):
        expected = [SpeechPair(place, place) for place in range(len(outlines))]
        assert match_speeches(outlines, outlines) == expected

    @given(OUTLINES, st.data())
    def test_the_order_of_the_speeches_makes_no_difference(self, outlines, data):
        order = data.draw(st.permutations(range(len(outlines))))
        shuffled = [outlines[place] for place in order]
        pairs = match_speeches(outlines, shuffled)
        assert {(pair.ours, order[pair.theirs]) for pair in pairs} == {
            (place, place) for place in range(len(outlines))
        }

    @given(OUTLINES, OUTLINES)
    def test_every_speech_is_in_exactly_one_pair(self, ours, theirs):
        pairs = match_speeches(ours, theirs)
        assert sorted(p.ours for p in pairs if p.ours is not None) == list(range(len(ours)))
        assert sorted(p.theirs for p in pairs if p.theirs is not None) == list(range(len(theirs)))

    def test_a_retitled_speech_of_another_signature_is_known_by_its_text(self):
        renamed = Outline("渠水到田头", "青禾市政协常委　沈知微", DAM.paragraphs)
        assert match_speeches([LIBRARY, DAM], [renamed]) == [
            SpeechPair(1, 0),
            SpeechPair(0, None),
        ]

    def test_a_rewritten_speech_is_known_by_title_and_signature(self):
        rewritten = Outline(DAM.title, DAM.byline, ("全文重新写过，没有一句相同。",))
        assert match_speeches([CLINIC, DAM], [rewritten])[0] == SpeechPair(1, 0)

    def test_another_speech_by_the_same_person_is_another_speech(self):
        second = Outline("谈谈护林", DAM.byline, ("山林要有人看，护林员队伍要稳住。",))
        assert match_speeches([DAM], [second]) == [SpeechPair(None, 0), SpeechPair(0, None)]

    def test_speeches_are_added_removed_and_moved_at_once(self):
        assert match_speeches([DAM, LIBRARY], [CLINIC, LIBRARY]) == [
            SpeechPair(None, 0),
            SpeechPair(1, 1),
            SpeechPair(0, None),
        ]

    def test_the_likest_of_two_candidates_wins(self):
        nearly = Outline(DAM.title, DAM.byline, (*DAM.paragraphs[:2], "结尾改过了。"))
        assert match_speeches([nearly, DAM], [DAM]) == [SpeechPair(1, 0), SpeechPair(0, None)]


class TestParagraphs:
    @given(TEXTS)
    def test_a_text_matches_itself(self, texts):
        assert match_paragraphs(texts, texts) == [
            ParagraphPair(Kind.SAME, place, place) for place in range(len(texts))
        ]

    @given(TEXTS, TEXTS)
    def test_every_paragraph_is_in_exactly_one_pair(self, ours, theirs):
        pairs = match_paragraphs(ours, theirs)
        assert sorted(p.ours for p in pairs if p.ours is not None) == list(range(len(ours)))
        assert [p.theirs for p in pairs if p.theirs is not None] == list(range(len(theirs)))
        for pair in pairs:
            assert (pair.ours is None) == (pair.kind is Kind.ADDED)
            assert (pair.theirs is None) == (pair.kind is Kind.REMOVED)

    @given(TEXTS, TEXTS)
    def test_what_counts_as_the_same_reads_the_same(self, ours, theirs):
        for pair in match_paragraphs(ours, theirs):
            if pair.kind is Kind.SAME:
                assert ours[pair.ours] == theirs[pair.theirs]

    def test_one_changed_one_added_one_removed(self):
        ours = ["开头不变。", "全年协商138场次，解决实事56件。", "这一段后来删去了。", "结尾不变。"]
        theirs = ["开头不变。", "全年协商139场次，解决实事56件。", "结尾不变。", "补写了落款说明。"]
        assert match_paragraphs(ours, theirs) == [
            ParagraphPair(Kind.SAME, 0, 0),
            ParagraphPair(Kind.CHANGED, 1, 1),
            ParagraphPair(Kind.REMOVED, 2, None),
            ParagraphPair(Kind.SAME, 3, 2),
            ParagraphPair(Kind.ADDED, None, 3),
        ]

    def test_a_paragraph_that_stands_elsewhere_was_moved_even_if_touched_up(self):
        ours = ["甲段讲学习。", "乙段讲服务群众办好实事。", "丙段讲打算。", "丁段讲纪律。"]
        theirs = ["甲段讲学习。", "丙段讲打算。", "丁段讲纪律。", "乙段讲服务群众办好小事。"]
        assert match_paragraphs(ours, theirs)[-1] == ParagraphPair(Kind.MOVED, 1, 3)

    def test_blanks_make_no_difference(self):
        assert match_paragraphs(["一、　搭好平台"], ["一、 搭好平台 "])[0].kind is Kind.SAME

    def test_a_replaced_paragraph_is_no_changed_one(self):
        kinds = [p.kind for p in match_paragraphs(["水渠修到田头。"], ["图书室配管理员。"])]
        assert sorted(kinds) == [Kind.ADDED, Kind.REMOVED]


def test_similarity_runs_from_nothing_to_all():
    assert similarity("协商为民", "协 商 为 民") == 1
    assert similarity("水渠", "医生") < 0.5
