"""Accounts: nobody gives rights to themselves."""

from django.contrib.auth.models import Group, User
from django.urls import reverse


def account_data(user: User, **changes) -> dict:
    return {
        "username": user.username,
        "last_name": user.last_name,
        "first_name": user.first_name,
        "is_active": "on",
        "is_staff": "on",
        **changes,
    }


def test_a_manager_puts_people_into_groups(sit_down, office):
    group = Group.objects.get(name="复审")
    address = reverse("admin:auth_user_change", args=[office["editor"].pk])
    sit_down("manager").post(address, account_data(office["editor"], groups=[group.pk]))
    assert list(office["editor"].groups.all()) == [group]


def test_a_manager_cannot_make_a_superuser(sit_down, office):
    address = reverse("admin:auth_user_change", args=[office["manager"].pk])
    sit_down("manager").post(address, account_data(office["manager"], is_superuser="on"))
    assert not User.objects.get(username="manager").is_superuser


def test_a_manager_cannot_touch_a_superuser(sit_down, office):
    client = sit_down("manager")
    address = reverse("admin:auth_user_change", args=[office["root"].pk])
    assert client.post(address, account_data(office["root"])).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[office["root"].pk])
    assert client.get(password).status_code == 403


def test_accounts_are_never_deleted(sit_down, office):
    address = reverse("admin:auth_user_delete", args=[office["editor"].pk])
    assert sit_down("root").post(address, {"post": "yes"}).status_code == 403


def test_a_manager_cannot_join_further_groups(sit_down, office):
    manager = office["manager"]
    everything = [group.pk for group in Group.objects.all()]
    address = reverse("admin:auth_user_change", args=[manager.pk])
    sit_down("manager").post(address, account_data(manager, groups=everything))
    assert [group.name for group in manager.groups.all()] == ["管理员"]
