"""The closed lists of the field, with the names staff and readers see."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Where a draft stands in 三审三校, the review by three different people."""

    DRAFT = "draft", _("Draft")
    FIRST_REVIEW = "first_review", _("First review")
    SECOND_REVIEW = "second_review", _("Second review")
    FINAL_REVIEW = "final_review", _("Final review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    NEEDS_CHANGES = "needs_changes", _("Needs changes")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")


class Action(TextChoices):
    """What a person does to move a draft to another stage."""

    SUBMIT = "submit", _("Submit for review")
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Send back")
    PUBLISH = "publish", _("Publish")
    REVISE = "revise", _("Revise")
    WITHDRAW = "withdraw", _("Withdraw")
    ARCHIVE = "archive", _("Archive")
    RESTORE = "restore", _("Restore")


class MeetingKind(TextChoices):
    """The occasions on which a consultative conference speaks."""

    PLENARY = "plenary", _("Plenary session")
    STANDING = "standing", _("Standing committee meeting")
    CONSULTATION = "consultation", _("Topical consultation")
    EXCHANGE = "exchange", _("Experience exchange")
    FORUM = "forum", _("Forum")
    OTHER = "other", _("Other meeting")


class SpeechKind(TextChoices):
    """How a speech was given."""

    ORAL = "oral", _("Speech at the meeting")
    WRITTEN = "written", _("Written speech")
    EXCHANGE = "exchange", _("Exchange of experience")
    INTERVIEW = "interview", _("Interview")
    OTHER = "other", _("Other speech")


class FigureBound(TextChoices):
    """How the printed number relates to the true value; the values are those of parsing."""

    EXACT = "exact", _("exactly")
    OVER = "over", _("more than")
    UNDER = "under", _("almost")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    RANGE = "range", _("between")
    ABOUT = "about", _("about")


class FigureClaim(TextChoices):
    """What kind of statement a figure makes; the values are those of parsing."""

    RESULT = "result", _("Result")
    TARGET = "target", _("Target")
    CUMULATIVE = "cumulative", _("Cumulative")
    OTHERS = "others", _("Others' figure")


class ClosedAs(TextChoices):
    """Why an edition is no longer the one readers see."""

    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class BatchState(TextChoices):
    """How far staff are with an imported file."""

    READING = "reading", _("Being read")
    FAILED = "failed", _("Could not be read")
    OPEN = "open", _("Waiting for a decision")
    ACCEPTED = "accepted", _("Accepted")
    DISCARDED = "discarded", _("Discarded")


class ItemState(TextChoices):
    """What staff decided on one imported speech."""

    PENDING = "pending", _("Pending")
    CREATED = "created", _("Draft created")
    UPDATED = "updated", _("Draft updated")
    SKIPPED = "skipped", _("Left out")


class RevisionChoice(TextChoices):
    """What staff decided on one speech of a meeting that was imported again."""

    TAKE = "take", _("Take what the file says")
    PARTS = "parts", _("Take what is ticked")
    KEEP = "keep", _("Keep what is here")
    LATER = "later", _("Decide later")
    WITHDRAW = "withdraw", _("To be withdrawn by hand")


class PictureChoice(TextChoices):
    """What staff decided on one picture of an imported file."""

    UNDECIDED = "undecided", _("Undecided")
    KEEP = "keep", _("Used")
    LEAVE = "leave", _("Not used")


class NameChoice(TextChoices):
    """What staff decided on one name of an imported file."""

    UNRESOLVED = "unresolved", _("Unresolved")
    EXISTING = "existing", _("Existing speaker")
    NEW = "new", _("New speaker")
    HOMONYM = "homonym", _("Another person of the same name")
    IGNORED = "ignored", _("Not a person")


class ExportState(TextChoices):
    """How far a requested file is."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class ExportStep(IntegerChoices):
    """What is being done to make a file, in turn; the count of steps is the length of the bar."""

    WAITING = 0, _("In the queue")
    READING = 1, _("Reading the editions")
    COMPOSING = 2, _("Composing the text")
    TYPESETTING = 3, _("Setting the pages")
    WRITING = 4, _("Writing the file")
    DONE = 5, _("Done")


class SearchKind(TextChoices):
    """The kinds of piece that readers search."""

    SPEECH = "speech", _("Speech")
    MEETING = "meeting", _("Meeting")
    WORK_ITEM = "work_item", _("Highlighted work")


class ReportState(TextChoices):
    """What the office did about an error that a reader reported."""

    NEW = "new", _("New")
    ACCEPTED = "accepted", _("Will be corrected")
    CORRECTED = "corrected", _("Corrected")
    DECLINED = "declined", _("Not an error")


class FindingSeverity(TextChoices):
    """How much a finding weighs; the values are those of proofreading."""

    SEVERE = "severe", _("Severe")
    ORDINARY = "ordinary", _("Ordinary")
    HINT = "hint", _("Hint")


class FindingCategory(TextChoices):
    """The families of findings; the values are those of proofreading."""

    PUNCTUATION = "punctuation", _("Punctuation")
    QUOTES = "quotes", _("Quotation and title marks")
    DASHES = "dashes", _("Dashes and ellipses")
    NUMBERS = "numbers", _("Numbers")
    SESSIONS = "sessions", _("Terms and sessions")
    DOUBLED = "doubled", _("Doubled words")
    INCOMPLETE = "incomplete", _("Broken-off paragraphs")
    NUMBERING = "numbering", _("Numbering")
    RECORDS = "records", _("Names and posts")
    FIGURES = "figures", _("Contradicting figures")
    TERMS = "terms", _("Term list")


class TermCategory(TextChoices):
    """What kind of wording an entry of the term list settles."""

    POLITICS = "politics", _("Political wording")
    BODIES = "bodies", _("Names of bodies")
    PEOPLE = "people", _("Names and titles of people")
    LAWS = "laws", _("Laws and documents")
    WORDING = "wording", _("Choice of words")
    STYLE = "style", _("House style")
    OTHER = "other", _("Other wording")


class TermKind(TextChoices):
    """What a word that readers may mean is."""

    PERSON = "person"
    BODY = "body"
    SYNONYM = "synonym"
    WORD = "word"


class ScheduleState(TextChoices):
    """What became of a step that was set for a time."""

    WAITING = "waiting", _("Waiting for its time")
    DONE = "done", _("Done at its time")
    REFUSED = "refused", _("Refused at its time")
    CANCELLED = "cancelled", _("Cancelled")


class VisitKind(TextChoices):
    """What somebody did with a link for confirmation."""

    OPENED = "opened", _("Opened")
    COMMENTED = "commented", _("Commented")
    CONFIRMED = "confirmed", _("Confirmed")


class NavigationColumn(TextChoices):
    """The columns that the navigation may show, by the name of their address."""

    MEETINGS = "meetings", _("Meetings")
    WORK = "work_items", _("Highlighted work")
    SPEAKERS = "speakers", _("Speakers")
    ORGANIZATIONS = "organizations", _("Organizations")
    TOPICS = "topics", _("Topics")


class HomeBlock(TextChoices):
    """What the home page shows below the newest meeting."""

    WORK = "work", _("Highlighted work")
    SPEECHES = "speeches", _("Latest speeches")
    MEETINGS = "meetings", _("Latest meetings")
    TOPICS = "topics", _("Topics")
    ORGANIZATIONS = "organizations", _("Organizations")


class ChangedKind(TextChoices):
    """What a change of the public site is about."""

    MEETING = "meeting", _("Meeting")
    SPEECH = "speech", _("Speech")
    WORK_ITEM = "workitem", _("Highlighted work")
    EVERYTHING = "everything", _("Everything")
