"""Two-step login: who needs it, what stays shut without it, and what can't be guessed."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from speeches.services import second_factor

DESK = reverse("admin:index")
ENROL, VERIFY = reverse("admin:second_factor_enrol"), reverse("admin:second_factor_verify")
CHANGE = reverse("admin:second_factor_change")
SPEECHES = reverse("admin:speeches_speech_changelist")


@pytest.fixture(autouse=True)
def required(settings):
    """Demand the second factor, as in production."""
    settings.REQUIRE_SECOND_FACTOR = True


def code_of(user, *, confirmed: bool | None = None) -> str:
    wanted = {} if confirmed is None else {"confirmed": confirmed}
    device = TOTPDevice.objects.get(user=user, **wanted)
    return f"{totp(device.bin_key):06d}"


@pytest.fixture
def enrolled(office):
    """Return a final reviewer with an authenticator and recovery codes."""
    user = office["final"]
    second_factor.candidate(user=user)
    second_factor.enrol(user=user, code=code_of(user))
    TOTPDevice.objects.update(last_t=-1)
    return user


def test_only_superusers_and_final_reviewers_need_it(sit_down):
    for name in ("editor", "first", "second", "manager"):
        assert sit_down(name).get(DESK).status_code == 200
    for name in ("final", "root"):
        assert sit_down(name).get(SPEECHES).url == f"{ENROL}?next=%2Fadmin%2Fspeeches%2Fspeech%2F"


def test_switched_off_nobody_needs_it(sit_down, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert sit_down("final").get(DESK).status_code == 200


def test_setting_up_shows_a_qr_code_then_the_recovery_codes_once(sit_down, office):
    client, user = sit_down("final"), office["final"]
    page = client.get(ENROL)
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "不正确" in client.post(ENROL, {"code": "12345"}).content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)
    page = client.post(f"{ENROL}?next={SPEECHES}", {"code": code_of(user)})
    tokens = StaticToken.objects.filter(device__user=user).values_list("token", flat=True)
    assert page.context["codes"] == list(tokens)
    assert all(token in page.content.decode() for token in tokens)
    assert page.context["next"] == SPEECHES
    assert client.get(DESK).status_code == 200
    again = client.get(ENROL)
    assert again.status_code == 302
    assert not any(token in again.content.decode() for token in tokens)
    assert LogEntry.objects.filter(user=user, change_message="启用了两步登录。").exists()


def test_after_the_password_comes_the_code(sit_down, enrolled):
    client = sit_down("final")
    assert client.get(DESK).url.startswith(VERIFY)
    assert client.post(SPEECHES, {"action": "x"}).url == VERIFY
    typed = code_of(enrolled).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert client.post(f"{VERIFY}?next={SPEECHES}", {"code": typed}).url == SPEECHES
    assert client.get(SPEECHES).status_code == 200


def test_the_way_back_leads_to_no_other_site(sit_down, enrolled):
    answer = sit_down("final").post(f"{VERIFY}?next=//evil.example/", {"code": code_of(enrolled)})
    assert answer.url == DESK


def test_a_code_works_once(sit_down, enrolled):
    code = code_of(enrolled)
    sit_down("final").post(VERIFY, {"code": code})
    second = sit_down("final")
    assert "不正确" in second.post(VERIFY, {"code": code}).content.decode()
    assert second.get(DESK).status_code == 302


def test_a_recovery_code_works_once_and_few_are_told(sit_down, enrolled):
    *used, last = StaticToken.objects.values_list("token", flat=True)
    StaticToken.objects.filter(token__in=used[:7]).delete()
    client = sit_down("final")
    answer = client.post(VERIFY, {"code": f" {last[:4].upper()}-{last[4:]} "}, follow=True)
    assert "还剩 2 个恢复码" in answer.content.decode()
    assert sit_down("final").post(VERIFY, {"code": last}).status_code == 200


@pytest.mark.parametrize("code", ["000000", "abcdefgh"])
def test_wrong_codes_make_even_the_right_one_wait(code, sit_down, enrolled):
    client = sit_down("final")
    right = {"000000": code_of(enrolled), "abcdefgh": StaticToken.objects.first().token}[code]
    client.post(VERIFY, {"code": code})
    assert "次数太多" in client.post(VERIFY, {"code": right}).content.decode()
    assert client.get(DESK).status_code == 302


def test_a_manager_resets_it_and_is_named(sit_down, office, enrolled):
    seated = sit_down("final")
    seated.post(VERIFY, {"code": code_of(enrolled)})
    manager = sit_down("manager")
    address = reverse("admin:auth_user_second_factor", args=[enrolled.pk])
    account = manager.get(reverse("admin:auth_user_change", args=[enrolled.pk]))
    assert address in account.content.decode()
    assert "重置" in manager.get(address).content.decode()
    manager.post(address)
    assert seated.get(DESK).url.startswith(ENROL)
    entry = LogEntry.objects.filter(user=office["manager"]).get()
    assert (entry.object_id, entry.change_message) == (str(enrolled.pk), "重置了两步登录。")


@pytest.fixture
def seated(sit_down, enrolled):
    """Return the browser of a final reviewer who has typed the code, with a new key on show."""
    client = sit_down("final")
    client.post(VERIFY, {"code": code_of(enrolled)})
    TOTPDevice.objects.update(last_t=-1)
    assert CHANGE in client.get(DESK).content.decode()
    assert 'src="data:image/svg+xml' in client.get(CHANGE).content.decode()
    return client


def test_the_telephone_is_changed_by_a_code_of_each(seated, sit_down, enrolled):
    elsewhere = sit_down("final")
    elsewhere.post(VERIFY, {"code": code_of(enrolled, confirmed=True)})
    TOTPDevice.objects.update(last_t=-1)
    assert elsewhere.get(DESK).status_code == 200
    old, new = (TOTPDevice.objects.get(confirmed=confirmed) for confirmed in (True, False))
    spent = StaticToken.objects.values_list("token", flat=True)[0]
    codes = {
        "code": code_of(enrolled, confirmed=True),
        "new_code": code_of(enrolled, confirmed=False),
    }
    page = seated.post(CHANGE, codes)
    assert set(page.context["codes"]) == set(StaticToken.objects.values_list("token", flat=True))
    assert spent not in page.context["codes"]
    assert list(TOTPDevice.objects.values_list("pk", "confirmed")) == [(new.pk, True)]
    assert old.pk != new.pk
    assert seated.get(DESK).status_code == 200
    assert elsewhere.get(DESK).url.startswith(VERIFY)
    assert LogEntry.objects.filter(user=enrolled, change_message="更换了两步登录的手机。").exists()


def test_a_recovery_code_stands_in_for_a_lost_telephone(seated, enrolled):
    lost = StaticToken.objects.first().token
    codes = {"code": lost, "new_code": code_of(enrolled, confirmed=False)}
    assert len(seated.post(CHANGE, codes).context["codes"]) == second_factor.RECOVERY_CODES


@pytest.mark.parametrize("wrong", ["code", "new_code"])
def test_neither_code_changes_it_without_the_other(wrong, seated, enrolled):
    old = TOTPDevice.objects.get(confirmed=True)
    right = {
        "code": code_of(enrolled, confirmed=True),
        "new_code": code_of(enrolled, confirmed=False),
    }
    assert "不正确" in seated.post(CHANGE, {**right, wrong: "000000"}).content.decode()
    assert "必填" in seated.post(CHANGE, {**right, wrong: ""}).content.decode()
    assert TOTPDevice.objects.get(confirmed=True) == old


def test_without_an_authenticator_there_is_none_to_change(sit_down):
    client = sit_down("editor")
    assert client.get(CHANGE).url == ENROL
    assert CHANGE not in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("name", "target"), [("editor", "final"), ("final", "first"), ("manager", "root")]
)
def test_others_cannot_reset_it(name, target, sit_down, office, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    second_factor.candidate(user=office[target])
    address = reverse("admin:auth_user_second_factor", args=[office[target].pk])
    assert sit_down(name).post(address).status_code in {302, 403}
    assert TOTPDevice.objects.filter(user=office[target]).exists()


def test_the_keys_are_no_page_of_the_admin(sit_down, enrolled, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert sit_down("root").get("/admin/otp_totp/totpdevice/").status_code == 404


def test_the_server_lets_somebody_in_who_lost_everything(enrolled, capsys):
    call_command("reset_second_factor", "final")
    assert not second_factor.has_factor(enrolled)
    assert "云final" in capsys.readouterr().err


def test_a_session_of_before_cannot_be_reused_after_the_code(sit_down, enrolled):
    client = sit_down("final")
    before = client.session.session_key
    client.post(VERIFY, {"code": code_of(enrolled)})
    assert client.session.session_key != before
