"""The text of one Word paragraph: what is printed, what is bold, and what is not read."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from speeches.parsing.documents import SourcePicture
from speeches.parsing.stress import Span

from .blocks import StressedText
from .docx_styles import Styles, W, is_on, is_set, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOT_SHOWN = {
    f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}delInstrText", f"{W}rPr", f"{W}pPr", f"{W}rt",
    f"{W}rubyPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}fldData",
}  # fmt: skip
_PRINTED = {
    f"{W}tab": "　", f"{W}ptab": "　", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}  # fmt: skip
_TOLD = {
    f"{W}footnoteReference": "notes",
    f"{W}endnoteReference": "notes",
    f"{W}ins": "changes",
    f"{W}del": "changes",
    f"{W}moveFrom": "changes",
    f"{W}commentReference": "comments",
}
_OF_FIELDS = {f"{W}fldChar", f"{W}instrText"}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_RUN, _TEXT, _VALUE = f"{W}r", f"{W}t", f"{W}val"
_RUN_PROPERTIES = f"{W}rPr"
_BOLD, _SIZE, _VANISH, _STYLED = f"{W}b", f"{W}sz", f"{W}vanish", f"{W}rStyle"
_SILENT = {
    f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr", f"{W}lastRenderedPageBreak",
}  # fmt: skip
_SOFT_HYPHEN = "\u00ad"
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Fields:
    """Which fields are open: Word lets one run over several paragraphs, as that of the contents."""

    instructions: list[str] = field(default_factory=list)

    def take(self, element: _Element) -> None:
        """Take in the beginning or the end of a field, or a part of the innermost instruction."""
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            self.instructions.append("")
        elif kind == "end" and self.instructions:
            self.instructions.pop()
        elif self.instructions and not kind:
            self.instructions[-1] += element.text or ""

    @property
    def in_contents(self) -> bool:
        """Whether what follows belongs to a table of contents."""
        return any(each.split()[:1] == ["TOC"] for each in self.instructions)


class Text(NamedTuple):
    """The text of a paragraph; ``bold``, ``lead``, ``size`` and ``stressed`` as of a block."""

    whole: str
    bold: bool = False
    lead: int = 0
    size: str = ""
    pictures: tuple[SourcePicture, ...] = ()
    boxes: tuple[_Element, ...] = ()
    stressed: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Gathered(StressedText):
    """The text of a paragraph as it is gathered, with what hangs on it."""

    boxes: list[_Element] = field(default_factory=list)
    pictures: list[SourcePicture] = field(default_factory=list)
    size: str = ""

    def text(self) -> Text:
        """Return what was gathered."""
        return Text(
            self.whole,
            *self.stress(),
            self.size,
            tuple(self.pictures),
            tuple(self.boxes),
            self.stressed,
        )


def _plain(paragraph: Sequence[_Element], style_bold: bool, characters: Styles) -> Text | None:
    """Return the text of a paragraph that has nothing but text, as most have; None of another.

    Says what ``Runs`` says of it in a third of the time.
    """
    if len(paragraph) == 1 and (alone := only_text(paragraph[0])) is not None:
        return Text(alone, style_bold and bool(alone))
    whole = size = ""
    lead = 0
    regular = False
    stressed: list[Span] = []
    for run in paragraph:
        tag = run.tag
        if tag == _RUN:
            read = _plain_run(run, style_bold, characters)
            if read is None:
                return None
            text, bold, own_size = read
            size = size or own_size
            if not bold:
                regular = regular or not (text.isspace() or not text)
            else:
                stressed.append((len(whole), len(whole) + len(text)))
                if not regular:
                    lead = len(whole) + len(text)
            whole += text
        elif tag not in _SILENT:
            return None
    if "\n" in whole or _SOFT_HYPHEN in whole:
        return None
    wholly = bool(lead) and not regular
    return Text(whole, wholly, lead if regular else 0, size, stressed=tuple(stressed))


def _styled(bold: bool, style: str, characters: Styles) -> bool:
    """Whether a run is bold in a character style: in bold text, such a style turns it off.

    ISO/IEC 29500-1, 17.7.3 (toggle properties).
    """
    return bold != bool(characters[style].bold)


def only_text(run: _Element) -> str | None:
    """Return the text of a run that has no properties and one piece of text; None of another."""
    if run.tag != _RUN or len(run) != 1:
        return None
    part = run[0]
    if part.tag != _TEXT:
        return None
    text = part.text or ""
    return None if "\n" in text or _SOFT_HYPHEN in text else text


def _plain_run(run: _Element, bold: bool, characters: Styles) -> tuple[str, bool, str] | None:
    text = size = ""
    for part in run:
        tag = part.tag
        if tag == _TEXT:
            text += part.text or ""
        elif tag == _RUN_PROPERTIES:
            for each in part:
                tag = each.tag
                if tag == _BOLD:
                    bold = is_on(each)
                elif tag == _STYLED:
                    bold = _styled(bold, each.get(_VALUE, ""), characters)
                elif tag == _SIZE:
                    size = each.get(_VALUE, "")
                elif tag == _VANISH:
                    return None
        elif tag not in _SILENT:
            return None
    return text, bold, size


@dataclass(slots=True)
class Runs:
    """Walks through paragraphs; ``seen`` counts what is not read, ``picture`` reads a drawing.

    ``characters`` are the styles that runs may have.
    """

    seen: Counter[str]
    picture: Callable[[_Element], SourcePicture | None]
    characters: Styles = field(default_factory=Styles)
    fields: Fields = field(default_factory=Fields)

    def text_of(self, paragraph: Sequence[_Element], bold: bool) -> Text:
        """Return the text of a paragraph's children; its style is ``bold`` or not."""
        text = None if self.fields.instructions else _plain(paragraph, bold, self.characters)
        if text is not None:
            return text
        gathered = _Gathered()
        self._walk(paragraph, gathered, bold)
        return gathered.text()

    def _walk(self, element: Iterable[_Element], text: _Gathered, bold: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, text, bold)
            elif tag in (f"{W}t", f"{_MATH}t"):
                text.add((child.text or "").replace("\n", " ").replace(_SOFT_HYPHEN, ""), bold)
            elif tag == f"{W}br":
                text.add("" if child.get(f"{W}type") in {"page", "column"} else "\n", bold)
            elif tag in _PRINTED:
                text.add(_PRINTED[tag], bold)
            elif tag in _OF_FIELDS:
                self.fields.take(child)
            elif tag == f"{W}sym":
                self._symbol(child, text, bold)
            elif tag == f"{_MC}AlternateContent":
                chosen = child.find(f"{_MC}Choice")
                self._walk(child if chosen is None else chosen, text, bold)
            elif tag in _PICTURES:
                self._drawing(child, text)
            else:
                if tag in _TOLD:
                    self.seen[_TOLD[tag]] += 1
                if tag not in _NOT_SHOWN:
                    self._walk(child, text, bold)

    def _run(self, run: _Element, text: _Gathered, bold: bool) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            if is_on(properties.find(f"{W}vanish")):
                self.seen["hidden"] += 1
                return
            own = is_set(properties.find(f"{W}b"))
            if own is None:
                own = _styled(bold, value(properties.find(_STYLED)), self.characters)
            bold = own
            size = properties.find(f"{W}sz")
            if size is not None and not text.size:
                text.size = size.get(f"{W}val", "")
        self._walk(run, text, bold)

    def _symbol(self, element: _Element, text: _Gathered, bold: bool) -> None:
        """A sign by its number: those of symbol fonts stand for no character."""
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            code = _PRIVATE[0]
        if code in _PRIVATE or code < 0x20 or code > 0xFFFD:
            self.seen["symbols"] += 1
        else:
            text.add(chr(code), bold)

    def _drawing(self, drawing: _Element, text: _Gathered) -> None:
        """Keep the text boxes of a drawing for later; one without any is a picture."""
        boxes = list(drawing.iter(f"{W}txbxContent"))
        text.boxes.extend(boxes)
        if not boxes:
            picture = self.picture(drawing)
            if picture is not None:
                text.pictures.append(picture)
