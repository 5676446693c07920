"""Public addresses. They never change: see ``docs/adr/0001-editions.md``."""

from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [path("", TemplateView.as_view(template_name="base.html"), name="home")]
