import pytest
from django.urls import reverse

from organizations.models import Organization, Speaker


@pytest.fixture
def person(db) -> Speaker:
    return Speaker.objects.create(name="林清溪", biography="已核准的简历。")


def post(client, person, **changes):
    data = {"name": person.name, "note": "", "biography": person.biography, **changes}
    for prefix in ("appointments", "variants"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return client.post(reverse("admin:organizations_speaker_change", args=[person.pk]), data)


def test_an_editor_tells_readers_nothing_that_was_not_reviewed(client, staff, person):
    client.force_login(staff.editor)
    answer = post(client, person, name="别的名字", biography="没有审过的话。", note="市政协")
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.biography) == ("林清溪", "已核准的简历。")
    assert person.note == "市政协"


def test_a_manager_keeps_the_public_profile(client, staff, person):
    client.force_login(staff.manager)
    post(client, person, biography="更新的简历。")
    person.refresh_from_db()
    assert person.biography == "更新的简历。"


def test_an_editor_adds_a_body_by_its_name_alone(client, staff):
    client.force_login(staff.editor)
    data = {"name": "白鹭县政协", "kind": "committee", "level": "", "introduction": "未经审核"}
    data |= {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    client.post(reverse("admin:organizations_organization_add"), data)
    assert Organization.objects.get().introduction == ""
