"""The page on which a draft is reviewed."""

import pytest
from django.urls import reverse

from speeches.enums import Action
from speeches.models import ReviewComment
from speeches.services import drafts, reviews
from speeches.services.comments import comment
from tests.speeches.admin.conftest import messages_of


def page(draft) -> str:
    return reverse(f"admin:speeches_{draft._meta.model_name}_reading", args=[draft.pk])


def say(client, draft, do: str, text: str = "", anchor: str = "") -> str:
    data = {"do": do, "text": text, "anchor": anchor}
    return messages_of(client.post(page(draft), data, follow=True))


def test_a_comment_hangs_on_its_paragraph_is_answered_and_resolved(sit_down, speech, office):
    say(sit_down("first"), speech, "comment", "19件的出处？", "p1")
    row = ReviewComment.objects.get()
    assert (row.anchor, row.passage) == ("p1", "白鹭县政协提交提案19件。")
    say(sit_down("editor"), speech, f"answer-{row.pk}", "见年度报告。")
    context = sit_down("first").get(page(speech)).context
    (thread,) = context["paragraphs"][0].threads
    assert [reply.text for reply, _who in thread.answers] == ["见年度报告。"]
    assert context["open_comments"] == 1
    say(sit_down("first"), speech, f"resolve-{row.pk}")
    assert sit_down("first").get(page(speech)).context["open_comments"] == 0
    say(sit_down("first"), speech, f"reopen-{row.pk}")
    row.refresh_from_db()
    assert row.resolved_by is None


def test_a_comment_outlives_its_paragraph(sit_down, speech, office):
    comment(draft=speech, text="请补充", user=office["first"], anchor="p2")
    speech.body = '<p id="p1">只剩一段。</p>'
    drafts.save_draft(draft=speech, user=office["editor"])
    context = sit_down("editor").get(page(speech)).context
    assert [thread.comment.passage for thread in context["whole"]] == ["下一步，继续努力。"]


@pytest.mark.parametrize(("text", "anchor"), [("  ", "p1"), ("有话", "p99")])
def test_empty_words_and_unknown_paragraphs_are_refused(sit_down, speech, text, anchor):
    assert say(sit_down("first"), speech, "comment", text, anchor)
    assert not ReviewComment.objects.exists()


def test_a_neighbour_neither_reads_nor_comments(sit_down, speech):
    client = sit_down("neighbour")
    assert client.get(page(speech)).status_code == 403
    assert client.post(page(speech), {"do": "comment", "text": "看看"}).status_code == 403
    assert not ReviewComment.objects.exists()


def test_a_comment_on_another_draft_cannot_be_resolved_from_here(sit_down, speech, write_speech):
    own = write_speech("邻居的", author="neighbour")
    say(sit_down("first"), speech, "comment", "请核对", "p1")
    row = ReviewComment.objects.get()
    assert "页面已过期" in say(sit_down("neighbour"), own, f"resolve-{row.pk}")
    row.refresh_from_db()
    assert row.resolved_at is None


def test_a_reviewer_sees_what_changed_since_the_last_review(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    reviews.advance(draft=speech, action=Action.RETURN, user=office["first"], opinion="请核对数据")
    speech.body = speech.body.replace("19件", "21件")
    drafts.save_draft(draft=speech, user=office["editor"])
    compared = sit_down("first").get(page(speech)).context["since_review"]
    (change,) = compared.changes
    assert [(p.kind, p.text) for p in change.pieces if p.kind != "same"] == [
        ("removed", "19"),
        ("added", "21"),
    ]


def test_a_change_of_look_is_told_apart_from_a_change_of_words(sit_down, published_speech, office):
    reviews.advance(draft=published_speech, action=Action.REVISE, user=office["editor"])
    published_speech.body = published_speech.body.replace("19件", "<strong>19件</strong>")
    drafts.save_draft(draft=published_speech, user=office["editor"])
    compared = sit_down("first").get(page(published_speech)).context["since_publication"]
    assert compared.is_format_only
    assert not compared.changes


def test_what_was_said_is_shown_as_text(sit_down, speech):
    client = sit_down("first")
    say(client, speech, "comment", "<script>alert(1)</script>", "p1")
    assert "<script>alert(1)" not in client.get(page(speech)).content.decode()


def test_meetings_are_reviewed_on_the_same_page(sit_down, meeting):
    assert sit_down("first").get(page(meeting)).status_code == 200
