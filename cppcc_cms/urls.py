"""Root addresses: the admin for staff, everything else for readers."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from cppcc_cms.health import healthz, readyz
from cppcc_cms.metrics import metrics
from speeches.confirming import confirm

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("confirm/<str:token>/", confirm, name="confirm"),
    path("api/", include("speeches.public.api.urls")),
    path("", include("speeches.public.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
handler404 = "speeches.public.api.problems.not_found"
