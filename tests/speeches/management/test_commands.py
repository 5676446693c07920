import json

import pytest
from django.core.management import CommandError, call_command

from speeches.models import ImportBatch, Meeting, MeetingEdition, Speech, SpeechEdition
from speeches.services import publications

SAMPLE = "2025-qinghe-experience-exchange.txt"


def run(capsys, *args, **options):
    call_command(*args, **options)
    return capsys.readouterr().out


@pytest.fixture
def published(meeting, speech, staff):
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return meeting


def test_a_dry_run_prints_what_was_read_and_needs_no_database(capsys, samples):
    told = json.loads(run(capsys, "import_digest", samples / SAMPLE, dry_run=True, format="json"))
    assert len(told["speeches"]) == 6
    assert (told["lost"], told["invented"]) == ("", "")
    keys = {"title", "byline", "organization", "posts", "speaker", "paragraphs", "reordered"}
    assert keys | {"confidence", "figures"} <= told["speeches"][0].keys()


def test_a_dry_run_for_people_lists_the_speeches(capsys, samples):
    printed = run(capsys, "import_digest", samples / SAMPLE, dry_run=True, title="另取的会名")
    assert printed.startswith("另取的会名\n1. ")
    assert "可信度" in printed


def test_importing_reports_and_a_second_time_skips_all(capsys, samples, db):
    first = json.loads(run(capsys, "import_digest", samples / SAMPLE, format="json"))
    second = json.loads(run(capsys, "import_digest", samples / SAMPLE, format="json"))
    assert (first["created"], first["skipped"]) == (6, 0)
    assert (second["created"], second["updated"], second["skipped"]) == (0, 0, 6)
    assert (ImportBatch.objects.count(), Speech.objects.count()) == (1, 6)


def test_a_corrected_file_changes_what_differs_and_skips_the_rest(capsys, samples, tmp_path, db):
    run(capsys, "import_digest", samples / SAMPLE, format="json")
    text = (samples / SAMPLE).read_text()
    corrected = tmp_path / "更正.txt"
    corrected.write_text(text.replace("54个社区", "55个社区"))
    told = json.loads(run(capsys, "import_digest", corrected, format="json"))
    total = Speech.objects.count()
    assert (told["created"], told["updated"], told["skipped"]) == (0, 1, total - 1)
    assert told["unchanged"] == total - 1
    assert Meeting.objects.count() == 1
    again = json.loads(run(capsys, "import_digest", corrected, format="json"))
    assert (again["created"], again["updated"], again["skipped"]) == (0, 0, total)


def test_importing_in_the_name_of_a_person(capsys, samples, staff):
    printed = run(capsys, "import_digest", samples / SAMPLE, user="editor")
    assert "新建 6 篇" in printed
    assert {speech.author for speech in Speech.objects.all()} == {staff.editor}


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "无法打开"), (b"", "空"), ("没有发言。".encode(), "没有找到发言")],
)
def test_bad_files_end_in_one_clear_line(tmp_path, content, words, db):
    path = tmp_path / "坏文件.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_digest", path)
    assert not Meeting.objects.exists()


def test_an_unknown_account_is_named(samples, db):
    with pytest.raises(CommandError, match="nobody"):
        call_command("import_digest", samples / SAMPLE, user="nobody")


@pytest.mark.parametrize("by", ["slug", "pk"])
@pytest.mark.parametrize("name", ["docx", "pdf", "markdown", "json"])
def test_a_published_meeting_is_exported_whole(capsys, tmp_path, published, by, name):
    output = tmp_path / "新建" / f"摘编.{name}"
    run(capsys, "export_digest", str(getattr(published, by)), format=name, output=output)
    assert output.stat().st_size > 300
    assert [path.name for path in output.parent.iterdir()] == [output.name]


def test_an_unpublished_meeting_is_not_exported(tmp_path, meeting):
    with pytest.raises(CommandError, match=meeting.slug):
        call_command("export_digest", meeting.slug, format="json", output=tmp_path / "a")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told(tmp_path, published):
    (tmp_path / "文件").write_text("占位")
    with pytest.raises(CommandError, match="无法写入"):
        call_command(
            "export_digest", published.slug, format="json", output=tmp_path / "文件" / "a.json"
        )


def test_publish_and_withdraw_are_the_services_of_the_admin(capsys, meeting, speech, staff):
    with pytest.raises(CommandError, match="草稿"):
        call_command("publish", meeting.slug, user="manager")
    staff.approve(meeting, speech)
    assert "2 个版本" in run(capsys, "publish", meeting.slug, user="manager")
    run(capsys, "withdraw", "speech", speech.pk, user="final", reason="有误")
    assert not SpeechEdition.objects.current().exists()
    assert MeetingEdition.objects.current().exists()


def test_unknown_pieces_are_named(staff):
    with pytest.raises(CommandError, match="没有会议"):
        call_command("publish", "nowhere", user="manager")
    with pytest.raises(CommandError, match="没有编号为 9 的发言"):
        call_command("withdraw", "speech", 9, user="final", reason="有误")


def test_verifying_names_differences_and_ends_with_one(capsys, published, monkeypatch):
    assert "0 处不符" in run(capsys, "verify_editions")
    monkeypatch.setattr(MeetingEdition, "computed_hash", lambda _edition: "0")
    with pytest.raises(SystemExit) as ending:
        call_command("verify_editions")
    assert ending.value.code == 1
    assert "内容与发布时不一致" in capsys.readouterr().out
