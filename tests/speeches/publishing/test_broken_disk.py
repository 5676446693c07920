"""A disk that is full, or read-only, while files are written: readers see whole pages."""

import pytest
from django.core.management import CommandError, call_command

from speeches.publishing.folder import SiteFolder
from tests import faults
from tests.speeches.publishing.halfway import check_readers, copied, publish, rebuild, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_disk(output, states, tmp_path):
    """The site that lacks the changes, on a disk of its own."""
    with faults.disk(tmp_path / "disk", 48) as disk:
        yield copied(output, disk)


@pytest.mark.parametrize("work", [publish, rebuild])
def test_on_a_full_disk_readers_see_whole_pages_and_the_next_run_completes(on_disk, states, work):
    before, after = states
    refused = 0
    for left in (0, 4096, 65536, 131072, 262144, 524288):
        with faults.full(on_disk.parent, but=left):
            try:
                work(on_disk)
            except OSError:
                refused += 1
            check_readers(on_disk, before, after)
    assert refused > 2
    assert len(list(SiteFolder(on_disk).builds.glob("[0-9]*"))) <= 2
    work(on_disk)
    assert tree(on_disk) == after


@pytest.mark.parametrize(
    ("command", "options"),
    [("build_site", {}), ("build_site", {"changed": True}), ("publish_changes", {"once": True})],
)
def test_where_nothing_may_be_written_the_site_stays_and_it_is_told(
    on_disk, states, command, options
):
    before, after = states
    with (
        faults.read_only(on_disk.parent),
        pytest.raises(CommandError, match="Read-only file system"),
    ):
        call_command(command, output=on_disk, **options)
    assert tree(on_disk) == before
    call_command(command, output=on_disk, **options)
    assert tree(on_disk) == after
