"""Pictures of a file in the workbench: shown, decided on, and hidden from everybody else."""

import pytest
from django.urls import reverse

from speeches.models import ImportBatch
from speeches.services import imports
from tests.speeches.admin.conftest import messages_of
from tests.speeches.admin.test_import_workbench import block, send
from tests.speeches.services.test_import_pictures import document


@pytest.fixture
def batch(staff) -> ImportBatch:
    return imports.create_batch(data=document(3), filename="交流会.docx", user=staff.editor)[0]


def picture_address(batch) -> str:
    return reverse("admin:speeches_importbatch_picture", args=[batch.pk, 1])


def test_a_picture_is_shown_beside_its_paragraph(sit_down, batch):
    client = sit_down("editor")
    page = client.get(reverse("admin:speeches_importbatch_change", args=[batch.pk]))
    assert f'src="{picture_address(batch)}"' in page.text
    answer = client.get(picture_address(batch))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"


def test_readers_and_other_editors_see_no_picture(client, sit_down, batch, staff):
    assert client.get(picture_address(batch)).status_code == 302
    ImportBatch.objects.update(created_by=staff.final)
    assert sit_down("editor").get(picture_address(batch)).status_code in {403, 404}


def test_all_undecided_pictures_are_left_out_by_one_button(sit_down, staff):
    batch, _new = imports.create_batch(data=document(3, 4), filename="会.docx", user=staff.editor)
    client = sit_down("editor")
    page = reverse("admin:speeches_importbatch_change", args=[batch.pk])
    send(client, batch, "keep:1", **{"alt-1": "小河"})
    assert 'value="unused-rest"' in client.get(page).text
    assert "1幅图片不采用" in messages_of(send(client, batch, "unused-rest"))
    shown = [each for block in batch.items.get().blocks for each in block.get("pictures", ())]
    assert [picture["choice"] for picture in shown] == ["keep", "leave"]
    assert 'value="unused-rest"' not in client.get(page).text


def test_a_picture_is_used_with_words_and_left_out_by_buttons(sit_down, batch):
    client = sit_down("editor")
    assert "请写明" in messages_of(send(client, batch, "keep:1"))
    assert "采用图片1" in messages_of(send(client, batch, "keep:1", **{"alt-1": "小河"}))
    item = batch.items.get()
    item.refresh_from_db()
    assert item.blocks[0]["pictures"] == [{"number": 1, "choice": "keep", "alt": "小河"}]
    assert "不采用图片1" in messages_of(send(client, batch, "unused:1"))
    send(client, batch, "attach:1", block=block(item, 2))
    item.refresh_from_db()
    assert item.blocks[2]["pictures"][0]["choice"] == "leave"
    assert "没有这幅图片" in messages_of(send(client, batch, "keep:x"))
