import json
from dataclasses import fields

from speeches.exporting.document import DigestDocument, DigestFigure, DigestSpeech, DigestWorkItem
from speeches.exporting.json_digest import EXPORTER, FORMAT, render
from tests.speeches.exporting.samples import digest, speech


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_every_field_of_the_document_is_told() -> None:
    told = json.loads(render(digest()))
    assert told.pop("format") == FORMAT
    assert set(told) == names(DigestDocument)
    assert set(told["speeches"][0]) == names(DigestSpeech)
    assert set(told["work_items"][0]) == names(DigestWorkItem)
    assert set(told["work_items"][0]["figures"][0]) == names(DigestFigure)


def test_dates_are_iso_and_open_sides_of_figures_are_null() -> None:
    told = json.loads(render(digest(end_date=None)))
    assert (told["start_date"], told["end_date"]) == ("2026-03-05", None)
    figure = told["work_items"][1]["figures"][0]
    assert (figure["low"], figure["high"], figure["claim"]) == (5.04e9, 5.04e9, "target")


def test_text_is_chinese_to_the_eye_and_reads_back() -> None:
    hostile = '</script>"\\\u2028\n“甲”'
    content = render(digest(speeches=(speech(1, title=hostile),)))
    assert json.loads(content)["speeches"][0]["title"] == hostile
    assert "云岭省政协办公厅" in content.decode()


def test_blocks_keep_their_kind_and_looks() -> None:
    told = json.loads(render(digest()))
    kinds = {block["kind"] for block in told["speeches"][2]["blocks"]}
    assert kinds == {"paragraph", "heading", "list_item", "quote", "table", "image"}
    runs = [run for block in told["speeches"][2]["blocks"] for run in block["runs"]]
    assert [run["text"] for run in runs if run["superscript"]] == ["4"]


def test_equal_documents_give_equal_bytes() -> None:
    assert render(digest()) == render(digest())
    assert EXPORTER.notices(digest()) == ()
