"""What is edited here without a review and seen by readers at once."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from speeches.services import outbox


class SeenByReaders:
    """An admin of names on public pages: a change or a removal makes them anew."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Store, and tell of a change; what is new stands on no page yet."""
        super().save_model(request, obj, form, change)
        if change:
            outbox.everything_changed()

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Remove, and tell of it."""
        super().delete_model(request, obj)
        outbox.everything_changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Remove many, and tell of it."""
        super().delete_queryset(request, queryset)
        outbox.everything_changed()
