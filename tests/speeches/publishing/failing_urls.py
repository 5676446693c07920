"""The site with a list of highlighted work that fails."""

from django.http import HttpRequest
from django.urls import include, path


def broken(_request: HttpRequest) -> None:
    raise RuntimeError("broken on purpose")


urlpatterns = [path("work/", broken, name="work_items"), path("", include("cppcc_cms.urls"))]
