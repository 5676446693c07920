"""Topics and bodies at once: what the front pages show beside the pieces themselves."""

from django.db.models import F, Value

from speeches.public.bodies import BODY_COLUMNS, Body, BodyTree, rows_of_bodies
from speeches.public.topics import Topic, in_order, rows_of_topics


def overview() -> tuple[list[Topic], BodyTree]:
    """Return the topics and the tree of bodies. Takes one query."""
    kind = {"row_kind": Value("body")}
    bodies = rows_of_bodies().order_by().annotate(**kind, row_slug=Value(""))
    named = rows_of_topics().annotate(
        row_kind=Value("topic"),
        row_number=Value(0),
        row_parent=Value(0),
        row_public=Value(True),
        row_position=Value(0),
        name=F("tag__name"),
        slug=F("tag__slug"),
    )
    rows = bodies.values_list("row_kind", "row_slug", *BODY_COLUMNS, "position").union(
        named.values_list(
            *("row_kind", "slug", "row_number", "name", "row_parent", "row_public"),
            *("speeches", "work", "row_position"),
        ),
        all=True,
    )
    topics, found = [], []
    for kind_, slug, number, name, parent, is_public, speeches, work, position in rows:
        if kind_ == "topic":
            topics.append(Topic(name, slug, speeches, work))
        else:
            found.append((position, name, Body(number, name, parent, is_public, speeches, work)))
    return in_order(topics), BodyTree(
        body for _position, _name, body in sorted(found, key=lambda row: row[:2])
    )
