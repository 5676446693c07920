"""The import workbench, from the upload to the drafts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.colleagues import name_of
from organizations.models import Appointment, Organization, Speaker
from speeches.admin.import_forms import ItemForm
from speeches.enums import BatchState, ItemState, NameChoice
from speeches.models import ImportBatch, ImportedName, Meeting, Speech
from tests.speeches.admin.conftest import SAMPLE, messages_of

ADD = "/admin/speeches/importbatch/add/"


def upload(client, data: bytes, name: str = "摘登.txt", **fields):
    file = SimpleUploadedFile(name, data)
    return client.post(ADD, {"file": file, **fields}, follow=True)


@pytest.fixture
def batch(sit_down) -> ImportBatch:
    upload(sit_down("editor"), SAMPLE.encode())
    return ImportBatch.objects.get()


def address(batch: ImportBatch, name: str = "change", *args) -> str:
    return reverse(f"admin:speeches_importbatch_{name}", args=[batch.pk, *args])


def item_data(item, **changes) -> dict:
    form = ItemForm.for_item(item)
    values = {**form.initial, "posts": "、".join(item.posts)}
    values["speakers"] = "、".join(form.initial["speakers"])
    return {f"{form.prefix}-{key}": value for key, value in {**values, **changes}.items()}


def test_from_the_upload_to_the_drafts(sit_down, batch):
    client = sit_down("editor")
    page = client.get(address(batch)).content.decode()
    assert "凝聚共识" in page
    assert "秦远山" in page
    assert "多于200人，少于300人" in page
    response = client.post(address(batch, "accept"), {"all": "1"}, follow=True)
    assert "新建草稿 2 篇" in messages_of(response)
    batch.refresh_from_db()
    assert batch.state == BatchState.ACCEPTED
    assert Meeting.objects.get().title == batch.meeting_title
    speech = Speech.objects.get(position=1)
    assert speech.posts_printed == ["党组书记", "主席"]
    assert [credit.speaker.name for credit in speech.credits.all()] == ["秦远山"]


def test_nothing_exists_before_it_is_accepted(batch):
    assert not Speech.objects.exists()
    assert not Speaker.objects.exists()
    assert not Organization.objects.exists()


def test_the_same_file_again_leads_to_the_batch_that_is_there(sit_down, batch):
    response = upload(sit_down("editor"), SAMPLE.encode(), name="另一个名字.txt")
    assert response.redirect_chain[-1][0] == address(batch)
    assert "此前已导入" in messages_of(response)
    assert ImportBatch.objects.count() == 1


def test_a_file_a_colleague_imported_names_that_colleague(sit_down, batch, office):
    response = upload(sit_down("neighbour"), SAMPLE.encode())
    assert f"{name_of(office['editor'])}已导入过这个文件" in response.content.decode()
    assert sit_down("neighbour").get(address(batch)).status_code == 302


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空"),
        (b"   \n\n", "只有空白"),
        (b"PK\x03\x04" + b"\0" * 200, "损坏"),
        (b"\x00\x01\x02" * 100, "不是纯文本"),
        ("只有一行字".encode(), "没有找到发言"),
    ],
    ids=["empty", "blank", "zip", "binary", "no speech"],
)
def test_a_bad_file_gets_a_clear_message_and_makes_nothing(sit_down, data, told):
    response = upload(sit_down("editor"), data)
    assert told in response.content.decode()
    assert not ImportBatch.objects.exclude(state=BatchState.FAILED).exists()
    assert not Speech.objects.exists()


def test_big5_can_be_named(sit_down):
    text = SAMPLE.replace("凝聚共识　服务青禾发展", "凝聚共識　服務青禾發展")
    traditional = text.encode("big5", errors="ignore")
    response = upload(sit_down("editor"), traditional, encoding="big5")
    assert "凝聚共識" in response.content.decode()


def test_title_and_date_given_at_the_upload_win(sit_down):
    fields = {"title": "另定的会议名称", "held_on": "2026-03-05"}
    upload(sit_down("editor"), SAMPLE.encode(), **fields)
    batch = ImportBatch.objects.get()
    assert (batch.meeting_title, str(batch.meeting_date)) == ("另定的会议名称", "2026-03-05")


def test_the_meeting_is_corrected_before_accepting(sit_down, batch):
    client = sit_down("editor")
    data = {"title": "改正的会议名称", "held_on": "2026-03-05"}
    client.post(address(batch, "meeting"), data)
    client.post(address(batch, "accept"), {"all": "1"})
    meeting = Meeting.objects.get()
    assert (meeting.title, str(meeting.start_date)) == ("改正的会议名称", "2026-03-05")
    response = client.post(address(batch, "meeting"), data, follow=True)
    assert "已处理完毕" in messages_of(response)


def test_a_speech_is_corrected_before_accepting(sit_down, batch):
    client, item = sit_down("editor"), batch.items.first()
    data = item_data(
        item, title="改正的标题", posts="主席", paragraphs="头一段，办实事88件。\r\n\r\n末一段。"
    )
    client.post(address(batch, "items", item.pk), data)
    item.refresh_from_db()
    assert item.title == "改正的标题"
    assert item.posts == ["主席"]
    assert item.paragraphs == ["头一段，办实事88件。", "末一段。"]
    assert any("88件" in figure["text"] for figure in item.figures)


def test_a_correction_without_text_is_refused_and_keeps_what_was_typed(sit_down, batch):
    item = batch.items.first()
    data = item_data(item, title="新标题还在", paragraphs="   ")
    response = sit_down("editor").post(address(batch, "items", item.pk), data)
    assert response.status_code == 200
    assert "新标题还在" in response.content.decode()
    assert batch.items.get(pk=item.pk).title == item.title


def test_another_name_is_asked_for(sit_down, batch):
    item = batch.items.first()
    data = item_data(item, speakers="秦远山、顾新")
    sit_down("editor").post(address(batch, "items", item.pk), data)
    assert [name.printed for name in item.names.all()] == ["秦远山", "顾新"]


@pytest.fixture
def homonym(db) -> Speaker:
    """Return another person of a name that the file holds."""
    person = Speaker.objects.create(name="秦远山")
    body = Organization.objects.create(name="临江市政协")
    Appointment.objects.create(speaker=person, organization=body, post_title="主席")
    return person


def decide(client, batch, **fields):
    data = {"kind": "person", "printed": "秦远山", "body": "青禾市政协", **fields}
    response = client.post(address(batch, "names"), data, follow=True)
    return ImportedName.objects.get(printed="秦远山"), response


def test_an_ambiguous_name_blocks_accepting_until_it_is_decided(homonym, sit_down, batch):
    client = sit_down("editor")
    page = client.get(address(batch, "names")).content.decode()
    assert "秦远山　临江市政协主席" in page
    assert "同名，单位不同" in page
    response = client.post(address(batch, "accept"), {"all": "1"}, follow=True)
    assert "请确认“秦远山”是谁" in messages_of(response)
    assert not Speech.objects.exists()
    name, _response = decide(client, batch, choice="homonym", note="青禾")
    assert (name.choice, name.note) == (NameChoice.HOMONYM, "青禾")
    client.post(address(batch, "accept"), {"all": "1"})
    assert set(Speaker.objects.filter(name="秦远山").values_list("note", flat=True)) == {"", "青禾"}


def test_a_name_is_an_existing_speaker(homonym, sit_down, batch):
    name, _response = decide(sit_down("editor"), batch, choice=f"existing:{homonym.pk}")
    assert (name.choice, name.speaker) == (NameChoice.EXISTING, homonym)


def test_a_name_may_be_somebody_printed_otherwise(sit_down, batch):
    person = Speaker.objects.create(name="秦原山")
    name, _response = decide(sit_down("editor"), batch, choice="other", other=person.pk)
    assert name.speaker == person
    sit_down("editor").post(address(batch, "accept"), {"all": "1"})
    assert [variant.name for variant in person.variants.all()] == ["秦远山"]


def test_choosing_somebody_else_needs_to_say_whom(sit_down, batch):
    name, response = decide(sit_down("editor"), batch, choice="other")
    assert "请从已有资料中选择" in response.content.decode()
    assert name.choice == NameChoice.NEW


def test_some_speeches_are_accepted_and_the_rest_stays(sit_down, batch):
    client, first = sit_down("editor"), batch.items.first()
    client.post(address(batch, "accept"), {"item": [first.pk]})
    batch.refresh_from_db()
    assert batch.state == BatchState.OPEN
    assert [item.state for item in batch.items.all()] == [ItemState.CREATED, ItemState.PENDING]
    response = client.post(address(batch, "accept"), {}, follow=True)
    assert "请至少勾选一篇" in messages_of(response)


def test_accepting_twice_creates_nothing_twice(sit_down, batch):
    for _round in range(2):
        sit_down("editor").post(address(batch, "accept"), {"all": "1"})
    assert Speech.objects.count() == 2


def test_a_discarded_file_makes_no_drafts(sit_down, batch):
    client = sit_down("editor")
    client.post(address(batch, "discard"))
    response = client.post(address(batch, "accept"), {"all": "1"}, follow=True)
    assert "已处理完毕" in messages_of(response)
    assert not Speech.objects.exists()


def test_reviewers_look_but_do_not_accept(sit_down, batch):
    client = sit_down("first")
    page = client.get(address(batch))
    assert page.context["is_open"] is False
    items = (batch.items.first().pk,)
    forms = (("accept", ()), ("discard", ()), ("edit", ()), ("rename", ()), ("names", ()))
    for name, args in (*forms, ("work", ()), ("items", items)):
        assert client.post(address(batch, name, *args), {"all": "1"}).status_code == 403
    assert client.get(ADD).status_code == 403


def test_every_page_takes_the_same_number_of_queries_for_any_number_of_speeches(sit_down):
    client = sit_down("editor")
    counts, given = [], "一二三四五六七八九十春秋"
    for speeches in (2, 12):
        blocks = "\n".join(
            f"发言标题第{number}号\n\n第{number}县政协主席　江{given[number]}舟\n\n"
            f"本县政协全年办实事{number + 20}件，群众满意。\n\n下一步，我们将继续努力。\n"
            for number in range(speeches)
        )
        upload(client, f"云岭省政协经验交流会\n\n{blocks}".encode())
        latest = ImportBatch.objects.latest("pk")
        spent = [latest.items.count()]
        for name in ("change", "names", "work"):
            with CaptureQueriesContext(connection) as captured:
                client.get(address(latest, name))
            spent.append(len(captured))
        counts.append(spent)
    assert counts[0][0] < counts[1][0]
    assert counts[0][1:] == counts[1][1:]


def test_moved_paragraphs_lead_to_their_place_and_back_and_tell_why(sit_down, batch):
    item = batch.items.first()
    first, second = item.blocks[:2]
    moved = {
        **second["runs"][0],
        "column": 1,
        "moved": True,
        "evidence": ["序号“二”在后"],
        "confidence": 0.9,
    }
    second["runs"] = [moved]
    item.save()
    page = sit_down("editor").get(address(batch)).content.decode()
    assert f'id="source-{moved["start"]}" data-key="{second["key"]}"' in page
    assert f'href="#block-{second["key"]}"' in page
    assert f'id="block-{second["key"]}"' in page
    assert f'href="#source-{moved["start"]}"' in page
    assert "移至此处，把握 90%" in page
    assert "序号“二”在后" in page
    assert f'id="block-{first["key"]}"' in page


def test_a_real_page_with_scrambled_columns_becomes_drafts_in_the_right_order(sit_down, evaluation):
    client = sit_down("editor")
    upload(client, (evaluation / "texts" / "00_seed.txt").read_bytes())
    seed = ImportBatch.objects.get()
    assert all(item.reordered for item in seed.items.all())
    assert "移至此处" in client.get(address(seed)).content.decode()
    client.post(address(seed, "accept"), {"all": "1"})
    assert Speech.objects.count() == 6
    assert Speaker.objects.count() == 6
