"""The columns (栏目) of the site: the navigation, and what list pages say of themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOME_PAGE = "首页"
BODIES = "机构职能"
PEOPLE = "负责人信息"
NEWS = "工作动态"
"""Column types are words of the list in the annex of 国办发〔2017〕47号, never translated."""


@dataclass(frozen=True, slots=True)
class Column:
    """A section of the site; ``name`` is the name of its address, ``kind`` its ColumnType."""

    name: str
    label: str | Promise
    description: str | Promise
    kind: str

    @property
    def url(self) -> str:
        """The first page of the column."""
        return reverse(self.name)


HOME = Column("home", _("Home"), _("Speeches, digests and highlighted work."), HOME_PAGE)
MEETINGS = Column(
    "meetings",
    _("Meetings"),
    _("Meetings with the digest of what was said there."),
    NEWS,
)
SPEAKERS = Column("speakers", _("Speakers"), _("Who spoke, by pinyin."), PEOPLE)
ORGANIZATIONS = Column(
    "organizations",
    _("Organizations"),
    _("Bodies with their speeches and their work."),
    BODIES,
)
WORK = Column(
    "work_items",
    _("Highlighted work"),
    _("Results told in the speeches, with their figures."),
    NEWS,
)
TOPICS = Column("topics", _("Topics"), _("Speeches and work by topic."), NEWS)
SEARCH = Column("search", _("Search"), _("Any word, name or figure that was said."), NEWS)
REPORT = Column(
    "report", _("Report an error"), _("Tell the editors what is wrong on a page."), NEWS
)
ABOUT = Column(
    "about", _("About this site"), _("Who makes this site, and how to reach them."), BODIES
)
SITE_MAP = Column("site_map", _("Site map"), _("The way to every page of the site."), NEWS)

COLUMNS = (HOME, MEETINGS, WORK, SPEAKERS, ORGANIZATIONS, TOPICS)


def navigation(names: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of the navigation: the home page, then those of ``names`` in order."""
    known = {column.name: column for column in COLUMNS}
    return (HOME, *(known[name] for name in names if name in known))
