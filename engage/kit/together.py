"""Rows that belong to a row, fetched in the same statement as it.

`prefetch_related` asks once more for every relation. A page that shows many small things beside one large one
fetches them together with it instead, as JSON that becomes the same model instances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject


def rows_of(related: QuerySet[Any], *, belongs_to: str = "", outer: str = "pk") -> ArraySubquery:
    """For `annotate` or `values`: the rows of `related` whose `belongs_to` is the outer row's `outer`, in order.

    Without `belongs_to`, `related` says itself by an `OuterRef` which rows it is about.
    """
    names = {field.attname: field.attname for field in related.model._meta.concrete_fields}
    found = related.filter(**{belongs_to: OuterRef(outer)}) if belongs_to else related
    return ArraySubquery(found.values(row=JSONObject(**names)))


def instances[Row: Model](model: type[Row], rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """What `rows_of` fetched, as instances that came from the database."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    return [
        model.from_db(None, names, [field.to_python(row[field.attname]) for field in fields]) for row in rows
    ]


def know(owner: Model, name: str, rows: list[Any]) -> None:
    """From now on `owner.name.all()` is these rows and asks nothing."""
    known = getattr(owner, name).get_queryset()
    known._result_cache = rows
    known._prefetch_done = True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known
