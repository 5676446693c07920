"""Names and posts that differ from the office's records.

A post is compared where its body and the name stand in one phrase (白鹭县政协主席林清溪). A name
counts as misprinted where one of three or more characters differs and the post is the person's.
Former posts (原, 时任) are left alone.
"""

import re
from collections.abc import Iterator

from speeches.parsing.typography import BLANK, HAN
from speeches.parsing.vocabulary import POST
from speeches.proofreading.documents import Paragraph, TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _
from speeches.proofreading.records import Person, Post, Records

POST_DIFFERS = Rule(
    "post-differs",
    Category.RECORDS,
    Severity.SEVERE,
    _("Post differs from the records"),
    _("The records list %(name)s as “%(recorded)s”."),
)
NAME_DIFFERS = Rule(
    "name-differs",
    Category.RECORDS,
    Severity.SEVERE,
    _("Name differs from the records"),
    _("The records name %(name)s as “%(recorded)s”."),
)
RULES = (POST_DIFFERS, NAME_DIFFERS)

_REACH = 40
_PHRASE = re.compile(rf"[{HAN}{BLANK}、（）()]*\Z")
_BLANKS = re.compile(f"[{BLANK}]+")
_FORMER = re.compile("(?:原|时任|曾任|前任|前|原任)[\u4e00-\u9fff]{0,4}\\Z")
_NAME_CHARACTER = re.compile(f"[{HAN}·]")
_AND = "、"


def check(document: TextDocument, records: Records) -> Iterator[Finding]:
    """Find the names and posts of all paragraphs that are not as recorded."""
    if not len(records):
        return
    for number, paragraph in enumerate(document.paragraphs):
        yield from _check_paragraph(paragraph, number, records)


def _check_paragraph(paragraph: Paragraph, number: int, records: Records) -> Iterator[Finding]:
    text, at = paragraph.text, 0
    while at < len(text):
        length, findings = _at(paragraph, number, at, records)
        yield from findings
        at += length or 1


def _at(
    paragraph: Paragraph, number: int, at: int, records: Records
) -> tuple[int, tuple[Finding, ...]]:
    """What stands at ``at``: the length of a name there (0 for none), and its findings."""
    text = paragraph.text
    if not _NAME_CHARACTER.match(text, at):
        return 0, ()
    for length in records.lengths:
        name = text[at : at + length]
        people = records.named(name) if len(name) == length else ()
        if people:
            return length, tuple(_posts(paragraph, number, at, name, people))
    for length in records.lengths:
        name = text[at : at + length]
        for known in records.nearly_named(name) if len(name) == length else ():
            if any(_holds_post_beside(text, at, length, person) for person in records.named(known)):
                span = (at, at + length)
                told = {"name": _posts_in_words(records.named(known)), "recorded": known}
                return length, (NAME_DIFFERS.mark(paragraph, number, span, known, told=told),)
    return 0, ()


def _holds_post_beside(text: str, at: int, length: int, person: Person) -> bool:
    """Whether a post of ``person`` stands right before the name with its body, or right after."""
    before, after = text[max(at - _REACH, 0) : at], text[at + length :]
    kernel = before.rstrip()
    return any(
        after.startswith(title) or (kernel.endswith(title) and any(map(before.count, post.bodies)))
        for post in person.posts
        for title in post.titles
    )


def _posts(
    paragraph: Paragraph, number: int, at: int, name: str, people: tuple[Person, ...]
) -> Iterator[Finding]:
    """The post printed before a name, where nobody of that name holds it."""
    reading = (_printed_posts(paragraph.text, at, person) for person in people)
    differing = [found for found in reading if found]
    if not differing or any(set(titles) & set(post.titles) for _start, titles, post in differing):
        return
    start, titles, post = differing[0]
    end = start + len(_AND.join(titles))
    recorded = _AND.join(post.titles)
    if paragraph.text[start:end] == _AND.join(titles):
        told = {"name": name, "recorded": f"{post.bodies[0]}{recorded}"}
        single = recorded if len(people) == 1 else None
        yield POST_DIFFERS.mark(paragraph, number, (start, end), single, told=told)


def _printed_posts(text: str, at: int, person: Person) -> tuple[int, list[str], Post] | None:
    """Where the posts before a name begin, what they are, and the post recorded at that body."""
    phrase_match = _PHRASE.search(text, max(at - _REACH, 0), at)
    phrase = phrase_match.group() if phrase_match else ""
    offset = at - len(phrase)
    places = [
        (phrase.rfind(body) + len(body), post)
        for post in person.posts
        for body in post.bodies
        if body in phrase
    ]
    if not places:
        return None
    start, post = max(places, key=lambda place: place[0])
    body_at = phrase.rfind(max((b for b in post.bodies if b in phrase), key=len))
    titles = _BLANKS.sub("", phrase[start:]).split(_AND)
    known = {title for own in person.posts for title in own.titles}
    merged = [title for title in titles if title not in known]
    is_post = all(_is_post(title) for title in merged)
    if _FORMER.search(phrase[:body_at]) or not is_post or not any(titles):
        return None
    return offset + start, titles, _with_all_titles(post, person)


def _is_post(title: str) -> bool:
    match = POST.match(title)
    return match is not None and not match["body"] and not title.startswith(("原", "时任", "曾任"))


def _with_all_titles(post: Post, person: Person) -> Post:
    """The post with every title that the person holds at the same body."""
    same = [own for own in person.posts if set(own.bodies) & set(post.bodies)]
    return Post(post.bodies, tuple(title for own in same for title in own.titles))


def _posts_in_words(people: tuple[Person, ...]) -> str:
    posts = (post for person in people for post in person.posts)
    return "、".join(f"{post.bodies[0]}{_AND.join(post.titles)}" for post in posts)
