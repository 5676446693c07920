"""``make audit``: what it makes of what pip-audit says."""

import json

from tests.audit import ACCEPTED, judge

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": []}]}


def test_without_a_vulnerability_all_is_well():
    assert judge(json.dumps({"dependencies": [SOUND]}), "") == (
        True,
        "audited: 1 packages, no known vulnerability",
    )


def test_a_known_vulnerability_fails(monkeypatch):
    answer = json.dumps({"dependencies": [SOUND, HOLED]})
    assert judge(answer, "") == (False, "pillow 1.0: PYSEC-1")
    monkeypatch.setitem(ACCEPTED, "PYSEC-1", "that format is never read")
    assert judge(answer, "")[0]


def test_a_service_that_cannot_be_reached_is_told_and_another_failure_fails():
    is_well, told = judge("", "requests.exceptions.ConnectionError: … Max retries exceeded …")
    assert is_well
    assert told.startswith("not audited")
    assert judge("", "error: requirements.txt is not pinned") == (
        False,
        "pip-audit failed: error: requirements.txt is not pinned",
    )
    assert not judge("", "")[0]
