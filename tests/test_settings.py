"""The start of the application with settings that are missing or wrong, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-this-test-" + "x" * 50,
    "ALLOWED_HOSTS": "a.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "REVIEW_STEPS": "3",
}


def check(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py check``; every variable is set, so that no ``.env`` fills it in."""
    inherited = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited, **COMPLETE, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_complete_environment_starts():
    outcome = check()
    assert outcome.returncode == 0, outcome.stderr


def test_a_complete_environment_is_fit_for_the_public():
    outcome = check("--deploy", "--fail-level", "WARNING")
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_without_debug_a_missing_variable_stops_the_start_and_is_named(name):
    outcome = check(**{name: ""})
    assert outcome.returncode != 0
    assert f"缺少环境变量 {name}" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    "steps",
    ["0", "4", "三", ""],
)
def test_a_wrong_number_of_reviews_stops_the_start(steps):
    outcome = check(REVIEW_STEPS=steps)
    assert outcome.returncode != 0
    assert "REVIEW_STEPS 必须是 1、2 或 3" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_small_office_may_review_once():
    assert check(REVIEW_STEPS="1").returncode == 0


def test_in_development_nothing_but_debug_is_needed():
    outcome = check(DEBUG="1", SECRET_KEY="", ALLOWED_HOSTS="")
    assert outcome.returncode == 0, outcome.stderr


def test_an_address_of_no_database_stops_the_start_and_is_named():
    outcome = check(DATABASE_URL="nonsense")
    assert outcome.returncode != 0
    assert "DATABASE_URL" in outcome.stderr
    assert "Traceback" not in outcome.stderr
