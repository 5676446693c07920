"""Editing drafts: permissions, locking, rich text, history."""

from django.urls import reverse

from organizations.colleagues import name_of
from organizations.models import Organization
from speeches.enums import Action
from speeches.models import Figure, Meeting, Speech, WorkItem
from speeches.services import drafts, reviews
from tests.speeches.admin.conftest import messages_of, speech_form


def change(speech: Speech) -> str:
    return reverse("admin:speeches_speech_change", args=[speech.pk])


def test_saving_goes_through_the_service_and_raises_the_version(sit_down, speech):
    data = speech_form(
        speech, title="新的标题", posts_printed="党组书记、主席，主席", tags="民生，提案"
    )
    response = sit_down("editor").post(change(speech), data)
    assert response.status_code == 302
    stored = Speech.objects.get(pk=speech.pk)
    assert (stored.title, stored.lock_version) == ("新的标题", speech.lock_version + 1)
    assert stored.posts_printed == ["党组书记", "主席"]
    assert set(stored.tags.names()) == {"民生", "提案"}
    assert stored.history.first().history_user.username == "editor"


def test_a_new_speech_belongs_to_who_wrote_it(sit_down, meeting, office):
    blank = Speech(meeting=meeting, title="新写的发言", body="<p>正文</p>")
    response = sit_down("editor").post(reverse("admin:speeches_speech_add"), speech_form(blank))
    assert response.status_code == 302
    assert Speech.objects.get().author == office["editor"]


def test_a_meeting_gets_an_address_of_its_own(sit_down):
    data = {"title": "青禾市政协全会", "kind": "plenary", "start_date": "2026-01-08", "slug": ""}
    for _round in range(2):
        sit_down("editor").post(reverse("admin:speeches_meeting_add"), data)
    slugs = set(Meeting.objects.values_list("slug", flat=True))
    assert slugs == {"2026-01-08-qhszxqh", "2026-01-08-qhszxqh-2"}


def test_script_in_the_text_is_never_stored(sit_down, speech):
    hostile = '<p onclick="steal()">好<script>steal()</script><img src="//evil/x.png"></p>'
    sit_down("editor").post(change(speech), speech_form(speech, body=hostile))
    body = Speech.objects.get(pk=speech.pk).body
    assert "好" in body
    assert not any(word in body for word in ("script", "onclick", "evil"))


def test_a_stale_save_names_the_other_editor_and_keeps_the_typed_text(sit_down, speech, office):
    opened = speech_form(speech, title="我改的标题")
    sit_down("manager").post(change(speech), speech_form(speech, title="管理员改的标题"))
    response = sit_down("editor").post(change(speech), opened)
    page = response.content.decode()
    assert name_of(office["manager"]) in page
    assert 'value="我改的标题"' in page
    assert "仍然保存我的" in page
    conflict = response.context["conflict"]
    assert [field.label for field in conflict.fields] == ["标题"]
    assert Speech.objects.get(pk=speech.pk).title == "管理员改的标题"


def test_overwriting_after_comparing_saves_the_typed_text(sit_down, speech):
    opened = speech_form(speech, title="我改的标题")
    sit_down("manager").post(change(speech), speech_form(speech, title="管理员改的标题"))
    client = sit_down("editor")
    version = client.post(change(speech), opened).context["conflict"].version
    assert client.post(change(speech), {**opened, "_overwrite": version}).status_code == 302
    assert Speech.objects.get(pk=speech.pk).title == "我改的标题"


def test_overwriting_what_was_not_compared_is_a_conflict_again(sit_down, speech):
    opened = speech_form(speech, title="我改的标题")
    manager = sit_down("manager")
    manager.post(change(speech), speech_form(speech, title="第一次"))
    version = sit_down("editor").post(change(speech), opened).context["conflict"].version
    speech.refresh_from_db()
    manager.post(change(speech), speech_form(speech, title="第二次"))
    response = sit_down("editor").post(change(speech), {**opened, "_overwrite": version})
    assert response.context["conflict"].version == version + 1
    assert Speech.objects.get(pk=speech.pk).title == "第二次"


def test_a_save_without_a_version_is_refused(sit_down, speech):
    data = speech_form(speech, title="我改的标题")
    del data["lock_version"]
    response = sit_down("editor").post(change(speech), data)
    assert "页面已过期" in response.content.decode()
    assert Speech.objects.get(pk=speech.pk).title == speech.title


def test_a_draft_under_review_is_locked_and_says_why(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    page = sit_down("editor").get(change(speech))
    assert "审核期间内容锁定" in page.content.decode()
    assert page.context["has_change_permission"] is False
    assert "白鹭县政协提交提案19件。</p>" in page.content.decode()


def test_typed_text_survives_when_the_draft_was_locked_meanwhile(sit_down, speech, office):
    opened = speech_form(speech, body="<p>刚刚写好的一段</p>")
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    response = sit_down("editor").post(change(speech), opened)
    assert response.status_code == 409
    assert "刚刚写好的一段" in response.content.decode()
    assert Speech.objects.get(pk=speech.pk).body == speech.body


def test_a_reviewer_cannot_change_the_text(sit_down, speech):
    response = sit_down("first").post(change(speech), speech_form(speech, title="评审改的"))
    assert response.status_code == 403


def test_saving_and_submitting_in_one_step(sit_down, speech):
    data = {**speech_form(speech, title="定稿"), "_submit_for_review": "1"}
    response = sit_down("editor").post(change(speech), data, follow=True)
    assert "已送审 1 篇稿件。" in messages_of(response)
    stored = Speech.objects.get(pk=speech.pk)
    assert (stored.title, stored.stage) == ("定稿", "first_review")


def test_the_history_tells_who_changed_what(sit_down, speech, office):
    sit_down("editor").post(
        change(speech), speech_form(speech, title=speech.title.replace("搬", "送"))
    )
    address = reverse("admin:speeches_speech_history", args=[speech.pk])
    response = sit_down("editor").get(address)
    page = response.content.decode()
    assert "<del>搬</del><ins>送</ins>" in page
    assert name_of(office["editor"]) in page
    assert response.context["entries"][0].changes[0].label == "标题"


def test_the_history_of_a_body_names_its_parent(sit_down):
    parent = Organization.objects.create(name="云岭省政协")
    body = Organization.objects.create(name="青禾市政协")
    body.parent = parent
    body.save()
    address = reverse("admin:organizations_organization_history", args=[body.pk])
    assert "<ins>云岭省政协</ins>" in sit_down("manager").get(address).content.decode()


def test_ticking_verified_names_who_compared_the_figure(sit_down, office):
    item = drafts.save_draft(draft=WorkItem(title="办实事"), user=office["editor"])
    figure = Figure.objects.create(work_item=item, printed="56件", low=56, high=56, unit="件")
    data = {
        "title": item.title,
        "position": 0,
        "lock_version": item.lock_version,
        "figures-TOTAL_FORMS": 1,
        "figures-INITIAL_FORMS": 1,
        "figures-0-id": figure.pk,
        "figures-0-work_item": item.pk,
        "figures-0-position": 0,
        "figures-0-printed": "56件",
        "figures-0-low": 56,
        "figures-0-high": 56,
        "figures-0-unit": "件",
        "figures-0-bound": "exact",
        "figures-0-claim": "result",
        "figures-0-is_verified": "on",
    }
    address = reverse("admin:speeches_workitem_change", args=[item.pk])
    assert sit_down("editor").post(address, data).status_code == 302
    figure.refresh_from_db()
    assert figure.verified_by == office["editor"]
    changed = {
        **data,
        "lock_version": item.lock_version + 1,
        "figures-0-printed": "57件",
        "figures-0-is_verified": "",
    }
    assert sit_down("editor").post(address, changed).status_code == 302
    figure.refresh_from_db()
    assert not figure.verified


def policy(response) -> str:
    return response.headers["Content-Security-Policy"]


def test_only_pages_with_the_editor_relax_the_policy(sit_down, speech, office):
    client = sit_down("editor")
    editing = policy(client.get(change(speech)))
    assert "script-src-attr 'unsafe-inline'" in editing
    assert "style-src 'self' 'unsafe-inline'" in editing
    assert "unsafe-eval" not in editing
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    strict = [
        client.get(change(speech)),
        client.get(reverse("admin:index")),
        client.get(reverse("admin:speeches_speech_changelist")),
        client.get(reverse("admin:speeches_importbatch_add")),
        client.get(reverse("admin:organizations_speaker_add")),
    ]
    assert not any("unsafe" in policy(response) for response in strict)
