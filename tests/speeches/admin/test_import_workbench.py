"""The workbench's buttons as plain forms: every step without a script."""

import pytest
from django.urls import reverse

from organizations.models import Organization, Speaker
from speeches.enums import BatchState, ItemState, NameChoice
from speeches.models import ImportBatch, ImportedName, WorkItem
from speeches.services.highlights import candidates
from tests.speeches.admin.conftest import SAMPLE, messages_of
from tests.speeches.admin.test_imports import address, upload


@pytest.fixture
def batch(sit_down) -> ImportBatch:
    upload(sit_down("editor"), SAMPLE.encode())
    return ImportBatch.objects.get()


def send(client, batch, do: str, **fields):
    return client.post(address(batch, "edit"), {"do": do, **fields}, follow=True)


def block(item, number: int) -> str:
    item.refresh_from_db()
    return f"{item.pk}:{item.blocks[number]['key']}"


@pytest.mark.parametrize(
    ("do", "told"),
    [
        ("up", "已在本篇内移动"),
        ("down", "已在本篇内移动"),
        ("split", "已拆分第1篇"),
        ("join", "并入上段"),
        ("title", "设为题目"),
        ("byline", "设为署名"),
        ("aside", "移出正文"),
    ],
)
def test_every_button_is_a_step_that_is_told_and_undone(sit_down, batch, do, told):
    client, item = sit_down("editor"), batch.items.first()
    before = [list(row.blocks) for row in batch.items.all()]
    response = send(client, batch, do, block=block(item, 1))
    assert told in messages_of(response)
    assert "已撤销" in messages_of(send(client, batch, "undo"))
    assert [list(row.blocks) for row in batch.items.all()] == before


def test_a_paragraph_goes_to_the_speech_whose_number_is_typed(sit_down, batch):
    client, (first, second) = sit_down("editor"), batch.items.all()
    chosen = block(first, 0)
    response = send(client, batch, "move", block=chosen, number="2")
    assert block(second, -1).partition(":")[2] == chosen.partition(":")[2]
    assert response.redirect_chain[-1][0].endswith(f"#block-{chosen.partition(':')[2]}")


def test_a_paragraph_is_cut_in_two(sit_down, batch):
    item = batch.items.first()
    fields = {"block": block(item, 0), "text": "头一段。\r\n后一段。"}
    send(sit_down("editor"), batch, "cut", **fields)
    item.refresh_from_db()
    assert item.paragraphs[:2] == ["头一段。", "后一段。"]


def test_whole_speeches_are_ordered_left_out_taken_back_and_merged(sit_down, batch):
    client, (first, second) = sit_down("editor"), batch.items.all()
    send(client, batch, f"place:{second.pk}", **{f"place-{second.pk}": "1"})
    assert list(batch.items.all()) == [second, first]
    send(client, batch, f"leave:{first.pk}")
    assert batch.items.get(pk=first.pk).state == ItemState.SKIPPED
    assert "恢复这一篇" in client.get(address(batch)).content.decode()
    send(client, batch, f"take:{first.pk}")
    send(client, batch, f"merge:{first.pk}")
    assert batch.items.get() == second


@pytest.mark.parametrize(
    ("do", "fields", "told"),
    [
        ("nothing", {}, "没有这一操作"),
        ("up", {}, "请先选择一个段落"),
        ("up", {"block": "0:1"}, "请先把这段文字移入一篇发言"),
        ("up", {"block": "999:1"}, "已处理过"),
        ("move", {"block": "0:99", "number": "7"}, "第几篇"),
        ("merge:x", {}, "没有这篇发言"),
        ("place:1", {}, "用数字填写位置"),
        ("undo", {}, "没有可以撤销的操作"),
    ],
)
def test_a_wrong_step_is_refused_in_chinese(sit_down, batch, do, fields, told):
    assert told in messages_of(send(sit_down("editor"), batch, do, **fields))


def test_the_second_editor_is_told_who_was_first(sit_down, office, batch):
    office["root"].last_name, office["root"].first_name = "罗", "一鸣"
    office["root"].save()
    item = batch.items.first()
    fields = {"block": block(item, 1), "version": "0"}
    send(sit_down("root"), batch, "up", **fields)
    response = send(sit_down("editor"), batch, "up", **fields)
    assert "罗一鸣在" in messages_of(response)
    accepted = sit_down("editor").post(
        address(batch, "accept"), {"all": "1", "version": "0"}, follow=True
    )
    assert "罗一鸣在" in messages_of(accepted)


def test_a_colleague_without_the_right_to_see_a_file_changes_nothing(sit_down, batch):
    item = batch.items.first()
    client = sit_down("neighbour")
    for name in ("edit", "rename", "names", "work", "accept", "discard"):
        fields = {"do": "up", "block": block(item, 1), "all": "1"}
        assert client.post(address(batch, name), fields).status_code == 403
    for name in ("names", "work", "progress"):
        assert client.get(address(batch, name)).status_code == 403
    batch.refresh_from_db()
    assert batch.version == 0


def test_a_name_is_corrected_in_the_whole_file(sit_down, batch):
    client = sit_down("editor")
    fields = {"old": "秦远山", "new": "秦原山", "in_text": "on"}
    response = client.post(address(batch, "rename"), fields, follow=True)
    assert "“秦远山”已改为“秦原山”" in messages_of(response)
    assert ImportedName.objects.filter(printed="秦原山").exists()


def test_a_body_is_decided_and_the_decision_changed(sit_down, batch):
    client = sit_down("editor")
    known = Organization.objects.create(name="政协青禾市委员会")
    fields = {"kind": "body", "printed": "青禾市政协", "body": ""}
    client.post(address(batch, "names"), {**fields, "choice": "other", "other": known.pk})
    item = batch.items.first()
    assert (item.organization, item.organization_choice) == (known, NameChoice.EXISTING)
    page = client.get(address(batch, "names")).content.decode()
    assert "已有单位：政协青禾市委员会" in page.replace("\n", "")
    client.post(address(batch, "names"), {**fields, "choice": "new", "note": "青禾市政协机关"})
    assert batch.items.first().organization_name == "青禾市政协机关"


def test_a_decided_name_opens_again(sit_down, batch):
    client = sit_down("editor")
    page = client.get(address(batch, "names"))
    anchor = page.context["rows"][0]["anchor"]
    opened = client.get(address(batch, "names"), {"open": anchor}).content.decode()
    assert "“秦远山”是谁？" in opened


def test_highlighted_work_is_retitled_tagged_joined_and_dropped(sit_down, batch):
    client, (first, second) = sit_down("editor"), batch.items.all()
    rows = [(item, row) for item in (first, second) for row in candidates(item)]
    fields = {}
    for item, row in rows:
        fields[f"title-{item.pk}-{row.key}"] = f"新题{row.key}"
        fields[f"tags-{item.pk}-{row.key}"] = "协商、民生"
        if item == first:
            fields[f"take-{item.pk}-{row.key}"] = "on"
    lead, follower = candidates(first)
    fields["do"] = f"join:{first.pk}:{follower.key}"
    client.post(address(batch, "work"), fields)
    page = client.get(address(batch, "work")).content.decode()
    assert f'value="新题{lead.key}"' in page
    assert "重新拆开" in page
    client.post(address(batch, "accept"), {"all": "1"})
    assert [work.title for work in WorkItem.objects.all()] == [f"新题{lead.key}"]
    assert WorkItem.objects.get().topic_names() == ["协商", "民生"]


def test_a_file_in_reading_shows_how_far_it_is(sit_down, batch):
    client = sit_down("editor")
    batch.state = BatchState.READING
    batch.progress = {"stage": "order", "done": 3, "total": 6, "at": "2026-01-01T00:00:00+08:00"}
    batch.save()
    page = client.get(address(batch)).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "还原阅读次序" in page
    told = client.get(address(batch, "progress")).json()
    assert told["reading"] is True
    assert told["percent"] == 35
    assert told["stages"]["order"] == {"state": "doing", "detail": "3 / 6"}
    client.post(address(batch, "reread"))
    assert client.get(address(batch, "progress")).json()["reading"] is False


def test_a_file_that_no_worker_has_taken_up_says_that_it_waits(sit_down, batch):
    batch.state = BatchState.READING
    batch.progress = {"stage": None, "done": 0, "total": 1}
    batch.save()
    told = sit_down("editor").get(address(batch, "progress")).json()
    assert told["percent"] == 0
    assert [row["detail"] != "" for row in told["stages"].values()] == [True] + [False] * 4


def test_a_damaged_file_says_why_and_can_be_read_again(sit_down):
    client = sit_down("editor")
    response = upload(client, b"PK\x03\x04" + b"\0" * 200)
    assert "损坏" in response.content.decode()
    batch = ImportBatch.objects.get()
    again = client.post(address(batch, "reread"), {"encoding": "gb18030"}, follow=True)
    assert "损坏" in again.content.decode()
    assert reverse("admin:speeches_importbatch_add") in again.content.decode()


def test_a_homonym_keeps_its_note(sit_down, batch):
    Speaker.objects.create(name="江小舟")
    fields = {"kind": "person", "printed": "江小舟", "body": "白鹭县政协", "note": "白鹭"}
    sit_down("editor").post(address(batch, "names"), {**fields, "choice": "homonym"})
    name = ImportedName.objects.get(printed="江小舟")
    assert (name.choice, name.note) == (NameChoice.HOMONYM, "白鹭")
