"""Keeping the index equal to what is public, inside the transaction that changes it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from speeches.models.editions import Edition, WorkItemEdition
from speeches.models.search import SearchDocument

from .documents import MODELS, document_of, kind_of
from .engine import engine

_BATCH = 500


def add(editions: Iterable[Edition]) -> None:
    """Index current editions; what was indexed of the same pieces before is replaced."""
    editions = list(editions)
    for edition in editions:
        remove(edition)
    add_new(editions)


def add_new(editions: Iterable[Edition]) -> None:
    """Index current editions of pieces that are not in the index."""
    engine().add(SearchDocument.objects.bulk_create(map(document_of, editions)))


def remove(edition: Edition) -> None:
    """Take a piece that is no longer public out of the index."""
    found = SearchDocument.objects.filter(kind=kind_of(edition), number=edition.draft_id)
    documents = list(found)
    if documents:
        engine().remove(documents)
        found.delete()


@transaction.atomic
def rebuild(tell: Callable[[int, int], None]) -> int:
    """Index everything public anew; return how many pieces there are.

    Readers search the index as it was until all is done. ``tell`` is called with how many pieces
    are done and how many there are.
    """
    engine().clear()
    SearchDocument.objects.all().delete()
    total = sum(model.objects.current().count() for model in MODELS.values())
    done = 0
    for editions in _batches(_current()):
        add_new(editions)
        done += len(editions)
        tell(done, total)
    return done


def check() -> Iterator[str]:
    """Yield each difference between the index and what is public."""
    indexed = engine().numbers()
    known = {
        (document.kind, document.number): document
        for document in SearchDocument.objects.defer("body", "anchors")
    }
    for kind, model in MODELS.items():
        for edition in model.objects.current().only("content_hash", "title", model.DRAFT_FIELD):
            document = known.pop((kind.value, edition.draft_id), None)
            if document is None or document.pk not in indexed:
                yield _("“%(title)s” is public and not in the index.") % {"title": edition.title}
            elif document.edition_hash != edition.content_hash:
                yield _("“%(title)s” is indexed in an older edition.") % {"title": edition.title}
    for document in known.values():
        yield _("“%(title)s” is in the index and not public.") % {"title": document.title}


def _current() -> Iterator[Edition]:
    for model in MODELS.values():
        current = model.objects.current().order_by("pk")
        if model is WorkItemEdition:
            current = current.select_related("organization").prefetch_related("figures")
        yield from current.iterator(chunk_size=_BATCH)


def _batches(editions: Iterator[Edition]) -> Iterator[list[Edition]]:
    while batch := list(islice(editions, _BATCH)):
        yield batch
