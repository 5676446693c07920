import stat
from pathlib import Path

import pytest

from speeches.files import write_whole


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_stored_in_folders_made_for_it(tmp_path):
    target = tmp_path / "会议" / "a" / "index.html"
    write_whole(target, b"text")
    assert target.read_bytes() == b"text"
    assert names_in(target.parent) == ["index.html"]


def test_a_file_is_replaced_whole_and_a_reader_keeps_what_it_opened(tmp_path):
    target = tmp_path / "page"
    write_whole(target, b"old")
    with target.open("rb") as reader:
        write_whole(target, b"new")
        assert reader.read() == b"old"
    assert target.read_bytes() == b"new"


def test_a_web_server_may_read_the_file(tmp_path):
    write_whole(tmp_path / "page", b"")
    assert stat.S_IMODE((tmp_path / "page").stat().st_mode) == 0o644


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    target = tmp_path / "page"
    write_whole(target, b"old")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["page"]


def test_a_folder_in_the_place_of_the_file_is_an_error(tmp_path):
    (tmp_path / "page" / "x").mkdir(parents=True)
    with pytest.raises(OSError, match="page"):
        write_whole(tmp_path / "page", b"new")
    assert names_in(tmp_path) == ["page"]
