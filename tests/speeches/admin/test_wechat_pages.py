"""The page of a meeting's articles for WeChat: only what is published, measured, in a theme."""

import pytest
from django.urls import reverse


@pytest.fixture
def address(meeting):
    return reverse("admin:speeches_meeting_wechat", args=[meeting.pk])


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.manager)
    return client


def test_the_articles_are_shown_with_their_lengths(desk, address, published_speech):
    answer = desk.get(address)
    (preview,) = answer.context["previews"]
    assert preview.broken == ()
    assert published_speech.title in preview.article.content
    page = answer.content.decode()
    assert preview.article.content in page
    assert f"{len(preview.article.content)} / 19999" in page


def test_inline_styles_are_allowed_here_and_scripts_are_not(desk, address, published_speech):
    policy = desk.get(address)["Content-Security-Policy"]
    assert "style-src-attr 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize("theme", ["banner", "plain", "none-such"])
def test_a_theme_is_chosen_by_address(desk, address, published_speech, theme):
    answer = desk.get(address, {"theme": theme})
    chosen = [name for name, _label, is_chosen in answer.context["themes"] if is_chosen]
    assert chosen == ["bar" if theme == "none-such" else theme]


def test_what_is_not_published_is_not_handed_on(desk, address, meeting):
    assert desk.get(address, follow=True).redirect_chain[0][0] == reverse(
        "admin:speeches_meeting_change", args=[meeting.pk]
    )


def test_readers_and_strangers_are_kept_out(client, address, published_speech, django_user_model):
    assert client.get(address).status_code == 302
    client.force_login(django_user_model.objects.create_user("stranger", is_staff=True))
    assert client.get(address).status_code in {403, 404}


def test_drafts_after_publication_change_no_article(desk, address, published_speech):
    published_speech.title = "还没有审过的标题"
    published_speech.save()
    assert "还没有审过的标题" not in desk.get(address).content.decode()
