"""What the tests of several forms share."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image


@pytest.fixture
def stored_picture(settings, tmp_path) -> str:
    """The address of a picture in the site's media."""
    settings.MEDIA_ROOT = tmp_path / "media"
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return default_storage.url(default_storage.save("湖.jpg", ContentFile(file.getvalue())))
