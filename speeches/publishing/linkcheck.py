"""Does every link of the built pages lead somewhere, to the very paragraph it names?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from lxml import etree, html

from speeches.publishing.addresses import (
    Unstorable,
    file_of,
    internal_path,
    is_digest,
    is_for_staff,
)
from speeches.publishing.links import links_in
from speeches.publishing.manifest import Manifest
from speeches.publishing.rendering import BuildRefused, Renderer

_TYPES = {".html": "text/html", ".xml": "application/xml", ".css": "text/css"}
_TOP = {"", "top"}


def broken_links(output: Path) -> Iterator[str | None]:
    """Yield None for each page whose links are sound, else a line for each that is not.

    Links that no file answers are asked of the application; downloads, which take seconds each,
    and the admin are not. Raises BuildRefused where nothing was built.
    """
    manifest = Manifest.read(output)
    if manifest is None:
        raise BuildRefused(_("There is no built site in “%(folder)s”.") % {"folder": output})
    check = _Check(output, frozenset(manifest.files))
    for name in sorted(manifest.files):
        media_type = _TYPES.get(PurePosixPath(name).suffix)
        if media_type and not name.startswith("."):
            yield from list(check.problems(name, media_type)) or [None]


@dataclass(slots=True)
class _Check:
    output: Path
    files: frozenset[str]
    _anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    _answered: dict[str, bool] = field(default_factory=dict)
    _renderer: Renderer = field(default_factory=Renderer)

    def problems(self, name: str, media_type: str) -> Iterator[str]:
        content = (self.output / name).read_bytes()
        folder = PurePosixPath("/", name).parent.as_posix().rstrip("/") + "/"
        for link in sorted(set(links_in(content, media_type))):
            problem = self._problem(link, name, folder)
            if problem:
                yield f"{name} → {link}：{problem}"

    def _problem(self, link: str, name: str, folder: str) -> str:
        fragment = unquote(urlsplit(link).fragment)
        if link.startswith("#"):
            target: str | None = name
        else:
            path = internal_path(link, folder)
            if path is None:
                return ""
            target = self._file(path)
            if target is None:
                return "" if self._is_answered(path) else _("leads nowhere")
        if fragment in _TOP or not target or fragment in self._anchors_of(target):
            return ""
        return _("there is no such place on the page")

    def _file(self, path: str) -> str | None:
        for media_type in ("text/html", "application/xml"):
            try:
                name = file_of(path, media_type)
            except Unstorable:
                return None
            if name in self.files:
                return name
        return None

    def _is_answered(self, path: str) -> bool:
        if path not in self._answered:
            self._answered[path] = (
                is_for_staff(path) or is_digest(path) or self._renderer.get(path).status < 400
            )
        return self._answered[path]

    def _anchors_of(self, name: str) -> frozenset[str]:
        if name not in self._anchors:
            found: list[str] = []
            if name.endswith(".html"):
                parser = html.HTMLParser(encoding="utf-8")
                page = etree.fromstring((self.output / name).read_bytes(), parser=parser)
                found = [str(value) for value in page.xpath("//@id | //a/@name")]
            self._anchors[name] = frozenset(found)
        return self._anchors[name]
