"""The warnings of a digest: what was mended, moved or left in doubt, each with its place."""

from collections.abc import Iterator, Sequence

from .bodies import Body
from .bylines import Byline
from .documents import ParsedDigest, ParseWarning
from .paragraphs import Mend
from .vocabulary import is_known_name

_CONFIDENT = 0.75
_MOST_MENDS = 30


def warn_of_body(body: Body, number: int, source_start: int) -> Iterator[ParseWarning]:
    """Tears, repeated characters and doubtful order of one speech."""
    if body.order.moved:
        yield ParseWarning(
            "columns-moved",
            f"第{number}篇的分栏次序与阅读次序不符，已重排为{len(body.fragments)}段，请核对。",
            number,
            source_start,
        )
    for mend in body.mends[:_MOST_MENDS]:
        yield from _warn_of_mend(mend, number)
    rest = body.mends[_MOST_MENDS:]
    if rest:
        yield ParseWarning(
            "torn-join",
            f"第{number}篇另有{len(rest)}处断开的句子已接上：全文的分行可能有误，请对照原报。",
            number,
            rest[0].offset,
            dropped="".join(mend.repeated for mend in rest),
        )
    if body.order.doubtful or (body.order.moved and body.order.confidence < _CONFIDENT):
        kept = "已按较可能的次序排列" if body.order.moved else "仍按文件中的次序"
        yield ParseWarning(
            "order-uncertain",
            f"第{number}篇的段落次序缺少足够的依据，{kept}，请对照原报核对。",
            number,
            source_start,
        )


def _warn_of_mend(mend: Mend, number: int) -> Iterator[ParseWarning]:
    reasons = "；".join(mend.reasons)
    place = f"“…{mend.before}|{mend.after}…”"
    yield ParseWarning(
        "torn-join",
        f"第{number}篇：{place}处断开的一句已接上" + (f"（{reasons}）。" if reasons else "。"),
        number,
        mend.offset,
    )
    if mend.repeated:
        yield ParseWarning(
            "doubled-character",
            f"第{number}篇：{place}接缝两边重复“{mend.repeated}”，已删去一处。",
            number,
            mend.offset,
            dropped=mend.repeated,
        )


def warn_of_byline(byline: Byline, number: int, offset: int) -> Iterator[ParseWarning]:
    """What is missing or unusual in the head of one speech."""
    if not byline.speakers:
        yield ParseWarning(
            "no-speaker",
            f"第{number}篇的署名“{byline.printed}”中没有认出发言人姓名。",
            number,
            offset,
        )
    for name in byline.speakers:
        if not is_known_name(name):
            yield ParseWarning(
                "name-unusual",
                f"第{number}篇的发言人“{name}”不合常见姓名格式，请核对。",
                number,
                offset,
            )
    if not byline.organization:
        yield ParseWarning(
            "no-organization",
            f"第{number}篇的署名“{byline.printed}”中没有认出单位。",
            number,
            offset,
        )


def warn_of_body_text(
    paragraphs: Sequence[str], number: int, offset: int
) -> Iterator[ParseWarning]:
    """A speech without text."""
    if not paragraphs:
        yield ParseWarning("no-text", f"第{number}篇只有标题和署名，没有正文。", number, offset)


def warn_of_digest(digest: ParsedDigest) -> Iterator[ParseWarning]:
    """What concerns the whole file."""
    if not digest.speeches:
        yield ParseWarning(
            "no-speech",
            "没有找到发言：文中没有可以辨认的署名（如“某某市政协主席　张某某”），请检查文件。",
        )
    elif not digest.meeting:
        yield ParseWarning("no-meeting", "没有认出会议名称，请补上。")
    if digest.lost:
        yield ParseWarning("characters-lost", f"有文字没有归入任何栏目：{digest.lost[:50]}")
    if digest.invented:
        yield ParseWarning("characters-invented", f"结果中有原文没有的文字：{digest.invented[:50]}")
