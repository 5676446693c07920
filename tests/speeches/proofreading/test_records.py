"""Names and posts are compared with the records where body, post and name stand together."""

import pytest

from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.findings import Severity
from speeches.proofreading.records import Person, Post, Records
from speeches.proofreading.runner import proofread
from speeches.proofreading.terms import Term, TermList

RECORDS = Records(
    [
        Person("林清溪", (Post(("白鹭县政协", "政协白鹭县委员会"), ("党组书记", "主席")),)),
        Person("江小舟", (Post(("青禾市政协",), ("副主席",)),)),
        Person("秦远山", (Post(("青禾市政协",), ("主席",)),)),
        Person("阿依古丽·买买提", (Post(("青禾市政协",), ("委员",)),), ("阿依古丽",)),
        Person("温江", (Post(("云岭县政协",), ("主席",)),)),
        Person("温江", (Post(("白鹭县政协",), ("秘书长",)),)),
    ]
)


def findings(text: str, kind: Kind = Kind.BODY):
    document = TextDocument((Paragraph(text, kind),))
    return [
        (f.rule, f.excerpt, f.suggestion)
        for f in proofread(document, RECORDS, TermList())
        if f.rule in {"post-differs", "name-differs"}
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("白鹭县政协副主席林清溪作了发言。", ("post-differs", "副主席", "党组书记、主席")),
        ("会上，青禾市政协主席江小舟作了发言。", ("post-differs", "主席", "副主席")),
        ("政协白鹭县委员会秘书长林清溪到会。", ("post-differs", "秘书长", "党组书记、主席")),
        ("白鹭县政协主席林青溪作了发言。", ("name-differs", "林青溪", "林清溪")),
        ("林清西主席作了发言。", ("name-differs", "林清西", "林清溪")),
        (
            "青禾市政协委员阿依古力·买买提发言。",
            ("name-differs", "阿依古力·买买提", "阿依古丽·买买提"),
        ),
        ("白鹭县政协主席温江到会。", ("post-differs", "主席", None)),
    ],
)
def test_what_differs_is_found(text, finding):
    assert findings(text) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "白鹭县政协党组书记、主席林清溪作了发言。",
        "白鹭县政协主席　林清溪",
        "林清溪主席作了发言，秦远山也到会。",
        "原白鹭县政协副主席林清溪作了发言。",
        "时任白鹭县政协秘书长林清溪作了发言。",
        "云岭县政协副主席林清溪不在记录中。",
        "青禾市政协邀请林清溪到会。",
        "青禾市政协主席秦远山、副主席江小舟到会。",
        "林清波同志到会。",
        "白鹭县政协秘书长温江到会。",
    ],
)
def test_what_agrees_or_cannot_be_told_is_left_alone(text):
    assert findings(text) == []


def test_a_byline_is_compared_too():
    assert findings("白鹭县政协副主席　林清溪", Kind.BYLINE) == [
        ("post-differs", "副主席", "党组书记、主席")
    ]


TERMS = TermList(
    [
        Term("其它", "其他", "用词", Severity.HINT, "指人指物均用“其他”"),
        Term("委员", "政协委员", severity=Severity.ORDINARY),
        Term("委员之窗", "", severity=Severity.SEVERE),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("其它工作。", [("其它", "其他", Severity.HINT)]),
        ("政协委员履职。", []),
        ("一名委员履职。", [("委员", "政协委员", Severity.ORDINARY)]),
        ("建好委员之窗。", [("委员之窗", None, Severity.SEVERE)]),
    ],
)
def test_the_term_list_is_applied(text, found):
    marked = proofread(TextDocument.of(text), Records(), TERMS)
    assert [(f.excerpt, f.suggestion, f.severity) for f in marked] == found


def test_the_note_of_a_term_is_told():
    (finding,) = proofread(TextDocument.of("其它工作。"), Records(), TERMS)
    assert finding.message % dict(finding.params) == (
        "The term list says so: 用词：指人指物均用“其他”"
    )
