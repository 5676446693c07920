from speeches.parsing import parse_digest
from speeches.parsing.furniture import read_imprint, take_out
from speeches.parsing.layout import Wrap, find_wrap, split_lines
from speeches.parsing.passages import Style, build_passages, find_style

PROSE = "青禾市政协坚持围绕中心服务大局，把协商民主贯穿履职全过程，推动各项工作取得新的成效。" * 6


def _wrapped(width, text=PROSE):
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_lines_know_their_place_indent_and_gap():
    source = "标题\n\n　　正文 \n\u200b\n尾"
    lines = split_lines(source)
    assert [(source[line.start : line.end], line.indent, line.gap) for line in lines] == [
        ("标题", 0, False),
        ("正文", 4, True),
        ("尾", 0, True),
    ]


def test_a_column_filled_to_the_last_character_is_measured_exactly():
    wrap = find_wrap(split_lines(_wrapped(17)))
    assert wrap is not None
    assert (wrap.width, wrap.exact) == (17, True)


def test_a_column_of_em_squares_with_half_width_figures_is_measured_loosely():
    text = "今年完成投资1234万元，同比增长12.5%，惠及群众56789人次，" * 12
    lines, line = [], ""
    for char in text:
        line += char
        if sum(1 if ord(c) > 255 else 0.5 for c in line) >= 16:
            lines.append(line)
            line = ""
    wrap = find_wrap(split_lines("\n".join(lines)))
    assert wrap is not None
    assert 15 <= wrap.width <= 18


def test_paragraphs_in_lines_of_their_own_are_not_wrapped():
    assert find_wrap(split_lines("\n".join(PROSE[: 30 + 11 * n] for n in range(12)))) is None
    assert find_wrap(split_lines("一行\n两行")) is None


def _passages(source):
    lines = split_lines(source)
    return [p.text for p in build_passages(lines, find_style(lines, find_wrap(lines)))]


def test_wrapped_lines_are_joined_and_a_short_line_ends_the_paragraph():
    first, second = PROSE[:120], PROSE[40:103]
    source = _wrapped(14, first) + "\n" + _wrapped(14, second)
    assert _passages(source) == [first, second]


def test_an_indent_begins_a_paragraph_even_after_a_full_line():
    paragraph = "　　" + PROSE[:12]
    source = "\n".join([paragraph + "\n" + PROSE[12:26]] * 5)
    assert _passages(source) == [PROSE[:26]] * 5


def test_a_numbered_line_after_a_full_line_begins_a_paragraph():
    full = "坚持学习理论提高本领服务。"
    source = "\n".join([full, "一、加强组织领导机制建设", "落到实处见到成效"] * 6)
    assert _passages(source)[0] == full


def test_latin_words_parted_by_a_loose_line_end_stay_two_words():
    lines = split_lines("数字赋能推动智慧政协建设big\ndata平台建成。")
    loose, exact = Wrap(15, exact=False), Wrap(15, exact=True)
    assert build_passages(lines, Style(loose, indented=False))[0].text.endswith(
        "big data平台建成。"
    )
    assert build_passages(lines, Style(exact, indented=False))[0].text.endswith("bigdata平台建成。")


FURNITURE = [
    "云岭政协报  2031年5月12日  星期一  第4版  专版",
    "(上接第二版)",
    "（下转第七版）",
    "扫码阅读更多内容",
    "本版电话:0999-8200000  电子邮箱:zk@example.cn",
    "本报通讯员 摄",
    "版权所有 未经许可不得转载",
    "责任编辑:沈默 版式:方圆 校对:向北",
    "— 4 —",
    "第 4 版",
    "12",
    "3   专题报道   ZHUANTI BAODAO",
    "——编　者",
    "图①：会议现场",
    "www.example.cn",
]


def test_page_furniture_is_taken_out_and_kept():
    lines = split_lines(
        "\n".join(f"正文第{n}段。\n{text}" for n, text in enumerate(FURNITURE)) + "\n尾。"
    )
    text, furniture = take_out(lines, None)
    assert [line.text for line in furniture] == FURNITURE
    assert all(line.parted for line in text[1:])


def test_sentences_that_resemble_furniture_stay():
    prose = [
        "扫码点餐等新业态蓬勃发展，带动就业。",
        "责任编辑制度有待完善。",
        "2031年5月12日，会议召开。",
    ]
    text, furniture = take_out(split_lines("\n".join(prose)), None)
    assert [line.text for line in text] == prose
    assert furniture == []


def test_a_line_printed_again_and_again_is_a_running_head_unless_it_signs():
    head, byline = "云岭之声特刊", "青禾市政协主席 罗明川"
    source = "\n".join(f"{head}\n题目\n{byline}\n正文{n}。" for n in range(3))
    text, furniture = take_out(split_lines(source), None)
    assert [line.text for line in furniture] == [head] * 3
    assert sum(line.text == byline for line in text) == 3


def test_the_imprint_is_read_from_furniture():
    for printed in (
        "《云岭日报》（2031年05月12日 第 04 版）",
        "云岭日报  2031年05月12日  星期一  第04版",
    ):
        imprint = read_imprint(split_lines(printed))
        assert (imprint.newspaper, imprint.issue_date, imprint.page) == (
            "云岭日报",
            "2031年05月12日",
            "第04版",
        )
    assert read_imprint([]).newspaper == ""


def test_a_last_line_with_room_for_more_ends_its_paragraph():
    here, room = split_lines("白鹭县湿地的水清了十二分。\n近处是田埂")
    assert not Wrap(15, exact=False).fills(here, room)
    assert Wrap(15, exact=False).fills(*split_lines("白鹭县湿地的水清了十二分吗\n近处"))
    (long,) = split_lines("字" * 25)
    assert not Wrap(15, exact=True).fills(long)


def test_the_issuer_and_the_date_below_the_editors_note_are_no_part_of_it():
    text = (
        "青禾市政协经验交流会\n编者按：现将发言摘登如下。\n青禾市政协\n2025年9月20日\n"
        "守护一江清水\n青禾市政协主席　林清溪\n近年来，我市持续治水。\n"
    )
    digest = parse_digest(text)
    assert digest.editors_note == "编者按：现将发言摘登如下。"
    assert {"青禾市政协", "2025年9月20日"} <= set(digest.notes)
