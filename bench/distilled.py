"""The addresses that django-distill turns into files, beside all others."""

from collections.abc import Iterator

from django_distill import distill_path

from cppcc_cms.urls import handler404
from cppcc_cms.urls import urlpatterns as product
from speeches.models import SpeechEdition
from speeches.public.views.speeches import speech


def _numbers() -> Iterator[dict[str, int]]:
    for number in SpeechEdition.objects.current().values_list("speech_id", flat=True):
        yield {"pk": number}


urlpatterns = [
    distill_path(
        "speeches/<int:pk>/",
        speech,
        name="speech_distilled",
        distill_func=_numbers,
        distill_file="speeches/{pk}/index.html",
    ),
    *product,
]

__all__ = ["handler404", "urlpatterns"]
