"""The review sheet of a draft and of a meeting."""

import pypdfium2
import pytest
from django.urls import reverse

from speeches.enums import Action
from speeches.services import reviews


def address(draft, suffix: str = "") -> str:
    return reverse(f"admin:speeches_{draft._meta.model_name}_sheet{suffix}", args=[draft.pk])


@pytest.fixture
def reviewed(speech, office):
    """Return a speech that was reviewed once, with an opinion that looks like markup."""
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    reviews.advance(
        draft=speech, action=Action.APPROVE, user=office["first"], opinion="#strong[同意] <b>"
    )
    return speech


def test_each_step_carries_the_hash_of_the_text_that_was_read(reviewed):
    assert {record.text_hash for record in reviewed.records.all()} == {reviewed.text_hash()}
    reviewed.body += "<p>又一段。</p>"
    assert reviewed.text_hash() not in {record.text_hash for record in reviewed.records.all()}


def test_the_page_tells_who_decided_what(sit_down, reviewed):
    page = sit_down("editor").get(address(reviewed)).content.decode()
    for told in ("云first", "通过（初审）", "#strong[同意] &lt;b&gt;", reviewed.text_hash()):
        assert told in page


def test_the_sheet_of_a_meeting_lists_its_pieces(sit_down, reviewed, meeting):
    sheet = sit_down("first").get(address(meeting)).context["sheet"]
    assert [part.title for part in sheet.parts] == [str(meeting), str(reviewed)]


def test_the_file_is_a_pdf_that_prints_opinions_as_written(sit_down, reviewed):
    response = sit_down("editor").get(address(reviewed, "_file"))
    assert response["Content-Type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(response.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "#strong[同意] <b>" in "".join(text.splitlines())
    assert "云first" in "".join(text.split())


def test_an_opinion_that_no_font_can_print_is_refused_in_words(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"], opinion="好🀄")
    response = sit_down("editor").get(address(speech, "_file"), follow=True)
    assert "🀄" in response.content.decode()


def test_a_neighbour_sees_no_sheet(sit_down, reviewed):
    for suffix in ("", "_file"):
        assert sit_down("neighbour").get(address(reviewed, suffix)).status_code == 403
