"""The buttons of the workbench: each is one step, sent by a plain form, with or without scripts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from speeches.admin.display import change_url
from speeches.admin.import_base import BatchPages, version_of
from speeches.admin.workbench import PAGE_SIZE
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch
from speeches.services import block_edits, import_edits, import_pictures, speech_edits

Arguments = dict[str, Any]
"""Batch, user and version, which every step takes."""

ASIDE = "0"
"""How forms name the place of what is in no speech."""


class CommandPages(BatchPages):
    """The address that all steps are sent to."""

    def get_urls(self):
        """Add it."""
        return [
            path(
                "<int:pk>/edit/",
                self.admin_site.admin_view(self.edit_view),
                name="speeches_importbatch_edit",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def edit_view(self, request, pk: int):
        """Carry out the step ``do``, then show the workbench where the paragraph is now.

        ``do`` may carry the key of a speech (``merge:12``); ``block`` is the chosen paragraph as
        ``speech:key``, its speech 0 where it is set aside.
        """
        batch = self.drafted_batch(request, pk)
        name, _colon, argument = request.POST.get("do", "").partition(":")
        common = {"batch": batch, "user": request.user, "version": version_of(request)}
        step = _STEPS.get(name, _refuse)
        if self.carry_out(request, lambda: step(common, request.POST, argument)):
            last = batch.edits.first()
            messages.success(request, last.told if last else "")
        return self.back_to(batch, _address_of(batch, request))


def _refuse(_common: Arguments, _posted, _argument: str) -> None:
    raise ImportRefused(gettext("There is no such step."))


def _block_of(posted) -> tuple[int | None, int]:
    """Return the chosen paragraph: its speech, None where it is set aside, and its key."""
    item, _colon, key = posted.get("block", "").partition(":")
    if not (item.isdecimal() and key.isdecimal()):
        raise ImportRefused(gettext("Choose a paragraph first."))
    return (None if item == ASIDE else int(item)), int(key)


def _spoken_block(posted) -> dict[str, int]:
    item, key = _block_of(posted)
    if item is None:
        raise ImportRefused(gettext("Move the paragraph into a speech first."))
    return {"item_pk": item, "key": key}


def _move(common: Arguments, posted, _argument: str) -> None:
    """``to`` is the key of a speech, from dragging; ``number`` its place, from typing."""
    item, key = _block_of(posted)
    before = posted.get("before", "")
    block_edits.move_block(
        **common,
        item_pk=item,
        key=key,
        to_pk=_goal_of(common["batch"], posted),
        before=int(before) if before.isdecimal() else None,
    )


def _goal_of(batch: ImportBatch, posted) -> int | None:
    goal, number = posted.get("to", ""), posted.get("number", "")
    if goal.isdecimal():
        return None if goal == ASIDE else int(goal)
    if number.isdecimal():
        item = batch.items.filter(position=int(number)).values_list("pk", flat=True).first()
        if item is not None:
            return item
    raise ImportRefused(gettext("Give the number of the speech it belongs to."))


def _set_aside(common: Arguments, posted, _argument: str) -> None:
    block_edits.move_block(**common, **_spoken_block(posted), to_pk=None)


def _cut(common: Arguments, posted, _argument: str) -> None:
    texts = posted.get("text", "").splitlines()
    block_edits.cut_block(**common, **_spoken_block(posted), texts=texts)


def _place(common: Arguments, posted, argument: str) -> None:
    to = posted.get(f"place-{argument}", "")
    if not to.isdecimal():
        raise ImportRefused(gettext("Give the place as a number."))
    speech_edits.move_speech(**common, item_pk=_speech(argument), to=int(to))


def _speech(argument: str) -> int:
    if not argument.isdecimal():
        raise ImportRefused(gettext("There is no such speech."))
    return int(argument)


def _on_block(write: Callable[..., Any], **more: Any) -> Callable[..., None]:
    def step(common: Arguments, posted, _argument: str) -> None:
        write(**common, **_spoken_block(posted), **more)

    return step


def _on_speech(write: Callable[..., Any]) -> Callable[..., None]:
    def step(common: Arguments, _posted, argument: str) -> None:
        write(**common, item_pk=_speech(argument))

    return step


def _picture(argument: str) -> int:
    if not argument.isdecimal():
        raise ImportRefused(gettext("There is no such picture."))
    return int(argument)


def _keep_picture(common: Arguments, posted, argument: str) -> None:
    alt = posted.get(f"alt-{argument}", "")
    import_pictures.keep(**common, number=_picture(argument), alt=alt)


def _leave_picture(common: Arguments, _posted, argument: str) -> None:
    import_pictures.leave(**common, number=_picture(argument))


def _leave_rest(common: Arguments, _posted, _argument: str) -> None:
    import_pictures.leave_rest(**common)


def _attach_picture(common: Arguments, posted, argument: str) -> None:
    import_pictures.attach(**common, **_spoken_block(posted), number=_picture(argument))


_STEPS: dict[str, Callable[..., None]] = {
    "move": _move,
    "up": _on_block(block_edits.step_block, down=False),
    "down": _on_block(block_edits.step_block, down=True),
    "join": _on_block(block_edits.join_block),
    "title": _on_block(block_edits.make_title),
    "byline": _on_block(block_edits.make_byline),
    "split": _on_block(speech_edits.split),
    "aside": _set_aside,
    "cut": _cut,
    "merge": _on_speech(speech_edits.merge),
    "leave": _on_speech(speech_edits.leave_out),
    "take": _on_speech(speech_edits.take_back),
    "place": _place,
    "keep": _keep_picture,
    "unused": _leave_picture,
    "unused-rest": _leave_rest,
    "attach": _attach_picture,
    "undo": lambda common, _posted, _argument: import_edits.undo(**common),
}


def _address_of(batch: ImportBatch, request) -> str:
    """Where the chosen paragraph is now; the page it was on where it is in no speech."""
    page, anchor = request.GET.get("p", "1"), ""
    key = request.POST.get("block", "").rpartition(":")[2]
    rows = batch.items.order_by("position").values_list("blocks", flat=True)
    for place, blocks in enumerate(rows):
        if any(str(block["key"]) == key for block in blocks):
            page, anchor = str(place // PAGE_SIZE + 1), f"#block-{key}"
    return f"{change_url(batch)}?p={page if page.isdecimal() else 1}{anchor}"
