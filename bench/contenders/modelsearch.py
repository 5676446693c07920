"""The same speeches, found by modelsearch, the search of Wagtail, with the database's backend."""

from collections.abc import Iterable

from django.core.management import call_command
from modelsearch.backends import get_search_backend
from modelsearch.query import Phrase

from bench.contenders.models import IndexedText
from bench.questions import Question


def fill(texts: Iterable[tuple[int, str, str]]) -> None:
    """Index these texts: a key, a title and a body each."""
    IndexedText.objects.all().delete()
    IndexedText.objects.bulk_create(
        (IndexedText(pk=key, title=title, body=body) for key, title, body in texts),
        batch_size=500,
    )
    call_command("rebuild_modelsearch_index", verbosity=0)


def count_and_ten(question: Question) -> tuple[int, list[IndexedText]]:
    """Answer a question as a page would need it."""
    found = get_search_backend().search(_asked(question), IndexedText)
    return found.count(), list(found[:10])


def keys(question: Question) -> set[int]:
    """Return the keys of all answers."""
    found = get_search_backend().search(_asked(question), IndexedText)
    return {text.pk for text in found[: IndexedText.objects.count()]}


def _asked(question: Question) -> Phrase | str:
    """The question in its language: a phrase, or words that must all be there."""
    return Phrase(question.text.strip("“”")) if question.kind == "phrase" else question.text
