"""A corrected file of a meeting that is there: from the suspicion to the changed drafts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.models import Speaker
from speeches.enums import Action, BatchState, ItemState, RevisionChoice, Stage
from speeches.exceptions import ImportRefused
from speeches.models import Meeting, Speech, SpeechEdition, WorkItem
from speeches.services import acceptance, decisions, drafts, imports, publications, reviews
from speeches.services import reimport as reimporting
from speeches.services.comparing import compare
from speeches.services.decisions import Decision
from speeches.services.ordering import planned_positions
from speeches.services.repeats import decide, repeated_meeting, session_of
from speeches.services.revisions import Status

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

守护一江清水

云坪县政协副主席　顾云舟

云坪县政协把护河作为履职的头等大事。

一、走遍河段。组织委员巡河86次。

二、管到源头。推动关停排污口14处。
"""

ADDED = """
给孩子一间图书室

白鹭县政协委员　沈知微

去年秋天,我走进15所乡村小学。

建议利用闲置教室改造图书室38间。
"""


@pytest.fixture
def first(staff):
    """The file as it came first, accepted."""
    batch, _new = imports.create_batch(
        data=DIGEST.encode(), filename="交流会.txt", user=staff.editor, held_on=date(2025, 6, 16)
    )
    acceptance.accept(batch=batch, user=staff.editor)
    return batch


@pytest.fixture
def bring(staff, first):
    """Return a function that imports the file again with some words replaced."""

    def again(*changes: tuple[str, str], extra: str = "", user=None, text: str = DIGEST):
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        batch, is_new = imports.create_batch(
            data=f"{text}{extra}\n\n".encode(),
            filename="更正.txt",
            user=user or staff.editor,
            held_on=date(2025, 6, 16),
        )
        assert is_new
        return batch

    return again


def revisions(batch, user):
    return compare(batch=batch, meeting=repeated_meeting(batch), user=user)


def run(batch, user, **options):
    return reimporting.apply(batch=batch, meeting=repeated_meeting(batch), user=user, **options)


def say(batch, user, title: str, choice: RevisionChoice, *parts: str):
    """Decide on one speech as the page does."""
    meeting = repeated_meeting(batch)
    reimport = decide(batch=batch, meeting=meeting, user=user)
    row = next(row for row in revisions(batch, user) if row.title == title)
    decision = Decision(row, choice, row.seen, parts)
    decisions.store_decisions(reimport=reimport, decisions=[decision])
    return row


def publish(staff, title: str) -> Speech:
    """Publish the meeting; return the draft of one of its speeches."""
    meeting = Meeting.objects.get()
    staff.approve(meeting, *Speech.objects.all())
    publications.publish_meeting(meeting=meeting, user=staff.final)
    return Speech.objects.get(title=title)


class TestSuspicion:
    def test_the_same_title_and_date_are_the_same_meeting(self, bring):
        assert repeated_meeting(bring(("138", "139"))) == Meeting.objects.get()

    def test_another_title_over_the_same_speeches_is_suspected_too(self, bring):
        other = bring(("青禾市政协基层协商工作交流会", "青禾市政协协商工作经验交流会"))
        assert repeated_meeting(other) == Meeting.objects.get()

    def test_another_meeting_of_another_day_is_not(self, first, staff):
        batch, _new = imports.create_batch(
            data=f"青禾市政协读书交流会\n{ADDED}".encode(), filename="读书.txt", user=staff.editor
        )
        assert repeated_meeting(batch) is None

    def test_the_batch_that_made_the_meeting_does_not_repeat_it(self, first):
        first.refresh_from_db()
        assert repeated_meeting(first) is None

    @pytest.mark.parametrize(
        ("title", "session"),
        [
            ("政协白鹭县第九届委员会第四次会议", ("政协白鹭县", 9, 4)),
            ("政协白鹭县九届四次会议", ("政协白鹭县", 9, 4)),
            ("中国人民政治协商会议青禾市第十四届委员会第三次会议", ("政协青禾市", 14, 3)),
            ("青禾市政协工作交流会", None),
        ],
    )
    def test_a_session_is_known_however_it_is_written(self, title, session):
        assert session_of(title) == session

    def test_staff_may_deny_it_and_a_meeting_of_its_own_is_made(self, bring, staff):
        batch = bring(("138", "139"))
        decide(batch=batch, meeting=None, user=staff.editor)
        assert repeated_meeting(batch) is None
        acceptance.accept(batch=batch, user=staff.editor)
        assert Meeting.objects.count() == 2

    def test_staff_may_choose_a_meeting_until_drafts_are_made(self, bring, staff, meeting):
        batch = bring(("138", "139"))
        decide(batch=batch, meeting=meeting, user=staff.editor)
        assert repeated_meeting(batch) == meeting
        decide(batch=batch, meeting=Meeting.objects.exclude(pk=meeting.pk).get(), user=staff.editor)
        run(batch, staff.editor)
        with pytest.raises(ImportRefused, match="已处理"):
            decide(batch=batch, meeting=meeting, user=staff.editor)


class TestComparing:
    def test_unchanged_changed_new_and_missing_speeches_are_told(self, bring, staff):
        text = DIGEST.replace("138场次", "139场次")
        text = text[: text.index("守护一江清水")] + ADDED
        told = {row.title: row.status for row in revisions(bring(text=text), staff.editor)}
        assert told == {
            "让协商落到田间地头": Status.CHANGED,
            "以提案办理助推民生改善": Status.UNCHANGED,
            "给孩子一间图书室": Status.NEW,
            "守护一江清水": Status.MISSING,
        }

    def test_a_retitled_and_newly_signed_speech_is_the_same_speech(self, bring, staff):
        batch = bring(
            ("守护一江清水", "守护清水"),
            ("云坪县政协副主席", "云坪县政协党组副书记、副主席"),
        )
        row = revisions(batch, staff.editor)[2]
        assert row.speech.title == "守护一江清水"
        assert [change.name for change in row.fields] == ["title", "byline", "posts_printed"]

    def test_what_staff_changed_here_is_not_offered_to_be_undone(self, bring, staff):
        speech = Speech.objects.get(title="守护一江清水")
        speech.body = speech.body.replace("头等大事", "头号工程")
        drafts.save_draft(draft=speech, user=staff.editor)
        row = revisions(bring(("86次", "87次")), staff.editor)[2]
        assert row.default == RevisionChoice.PARTS
        assert [c.after for c in row.changes if c.key in row.ticked] == [
            "一、走遍河段。组织委员巡河87次。"
        ]

    def test_a_speech_that_only_changed_here_counts_as_unchanged(self, bring, staff):
        speech = Speech.objects.get(title="守护一江清水")
        speech.title = "守护一江碧水"
        drafts.save_draft(draft=speech, user=staff.editor)
        assert revisions(bring(("138", "139")), staff.editor)[2].status is Status.UNCHANGED

    def test_drafts_of_colleagues_stay_closed(self, bring, staff):
        batch = bring(("138", "139"), user=staff.colleague)
        rows = revisions(batch, staff.colleague)
        assert all(row.is_hidden and "编写" in row.obstacle for row in rows)

    def test_queries_do_not_grow_with_the_speeches(self, bring, staff, django_assert_num_queries):
        few = bring(("138", "139"))
        revisions(few, staff.editor)
        with CaptureQueriesContext(connection) as counted:
            assert [row.status for row in revisions(few, staff.editor)]
        speech = "第{0}篇\n\n青禾市政协委员　林清溪\n\n第{0}篇讲学习。\n\n再讲服务。\n\n"
        extra = "\n" + "".join(map(speech.format, range(30)))
        many = bring(("138", "140"), extra=extra)
        with django_assert_num_queries(len(counted)):
            assert len([row.status for row in revisions(many, staff.editor)]) == 33


class TestApplying:
    def test_the_same_speeches_again_write_nothing(self, bring, staff):
        versions = list(Speech.objects.values_list("pk", "lock_version", "updated_at"))
        result = run(bring(), staff.editor)
        assert len(result.unchanged) == 3
        assert not any((result.created, result.updated, result.kept, result.work_items))
        assert list(Speech.objects.values_list("pk", "lock_version", "updated_at")) == versions
        assert Speaker.objects.count() == 3

    def test_a_changed_paragraph_keeps_its_anchor_and_others_their_look(self, bring, staff):
        speech = Speech.objects.get(title="让协商落到田间地头")
        speech.body = speech.body.replace("协商于民", "<strong>协商于民</strong>")
        drafts.save_draft(draft=speech, user=staff.editor)
        result = run(bring(("138场次", "139场次")), staff.editor)
        assert result.updated == [speech]
        speech.refresh_from_db()
        assert "<strong>协商于民</strong>" in speech.body
        assert '<p id="p2">一、搭好平台。' in speech.body
        assert "139场次" in speech.body
        assert [row.history_user for row in speech.history.all()] == [staff.editor] * 3

    def test_a_new_speech_becomes_a_draft_in_its_place(self, bring, staff):
        text = DIGEST.replace("以提案办理助推", ADDED + "\n以提案办理助推")
        result = run(bring(text=text), staff.editor)
        assert [speech.title for speech in result.created] == ["给孩子一间图书室"]
        assert not result.updated
        assert [s.title for s in Speech.objects.order_by("position", "pk")] == [
            "让协商落到田间地头",
            "给孩子一间图书室",
            "以提案办理助推民生改善",
            "守护一江清水",
        ]

    def test_a_moved_speech_gets_its_new_place(self, bring, staff):
        start = DIGEST.index("守护一江清水")
        opening = DIGEST.index("让协商落到")
        text = DIGEST[:opening] + DIGEST[start:] + "\n" + DIGEST[opening:start]
        batch = bring(text=text)
        assert [row.title for row in revisions(batch, staff.editor) if row.has_moved] == [
            "守护一江清水"
        ]
        run(batch, staff.editor)
        assert Speech.objects.order_by("position", "pk").first().title == "守护一江清水"

    def test_highlighted_work_of_unchanged_paragraphs_stays_and_new_is_drafted(self, bring, staff):
        kept = set(WorkItem.objects.values_list("pk", "lock_version"))
        batch = bring(("二、用好成果。", "二、办好实事。全年解决实事56件。\n\n三、用好成果。"))
        result = run(batch, staff.editor)
        assert [(work.title, work.paragraph) for work in result.work_items] == [("办好实事", "p4")]
        assert kept < set(WorkItem.objects.values_list("pk", "lock_version"))

    def test_work_drawn_from_a_changed_paragraph_is_to_be_checked(self, bring, staff):
        result = run(bring(("138场次", "139场次")), staff.editor)
        assert ["搭好平台" in todo["text"] for todo in result.todo] == [True]

    def test_staff_keep_what_is_here(self, bring, staff):
        batch = bring(("138场次", "139场次"))
        say(batch, staff.editor, "让协商落到田间地头", RevisionChoice.KEEP)
        result = run(batch, staff.editor)
        assert not result.updated
        assert "138场次" in Speech.objects.get(title="让协商落到田间地头").body
        batch.refresh_from_db()
        assert batch.state == BatchState.ACCEPTED

    def test_what_was_declined_is_not_offered_again(self, bring, staff):
        batch = bring(("138场次", "139场次"))
        say(batch, staff.editor, "让协商落到田间地头", RevisionChoice.KEEP)
        run(batch, staff.editor)
        again = bring(("138场次", "139场次"), extra="\n\n")
        assert {row.status for row in revisions(again, staff.editor)} == {Status.UNCHANGED}

    def test_staff_take_paragraph_by_paragraph(self, bring, staff):
        batch = bring(("138场次", "139场次"), ("19件", "20件"), ("田间地头", "田头"))
        row = revisions(batch, staff.editor)[0]
        one = next(change.key for change in row.changes if "139" in change.after)
        say(batch, staff.editor, row.title, RevisionChoice.PARTS, one)
        run(batch, staff.editor)
        speech = Speech.objects.get(title="让协商落到田间地头")
        assert "139场次" in speech.body
        assert "19件" in speech.body

    def test_a_missing_speech_stays_or_is_marked_for_withdrawal(self, bring, staff):
        batch = bring(text=DIGEST[: DIGEST.index("守护一江清水")])
        say(batch, staff.editor, "守护一江清水", RevisionChoice.WITHDRAW)
        result = run(batch, staff.editor)
        speech = Speech.objects.get(title="守护一江清水")
        assert speech.stage == Stage.DRAFT
        assert [todo["speech"] for todo in result.todo] == [speech.pk]

    def test_somebody_who_saved_meanwhile_is_named_and_nothing_is_written(self, bring, staff):
        batch = bring(("138场次", "139场次"), ("215件", "216件"))
        say(batch, staff.editor, "让协商落到田间地头", RevisionChoice.TAKE)
        speech = Speech.objects.get(title="让协商落到田间地头")
        speech.summary = "提要"
        drafts.save_draft(draft=speech, user=staff.manager)
        with pytest.raises(ImportRefused, match=r"云manager.*让协商落到田间地头"):
            run(batch, staff.editor)
        assert "215件" in Speech.objects.get(title="以提案办理助推民生改善").body
        result = run(batch, staff.editor, leave_undecided=True)
        assert [speech.title for speech in result.updated] == ["以提案办理助推民生改善"]
        batch.refresh_from_db()
        assert batch.state == BatchState.OPEN

    def test_a_speech_under_review_waits_until_it_is_sent_back(self, bring, staff):
        speech = Speech.objects.get(title="让协商落到田间地头")
        reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
        batch = bring(("138场次", "139场次"))
        result = run(batch, staff.editor)
        assert ["初审" in problem for problem in result.problems] == [True]
        assert batch.items.get(position=1).state == ItemState.PENDING
        reviews.advance(draft=speech, action=Action.RETURN, user=staff.first, opinion="有更正稿")
        assert run(batch, staff.editor).updated == [speech]
        batch.refresh_from_db()
        assert batch.state == BatchState.ACCEPTED

    def test_a_withdrawn_speech_stays_withdrawn_unless_staff_say_otherwise(self, bring, staff):
        speech = publish(staff, "让协商落到田间地头")
        publications.withdraw(draft=speech, user=staff.final, opinion="有误")
        batch = bring(("138场次", "139场次"))
        row = revisions(batch, staff.editor)[0]
        assert (row.default, row.obstacle) == (RevisionChoice.KEEP, "")
        say(batch, staff.editor, row.title, RevisionChoice.TAKE)
        run(batch, staff.editor)
        speech.refresh_from_db()
        assert speech.stage == Stage.DRAFT
        assert not SpeechEdition.objects.current().filter(speech=speech).exists()

    def test_an_archived_speech_is_not_made_a_second_time(self, bring, staff):
        speech = Speech.objects.get(title="让协商落到田间地头")
        reviews.advance(draft=speech, action=Action.ARCHIVE, user=staff.manager)
        result = run(bring(("138场次", "139场次")), staff.editor)
        assert ["归档" in problem for problem in result.problems] == [True]
        assert not result.created

    def test_a_published_speech_stays_public_and_gets_a_new_draft(self, bring, staff):
        speech = publish(staff, "让协商落到田间地头")
        edition = SpeechEdition.objects.get(speech=speech)
        result = run(bring(("138场次", "139场次")), staff.editor)
        assert result.revised == [speech]
        speech.refresh_from_db()
        assert speech.stage == Stage.DRAFT
        assert "139场次" in speech.body
        assert SpeechEdition.objects.current().get(speech=speech) == edition
        assert "138场次" in edition.body
        staff.approve(speech)
        publications.publish(draft=speech, user=staff.final)
        current = SpeechEdition.objects.current().get(speech=speech)
        assert "139场次" in current.body
        assert current.number == 2

    def test_an_anchor_that_readers_saw_is_never_given_to_other_words(self, bring, staff):
        speech = publish(staff, "让协商落到田间地头")
        run(bring(("\n\n二、用好成果。今年提交提案19件,计划明年提交提案30件。", "")), staff.editor)
        batch = bring(
            ("二、用好成果。今年提交提案19件,计划明年提交提案30件。", "三、换个话题说说图书室。")
        )
        run(batch, staff.editor)
        speech.refresh_from_db()
        assert '<p id="p4">三、换个话题' in speech.body

    def test_a_new_signature_credits_the_new_speaker(self, bring, staff):
        run(bring(("乔木南", "沈知微")), staff.editor)
        speech = Speech.objects.get(title="以提案办理助推民生改善")
        assert [str(credit) for credit in speech.credits.all()] == ["沈知微"]

    def test_staff_pair_what_was_not_recognised(self, bring, staff):
        start = DIGEST.index("守护一江清水")
        rewritten = "河长新制\n\n云坪县人大代表　罗望川\n\n换了一个人来讲这件事,词句全不一样。\n"
        batch = bring(text=DIGEST[:start] + rewritten)
        reimport = decide(batch=batch, meeting=repeated_meeting(batch), user=staff.editor)
        item = batch.items.get(position=3)
        speech = Speech.objects.get(title="守护一江清水")
        assert [row.status for row in revisions(batch, staff.editor)][2:] == [
            Status.NEW,
            Status.MISSING,
        ]
        decisions.pair(reimport=reimport, item=item, speech=speech)
        assert run(batch, staff.editor).updated == [speech]
        speech.refresh_from_db()
        assert speech.title == "河长新制"

    def test_all_are_decided_on_at_once(self, bring, staff):
        batch = bring(("138场次", "139场次"), ("215件", "216件"))
        reimport = decide(batch=batch, meeting=repeated_meeting(batch), user=staff.editor)
        rows = revisions(batch, staff.editor)
        decisions.decide_all(reimport=reimport, revisions=rows, choice=RevisionChoice.KEEP)
        assert len(run(batch, staff.editor).kept) == 2


class TestPositions:
    def test_only_what_moved_gets_another_position(self):
        rows = [(5, (5, 5)), (1, (1, 1)), (2, (2, 2)), (3, (3, 3)), (4, (4, 4))]
        assert planned_positions(rows) == {5: 0}

    def test_several_new_ones_stand_in_their_order_between_two(self):
        planned = planned_positions([(1, (1, 1)), (7, None), (8, None), (2, (2, 2))])
        assert planned == {7: 1, 8: 1}

    def test_a_meeting_without_speeches_is_numbered_from_one(self):
        assert planned_positions([(7, None), (8, None)]) == {7: 1, 8: 1}

    def test_the_order_of_staff_stays_where_it_is_to_be_kept(self):
        assert planned_positions([(1, (4, 1)), (2, (2, 2))], keep_order=True) == {}
