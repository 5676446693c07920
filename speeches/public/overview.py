"""Topics and bodies at once: what the front pages show beside the pieces themselves."""

import json

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from speeches.models.site import SiteSettings
from speeches.public.bodies import BODY_COLUMNS, Body, BodyTree, rows_of_bodies
from speeches.public.packing import instance
from speeches.public.topics import Topic, in_order, rows_of_topics
from speeches.site import is_kept, remember, unset

_NOTHING = {
    "row_number": Value(0),
    "row_parent": Value(0),
    "row_public": Value(True),
    "row_position": Value(0),
}
"""What a row of the union has in the columns of a body, where it is none."""


def overview() -> tuple[list[Topic], BodyTree]:
    """Return the topics and the tree of bodies. Takes one query.

    Where the settings of the site are to be read anew, they come with it.
    """
    kind = {"row_kind": Value("body")}
    bodies = rows_of_bodies().order_by().annotate(**kind, row_slug=Value(""))
    named = rows_of_topics().annotate(
        **_NOTHING, row_kind=Value("topic"), name=F("tag__name"), slug=F("tag__slug")
    )
    reads_settings = not is_kept()
    rows = bodies.values_list("row_kind", "row_slug", *BODY_COLUMNS, "position").union(
        named.values_list(
            *("row_kind", "slug", "row_number", "name", "row_parent", "row_public"),
            *("speeches", "work", "row_position"),
        ),
        *([_settings()] if reads_settings else ()),
        all=True,
    )
    topics, found, settings = [], [], unset()
    for kind_, slug, number, name, parent, is_public, speeches, work, position in rows:
        if kind_ == "topic":
            topics.append(Topic(name, slug, speeches, work))
        elif kind_ == "settings":
            settings = instance(SiteSettings, json.loads(name))
        else:
            found.append((position, name, Body(number, name, parent, is_public, speeches, work)))
    if reads_settings:
        remember(settings)
    return in_order(topics), BodyTree(
        body for _position, _name, body in sorted(found, key=lambda row: row[:2])
    )


def _settings() -> QuerySet[SiteSettings]:
    columns = {column.attname: column.attname for column in SiteSettings._meta.concrete_fields}
    told = Cast(JSONObject(**columns), TextField())
    return (
        SiteSettings.objects.filter(pk=1)
        .annotate(**_NOTHING, row_kind=Value("settings"), row_slug=Value(""), told=told)
        .annotate(row_speeches=Value(0), row_work=Value(0))
        .values_list(
            *("row_kind", "row_slug", "row_number", "told", "row_parent", "row_public"),
            *("row_speeches", "row_work", "row_position"),
        )
    )
