"""Writing that is stopped half way, and what its readers may see then."""

import gzip
import shutil
from pathlib import Path

from speeches.publishing.addresses import internal_path, is_answered_live, is_digest
from speeches.publishing.builder import build as build_whole
from speeches.publishing.builder import follow
from speeches.publishing.folder import SiteFolder
from speeches.publishing.links import links_in
from speeches.publishing.rendering import Renderer


class Remembering(Renderer):
    """A renderer that asks for a page once: the database does not change meanwhile."""

    answers = {}

    def get(self, path):
        """Return the answer at ``path``."""
        if path not in self.answers:
            self.answers[path] = super().get(path)
        return self.answers[path]


def publish(output):
    """Write the changes into the site that readers see."""
    assert follow(SiteFolder(output)) is not None


def rebuild(output):
    """Build the whole site anew."""
    build_whole(output=output, tell=print)


def copied(output, to):
    """Return the path of a copy of the site with its builds."""
    shutil.copytree(output.with_name("site.builds"), to / "site.builds", symlinks=True)
    shutil.copy(output, to / "site", follow_symlinks=False)
    return to / "site"


def check_readers(output, before, after):
    """Every file is the old or the new one, its variant too, and no link leads nowhere.

    Readers come from the pages that were there before and follow links: a new page that leads to
    another new one is not met until a page leads to it. What goes does so at once, as soon as no
    list leads to it: a speech that names it beside its own text, or goes with it, may lead for a
    while to the notice of the withdrawal, or to the way to where it is now.
    """
    seen = tree(output)
    for name, content in seen.items():
        assert content in (before.get(name), after.get(name)), name
        if name.endswith(".gz"):
            plain = name.removesuffix(".gz")
            assert gzip.decompress(content) in (before.get(plain), after.get(plain)), name
    waiting = [name for name in before.keys() & seen.keys() if name.endswith("index.html")]
    met = set(waiting)
    for name in waiting:
        address = f"/{name.removesuffix('index.html')}"
        for link in links_in(seen[name], "text/html"):
            path = internal_path(link, address)
            if name[0] == "." or path is None or is_answered_live(path) or is_digest(path):
                continue
            file = path.removeprefix("/")
            found = {file, f"{file}index.html", f"{file}index.xml"} & seen.keys()
            is_beside = name not in after or name.startswith("speeches/")
            if is_beside and {f".gone/{file}gone", f".moved/{file}index.html"} & seen.keys():
                continue
            assert found, (name, link)
            new = {name for name in found if name.endswith("index.html")} - met
            waiting += new
            met |= new


def tree(output: Path) -> dict[str, bytes]:
    """Return every file of a site but its manifest, by relative path."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
