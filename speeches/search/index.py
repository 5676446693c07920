"""Keeping the index equal to what is public, inside the transaction that changes it.

A rebuild fills another build of the index beside the one that is searched, in short transactions,
and switches at the end. What is published or withdrawn meanwhile goes into the build that is
searched, and is brought over in the transaction of the switch, which waits for other writers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from speeches.enums import SearchKind
from speeches.exceptions import SpeechesError
from speeches.models.editions import Edition, SpeechEdition, WorkItemEdition
from speeches.models.search import SearchDocument

from . import state, vocabulary
from .documents import MODELS, documents_of, kind_of
from .engine import engine
from .tokens import VERSION

BUILDS = (0, 1)
_TABLES = {f"speeches_searchindex_{build}" for build in BUILDS}
_BATCH = 500


class RebuildRefused(SpeechesError):
    """Another rebuild has ended meanwhile; its index is the one that is searched."""


def add(editions: Iterable[Edition]) -> None:
    """Index current editions; what was indexed of the same pieces before is replaced."""
    editions = list(editions)
    for edition in editions:
        remove(edition)
    add_new(editions)


def add_new(editions: Sequence[Edition]) -> None:
    """Index current editions of pieces that are not in the index."""
    build = state.generation_to_write()
    _fetch_parts(editions)
    documents = SearchDocument.objects.bulk_create(documents_of(editions, build))
    engine(build).add(documents)
    texts = [text for edition in editions for text in vocabulary.texts_of(edition)]
    transaction.on_commit(partial(vocabulary.learn_words.enqueue, texts))


def remove(edition: Edition) -> None:
    """Take a piece that is no longer public out of the index."""
    _remove(state.generation_to_write(), kind_of(edition), [edition.draft_id])


def _remove(build: int, kind: SearchKind, numbers: Sequence[int]) -> None:
    found = SearchDocument.objects.filter(generation=build, kind=kind, number__in=numbers)
    documents = list(found)
    if documents:
        engine(build).remove(documents)
        found.delete()


def rebuild(tell: Callable[[int, int], None]) -> int:
    """Index everything public anew; return how many pieces there are.

    Readers search the index as it was until all is done, and editors publish and withdraw as
    always. ``tell`` is called with how many pieces are done and how many there are. Raises
    RebuildRefused where another rebuild was faster, and SearchUnavailable.
    """
    before = state.generation()
    following = before + 1
    _clear(following)
    vocabulary.rebuild()
    total = sum(model.objects.current().count() for model in MODELS.values())
    done = 0
    for editions in _batches():
        with transaction.atomic():
            _fill(following, editions)
        done += len(editions)
        tell(done, total)
    with transaction.atomic():
        stored = state.lock()
        if stored.generation != before:
            raise RebuildRefused(_("Another rebuild of the search index has just ended."))
        _catch_up(following)
        stored.generation, stored.tokens_version = following, VERSION
        stored.save()
    _clear(before)
    return SearchDocument.objects.filter(generation=following).count()


def clear_without_documents() -> None:
    """Empty the database's own index where no document is left, as after ``flush``.

    Nothing is done before the migrations have made its tables.
    """
    if settings.SEARCH_ENGINE not in {"", connection.vendor}:
        return
    is_made = set(connection.introspection.table_names()) >= _TABLES
    if is_made and not SearchDocument.objects.exists():
        for build in BUILDS:
            engine(build).prepare()


def _clear(build: int) -> None:
    with transaction.atomic():
        engine(build).prepare()
        SearchDocument.objects.filter(generation=build).delete()


def _fill(build: int, editions: Sequence[Edition]) -> None:
    engine(build).fill(SearchDocument.objects.bulk_create(documents_of(editions, build)))


def _catch_up(build: int) -> None:
    """Bring a build to what is public now."""
    for kind, model in MODELS.items():
        built = dict(
            SearchDocument.objects.filter(generation=build, kind=kind).values_list(
                "number", "edition_hash"
            )
        )
        public = dict(
            model.objects.current().values_list(f"{model.DRAFT_FIELD}_id", "content_hash")
        )
        stale = [number for number, held in built.items() if public.get(number) != held]
        missing = [number for number, held in public.items() if built.get(number) != held]
        _remove(build, kind, stale)
        found = model.objects.current().prefetch_related(*_PARTS.get(model, ()))
        editions = list(found.filter(**{f"{model.DRAFT_FIELD}__in": missing})) if missing else []
        if editions:
            _fill(build, editions)


def check() -> Iterator[str]:
    """Yield each difference between the index and what is public."""
    if state.is_outdated():
        yield _("The index was built by an older version: run rebuild_search_index.")
    build = state.generation()
    indexed = engine(build).numbers()
    known = {
        (document.kind, document.number): document
        for document in SearchDocument.objects.filter(generation=build).only(
            "kind", "number", "edition_hash", "title"
        )
    }
    keys = {document.pk for document in known.values()}
    for kind, model in MODELS.items():
        for edition in model.objects.current().only("content_hash", "title", model.DRAFT_FIELD):
            document = known.pop((kind.value, edition.draft_id), None)
            if document is None or document.pk not in indexed:
                yield _("“%(title)s” is public and not in the index.") % {"title": edition.title}
            elif document.edition_hash != edition.content_hash:
                yield _("“%(title)s” is indexed in an older edition.") % {"title": edition.title}
    for document in known.values():
        yield _("“%(title)s” is in the index and not public.") % {"title": document.title}
    for key in sorted(indexed - keys):
        yield _("The entry %(key)s of the index belongs to no piece.") % {"key": key}


_PARTS: dict[type[Edition], Sequence[str]] = {
    SpeechEdition: ("credits",),
    WorkItemEdition: ("organization", "figures"),
}
"""What documents are made of beside the row of the edition itself."""


def _fetch_parts(editions: Iterable[Edition]) -> None:
    """Read the parts of stored editions at once for all of a kind."""
    of_model: dict[type[Edition], list[Edition]] = {}
    for edition in editions:
        of_model.setdefault(type(edition), []).append(edition)
    for model, of_kind in of_model.items():
        prefetch_related_objects(of_kind, *_PARTS.get(model, ()))


def _batches() -> Iterator[list[Edition]]:
    for model in MODELS.values():
        last = 0
        current = model.objects.current().order_by("pk").prefetch_related(*_PARTS.get(model, ()))
        while editions := list(current.filter(pk__gt=last)[:_BATCH]):
            yield editions
            last = editions[-1].pk
