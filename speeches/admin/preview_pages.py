"""A draft as readers will see it, at two widths, for the ModelAdmin of its kind."""

from csp.decorators import csp_update
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext

from speeches.admin.display import change_url


class PreviewPages:
    """The page with the two frames; what is in them comes from ``cppcc_cms.previews``."""

    def get_urls(self):
        """Add the address of the page."""
        name = f"speeches_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/", view, name=name), *super().get_urls()]

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def preview_view(self, request, pk: int) -> HttpResponse:
        """Show the frames."""
        draft = self.visible_draft(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Preview"),
            "subtitle": str(draft),
            "draft": draft,
            "draft_url": change_url(draft),
            "frame_url": reverse("admin:speeches_preview", args=[self.opts.model_name, pk]),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/draft_preview.html", context)
