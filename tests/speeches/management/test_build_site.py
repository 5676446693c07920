import json

import pytest
from django.core.management import CommandError, call_command

from tests.speeches.public import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


def test_people_are_told_in_chinese_and_machines_in_json(tmp_path, capsys):
    builders.small_site()
    call_command("build_site", output=tmp_path / "site")
    assert "静态网站：" in capsys.readouterr().out
    call_command("build_site", output=tmp_path / "site", format="json")
    told = json.loads(capsys.readouterr().out)
    assert {"pages", "written", "removed", "seconds"} <= told.keys()
    assert told["written"] == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CommandError, match="无法写入"):
        call_command("build_site", output=tmp_path / "file" / "site")


def test_hashed_static_files_are_collected_where_they_are_missing(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "cppcc_cms.bundles.BundleFinder",
    ]
    builders.small_site()
    call_command("build_site", output=tmp_path / "site")
    styles = {path.name for path in (tmp_path / "site/static/css").iterdir()}
    assert any(name.startswith("public.") and name != "public.css" for name in styles)
