"""What every test may ask for: the staff of an office, the samples, the evaluation texts."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from speeches import site
from speeches.enums import Action
from speeches.migrations._grants import GrantPermissions
from speeches.models import Draft, Meeting, SiteSettings, Speech
from speeches.services import drafts, reviews

ROOT = Path(settings.BASE_DIR)
GROUPS = {
    "editor": "采编",
    "first": "初审",
    "second": "复审",
    "final": "终审",
    "manager": "管理员",
}


@dataclass
class Staff:
    """One person of each group, and a second editor."""

    editor: AbstractUser
    colleague: AbstractUser
    first: AbstractUser
    second: AbstractUser
    final: AbstractUser
    manager: AbstractUser

    def reviewers(self) -> tuple[AbstractUser, AbstractUser, AbstractUser]:
        """The three who review, in order."""
        return self.first, self.second, self.final

    def approve(self, *pieces: Draft) -> None:
        """Take drafts through submission and three reviews."""
        for piece in pieces:
            reviews.advance(draft=piece, action=Action.SUBMIT, user=self.editor)
            for reviewer in self.reviewers():
                reviews.advance(draft=piece, action=Action.APPROVE, user=reviewer)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database-only``: for a second database, on which the rest would only run again."""
    parser.addoption("--database-only", action="store_true", help="only tests that use a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what asks no database and what drives a browser, where that is wanted."""
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if _asks_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _asks_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser"):
        return False
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgresql"):
        return True
    return not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def lasting_site() -> Iterator[None]:
    """What is known of the site holds for the whole run, also where a module prepares itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "KEPT_SECONDS", 24 * 3600)
        site.remember(SiteSettings(pk=1))
        yield


@pytest.fixture(autouse=True)
def unset_site() -> Iterator[None]:
    """An office that has set nothing yet; what one test sets is not kept for the next."""
    site.remember(SiteSettings(pk=1))
    yield
    site.remember(SiteSettings(pk=1))


@pytest.fixture
def groups(db: None) -> None:
    """The groups, which the flush after a test with real transactions takes away."""
    if not Group.objects.exists():
        editor = SimpleNamespace(connection=connection)
        import_module("speeches.migrations.0003_groups").add_groups(apps, editor)
        for (_app, _name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
            for operation in migration.operations:
                if isinstance(operation, GrantPermissions):
                    operation.code(apps, editor)


@pytest.fixture
def staff(groups: None, django_user_model: type[AbstractUser]) -> Staff:
    """The office."""

    def person(name: str, group: str) -> AbstractUser:
        user = django_user_model.objects.create_user(
            name, password="pw", is_staff=True, last_name="云", first_name=name
        )
        user.groups.add(Group.objects.get(name=group))
        return user

    people = {name: person(name, group) for name, group in GROUPS.items()}
    return Staff(colleague=person("colleague", "采编"), **people)


@pytest.fixture
def meeting(staff: Staff) -> Meeting:
    """A draft of a meeting."""
    return drafts.save_draft(
        draft=Meeting(
            slug="qinghe-2025",
            title="青禾市政协工作经验交流会",
            start_date=date(2025, 9, 16),
            source_newspaper="云岭政协报",
        ),
        user=staff.editor,
    )


@pytest.fixture
def speech(meeting: Meeting, staff: Staff) -> Speech:
    """A draft of a speech in ``meeting``."""
    return drafts.save_draft(
        draft=Speech(
            meeting=meeting,
            position=1,
            title="把协商桌搬到田埂上",
            byline="白鹭县政协党组书记、主席　林清溪",
            organization_printed="白鹭县政协",
            posts_printed=["党组书记", "主席"],
            body="<p>白鹭县政协提交提案19件。</p><p>下一步，继续努力。</p>",
        ),
        user=staff.editor,
    )


@pytest.fixture
def samples() -> Path:
    """The project's own sample digests."""
    return ROOT / "docs" / "samples"


@pytest.fixture
def evaluation() -> Path:
    """The folder of evaluation texts, which are not part of the project."""
    folder = Path(os.environ.get("EVAL_DIR", ROOT.parent / "shared" / "eval"))
    if not folder.is_dir():
        pytest.skip(f"no evaluation texts at {folder} (set EVAL_DIR)")
    return folder
