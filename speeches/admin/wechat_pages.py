"""The articles of a meeting for WeChat: seen as they will look, measured, and copied."""

from dataclasses import dataclass

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext

from speeches.admin.display import change_url
from speeches.exporting import wechat
from speeches.exporting.characters import printable
from speeches.exporting.editions import digest_of
from speeches.exporting.wechat_rules import Article, Measure, broken_rules, measures
from speeches.exporting.wechat_themes import DEFAULT, THEMES
from speeches.models import MeetingEdition

PREVIEW_POLICY = {"style-src-attr": ["'unsafe-inline'"]}
"""The articles are styled inline, as the platform wants them; nothing else of the page is."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An article with its lengths and the rules it breaks."""

    article: Article
    measures: tuple[Measure, ...]
    broken: tuple[str, ...]


class WechatPages:
    """The page of a meeting's articles, for the ModelAdmin of meetings."""

    def get_urls(self):
        """Add the address of the page."""
        view = self.admin_site.admin_view(self.wechat_view)
        return [path("<int:pk>/wechat/", view, name="speeches_meeting_wechat"), *super().get_urls()]

    @method_decorator(csp_update(PREVIEW_POLICY))
    def wechat_view(self, request, pk: int):
        """Show the articles of a published meeting in the chosen theme."""
        meeting = self.visible_draft(request, pk)
        edition = MeetingEdition.objects.current().filter(meeting_id=pk).first()
        if edition is None:
            messages.warning(request, gettext("Only what is published can be handed on."))
            return HttpResponseRedirect(change_url(meeting))
        chosen = request.GET.get("theme", DEFAULT)
        theme = chosen if chosen in THEMES else DEFAULT
        document, notices = printable(digest_of(edition))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Articles for WeChat"),
            "subtitle": str(meeting),
            "meeting": meeting,
            "themes": [(name, look.label, name == theme) for name, look in THEMES.items()],
            "previews": [
                Preview(article, measures(article), broken_rules(article))
                for article in wechat.articles(document, theme)
            ],
            "notices": (*notices, *wechat.EXPORTER.notices(document)),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/wechat_preview.html", context)
