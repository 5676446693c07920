from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from speeches.exporting import font_packages
from speeches.models import Meeting, Speech
from speeches.services import drafts, publications
from tests.conftest import Staff


def test_fetched_fonts_are_listed(capsys, tmp_path, settings, monkeypatch):
    settings.FONT_DIRS = [str(tmp_path / "fonts")]
    monkeypatch.setattr(font_packages, "fetch", lambda folder, tell: [folder / "a.otf"])
    call_command("fetch_fonts")
    told = capsys.readouterr()
    assert told.out.split() == [str(tmp_path / "fonts" / "a.otf")]
    assert "FONT_DIRS" not in told.err


def test_a_folder_that_exports_do_not_look_into_is_told(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(font_packages, "fetch", lambda _folder, _tell: [])
    call_command("fetch_fonts", output=tmp_path)
    assert "FONT_DIRS" in capsys.readouterr().err


def test_without_a_folder_nothing_is_fetched():
    with pytest.raises(CommandError, match="FONT_DIRS"):
        call_command("fetch_fonts")


def test_a_folder_that_cannot_be_written_is_named(monkeypatch):
    def refused(_folder: Path, _tell: object) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(font_packages, "fetch", refused)
    with pytest.raises(CommandError, match=r"/nowhere.*Permission denied"):
        call_command("fetch_fonts", output=Path("/nowhere"))


def published(meeting: Meeting, speech: Speech, staff: Staff) -> Meeting:
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return meeting


def test_a_meeting_whose_characters_all_have_glyphs_passes(capsys, meeting, speech, staff):
    call_command("check_fonts", published(meeting, speech, staff).slug)
    assert capsys.readouterr().out.startswith("共有 0 处")


def test_missing_glyphs_are_named_by_speech_and_end_with_one(capsys, meeting, speech, staff):
    speech.body = "<p>藏文ཀ</p>"
    drafts.save_draft(draft=speech, user=staff.editor)
    with pytest.raises(SystemExit, match="1"):
        call_command("check_fonts", published(meeting, speech, staff).slug)
    told = capsys.readouterr().out
    assert f"“{speech.title}”" in told
    assert "U+0F40" in told


def test_an_unpublished_meeting_has_nothing_to_check(meeting):
    with pytest.raises(CommandError, match=meeting.slug):
        call_command("check_fonts", meeting.slug)
