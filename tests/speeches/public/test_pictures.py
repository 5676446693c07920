import io

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.speeches.public import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> list[str]:
    """Pages that show a picture, each in another place."""
    place = builders.body(image=upload())
    person = builders.person(photo=upload())
    meeting = builders.meeting("pictures", cover=upload())
    builders.published(meeting)
    draft = builders.speech(meeting, speakers=(person,), organization=place, cover=upload())
    item = builders.work(speech=draft, organization=place, image=upload())
    pieces = [builders.published(draft), builders.published(item), place, person]
    return ["/", "/meetings/pictures/", *(piece.get_absolute_url() for piece in pieces)]


def upload() -> ContentFile:
    content = io.BytesIO()
    Image.new("RGB", (900, 1200), "darkred").save(content, "JPEG")
    return ContentFile(content.getvalue(), "portrait.jpg")


def test_the_first_reader_of_a_picture_writes_nothing_and_waits_no_longer(addresses, client):
    for address in addresses:
        with CaptureQueriesContext(connection) as first:
            page = client.get(address).content.decode()
        with CaptureQueriesContext(connection) as second:
            client.get(address)
        assert "/media/pictures/" in page
        assert len(first) == len(second)
        writes = [query for query in first if "SELECT" not in query["sql"][:7]]
        assert not writes
