"""What the site is called and how it looks: the settings of the office over the environment.

Pages, files and feeds all ask here. What the office has set is kept in the process for
``KEPT_SECONDS``, so that a page needs no query for it; saving drops it at once in the process that
saves, and the other processes follow within that time.
"""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings

from speeches.models.site import SiteSettings, all_blocks, all_columns

KEPT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture beside the name of the site, with its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Site:
    """The site as readers see it; a fact that the office does not have is empty."""

    url: str
    name: str
    owner: str
    code: str
    contact: str
    about: str
    icp: str
    police_record: str
    report_url: str
    security_contact: str
    colour: str
    logo: Logo | None
    footer: str
    announcement: str
    columns: tuple[str, ...]
    home_blocks: tuple[str, ...]

    @property
    def domain(self) -> str:
        """The host, without the scheme."""
        return self.url.partition("://")[2]

    @property
    def publisher(self) -> str:
        """Who publishes: the host of the site, or its name."""
        return self.owner or self.name


_TEXTS = (
    *("name", "owner", "code", "contact", "about", "icp"),
    *("police_record", "report_url", "security_contact", "colour"),
)
_lock = Lock()
_kept: tuple[float, SiteSettings, Logo | None] | None = None


def site() -> Site:
    """Return the site: each fact as the office set it, or as the environment has it."""
    row, logo = _row()
    facts = {
        name: getattr(row, name) or getattr(settings, f"SITE_{name.upper()}") for name in _TEXTS
    }
    return Site(
        url=settings.SITE_URL,
        logo=logo,
        footer=row.footer,
        announcement=row.announcement,
        columns=tuple(row.columns),
        home_blocks=tuple(row.home_blocks),
        **facts,
    )


def remember(row: SiteSettings) -> None:
    """Keep ``row`` as if it had just been read."""
    global _kept  # noqa: PLW0603 - one row, kept by the process
    with _lock:
        _kept = (monotonic(), row, _logo(row))


def forget() -> None:
    """Read the row anew when it is next needed."""
    global _kept  # noqa: PLW0603
    with _lock:
        _kept = None


def stored() -> SiteSettings:
    """Return the row as it is in the database, or a fresh one that sets nothing."""
    return SiteSettings.objects.filter(pk=1).first() or unset()


def unset() -> SiteSettings:
    """Return a row that sets nothing."""
    return SiteSettings(pk=1, columns=all_columns(), home_blocks=all_blocks())


def is_kept() -> bool:
    """Whether the row needs no reading now."""
    kept = _kept
    return kept is not None and monotonic() - kept[0] <= KEPT_SECONDS


def _row() -> tuple[SiteSettings, Logo | None]:
    if not is_kept():
        remember(stored())
    kept = _kept
    return (kept[1], kept[2]) if kept else (SiteSettings(), None)


def _logo(row: SiteSettings) -> Logo | None:
    try:
        return Logo(row.logo.url, row.logo.width, row.logo.height) if row.logo else None
    except OSError:
        return None
