"""What the tests of operations share: folders of their own, and a key for backups."""

from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from speeches.services import publications


@pytest.fixture
def places(settings, tmp_path) -> Path:
    """Every folder that operations write to, below one."""
    for name in ("MEDIA_ROOT", "PRIVATE_ROOT", "BACKUP_ROOT", "STATE_ROOT", "SITE_OUTPUT"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        setattr(settings, name, folder)
    return tmp_path


@pytest.fixture
def identity(settings) -> pyrage.x25519.Identity:
    """The key of the office, which opens its backups."""
    found = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(found.to_public())]
    return found


@pytest.fixture
def published(meeting, speech, staff):
    """A meeting with a speech that readers see, and a picture."""
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return speech


@pytest.fixture
def picture(places, settings) -> Path:
    """A file below MEDIA_ROOT."""
    FileSystemStorage(settings.MEDIA_ROOT).save("pictures/a.jpg", ContentFile(b"picture"))
    return Path(settings.MEDIA_ROOT, "pictures/a.jpg")
