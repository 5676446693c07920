import pytest
from django.core.management import CommandError, call_command

from speeches.publishing import encodings
from speeches.publishing.folder import SiteFolder
from tests.speeches.public import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(build, output):
    builders.small_site()
    build()
    return output


def verify(output, capsys):
    """Return the status and what was printed."""
    capsys.readouterr()
    try:
        call_command("verify_site", output=output)
    except SystemExit as ended:
        return ended.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_a_built_site_is_sound(built, capsys):
    status, printed = verify(built, capsys)
    assert status == 0
    assert "，0 处不符" in printed


def test_each_difference_is_named(built, capsys):
    (built / "index.html").write_text("forged")
    (built / "robots.txt").unlink()
    (built / "planted.html").write_text("new")
    status, printed = verify(built, capsys)
    assert status == 1
    assert {"已改动：index.html", "缺失：robots.txt", "多出：planted.html"} <= set(
        printed.splitlines()
    )
    assert "3 处不符" in printed


def test_a_file_packed_by_what_is_gone_since_is_told_apart_from_a_changed_one(
    built, capsys, monkeypatch
):
    assert (built / "index.html.br").exists()
    monkeypatch.setattr(encodings, "brotli", None)
    status, printed = verify(built, capsys)
    assert status == 1
    assert "无法核对（需要 brotli 包，或重新生成网站）：index.html.br" in printed.splitlines()
    assert "已改动" not in printed


def test_a_file_written_anew_keeps_no_variant_of_its_old_text(built, monkeypatch):
    monkeypatch.setattr(encodings, "brotli", None)
    place = SiteFolder(built)
    with place.writing():
        place.put(place.current(), "index.html", b"corrected")
    assert not (built / "index.html.br").exists()
    assert encodings.unpacked(".gz", (built / "index.html.gz").read_bytes()) == b"corrected"


def test_where_nothing_was_built_says_so(tmp_path, capsys):
    with pytest.raises(CommandError, match="没有已生成"):
        verify(tmp_path, capsys)
