"""Telling a person who opens a form that a colleague has it open."""

from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from speeches.services import drafts, open_forms


class OpenFormPages:
    """The signs of life of open forms, for the ModelAdmin of a kind of draft."""

    def get_urls(self):
        """Add the address to which an open form says that it is open."""
        name = f"speeches_{self.opts.model_name}_presence"
        view = self.admin_site.admin_view(self.presence_view)
        return [path("<int:pk>/presence/", view, name=name), *super().get_urls()]

    @method_decorator(require_POST)
    @method_decorator(never_cache)
    def presence_view(self, request, pk: int) -> JsonResponse:
        """Note that the form is open; answer who else has it open."""
        draft = self.visible_draft(request, pk)
        if not drafts.may_edit(draft=draft, user=request.user):
            return JsonResponse({"others": []})
        return JsonResponse({"others": open_forms.note(draft=draft, user=request.user)})

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        """Tell at once who else has the form open, and what the script needs to ask again."""
        if obj and not context["is_popup"] and self.has_change_permission(request, obj):
            context["others_editing"] = open_forms.note(draft=obj, user=request.user)
            name = f"admin:speeches_{self.opts.model_name}_presence"
            context["presence_url"] = reverse(name, args=[obj.pk])
            context["presence_beat"] = open_forms.BEAT
        return super().render_change_form(request, context, obj=obj, **kwargs)
