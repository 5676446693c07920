"""The status page of the admin: told to those who keep the product, whatever is broken."""

import pytest
from django.urls import reverse

from speeches.operations import state, status
from tests.speeches.public import builders


def page(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("admin:status"))


def test_only_managers_see_it_and_find_the_way(client, staff):
    for user in (staff.editor, staff.final):
        assert page(client, user).status_code == 403
    assert page(client, staff.manager).status_code == 200
    assert reverse("admin:status") in client.get(reverse("admin:index")).content.decode()


def test_it_names_what_is_wrong_and_what_helps(client, staff, settings, tmp_path):
    settings.STATE_ROOT = tmp_path
    builders.small_site()
    text = page(client, staff.manager).content.decode()
    assert "3 / 3" in text
    assert "从未执行" in text
    state.remember("backup", sound=True, message="cppcc-cms-x.backup.age")
    assert "cppcc-cms-x.backup.age" in page(client, staff.manager).content.decode()
    state.remember("backup", sound=False, message="磁盘已满")
    found = {row.title: row for row in status.rows()}
    assert found["备份"].health == status.Health.WRONG
    assert found["数据库"].health == found["检索索引"].health == status.Health.SOUND


def test_a_part_that_fails_is_a_line_and_no_error_page(client, staff, monkeypatch):
    def refused():
        raise RuntimeError("a secret")

    name = next(iter(status._CHECKS))
    monkeypatch.setitem(status._CHECKS, name, refused)
    answer = page(client, staff.manager)
    assert answer.status_code == 200
    assert "a secret" not in answer.content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_it_asks_as_often_for_many_as_for_few(client, staff, number, django_assert_max_num_queries):
    builders.small_site(number)
    with django_assert_max_num_queries(32):
        assert page(client, staff.manager).status_code == 200
