"""Drafts that staff edit, editions that readers see, and the records between them."""

from speeches.models.assignments import Assignment
from speeches.models.comments import ReviewComment
from speeches.models.content import Indicator
from speeches.models.counts import PageReads
from speeches.models.drafts import Draft
from speeches.models.editions import (
    Edition,
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)
from speeches.models.exports import ExportFile
from speeches.models.imports import (
    ImportBatch,
    ImportEdit,
    ImportedName,
    ImportedPicture,
    ImportedSpeech,
)
from speeches.models.links import DraftLink, LinkVisit
from speeches.models.meetings import Meeting
from speeches.models.open_forms import OpenForm
from speeches.models.pictures import Picture
from speeches.models.proofreading import FindingDecision, Term
from speeches.models.publishing import SiteChange
from speeches.models.reimports import Reimport, RevisedSpeech
from speeches.models.reports import ErrorReport
from speeches.models.reviews import ReviewRecord
from speeches.models.schedules import Schedule
from speeches.models.search import (
    SearchDocument,
    SearchedQuery,
    SearchState,
    SearchTerm,
    Synonym,
)
from speeches.models.site import SiteSettings
from speeches.models.speeches import Speech, SpeechSpeaker
from speeches.models.work_items import Figure, WorkItem

__all__ = [
    "Assignment",
    "Draft",
    "DraftLink",
    "Edition",
    "ErrorReport",
    "ExportFile",
    "Figure",
    "FigureEdition",
    "FindingDecision",
    "ImportBatch",
    "ImportEdit",
    "ImportedName",
    "ImportedPicture",
    "ImportedSpeech",
    "Indicator",
    "LinkVisit",
    "Meeting",
    "MeetingEdition",
    "OpenForm",
    "PageReads",
    "Picture",
    "Reimport",
    "ReviewComment",
    "ReviewRecord",
    "RevisedSpeech",
    "Schedule",
    "SearchDocument",
    "SearchState",
    "SearchTerm",
    "SearchedQuery",
    "SiteChange",
    "SiteSettings",
    "Speech",
    "SpeechEdition",
    "SpeechEditionSpeaker",
    "SpeechSpeaker",
    "Synonym",
    "Term",
    "WorkItem",
    "WorkItemEdition",
]
