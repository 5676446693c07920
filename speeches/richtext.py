"""Rich text: the field, the editor, and the HTML that may be stored.

The only module that names the editor (django-ckeditor, CKEditor 4). CKEditor 4 gets no more
fixes, so it is fenced in: no source view, no dialogs that fetch anything, and whatever it sends is
reduced to a short allow-list before it reaches the database. Pictures are sent by a button of our
own (``static/js/editor-picture.js``), as the editor's dialog for that needs inline scripts.
Alignment is a class, never a style, so that public pages need no inline style at all.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import accumulate
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import nh3
from ckeditor.fields import RichTextFormField as EditorFormField
from ckeditor.widgets import CKEditorWidget
from django.db import models
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

if TYPE_CHECKING:  # django-ckeditor has no types
    EditorField = models.TextField[str, str]
else:
    from ckeditor.fields import RichTextField as EditorField


ALIGNMENTS = ("text-left", "text-center", "text-right", "text-justify")
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "p": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_CLASSES = {tag: set(ALIGNMENTS) for tag in ("p", "h2", "h3", "h4", "td", "th")}
_TAGS = (
    (set(_ATTRIBUTES) - {"*"})
    | set(_CLASSES)
    | {
        "strong",
        "em",
        "u",
        "sub",
        "sup",
        "br",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "figure",
        "figcaption",
    }
)
_EQUIVALENT = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "div": "p"}
_ANCHOR = re.compile(r"p[1-9][0-9]{0,5}\Z")
_ANCHORED = re.compile(r"<(p|h2|h3|h4)((?:\s[^>]*)?)>")
_ID = re.compile(r'\sid="([^"]*)"')
_OWN_PICTURE = re.compile(r"/(?![/\\])[^\x00-\x20\\]*\Z")
XML_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that no XML 1.0 document can hold."""
_PASSES = 8
_DEEPEST = 60
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_VOID = {"br", "img"}
_PICTURE = re.compile(r"<img[^>]*>")
_EMPTY_PICTURE = re.compile(r'<img(?![^>]*\ssrc=")[^>]*>')
"""What is left of a picture from elsewhere."""
_ALT = re.compile(r'\salt="\s*[^"\s]')
_EMPTY_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(?:\s|\u00a0|&nbsp;|<br>)*</p>")

EDITOR_CONFIG: dict[str, Any] = {
    "skin": "moono-lisa",
    "width": "100%",
    "height": 520,
    "extraPlugins": "divarea,picture",
    "removePlugins": (
        "wysiwygarea,exportpdf,scayt,iframe,forms,smiley,templates,save,newpage,preview,print,"
        "language,about,flash,sourcearea,elementspath"
    ),
    "toolbar": [
        ["Undo", "Redo"],
        ["Format", "Bold", "Italic", "Underline", "Subscript", "Superscript", "RemoveFormat"],
        ["JustifyLeft", "JustifyCenter", "JustifyRight"],
        ["NumberedList", "BulletedList", "Blockquote"],
        ["Link", "Unlink", "Picture", "Attachment", "Table", "SpecialChar"],
        ["Find", "Replace", "Maximize"],
    ],
    "format_tags": "p;h2;h3;h4",
    "justifyClasses": list(ALIGNMENTS),
    "extraAllowedContent": "p h2 h3 h4[id]; td th[scope]",
    "disallowedContent": "*{*}",
    "coreStyles_bold": {"element": "strong"},
    "coreStyles_italic": {"element": "em"},
    "entities": False,
    "clipboard_handleImages": False,
    "linkShowAdvancedTab": False,
    "removeDialogTabs": (
        "image:advanced;image:Link;image:Upload;link:advanced;link:target;link:upload"
    ),
    "image_previewText": " ",
}


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if XML_FORBIDDEN.search(value):
        return None
    if name == "id":
        return value if _ANCHOR.match(value) else None
    if name == "src":
        return value if _OWN_PICTURE.match(value) else None
    if name in {"width", "height", "colspan", "rowspan"}:
        return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
    return value


def _rename_equivalents(html: str) -> str:
    def rename(match: re.Match[str]) -> str:
        return f"<{match[1]}{_EQUIVALENT[match[2].lower()]}"

    return re.sub(r"<(/?)(b|i|h1|h5|h6|div)(?=[\s>/])", rename, html, flags=re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return ``html`` reduced to the allow-list: no script, style, event or outside picture.

    Characters that XML 1.0 forbids are dropped, as no export could hold them. Of text nested deeper
    than ``_DEEPEST`` elements only the paragraphs are kept, as parsers give up on such depths.
    Taking away a tag can leave others nested as no browser reads them (``<h2><h2>``), so the
    result is read again until reading changes nothing: what is stored is what a browser sees.
    """
    cleaned = _cleaned(XML_FORBIDDEN.sub("", html))
    for _pass in range(_PASSES):
        again = _cleaned(cleaned)
        if again == cleaned:
            break
        cleaned = again
    if _depth(cleaned) > _DEEPEST:
        return sanitise(nh3.clean(cleaned, tags={"p", "br"}, attributes={"p": {"id"}}))
    return cleaned


def _depth(cleaned: str) -> int:
    """How many elements of sanitised HTML stand inside each other at most."""
    steps = (-1 if closing else 1 for closing, tag in _TAG.findall(cleaned) if tag not in _VOID)
    return max(accumulate(steps), default=0)


def _cleaned(html: str) -> str:
    cleaned = nh3.clean(
        _rename_equivalents(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_filter_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return XML_FORBIDDEN.sub("", _EMPTY_PICTURE.sub("", cleaned)).strip()


def anchor_paragraphs(html: str) -> str:
    """Give every paragraph and heading of sanitised ``html`` its anchor ``p1``, ``p2``, ….

    An anchor that is there stays, so that a link to a paragraph survives later corrections; a
    paragraph that is new, or repeats an anchor, gets the next number never used in this text.
    """
    used = [int(value[1:]) for value in _ID.findall(html) if _ANCHOR.match(value)]
    following = max(used, default=0)
    html = _EMPTY_PARAGRAPH.sub("", html)
    seen: set[str] = set()

    def anchor(match: re.Match[str]) -> str:
        nonlocal following
        tag, attributes = match[1], match[2]
        found = _ID.search(attributes)
        if found and found[1] not in seen:
            seen.add(found[1])
            return match[0]
        following += 1
        return f'<{tag} id="p{following}"{_ID.sub("", attributes)}>'

    return _ANCHORED.sub(anchor, html).strip()


def has_wordless_picture(html: str) -> bool:
    """Whether a picture in sanitised ``html`` does not say what it shows."""
    return any(not _ALT.search(picture) for picture in _PICTURE.findall(html))


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return anchored HTML for plain paragraphs: the text is escaped, line breaks are kept."""
    blocks = (f"<p>{'<br>'.join(escape(text).splitlines())}</p>" for text in paragraphs)
    return anchor_paragraphs(sanitise("\n".join(blocks)))


class EditorWidget(CKEditorWidget):  # type: ignore[misc]  # django-ckeditor has no types
    """The fenced-in editor; the settings need to know nothing of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.config = dict(EDITOR_CONFIG)

    def _set_config(self) -> None:
        super()._set_config()
        self.config |= {
            "pictureUrl": _address("upload_picture"),
            "attachmentUrl": _address("upload_attachment"),
            "libraryUrl": _address("picture_library"),
            "pictureWords": {
                "picture": gettext("Insert a picture"),
                "attachment": gettext("Insert an attachment"),
                "file": gettext("A new picture"),
                "words": gettext("What it shows, for those who do not see it"),
                "wordless": gettext("Say in a few words what the picture shows."),
                "put": gettext("Put it into the text"),
                "close": gettext("Cancel"),
                "library": gettext("Or choose one from the library"),
                "failed": gettext("The file could not be sent. Try again."),
            },
        }
        script = PurePosixPath(static("js/editor-picture.js"))
        self.external_plugin_resources = [("picture", f"{script.parent}/", script.name)]


def _address(name: str) -> str:
    try:
        return reverse(f"admin:speeches_{name}")
    except NoReverseMatch:
        return ""


class RichTextFormField(EditorFormField):  # type: ignore[misc]  # django-ckeditor has no types
    """A form field that answers with safe, anchored HTML."""

    widget = EditorWidget

    def clean(self, value: str | None) -> str:
        """Return the sanitised text, so that other validators never see anything else."""
        return anchor_paragraphs(sanitise(super().clean(value) or ""))


class RichTextField(EditorField):
    """A text column that holds only sanitised, anchored HTML, whichever way it is written.

    ``update()`` and ``bulk_update()`` never call ``pre_save``, so the last door,
    ``get_db_prep_save``, sanitises as well. Migrations see a plain TextField: changing the editor
    changes no schema.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Describe the column to migrations as a TextField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Sanitise on the instance too, so that what was saved is what is in memory."""
        value = anchor_paragraphs(sanitise(getattr(model_instance, self.attname) or ""))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Sanitise whatever reaches the database."""
        if isinstance(value, str):
            value = anchor_paragraphs(sanitise(value))
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        """Use the fenced-in editor."""
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})
