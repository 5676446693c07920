import pytest

from speeches.exporting.plaintext import render
from speeches.parsing import parse_digest
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech


def test_our_importer_reads_the_speeches_in_order():
    document = digest(speeches=tuple(speech(n) for n in (1, 2, 4)), work_items=())
    read = parse_digest(render(document).decode())
    assert [piece.title.split() for piece in read.speeches] == [
        piece.title.split() for piece in document.speeches
    ]
    assert [piece.paragraphs for piece in read.speeches] == [
        tuple(block.text for block in piece.blocks) for piece in document.speeches
    ]


def test_lists_tables_and_pictures_are_told_in_words():
    text = render(digest(speeches=(speech(3),))).decode()
    assert "　　2. 坚持结果导向。\n　　• 年初有计划；\n" in text
    assert "　　2024　212　98.1%\n" in text
    assert "　　（图）委员在白鹭湖调研\n" in text
    assert "1.协商议事室建到群众家门口（青禾市政协）：提交提案19件" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    document = hostile_digest(text)
    assert f"　　{document.speeches[0].blocks[1].text}\n" in render(document).decode()
