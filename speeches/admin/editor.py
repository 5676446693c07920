"""The one relaxation of the content security policy: pages that hold the rich-text editor."""

from csp.decorators import csp_update
from django.template.response import TemplateResponse

EDITOR_POLICY = {"script-src-attr": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}
"""CKEditor 4 sets ``onclick`` and ``style`` attributes; scripts still come from files alone."""


class EditorPolicyMixin:
    """Relax the policy where the editor is shown, and nowhere else."""

    def changeform_view(self, *args, **kwargs):
        """Answer as ever; a page with a form that can be edited carries the editor's policy."""
        response = super().changeform_view(*args, **kwargs)
        if isinstance(response, TemplateResponse) and self._shows_editor(response.context_data):
            return csp_update(EDITOR_POLICY)(lambda: response)()
        return response

    @staticmethod
    def _shows_editor(context) -> bool:
        return bool(context.get("add") or context.get("has_change_permission"))
