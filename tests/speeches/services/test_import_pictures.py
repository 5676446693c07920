"""Pictures of a file: kept beside their paragraphs, decided on, and put into drafts."""

import io
from collections.abc import Sequence

import docx as python_docx
import pytest
from django.core.files.storage import default_storage

from speeches.enums import BatchState
from speeches.exceptions import ImportRefused
from speeches.models import Picture
from speeches.parsing.documents import SourcePicture
from speeches.services import (
    acceptance,
    block_edits,
    corrections,
    import_edits,
    import_pictures,
    imports,
    speech_edits,
)
from speeches.services.passages import illustrated
from tests.speeches.exporting.pictures import png

pytestmark = pytest.mark.django_db

TEXT = [
    "青禾市政协年度工作交流会发言摘编",
    "让每条小河都有人管",
    "青禾市政协委员　林清溪",
    "去年，我们走访了全市十二条小河，看到河道淤塞、岸线杂乱，群众意见很大。",
    "今年，我们推动建立了河长巡查制度，已经清理河道三十公里，水面干净了。",
    "下一步，我们将继续跟踪，让每条小河都有人管、管得好。",
]


@pytest.fixture
def editor(staff):
    return staff.editor


@pytest.fixture(autouse=True)
def storages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def document(*places: int, texts: Sequence[str] = TEXT) -> bytes:
    made = python_docx.Document()
    for place, text in enumerate(texts):
        made.add_paragraph(text)
        if place in places:
            made.add_picture(io.BytesIO(png(60 + place, 40)))
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def imported(editor, *places: int):
    batch, _new = imports.create_batch(data=document(*places), filename="交流会.docx", user=editor)
    return batch


def the_item(batch):
    return batch.items.get()


def pictures_by_text(item) -> dict[str, list[int]]:
    return {
        block["text"][:3]: [picture["number"] for picture in block["pictures"]]
        for block in item.blocks
        if block.get("pictures")
    }


def decide_names(item):
    item.names.update(choice="ignored")
    item.organization_choice = "ignored"
    item.save()


def test_a_picture_stands_behind_the_paragraph_it_followed(editor):
    batch = imported(editor, 3, 4)
    assert pictures_by_text(the_item(batch)) == {"去年，": [1], "今年，": [2]}
    assert [warning["code"] for warning in batch.warnings].count("pictures-kept") == 1
    assert {row.file.name.split("/")[1] for row in batch.pictures.all()} == {"pictures"}


def test_a_picture_in_front_of_all_paragraphs_stands_behind_the_first(editor):
    assert pictures_by_text(the_item(imported(editor, 0))) == {"去年，": [1]}


def test_a_speech_waits_until_its_pictures_are_decided(editor):
    batch = imported(editor, 3)
    decide_names(the_item(batch))
    with pytest.raises(ImportRefused, match="图片"):
        acceptance.accept(batch=batch, user=editor)
    import_pictures.leave(batch=batch, user=editor, number=1)
    (speech,) = acceptance.accept(batch=batch, user=editor).created
    assert "<img" not in speech.body


def test_a_picture_is_used_only_with_words(editor):
    batch = imported(editor, 3)
    with pytest.raises(ImportRefused):
        import_pictures.keep(batch=batch, user=editor, number=1, alt="  ")


def test_the_draft_shows_a_picture_behind_its_paragraph_with_its_words(editor):
    batch = imported(editor, 3, 4)
    decide_names(the_item(batch))
    import_pictures.keep(batch=batch, user=editor, number=1, alt="淤塞的“小河” <前>")
    import_pictures.leave(batch=batch, user=editor, number=2)
    (speech,) = acceptance.accept(batch=batch, user=editor).created
    first, figure, second, _third = speech.body.split("\n")
    assert first.startswith('<p id="p1">去年')
    assert second.startswith('<p id="p2">今年')
    assert figure.startswith('<figure><img src="/media/pictures/')
    assert 'alt="淤塞的“小河” &lt;前&gt;"' in figure
    address = figure.split('"')[1].removeprefix("/media/")
    assert default_storage.exists(address)
    in_library = Picture.objects.get()
    assert (in_library.name, in_library.words) == (address, "淤塞的“小河” <前>")
    assert in_library.uploaded_by == editor
    batch.refresh_from_db()
    assert batch.state == BatchState.ACCEPTED


def test_a_picture_that_the_text_shows_is_not_put_in_again(editor):
    batch = imported(editor, 3)
    import_pictures.keep(batch=batch, user=editor, number=1, alt="小河")
    item = the_item(batch)
    body = import_pictures.illustrate(
        item=item, body='<p id="p1">去年</p>', anchors={0: "p1"}, user=editor
    )
    assert body.count("<img") == 1
    assert not import_pictures.are_missing(item=item, body=body)
    again = import_pictures.illustrate(item=item, body=body, anchors={0: "p1"}, user=editor)
    assert again == body


def test_pictures_go_with_their_paragraphs_and_come_back(editor):
    batch = imported(editor, 3, 4)
    item = the_item(batch)
    before = pictures_by_text(item)
    first, second, third = (block["key"] for block in item.blocks)
    common = {"batch": batch, "user": editor, "item_pk": item.pk}

    def undone():
        import_edits.undo(batch=batch, user=editor)
        return pictures_by_text(the_item(batch)) == before

    block_edits.join_block(**common, key=second)
    assert pictures_by_text(the_item(batch)) == {"去年，": [1, 2]}
    assert undone()
    block_edits.cut_block(**common, key=first, texts=["去年，我们走访。", "看到淤塞。"])
    assert pictures_by_text(the_item(batch)) == {"看到淤": [1], "今年，": [2]}
    assert undone()
    block_edits.make_title(**common, key=second)
    assert pictures_by_text(the_item(batch))["去年，"] == [1, 2]
    assert undone()
    new = speech_edits.split(**common, key=second)
    assert pictures_by_text(new) == {"今年，": [2]}
    assert undone()
    block_edits.move_block(**common, key=first, to_pk=None)
    assert [picture["number"] for picture in batch.aside[-1]["pictures"]] == [1]
    assert undone()
    import_pictures.attach(**common, key=third, number=1)
    assert pictures_by_text(the_item(batch)) == {"今年，": [2], "下一步": [1]}
    assert undone()
    import_pictures.leave(batch=batch, user=editor, number=2)
    assert undone()
    assert import_pictures.undecided(the_item(batch)) == 2


def test_a_corrected_text_keeps_the_pictures_of_deleted_paragraphs(editor):
    batch = imported(editor, 3, 4)
    item = the_item(batch)
    corrections.correct_item(
        item=item,
        user=editor,
        title=item.title,
        byline=item.byline,
        organization_printed=item.organization_printed,
        posts=item.posts,
        speakers=["林清溪"],
        paragraphs=[TEXT[5]],
    )
    assert pictures_by_text(the_item(batch)) == {"下一步": [1, 2]}


def test_a_picture_behind_no_paragraph_is_told_and_can_be_placed(editor):
    batch = imported(editor, 3)
    item = the_item(batch)
    for block in item.blocks:
        block.pop("pictures", None)
    item.save()
    assert [row.number for row in import_pictures.loose(batch)] == [1]
    import_pictures.attach(
        batch=batch, user=editor, number=1, item_pk=item.pk, key=item.blocks[-1]["key"]
    )
    assert import_pictures.loose(batch) == []


def test_what_is_no_picture_is_left_out():
    bad = SourcePicture("image/png", b"\x89PNG\r\n\x1a\nnothing", 0)
    assert import_pictures.encoded([bad]) == []


def test_pictures_of_one_paragraph_keep_their_order():
    body = '<p id="p1">甲</p><ul><li>乙</li></ul>'
    made = illustrated(body, [("p1", "/media/a.png", "子"), ("p1", "/media/b.png", "丑")])
    assert made.index("甲") < made.index("a.png") < made.index("b.png") < made.index("乙")
