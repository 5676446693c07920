"""The workbench and importing again: what staff change there counts, and pictures come along."""

import pytest

from speeches.enums import NameChoice, RevisionChoice
from speeches.exceptions import EditConflict, ImportRefused
from speeches.models import Speech
from speeches.services import (
    acceptance,
    corrections,
    import_edits,
    import_pictures,
    imports,
    name_queue,
    reimport,
)
from speeches.services.comparing import compare
from speeches.services.repeats import repeated_meeting
from tests.speeches.services.test_import_pictures import TEXT, document
from tests.speeches.services.test_reimport import bring, first, say  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("choice", "name"), [(NameChoice.IGNORED, ""), (NameChoice.NEW, "白鹭县政治协商会议")]
)
def test_another_decision_on_the_body_asks_to_look_again(bring, staff, choice, name):  # noqa: F811  # the fixture
    batch = bring(("白鹭县政协党组书记", "紫荆县政协党组书记"))
    name_queue.decide_body(
        batch=batch, user=staff.editor, printed="紫荆县政协", choice=NameChoice.NEW
    )
    say(batch, staff.editor, "让协商落到田间地头", RevisionChoice.TAKE)
    name_queue.decide_body(
        batch=batch, user=staff.editor, printed="紫荆县政协", choice=choice, name=name
    )
    with pytest.raises(ImportRefused, match="让协商落到田间地头"):
        reimport.apply(batch=batch, meeting=repeated_meeting(batch), user=staff.editor)


def test_what_became_a_draft_is_not_undone_in_the_workbench(bring, staff):  # noqa: F811  # the fixture
    batch = bring(("138场次", "139场次"), ("督办12次", "督办13次"))
    item = batch.items.get(position=1)
    corrections.correct_item(
        item=item,
        user=staff.editor,
        title=item.title,
        byline=item.byline,
        organization_printed=item.organization_printed,
        posts=item.posts,
        speakers=["林清溪"],
        paragraphs=[text.replace("139", "140") for text in item.paragraphs],
    )
    opened = batch.version
    say(batch, staff.editor, "以提案办理助推民生改善", RevisionChoice.LATER)
    reimport.apply(batch=batch, meeting=repeated_meeting(batch), user=staff.editor)
    with pytest.raises(ImportRefused):
        import_edits.undo(batch=batch, user=staff.editor)
    with pytest.raises(EditConflict):
        import_pictures.leave_rest(batch=batch, user=staff.editor, version=opened)
    item.refresh_from_db()
    assert "140场次" in "".join(item.paragraphs)
    assert item.speech == Speech.objects.get(body__contains="140场次")


def brought(staff, *pictures: int, texts: list[str] = TEXT):
    """Import a Word file and use all of its pictures."""
    batch, _new = imports.create_batch(
        data=document(*pictures, texts=texts), filename="交流会.docx", user=staff.editor
    )
    for number in range(1, len(pictures) + 1):
        import_pictures.keep(batch=batch, user=staff.editor, number=number, alt=f"河道之{number}")
    for question in (*name_queue.questions(batch)[0], *name_queue.questions(batch)[1]):
        decide = {"batch": batch, "user": staff.editor, "printed": question.printed}
        if question.is_open and question.body:
            name_queue.decide_person(**decide, body=question.body, choice=NameChoice.NEW)
        elif question.is_open:
            name_queue.decide_body(**decide, choice=NameChoice.NEW)
    return batch


def test_a_known_picture_stays_once_and_a_new_one_comes_behind_its_paragraph(
    staff, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    acceptance.accept(batch=brought(staff, 3), user=staff.editor)
    before = Speech.objects.get().body
    texts = [text.replace("三十公里", "三十一公里") for text in TEXT]
    again = brought(staff, 3, 4, texts=texts)
    reimport.apply(batch=again, meeting=repeated_meeting(again), user=staff.editor)
    body = Speech.objects.get().body
    assert [body.count(f'alt="河道之{number}"') for number in (1, 2)] == [1, 1]
    first_picture = before[before.index("<figure") : before.index("</figure>")]
    assert first_picture in body
    order = ["十二条小河", "河道之1", "三十一公里", "河道之2", "下一步"]
    assert sorted(order, key=body.index) == order


def test_a_picture_alone_is_no_change_but_is_left_to_be_done_by_hand(staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    acceptance.accept(batch=brought(staff), user=staff.editor)
    before = Speech.objects.get().body
    again = brought(staff, 4)
    meeting = repeated_meeting(again)
    assert not any(row.offered for row in compare(batch=again, meeting=meeting, user=staff.editor))
    result = reimport.apply(batch=again, meeting=meeting, user=staff.editor)
    assert [todo["speech"] for todo in result.todo] == [Speech.objects.get().pk]
    assert Speech.objects.get().body == before
