"""Public addresses. They never change: see ``docs/adr/0001-editions.md``."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import path, re_path
from django.views.generic import RedirectView

from organizations.enums import RecordKind
from speeches.exporting.compilation import Scope
from speeches.public import sitemaps
from speeches.public.feeds import (
    MeetingFeed,
    NewSpeeches,
    NewWork,
    OrganizationFeed,
    SpeakerFeed,
    TopicFeed,
)
from speeches.public.mergers import follows_mergers
from speeches.public.views.compilations import compilation, speech_digest
from speeches.public.views.counts import counts
from speeches.public.views.home import home
from speeches.public.views.meetings import (
    digest,
    meeting,
    meeting_corrections,
    meeting_in_full,
    meetings,
)
from speeches.public.views.organizations import organization, organizations
from speeches.public.views.people import speaker, speakers
from speeches.public.views.reports import report, report_thanks
from speeches.public.views.search import search, search_facets
from speeches.public.views.shares import meeting_card, speech_card, speech_qr
from speeches.public.views.site import about, colours, manifest, opensearch, security, site_map
from speeches.public.views.speeches import corrections, speech
from speeches.public.views.topics import topic, topics
from speeches.public.views.work import (
    indicator,
    indicators,
    work_corrections,
    work_item,
    work_items,
)


class Favicon(RedirectView):
    """The address that browsers ask for by themselves."""

    def get_redirect_url(self) -> str:
        """The picture, wherever static files are served."""
        return staticfiles_storage.url("img/favicon.svg")


urlpatterns = [
    path("", home, name="home"),
    path("meetings/", meetings, name="meetings"),
    path("meetings/<str:slug>/", meeting, name="meeting"),
    path("meetings/<str:slug>/full/", meeting_in_full, name="meeting_in_full"),
    path("meetings/<str:slug>/corrections/", meeting_corrections, name="meeting_corrections"),
    path("meetings/<str:slug>/card.png", meeting_card, name="meeting_card"),
    path("meetings/<str:slug>/feed/", MeetingFeed(), name="meeting_feed"),
    path("meetings/<str:slug>/digest.<str:format_name>", digest, name="digest"),
    path("speeches/<int:pk>/", speech, name="speech"),
    path("speeches/<int:pk>/corrections/", corrections, name="corrections"),
    path("speeches/<int:pk>/card.png", speech_card, name="speech_card"),
    path("speeches/<int:pk>/qr.svg", speech_qr, name="speech_qr"),
    path("speeches/<int:pk>/digest.<str:format_name>", speech_digest, name="speech_digest"),
    path("organizations/", organizations, name="organizations"),
    path(
        "organizations/<int:pk>/",
        follows_mergers(RecordKind.ORGANIZATION, organization),
        name="organization",
    ),
    path(
        "organizations/<int:pk>/feed/",
        follows_mergers(RecordKind.ORGANIZATION, OrganizationFeed()),
        name="organization_feed",
    ),
    path(
        "organizations/<int:pk>/digest.<str:format_name>",
        follows_mergers(RecordKind.ORGANIZATION, compilation),
        {"scope": Scope.ORGANIZATION},
        name="organization_digest",
    ),
    path("speakers/", speakers, name="speakers"),
    path("speakers/<int:pk>/", follows_mergers(RecordKind.SPEAKER, speaker), name="speaker"),
    path(
        "speakers/<int:pk>/feed/",
        follows_mergers(RecordKind.SPEAKER, SpeakerFeed()),
        name="speaker_feed",
    ),
    path(
        "speakers/<int:pk>/digest.<str:format_name>",
        follows_mergers(RecordKind.SPEAKER, compilation),
        {"scope": Scope.SPEAKER},
        name="speaker_digest",
    ),
    path("work/", work_items, name="work_items"),
    path("work/compare/", indicators, name="indicators"),
    path("work/compare/<int:pk>/", indicator, name="indicator"),
    path("work/feed/", NewWork(), name="work_feed"),
    path("work/<int:pk>/", work_item, name="work_item"),
    path("work/<int:pk>/corrections/", work_corrections, name="work_corrections"),
    path("topics/", topics, name="topics"),
    path("topics/<str:slug>/", topic, name="topic"),
    path("topics/<str:slug>/feed/", TopicFeed(), name="topic_feed"),
    path(
        "topics/<str:slug>/digest.<str:format_name>",
        compilation,
        {"scope": Scope.TOPIC},
        name="topic_digest",
    ),
    path("counts/", counts, name="counts"),
    path("search/", search, name="search"),
    path("report/", report, name="report"),
    path("report/thanks/", report_thanks, name="report_thanks"),
    path("about/", about, name="about"),
    path("map/", site_map, name="site_map"),
    re_path(r"^site-(?P<colour>[0-9a-f]{6})\.css$", colours, name="site_colours"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("site.webmanifest", manifest, name="manifest"),
    path(".well-known/security.txt", security, name="security"),
    path("search/facets/", search_facets, name="search_facets"),
    path("feed/", NewSpeeches(), name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path(
        "sitemap-<slug:name>-<int:number>.xml",
        sitemaps.section,
        name="sitemap_section",
    ),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("favicon.ico", Favicon.as_view(), name="favicon"),
]
