import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import Action, BatchState, ItemState, NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedName, ImportedSpeech, Meeting, Speech, WorkItem
from speeches.parsing.candidates import work_title
from speeches.parsing.reading import MAX_BYTES
from speeches.services import acceptance, corrections, imports, name_queue, reviews
from speeches.services.slugs import free_slug

DIGEST = """青禾市政协基层协商工作交流会

(发言摘登)

让协商落到田间地头

白鹭县政协党组书记、主席　林清溪

白鹭县政协坚持协商于民,推动工作落实。

一、搭好平台。全县建成协商议事室26个,开展协商138场次。

二、用好成果。今年提交提案19件,计划明年提交提案30件。

以提案办理助推民生改善

青禾市政协提案委员会主任　乔木南

近年来,提案委员会坚持质量导向。

一、严把立案关。全年立案提案215件。

二、紧盯办理关。开展督办12次。
""".encode()


@pytest.fixture
def batch(staff):
    return imports.create_batch(data=DIGEST, filename="交流会.txt", user=staff.editor)[0]


def test_a_file_becomes_a_batch_that_keeps_what_was_read(batch):
    assert batch.meeting_title == "青禾市政协基层协商工作交流会"
    with batch.original.open() as stored:
        assert stored.read() == DIGEST
    assert [item.title for item in batch.items.all()] == [
        "让协商落到田间地头",
        "以提案办理助推民生改善",
    ]
    first = batch.items.first()
    assert (first.organization_printed, first.posts) == ("白鹭县政协", ["党组书记", "主席"])
    assert [name.printed for name in first.names.all()] == ["林清溪"]
    for figure in first.figures:
        assert (
            first.paragraphs[figure["paragraph"]][figure["start"] : figure["end"]] == figure["text"]
        )


def test_the_same_bytes_are_recognised_whatever_the_file_is_called(batch, staff):
    again, is_new = imports.create_batch(data=DIGEST, filename="副本.txt", user=staff.colleague)
    assert (again, is_new) == (batch, False)
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"PK\x03\x04" + bytes(400), "损坏"),
        ("今天天气很好。\n".encode() * 3, "没有找到发言"),
        (b"x" * (MAX_BYTES + 1), "10 MB"),
    ],
)
def test_a_useless_file_is_refused_in_chinese_and_leaves_nothing(staff, data, words):
    with pytest.raises(ImportRefused, match=words) as refusal:
        imports.create_batch(data=data, filename="坏文件.txt", user=staff.editor)
    assert "坏文件.txt" in str(refusal.value)
    assert not ImportBatch.objects.exists()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        digest = imports.read_digest(data=data, filename="任意").digest
    except ImportRefused:
        return
    assert digest.speeches


def test_accepting_creates_meeting_people_bodies_and_drafts(batch, staff):
    result = acceptance.accept(batch=batch, user=staff.editor)
    assert len(result.created) == 2
    speech = Speech.objects.get(title="让协商落到田间地头")
    assert speech.organization == Organization.objects.get(name="白鹭县政协")
    assert (speech.organization.kind, speech.organization.level) == ("committee", "county")
    assert [str(credit) for credit in speech.credits.all()] == ["林清溪"]
    posts = Appointment.objects.filter(speaker__name="林清溪")
    assert sorted(post.post_title for post in posts) == ["主席", "党组书记"]
    assert speech.body.startswith('<p id="p1">白鹭县政协坚持协商于民')
    assert result.meeting.subtitle == "发言摘登"
    batch.refresh_from_db()
    assert batch.state == BatchState.ACCEPTED


def test_paragraphs_with_figures_become_highlighted_work(batch, staff):
    acceptance.accept(batch=batch, user=staff.editor)
    item = WorkItem.objects.get(title="搭好平台")
    assert item.paragraph == "p2"
    assert [(f.printed[-3:], f.low, f.unit) for f in item.figures.all()] == [
        ("26个", 26, "个"),
        ("8场次", 138, "场次"),
    ]


def test_accepting_again_creates_nothing_twice(batch, staff):
    acceptance.accept(batch=batch, user=staff.editor)
    again = acceptance.accept(batch=batch, user=staff.editor)
    assert (again.created, again.updated) == ([], [])
    assert (Meeting.objects.count(), Speech.objects.count()) == (1, 2)


def test_a_corrected_file_updates_the_drafts_and_leaves_locked_ones_alone(batch, staff):
    acceptance.accept(batch=batch, user=staff.editor)
    locked = Speech.objects.get(title="以提案办理助推民生改善")
    reviews.advance(draft=locked, action=Action.SUBMIT, user=staff.editor)
    newer = DIGEST.replace("138场次".encode(), "139场次".encode())
    second, _is_new = imports.create_batch(data=newer, filename="更正.txt", user=staff.editor)
    result = acceptance.accept(batch=second, user=staff.editor)
    assert [speech.title for speech in result.updated] == ["让协商落到田间地头"]
    assert [item.title for item in result.skipped] == ["以提案办理助推民生改善"]
    assert "139场次" in Speech.objects.get(title="让协商落到田间地头").body
    assert Speech.objects.count() == 2


def test_only_chosen_speeches_are_accepted_and_the_rest_waits(batch, staff):
    first, second = batch.items.all()
    acceptance.accept(batch=batch, user=staff.editor, items=[second])
    assert [speech.title for speech in Speech.objects.all()] == [second.title]
    first.refresh_from_db()
    batch.refresh_from_db()
    assert (first.state, batch.state) == (ItemState.PENDING, BatchState.OPEN)


def decide(batch, staff, **decision):
    name_queue.decide_person(
        batch=batch, user=staff.editor, printed="林清溪", body="白鹭县政协", **decision
    )


class TestNames:
    def test_a_namesake_without_a_post_in_the_body_is_for_staff_to_decide(self, staff):
        Speaker.objects.create(name="林清溪")
        batch, _new = imports.create_batch(data=DIGEST, filename="a.txt", user=staff.editor)
        name = ImportedName.objects.get(printed="林清溪")
        assert name.choice == NameChoice.UNRESOLVED
        with pytest.raises(ImportRefused, match="林清溪"):
            acceptance.accept(batch=batch, user=staff.editor)
        assert not Meeting.objects.exists()

    def test_a_person_who_holds_a_post_in_the_body_is_recognised(self, staff):
        person = Speaker.objects.create(name="林清溪")
        body = Organization.objects.create(name="青禾市白鹭县政协", short_name="白鹭县政协")
        Appointment.objects.create(speaker=person, organization=body, post_title="主席")
        batch, _new = imports.create_batch(data=DIGEST, filename="a.txt", user=staff.editor)
        acceptance.accept(batch=batch, user=staff.editor)
        speech = Speech.objects.get(title="让协商落到田间地头")
        assert (speech.organization, speech.credits.get().speaker) == (body, person)
        assert Speaker.objects.filter(name="林清溪").count() == 1

    def test_a_homonym_becomes_a_second_person_told_apart(self, staff):
        Speaker.objects.create(name="林清溪")
        batch, _new = imports.create_batch(data=DIGEST, filename="a.txt", user=staff.editor)
        decide(batch, staff, choice=NameChoice.HOMONYM)
        acceptance.accept(batch=batch, user=staff.editor)
        notes = sorted(Speaker.objects.filter(name="林清溪").values_list("note", flat=True))
        assert notes == ["", "白鹭县政协"]

    def test_an_existing_person_keeps_the_printed_variant(self, batch, staff):
        person = Speaker.objects.create(name="林青溪")
        decide(batch, staff, choice=NameChoice.EXISTING, speaker_id=person.pk)
        acceptance.accept(batch=batch, user=staff.editor)
        assert [variant.name for variant in person.variants.all()] == ["林清溪"]
        assert not Speaker.objects.filter(name="林清溪").exists()

    def test_what_is_no_person_is_left_out(self, batch, staff):
        decide(batch, staff, choice=NameChoice.IGNORED)
        acceptance.accept(batch=batch, user=staff.editor)
        assert not Speech.objects.get(title="让协商落到田间地头").credits.exists()

    def test_choosing_nobody_as_the_existing_speaker_is_refused(self, batch, staff):
        with pytest.raises(ImportRefused):
            decide(batch, staff, choice=NameChoice.EXISTING)

    def test_undecided_speeches_may_wait_while_the_others_are_accepted(self, staff):
        Speaker.objects.create(name="林清溪")
        batch, _new = imports.create_batch(data=DIGEST, filename="a.txt", user=staff.editor)
        result = acceptance.accept(batch=batch, user=staff.editor, leave_undecided=True)
        assert len(result.created) == len(result.problems) == 1

    def test_a_new_speaker_who_speaks_twice_is_one_person(self, batch, staff):
        ImportedName.objects.filter(printed="乔木南").update(printed="林清溪")
        acceptance.accept(batch=batch, user=staff.editor)
        assert Speaker.objects.filter(name="林清溪").count() == 1


class TestCorrections:
    def correct(self, item, **changes):
        fields = {
            "title": item.title,
            "byline": item.byline,
            "organization_printed": item.organization_printed,
            "posts": item.posts,
            "speakers": [name.printed for name in item.names.all()],
            "paragraphs": item.paragraphs,
        }
        fields["user"] = item.batch.created_by
        return corrections.correct_item(item=item, **{**fields, **changes})

    def test_figures_are_read_again_and_decided_names_stay(self, batch, staff):
        decide(batch, staff, choice=NameChoice.IGNORED)
        item = batch.items.first()
        item = self.correct(item, paragraphs=["全年提交提案20件。", "  "])
        assert item.paragraphs == ["全年提交提案20件。"]
        assert [figure["value"] for figure in item.figures] == [20]
        assert item.names.get().choice == NameChoice.IGNORED

    def test_new_names_are_matched_again(self, batch):
        item = self.correct(batch.items.first(), speakers=["方知远", "乔木南"])
        assert [name.printed for name in item.names.all()] == ["方知远", "乔木南"]

    def test_a_speech_without_text_is_refused(self, batch):
        with pytest.raises(ImportRefused):
            self.correct(batch.items.first(), paragraphs=["", " "])

    def test_a_title_that_is_too_long_is_refused_and_nothing_changes(self, batch):
        item = batch.items.first()
        with pytest.raises(ValidationError):
            self.correct(item, title="长" * 201)
        assert ImportedSpeech.objects.get(pk=item.pk).title == "让协商落到田间地头"

    def test_a_decided_batch_is_closed(self, batch, staff):
        item = batch.items.first()
        corrections.discard(batch=batch, user=staff.editor)
        item.batch.refresh_from_db()
        for step in (
            lambda: self.correct(item),
            lambda: corrections.discard(batch=batch, user=staff.editor),
            lambda: corrections.correct_meeting(
                batch=batch, user=staff.editor, title="新", held_on=None
            ),
            lambda: acceptance.accept(batch=batch, user=staff.editor),
        ):
            with pytest.raises(ImportRefused):
                step()

    def test_the_meeting_is_corrected_until_it_exists(self, batch, staff):
        corrections.correct_meeting(
            batch=batch, user=staff.editor, title="更正的会议名", held_on=None
        )
        batch.refresh_from_db()
        acceptance.accept(batch=batch, user=staff.editor, items=[batch.items.first()])
        assert Meeting.objects.get().title == "更正的会议名"
        with pytest.raises(ImportRefused):
            corrections.correct_meeting(
                batch=batch, user=staff.editor, title="又一个", held_on=None
            )

    def test_a_file_that_names_no_meeting_asks_for_its_title(self, batch, staff):
        ImportBatch.objects.update(meeting_title="")
        with pytest.raises(ImportRefused):
            acceptance.accept(batch=batch, user=staff.editor)


def test_addresses_are_free_and_tell_the_date(meeting):
    assert free_slug("青禾市", "2025-01-01") == "2025-01-01-qhs"
    meeting.slug = "qhs"
    meeting.save()
    assert free_slug("青禾市") == "qhs-2"
    assert free_slug("！？") == "meeting"


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        ("三、坚持以主责主业为抓手，切实提升质效。一是……", "坚持以主责主业为抓手，切实提升质效"),
        ("（二）建平台。", "建平台"),
        ("一是补齐硬件。新建图书室12间。", "补齐硬件"),
        ("全" * 30 + "，" + "年" * 40, "全" * 30),
        ("全" * 80, "全" * 60),
    ],
)
def test_work_is_titled_by_its_leading_sentence(paragraph, title):
    assert work_title(paragraph) == title
