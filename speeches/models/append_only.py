"""Rows that are inserted and then never changed or deleted."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext

from speeches.exceptions import EditionImmutable, SpeechesError
from speeches.querysets import AppendOnlyQuerySet


class AppendOnly(models.Model):
    """A row that is inserted and then never changed or deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change a row that is already stored."""
        if not self._state.adding:
            raise self.immutable()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise self.immutable()

    @staticmethod
    def immutable() -> SpeechesError:
        """Return the refusal to change or delete such a row."""
        return EditionImmutable(gettext("A published edition is never changed or deleted."))
