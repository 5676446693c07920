"""Drafts that staff edit, editions that readers see, and the records between them."""

from speeches.models.content import Indicator
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
from speeches.models.imports import ImportBatch, ImportEdit, ImportedName, ImportedSpeech
from speeches.models.meetings import Meeting
from speeches.models.reimports import Reimport, RevisedSpeech
from speeches.models.reports import ErrorReport
from speeches.models.reviews import ReviewRecord
from speeches.models.search import SearchDocument
from speeches.models.site import SiteSettings
from speeches.models.speeches import Speech, SpeechSpeaker
from speeches.models.work_items import Figure, WorkItem

__all__ = [
    "Draft",
    "Edition",
    "ErrorReport",
    "ExportFile",
    "Figure",
    "FigureEdition",
    "ImportBatch",
    "ImportEdit",
    "ImportedName",
    "ImportedSpeech",
    "Indicator",
    "Meeting",
    "MeetingEdition",
    "Reimport",
    "ReviewRecord",
    "RevisedSpeech",
    "SearchDocument",
    "SiteSettings",
    "Speech",
    "SpeechEdition",
    "SpeechEditionSpeaker",
    "SpeechSpeaker",
    "WorkItem",
    "WorkItemEdition",
]
