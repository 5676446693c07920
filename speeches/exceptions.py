"""What can go wrong, told to staff in Chinese.

Every message is translated where it is raised; admin pages and commands show ``str(error)``.
"""


class SpeechesError(Exception):
    """Base of everything this product refuses to do."""


class ImportRefused(SpeechesError):
    """A file cannot be read, or what was read cannot become drafts."""


class TransitionRefused(SpeechesError):
    """A review step is not allowed: wrong stage, wrong person, or missing reason."""


class EditConflict(SpeechesError):
    """Somebody else saved the same draft first."""


class CodeRefused(SpeechesError):
    """A code of two-step login is wrong, or comes too soon after a wrong one."""


class MergerRefused(SpeechesError):
    """Two records cannot be merged."""


class ProofreadingRefused(SpeechesError):
    """A finding is no longer there, has no suggestion, or may not be decided by this person."""


class SpreadsheetRefused(SpeechesError):
    """A spreadsheet cannot be read at all."""


class EditionImmutable(SpeechesError):
    """An edition is never changed or deleted."""


class RecordImmutable(SpeechesError):
    """A review record is never changed or deleted."""


class ExportRefused(SpeechesError):
    """A digest cannot be made: nothing is published, or a font lacks a character."""


class FontsUnreachable(SpeechesError):
    """The free fonts cannot be fetched."""
