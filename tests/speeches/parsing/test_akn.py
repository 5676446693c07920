import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parsing import UnreadableFile, is_akn, read_akn
from speeches.parsing.akn import MAX_SPEECHES
from speeches.parsing.reading import MAX_BYTES

SAYIT = """<?xml version="1.0" encoding="utf-8"?>
<akomaNtoso>
    <debate>
        <meta><references>
            <TLCPerson href="/ontology/person/::/林清溪" id="林清溪" showAs="林清溪"/>
        </references></meta>
        <debateBody>
            <debateSection>
                <heading>
                    基层协商
                </heading>
                <speech by="#林清溪">
                    <p>
                        我们把协商桌
                        搬到田埂上。
                    </p>
                    <p>第二段，Open
                       data 也在内。</p>
                </speech>
                <narrative><p><i>（鼓掌）</i></p></narrative>
            </debateSection>
        </debateBody>
    </debate>
</akomaNtoso>
"""
OLDER = """<akomaNtoso xmlns="http://www.akomantoso.org/2.0"><debate><preface>
<p><docTitle>青禾市政协会议</docTitle></p></preface><debateBody><debateSection id="s">
<heading>青禾市政协会议</heading>
<speech id="a" by="#x"><heading>让提案落地</heading>
<from>白鹭县政协主席　林清溪</from>
<blockList><listIntroduction>有两条：</listIntroduction>
<item><num>（一）</num><p>第一。</p></item><item><num>（二）</num><p>第二。</p></item></blockList>
<table><tr><th><p>年份</p></th><th><p>件</p></th></tr></table></speech>
</debateSection></debateBody></debate></akomaNtoso>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE akomaNtoso [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<akomaNtoso><debate><debateBody><speech><p>&c;</p></speech></debateBody></debate></akomaNtoso>"""
STOLEN = """<!DOCTYPE akomaNtoso [<!ENTITY f SYSTEM "file:///etc/hostname">]>
<akomaNtoso><debate><debateBody><speech><p>&f;</p></speech></debateBody></debate></akomaNtoso>"""


def wrapped(inside: str) -> bytes:
    return f"<akomaNtoso><debate><debateBody>{inside}</debateBody></debate></akomaNtoso>".encode()


def test_sayits_dialect_is_read_without_its_line_breaks():
    digest = read_akn(SAYIT.encode())
    (speech,) = digest.speeches
    assert (speech.title, speech.byline, speech.speakers) == ("基层协商", "林清溪", ("林清溪",))
    assert speech.paragraphs == ("我们把协商桌搬到田埂上。", "第二段，Open data 也在内。")
    assert digest.notes == ("（鼓掌）",)


def test_the_older_namespace_and_its_lists_are_read():
    digest = read_akn(OLDER.encode())
    (speech,) = digest.speeches
    assert digest.meeting == "青禾市政协会议"
    assert (speech.title, speech.organization) == ("让提案落地", "白鹭县政协")
    assert (speech.posts, speech.speakers) == (("主席",), ("林清溪",))
    assert speech.paragraphs == ("有两条：", "（一）第一。", "（二）第二。", "年份　件")


def test_utf16_is_known_as_akoma_ntoso():
    data = SAYIT.replace("utf-8", "utf-16").encode("utf-16")
    assert is_akn(data)
    assert read_akn(data).speeches == read_akn(SAYIT.encode()).speeches


@pytest.mark.parametrize("data", [b"", "关于 <akomaNtoso> 的发言".encode(), b"<html></html>"])
def test_other_files_are_none(data):
    assert not is_akn(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB.encode(), "DOCTYPE"),
        (STOLEN.encode(), "DOCTYPE"),
        (BOMB.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"), "DOCTYPE"),
        (b"<akomaNtoso><debate>", "XML"),
        (b"<akomaNtoso><act/></akomaNtoso>", "debateBody"),
        (b"<akomaNtoso>" + b" " * MAX_BYTES, "10 MB"),
        (wrapped("<speech><p>a</p></speech>" * (MAX_SPEECHES + 1)), str(MAX_SPEECHES)),
        (wrapped("<p>" * 5000 + "</p>" * 5000), "XML"),
    ],
)
def test_what_is_dangerous_or_no_debate_is_refused_in_chinese(data, words):
    with pytest.raises(UnreadableFile, match=words):
        read_akn(data)


def test_a_speech_without_text_is_told_in_the_notes():
    digest = read_akn(wrapped("<speech><heading>空</heading><from>林清溪</from></speech>"))
    assert (digest.speeches, digest.notes) == ((), ("空", "林清溪"))


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.text("甲乙 \n", max_size=5), lambda inner: st.lists(inner, max_size=4)))
def test_every_word_is_kept_once_whatever_holds_it(tree):
    def marked(node, depth=0) -> str:
        if isinstance(node, str):
            return node
        tag = ("p", "ul", "b", "speechGroup", "item")[depth % 5]
        return "".join(f"<{tag}>{marked(one, depth + 1)}</{tag}>" for one in node)

    source = f"<speech><p>起</p>{marked(tree) if isinstance(tree, list) else ''}</speech>"
    (speech,) = read_akn(wrapped(source)).speeches
    inside = source.translate(str.maketrans("", "", "<>/ \n")).translate(
        {ord(letter): None for letter in "abcdefghijklmnopqrstuvwxyzG"}
    )
    assert "".join("".join(speech.paragraphs).split()) == inside
