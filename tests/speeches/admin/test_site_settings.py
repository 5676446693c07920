import pytest
from django.urls import reverse

from speeches.models import SiteSettings

pytestmark = pytest.mark.django_db
FORM = reverse("admin:speeches_sitesettings_change", args=[1])
LIST = reverse("admin:speeches_sitesettings_changelist")


def test_only_managers_reach_the_settings_of_the_site(client, staff):
    for person in (staff.editor, *staff.reviewers()):
        client.force_login(person)
        assert client.get(FORM).status_code == 403
    client.force_login(staff.manager)
    assert client.get(LIST).headers["Location"] == FORM
    text = client.get(FORM).content.decode()
    assert "网站名称" in text
    assert "主色" in text


def test_a_manager_sets_names_and_the_order_of_columns_and_blocks(client, staff):
    client.force_login(staff.manager)
    data = {
        "name": "青禾发言网",
        "columns_meetings": "2",
        "columns_topics": "1",
        "home_blocks_speeches": "1",
    }
    response = client.post(FORM, data)
    assert response.status_code == 302
    row = SiteSettings.objects.get()
    assert row.columns == ["topics", "meetings"]
    assert row.home_blocks == ["speeches"]
    assert row.history.get().history_user == staff.manager
    text = client.get(FORM).content.decode()
    assert 'name="columns_meetings" id="id_columns_0" value="2"' in text


def test_a_colour_that_cannot_be_read_is_told_and_nothing_is_saved(client, staff):
    client.force_login(staff.manager)
    text = client.post(FORM, {"colour": "#ffee00"}).content.decode()
    assert "看不清" in text
    assert not SiteSettings.objects.exists()
