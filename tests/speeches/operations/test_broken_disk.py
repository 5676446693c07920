"""A disk that is full while something is kept: it is told, nothing is lost or left behind."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from speeches.enums import ExportState
from speeches.exporting.selection import ALL
from speeches.models import ExportFile, MeetingEdition, Speech
from speeches.operations import archives, backups
from speeches.operations.state import last_run
from speeches.services import exports
from tests import faults

STEPS = (0, 65_536, 131_072)
if connection.vendor == "sqlite":
    STEPS += (1_550_000, 1_650_000, 2_200_000)
"""Bytes that are left, so that it fails at one point after another."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup_disk(places, settings, tmp_path):
    """BACKUP_ROOT on a disk of its own."""
    with faults.disk(tmp_path / "disk", 32) as disk:
        settings.BACKUP_ROOT = disk / "backups"
        yield disk


@pytest.fixture
def key_file(identity, tmp_path) -> Path:
    path = tmp_path / "key"
    path.write_text(f"{identity}\n")
    return path


def folders_left(root: Path) -> list[str]:
    return [path.name for path in Path(root).iterdir() if path.is_dir()]


def test_a_backup_on_a_full_disk_is_told_and_leaves_the_others(
    published, picture, identity, backup_disk, settings
):
    call_command("backup", verify=True)
    kept = backups.kept()
    refused = 0
    for left in STEPS:
        with faults.full(backup_disk, but=left):
            try:
                call_command("backup", verify=True)
            except CommandError:
                refused += 1
                assert last_run("backup").sound is False
                assert backups.kept() == kept
        assert folders_left(settings.BACKUP_ROOT) == []
        assert len(list(Path(settings.BACKUP_ROOT).glob("*.failed"))) <= 1
        kept = backups.kept()
    assert refused >= 3
    call_command("backup", verify=True)
    assert len(backups.kept()) == len(kept) + 1


def test_a_restore_that_finds_no_room_changes_no_row_and_the_next_completes(
    published, picture, key_file, backup_disk
):
    call_command("backup")
    [made] = backups.kept()
    Speech.objects.update(title="备份之后")
    refused = 0
    for left in STEPS:
        with faults.full(backup_disk, but=left):
            try:
                call_command("restore", made, identity=key_file, replace=True)
            except CommandError:
                refused += 1
                assert Speech.objects.get().title == "备份之后"
        assert picture.read_bytes() == b"picture"
        Speech.objects.update(title="备份之后")
    assert refused >= 2
    call_command("restore", made, identity=key_file, replace=True)
    assert Speech.objects.get().title == published.title


def test_a_restore_into_a_folder_that_cannot_be_written_changes_no_row(
    published, picture, key_file, settings, tmp_path
):
    with faults.disk(tmp_path / "disk", 8) as disk:
        settings.MEDIA_ROOT = disk / "media"
        Path(settings.MEDIA_ROOT).mkdir()
        Path(settings.MEDIA_ROOT, "a.jpg").write_bytes(b"picture")
        call_command("backup")
        [made] = backups.kept()
        Speech.objects.update(title="备份之后")
        with faults.read_only(disk), pytest.raises(CommandError, match="Read-only"):
            call_command("restore", made, identity=key_file, replace=True)
        assert Speech.objects.get().title == "备份之后"
        call_command("restore", made, identity=key_file, replace=True)
        assert Speech.objects.get().title == published.title


def test_what_cannot_be_sealed_says_why(identity, tmp_path):
    noise = tmp_path / "noise"
    noise.write_bytes(os.urandom(3_000_000))
    recipients = archives.recipients_of([str(identity.to_public())])
    with (
        faults.disk(tmp_path / "disk", 1) as disk,
        pytest.raises(OSError, match="No space left"),
    ):
        archives.seal(disk / "sealed", recipients, lambda packer: packer.add("noise", noise))


def test_a_file_for_which_there_is_no_room_can_be_asked_for_again(
    published, staff, monkeypatch, tmp_path
):
    storage = ExportFile._meta.get_field("content").storage
    with faults.disk(tmp_path / "disk", 4) as disk:
        monkeypatch.setattr(storage, "location", str(disk / "private"))

        def ask():
            return exports.request_export(
                meeting=MeetingEdition.objects.get(),
                format_name="docx",
                selection=ALL,
                user=staff.editor,
            )

        with faults.full(disk):
            ask()
        file = ExportFile.objects.get()
        assert file.state == ExportState.FAILED
        assert [path for path in disk.rglob("*") if path.is_file()] == []
        assert ask().pk == file.pk
        file.refresh_from_db()
        assert file.state == ExportState.READY
        assert file.content.size
