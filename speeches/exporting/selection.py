"""What of a document goes into one export."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from speeches.exceptions import ExportRefused
from speeches.exporting.document import DigestDocument


@dataclass(frozen=True, slots=True)
class Selection:
    """The speeches of an export by number, in the order wanted; none named means all.

    Without ``with_work_items`` the table of highlighted work and its figures is left out.
    """

    speech_ids: tuple[int, ...] = ()
    with_work_items: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the selection that was stored."""
        return cls(tuple(stored["speech_ids"]), stored["with_work_items"])


ALL = Selection()


def select(document: DigestDocument, selection: Selection) -> DigestDocument:
    """Return ``document`` with what ``selection`` names; a single speech gives the file its name.

    Raises ExportRefused where a speech is named that the document does not hold.
    """
    spoken = {speech.id: speech for speech in document.speeches}
    missing = [number for number in selection.speech_ids if number not in spoken]
    if missing:
        raise ExportRefused(
            _("“%(title)s” holds no published speech %(numbers)s.")
            % {"title": document.title, "numbers": "、".join(map(str, missing))}
        )
    speeches = document.speeches
    if selection.speech_ids:
        speeches = tuple(spoken[number] for number in dict.fromkeys(selection.speech_ids))
    chosen = {speech.id for speech in speeches}
    return replace(
        document,
        speeches=speeches,
        work_items=tuple(
            item
            for item in document.work_items
            if selection.with_work_items and item.speech_id in chosen
        ),
        file_title=speeches[0].title if len(selection.speech_ids) == 1 else document.file_title,
    )
