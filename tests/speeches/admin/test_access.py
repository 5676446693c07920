"""The door: who gets in, and what those see who do not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.speeches.admin.test_language import english_on


def test_strangers_are_sent_to_the_login(client, db):
    response = client.get(reverse("admin:index"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_an_account_without_access_is_sent_back(client, db):
    client.force_login(
        User.objects.create_user("reader"), "django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(reverse("admin:index")).status_code == 302


def test_too_many_wrong_passwords_close_the_door_in_chinese(staff, settings):
    settings.AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
    client, attempt = Client(), {"username": "editor", "password": "wrong"}
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        response = client.post(reverse("admin:login"), attempt)
    assert response.status_code == 429
    assert "暂停登录一小时" in response.content.decode()
    assert english_on(response) == set()


@pytest.mark.parametrize("name", ["editor", "first", "second", "final", "manager"])
def test_every_group_sees_only_what_it_may_open(sit_down, name):
    client = sit_down(name)
    for section in client.get(reverse("admin:index")).context["app_list"]:
        for model in section["models"]:
            assert client.get(model["admin_url"], follow=True).status_code == 200
            if model["add_url"]:
                assert client.get(model["add_url"]).status_code == 200
