"""Every golden digest is read as its JSON says; ``make goldens`` writes these files."""

import pytest

from speeches.parsing import parse_digest
from tests.speeches.parsing import goldens


@pytest.mark.parametrize("name", goldens.CASES)
def test_golden_digests_are_read_as_written_down(name):
    digest = parse_digest(goldens.source(name))
    assert goldens.readable(digest) == goldens.expected(name)
    assert (digest.lost, digest.invented) == ("", "")


def test_every_shape_and_fault_has_its_case():
    assert len(goldens.CASES) >= 34
    assert {path.stem for path in goldens.FOLDER.glob("*.json")} == set(goldens.CASES)
