"""Counting afresh."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ideas.models import Comment, Idea, Support


@transaction.atomic
def recount() -> int:
    """Count supports and comments afresh from their rows. The answer is how many ideas were wrong.

    The other verbs wait meanwhile: they need a lock on an idea before they touch what it counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ideas_idea IN EXCLUSIVE MODE")
    counts = {
        "supports_count": _count_of(Support.objects.all()),
        "comments_count": _count_of(Comment.objects.counted()),
    }
    right = Q(**counts)
    return Idea.objects.exclude(right).update(**counts)


def _count_of(rows: QuerySet[Support] | QuerySet[Comment]) -> Coalesce:
    """How many of these rows an idea has, as an expression on Idea."""
    per_idea = rows.filter(idea=OuterRef("pk")).order_by().values("idea")
    counted = per_idea.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
