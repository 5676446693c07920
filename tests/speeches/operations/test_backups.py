"""Backups of the real database, sealed, tried out and restored."""

from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from speeches.models import Speech, SpeechEdition
from speeches.operations import archives, backups, databases
from speeches.operations.state import last_run

pytestmark = pytest.mark.django_db(transaction=True)


def backup(**options):
    call_command("backup", **options)
    return backups.kept()[0]


@pytest.fixture
def key_file(identity, tmp_path) -> Path:
    path = tmp_path / "key"
    path.write_text(f"# the office\n{identity}\n")
    return path


def edit(speech: Speech, title: str) -> None:
    Speech.objects.filter(pk=speech.pk).update(title=title)


def test_what_was_saved_comes_back_as_it_was(published, picture, key_file, settings, capsys):
    made = backup(verify=True)
    before = databases.fingerprint("default")
    edit(published, "备份之后的改动")
    picture.write_bytes(b"changed")
    later = Path(settings.PRIVATE_ROOT, "later.txt")
    later.write_text("after")
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", made, identity=key_file)
    assert picture.read_bytes() == b"changed"
    call_command("restore", made, identity=key_file, replace=True)
    assert "行" in capsys.readouterr().out
    assert Speech.objects.get().title == published.title
    assert (picture.read_bytes(), later.exists()) == (b"picture", False)
    assert databases.fingerprint("default") == before
    call_command("verify_editions")
    call_command("search", "田埂")
    assert published.title in capsys.readouterr().out
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
            cursor.execute("UPDATE speeches_speechedition SET title = 'x'")


def test_a_backup_is_sealed_and_only_its_owner_reads_it(published, picture, identity, settings):
    made = backup()
    sealed = made.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert published.title.encode() not in sealed
    assert made.stat().st_mode & 0o077 == 0
    assert [path.name for path in Path(settings.BACKUP_ROOT).iterdir() if path.is_dir()] == []
    with pytest.raises(archives.ArchiveRefused):
        backups.verify(made, pyrage.x25519.Identity.generate())
    assert backups.verify(made, identity)["files"].keys() >= {"media/pictures/a.jpg"}


def test_a_damaged_backup_changes_nothing(published, picture, identity):
    made = backup()
    content = bytearray(made.read_bytes())
    content[-200] ^= 1
    made.write_bytes(content)
    edit(published, "现在的标题")
    with pytest.raises(archives.ArchiveRefused):
        backups.restore(backup=made, identity=identity, replace=True)
    assert Speech.objects.get().title == "现在的标题"


def test_a_backup_of_a_broken_chain_is_told_and_remembered(published, identity, places, settings):
    SpeechEdition.objects.create(
        **{
            field.attname: getattr(SpeechEdition.objects.get(), field.attname)
            for field in SpeechEdition._meta.concrete_fields
            if field.name not in {"id", "speech"}
        }
        | {"speech": Speech.objects.create(**copied(published)), "content_hash": "0" * 64},
    )
    with pytest.raises(CommandError, match="内容与发布时不一致"):
        backup(verify=True)
    assert last_run("backup").sound is False
    assert backups.kept() == []
    assert len(list(Path(settings.BACKUP_ROOT).glob("*.failed"))) == 1


def copied(speech: Speech) -> dict[str, object]:
    return {
        field.attname: getattr(speech, field.attname)
        for field in Speech._meta.concrete_fields
        if not field.primary_key
    } | {"position": 2}


def test_without_a_recipient_nothing_is_written(db, places, settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="make_backup_key"):
        backup()
    settings.BACKUP_RECIPIENTS = ["age1nonsense"]
    with pytest.raises(CommandError, match="BACKUP_RECIPIENTS"):
        backup()
    assert backups.kept() == []


def test_old_backups_go_and_those_cut_off_are_swept(db, places, identity, settings):
    settings.BACKUP_KEEP = 2
    left = Path(settings.BACKUP_ROOT, ".working-left")
    left.mkdir()
    (left / "database.sqlite3").write_text("plain")
    names = [backup().name for _number in range(3)]
    assert [path.name for path in backups.kept()] == names[:0:-1]
    assert not left.exists()


def test_two_at_once_never_mix(db, places, identity, settings):
    with backups.alone_in(settings.BACKUP_ROOT), pytest.raises(CommandError, match="正在"):
        backup()


def test_a_key_is_made_once_and_for_its_owner(tmp_path, capsys):
    path = tmp_path / "backup.key"
    call_command("make_backup_key", output=path)
    told = capsys.readouterr().out
    assert path.stat().st_mode & 0o077 == 0
    assert told.strip() == f"BACKUP_RECIPIENTS={archives.identity_in(path).to_public()}"
    with pytest.raises(CommandError, match=r"backup\.key"):
        call_command("make_backup_key", output=path)
