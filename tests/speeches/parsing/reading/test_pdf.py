"""PDFs made with Typst, each line placed by itself in the order wanted."""

import json
import random
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
import typst

from speeches.parsing import UnreadableFile, parse_digest, read_file
from speeches.parsing.reading import pdf

SIZE, STEP, WIDTH = 10, 15, 17
TEMPLATE = b"""
#let pages = json(bytes(sys.inputs.pages))
#set page(width: 640pt, height: 900pt, margin: 0pt)
#set text(font: "Noto Serif SC", lang: "zh", top-edge: "ascender", bottom-edge: "descender")
#for (number, lines) in pages.enumerate() {
  if number > 0 { pagebreak() }
  for line in lines {
    place(dx: line.x * 1pt, dy: line.y * 1pt, text(size: line.size * 1pt, line.text))
  }
}
"""
SENTENCES = (
    "青禾市政协把协商桌搬到田埂上，",
    "委员走村入户听取意见一百余条，",
    "白鹭县湿地的水一年比一年清。",
    "老人们说如今办事少跑了许多路，",
    "竹编作坊的订单排到了第二年春天，",
    "乡镇卫生院添了新设备和年轻医生。",
    "云坪村的药农头一回在网上开了店，",
    "鹤湾区的楼道里装上了新的扶手。",
)
NAMES = ("林清溪", "江照野", "贺兰舟", "叶知秋", "陆行舟", "秦牧晚", "苏望舒", "温若水", "顾南星")


@dataclass(frozen=True)
class Placed:
    """A line of text and its place on the page, in points from the upper left corner."""

    x: float
    y: float
    size: float
    text: str


@cache
def fonts():
    folder = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def typeset(*pages):
    told = json.dumps([[asdict(line) for line in page] for page in pages])
    return typst.compile(TEMPLATE, sys_inputs={"pages": told}, font_paths=fonts())


def speech(number, dice, paragraphs=3):
    texts = [
        f"{'一二三四五'[place]}、" + "".join(dice.choices(SENTENCES, k=dice.randint(3, 6)))
        for place in range(paragraphs)
    ]
    texts = [text[:-1] + "。" for text in texts]
    return f"第{number}村的新日子", f"青禾市第{number}县政协主席　{NAMES[number]}", texts


def wrapped(speeches):
    """The lines of a column, with how far each is set in, and the last without its wrap."""
    for title, byline, texts in speeches:
        yield 3, title
        yield 2, byline
        for text in texts:
            yield 2, text[: WIDTH - 2]
            for start in range(WIDTH - 2, len(text), WIDTH):
                yield 0, text[start : start + WIDTH]


def column(speeches, x, y):
    return [
        Placed(x + inset * SIZE, y + row * STEP, SIZE, text)
        for row, (inset, text) in enumerate(wrapped(speeches))
    ]


def three_columns(seed):
    dice = random.Random(seed)  # noqa: S311 - the same page each time
    speeches = [speech(number, dice) for number in range(6)]
    title = Placed(120, 20, 24, "青禾市政协工作经验交流会发言摘登")
    columns = [
        column(speeches[place * 2 : place * 2 + 2], 20 + place * 205, 80) for place in range(3)
    ]
    return speeches, title, columns


def order(name, columns, seed):
    if name == "natural":
        return [line for lines in columns for line in lines]
    if name == "by rows":
        return sorted((line for lines in columns for line in lines), key=lambda at: (at.y, at.x))
    lines = [line for lines in columns for line in lines]
    random.Random(seed).shuffle(lines)  # noqa: S311 - the same page each time
    return lines


def common(gold, read):
    """The share of ``gold`` in its longest common subsequence with ``read``."""
    row = [0] * (len(read) + 1)
    for char in gold:
        before = 0
        for place, other in enumerate(read, start=1):
            here = row[place]
            row[place] = before + 1 if char == other else max(here, row[place - 1])
            before = here
    return row[-1] / len(gold)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["natural", "by rows", "shuffled"])
def test_three_columns_are_read_whatever_the_order_of_the_file(name, seed):
    speeches, title, columns = three_columns(seed)
    source = read_file(typeset([title, *order(name, columns, seed)]))
    gold = "".join(title + byline + "".join(texts) for title, byline, texts in speeches)
    assert common(gold, source.text.replace("\n", "")) >= 0.98
    digest = parse_digest(source.text)
    assert [
        (read.title, read.byline, list(read.paragraphs)) for read in digest.speeches
    ] == speeches
    assert (digest.lost, digest.invented) == ("", "")


def test_a_newspaper_page_of_five_three_and_two_columns_is_read():
    dice = random.Random(5)  # noqa: S311 - the same page each time
    lines, gold, y = [Placed(150, 10, 20, "青禾市政协大会发言摘登")], "", 60
    for columns, rows in ((5, 17), (3, 12), (2, 8)):
        width = 600 / columns
        size = width / (WIDTH + 2)
        for place in range(columns):
            text = "".join(dice.choices(SENTENCES, k=40))[: WIDTH * rows]
            gold += text
            lines += [
                Placed(20 + place * width, y + row * size * 1.5, size, text[start : start + WIDTH])
                for row, start in enumerate(range(0, len(text), WIDTH))
            ]
        y += rows * size * 1.5 + 12
    dice.shuffle(lines)
    assert y < 900
    assert common(gold, pdf.read(typeset(lines)).text.replace("\n", "")) >= 0.92


def test_page_numbers_and_running_heads_are_told_and_left_out():
    def page(number, text):
        return [
            Placed(20, 10, 8, "云岭政协报"),
            *(Placed(20, 100 + row * STEP, SIZE, text) for row in range(3)),
            Placed(300, 880, 8, f"— {number} —"),
        ]

    source = pdf.read(typeset(page(1, SENTENCES[0]), page(2, SENTENCES[1])))
    assert "云岭政协报" not in source.text
    (warning,) = source.warnings
    assert "云岭政协报" in warning.message
    assert "— 2 —" in warning.message


def test_a_sentence_that_ends_two_pages_is_no_furniture():
    def page(rows):
        return [Placed(20, 840 - row * STEP, SIZE, f"第{row}行的文字") for row in range(rows)] + [
            Placed(20, 855, SIZE, "惠及群众。"),
            Placed(20, 870 + rows, SIZE, "另一行"),
        ]

    assert pdf.read(typeset(page(3), page(4))).text.count("惠及群众。") == 2


def test_a_paragraph_goes_on_over_the_page():
    first = [Placed(20, 100 + row * STEP, SIZE, "字" * WIDTH) for row in range(5)]
    second = [
        Placed(20, 100, SIZE, "字字完。"),
        Placed(40, 100 + STEP, SIZE, "下一段" * 5),
        Placed(20, 100 + 2 * STEP, SIZE, "字" * WIDTH),
    ]
    lines = pdf.read(typeset(first, second)).text.split("\n")
    assert lines == ["字" * WIDTH * 5 + "字字完。", "下一段" * 5 + "字" * WIDTH]


def test_characters_of_rare_names_are_read():
    assert pdf.read(typeset([Placed(20, 20, SIZE, "林𬭎与田野")])).text == "林𬭎与田野"


def test_a_pdf_without_text_is_told_to_be_scanned():
    with pytest.raises(UnreadableFile, match="扫描"):
        pdf.read(typeset([]))


def test_a_truncated_pdf_is_refused():
    whole = typeset([Placed(20, 20, SIZE, "正文")])
    with pytest.raises(UnreadableFile, match="损坏"):
        pdf.read(whole[: len(whole) // 3])


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(UnreadableFile, match="1页的上限"):
        pdf.read(typeset([], []))


def test_an_encrypted_pdf_is_refused():
    with pytest.raises(UnreadableFile, match="密码"):
        pdf.read(ENCRYPTED)


ENCRYPTED = (
    b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
3 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O<"""
    + b"11" * 32
    + b""">/U<"""
    + b"22" * 32
    + b""">>>endobj
trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>
%%EOF
"""
)
