"""The pages of proofreading: what staff see, may press, and are told."""

import pytest
from django.urls import reverse

from speeches.enums import Action
from speeches.models import FindingDecision, Speech, Term
from speeches.services import drafts, reviews

pytestmark = pytest.mark.django_db

BODY = "<p>白鹭县政协坚持党建引领,认真落实实责任,办好实事。</p><p>2025年2月30日，召开协商会。</p>"


@pytest.fixture
def faulty(meeting, office) -> Speech:
    return drafts.save_draft(
        draft=Speech(meeting=meeting, title="把协商桌搬到田埂上", body=BODY), user=office["editor"]
    )


def page(speech: Speech) -> str:
    return reverse("admin:speeches_speech_proofreading", args=[speech.pk])


def post(client, speech: Speech, **sent):
    speech.refresh_from_db()
    return client.post(page(speech), {"lock_version": speech.lock_version, **sent}, follow=True)


def key_in(response, rule: str) -> str:
    return next(view.key for view in response.context["proof"].open if view.rule == rule)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_text_is_marked_and_each_finding_told(sit_down, faulty):
    response = sit_down("editor").get(page(faulty))
    content = response.content.decode()
    assert response.status_code == 200
    assert [view.rule for view in response.context["proof"].open] == [
        "narrow-mark",
        "doubled-character",
        "narrow-mark",
        "impossible-date",
    ]
    assert '<mark class="severity-severe" id="mark-4">2025年2月30日<sup>4</sup></mark>' in content
    assert "style=" not in content.split('id="content-main"')[1]
    assert "onclick" not in content


def test_a_suggestion_is_taken_by_a_button(sit_down, faulty):
    client = sit_down("editor")
    key = key_in(client.get(page(faulty)), "doubled-character")
    response = post(client, faulty, accept=key, place="2")
    assert response.redirect_chain[0][0].endswith("#finding-2")
    faulty.refresh_from_db()
    assert "落实责任" in faulty.body


def test_all_of_a_kind_are_corrected_by_a_button(sit_down, faulty):
    post(sit_down("editor"), faulty, accept_all="narrow-mark")
    faulty.refresh_from_db()
    assert "引领，认真" in faulty.body
    assert "," not in faulty.body


def test_a_finding_is_ignored_with_a_reason_and_taken_back(sit_down, faulty):
    client = sit_down("editor")
    key = key_in(client.get(page(faulty)), "impossible-date")
    post(client, faulty, ignore=key, reason="引用原件")
    decision = FindingDecision.objects.get()
    response = client.get(page(faulty))
    assert [view.decided_by for view in response.context["proof"].ignored] == ["云editor"]
    assert "引用原件" in response.content.decode()
    post(client, faulty, reopen=decision.pk)
    assert not FindingDecision.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"accept": "nothing"},
        {"accept_all": "no-such-rule"},
        {"ignore": "narrow-mark.0.0.1", "reason": "因"},
        {"reopen": "x"},
        {"accept": "narrow-mark.1.11.12", "lock_version": "x"},
        {},
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(sit_down, faulty, sent):
    response = post(sit_down("editor"), faulty, **sent)
    version = faulty.lock_version
    faulty.refresh_from_db()
    assert told(response)
    assert faulty.lock_version == version
    assert not FindingDecision.objects.exists()


def test_a_colleague_saved_meanwhile(sit_down, faulty, office):
    client = sit_down("editor")
    key = key_in(client.get(page(faulty)), "doubled-character")
    stale = faulty.lock_version
    drafts.save_draft(draft=faulty, user=office["manager"])
    response = client.post(page(faulty), {"accept": key, "lock_version": stale}, follow=True)
    assert "云manager" in told(response)[0]


@pytest.mark.parametrize("name", ["proofreading", "typesetting"])
def test_a_colleague_without_the_right_sees_nothing(sit_down, faulty, name):
    address = reverse(f"admin:speeches_speech_{name}", args=[faulty.pk])
    assert sit_down("neighbour").get(address).status_code == 403
    assert sit_down("neighbour").post(address, {"accept": "x"}).status_code == 403


def test_a_reviewer_reads_and_decides_but_does_not_change(sit_down, faulty, office):
    reviews.advance(draft=faulty, action=Action.SUBMIT, user=office["editor"])
    client = sit_down("first")
    response = client.get(page(faulty))
    assert (response.context["may_edit"], response.context["may_decide"]) == (False, True)
    refused = post(client, faulty, accept=key_in(response, "doubled-character"))
    faulty.refresh_from_db()
    assert told(refused)
    assert "落实实" in faulty.body
    post(client, faulty, ignore=key_in(response, "impossible-date"), reason="引用原件")
    assert FindingDecision.objects.get().decided_by == office["first"]


def test_the_form_counts_what_is_open_and_shows_the_marks(sit_down, faulty):
    content = (
        sit_down("editor")
        .get(reverse("admin:speeches_speech_change", args=[faulty.pk]))
        .content.decode()
    )
    assert f'href="{page(faulty)}"' in content
    assert "（4）" in content
    assert '<mark class="severity-severe">2025年2月30日<sup>4</sup></mark>' in content


def test_hostile_text_stays_text(sit_down, meeting, office):
    Term.objects.create(wrong="<script>", right="<img src=x onerror=alert(1)>", note="<b>注</b>")
    speech = drafts.save_draft(
        draft=Speech(
            meeting=meeting, title="<script>alert(1)</script>", body="<p>甲&lt;script&gt;乙。</p>"
        ),
        user=office["editor"],
    )
    client = sit_down("editor")
    content = client.get(page(speech)).content.decode().split('id="content-main"')[1]
    assert "<script>" not in content
    assert "<img" not in content
    assert "<b>" not in content
    post(client, speech, accept_all="term")
    speech.refresh_from_db()
    assert "&lt;img src=x onerror=alert(1)&gt;" in speech.body


def test_the_final_reviewer_is_told_what_blocks(sit_down, faulty, office):
    reviews.advance(draft=faulty, action=Action.SUBMIT, user=office["editor"])
    reviews.advance(draft=faulty, action=Action.APPROVE, user=office["first"])
    reviews.advance(draft=faulty, action=Action.APPROVE, user=office["second"])
    response = sit_down("final").get(reverse("admin:speeches_speech_change", args=[faulty.pk]))
    (approve,) = [
        option for option in response.context["panel"].options if option.action == Action.APPROVE
    ]
    assert "2025年2月30日" in approve.refusal


def test_typesetting_is_shown_and_then_confirmed(sit_down, faulty):
    client = sit_down("editor")
    address = reverse("admin:speeches_speech_typesetting", args=[faulty.pk])
    assert "<del>,</del><ins>，</ins>" in client.get(address).content.decode()
    faulty.refresh_from_db()
    assert "引领,认真" in faulty.body
    client.post(address, {"lock_version": faulty.lock_version})
    faulty.refresh_from_db()
    assert "引领，认真" in faulty.body
    assert "<del>" not in client.get(address).content.decode()


def meeting_page(meeting) -> str:
    return reverse("admin:speeches_meeting_proofreading", args=[meeting.pk])


def test_the_list_of_a_meeting_tells_of_every_speech(sit_down, meeting, faulty, write_speech):
    write_speech("没有问题的发言")
    response = sit_down("editor").get(meeting_page(meeting))
    content = response.content.decode()
    assert "2025年2月30日" in content
    assert "没有问题的发言" in content
    assert f'href="{page(faulty)}#finding-4"' in content


def test_the_list_of_a_meeting_takes_a_constant_number_of_queries(
    sit_down, meeting, faulty, office, django_assert_max_num_queries
):
    client = sit_down("editor")
    client.get(meeting_page(meeting))
    for number in range(8):
        drafts.save_draft(
            draft=Speech(meeting=meeting, title=f"第{number}篇发言", body=BODY),
            user=office["editor"],
        )
    with django_assert_max_num_queries(16):
        client.get(meeting_page(meeting))


def test_the_list_of_a_meeting_leaves_out_what_the_user_may_not_open(
    sit_down, meeting, write_speech
):
    write_speech("同事的发言", author="neighbour", byline="2025年2月30日")
    assert "同事的发言" not in sit_down("editor").get(meeting_page(meeting)).content.decode()
    assert sit_down("neighbour").get(meeting_page(meeting)).status_code == 403
