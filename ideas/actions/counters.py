"""Counting, and counting afresh."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Count, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ideas.actions.common import move
from ideas.enums import Stance
from ideas.models import Comment, Idea, Support


def count_comment(idea: Idea, locked: Idea, comment: Comment, step: int) -> None:
    """Everybody can read this comment from now on (`step` 1), or no longer (-1): move all that it is counted in."""
    steps = {"comments_count": step}
    if comment.has_stance:
        steps[stance_counter(comment.stance)] = step
    move(idea, locked, **steps)
    if comment.parent_id is not None:
        count = F("replies_count") + step
        Comment.objects.filter(pk=comment.parent_id).update(replies_count=count)


def stance_counter(stance: str) -> str:
    return f"{stance}_count"


@transaction.atomic
def recount() -> int:
    """Count supports, comments, stances and replies afresh from their rows. The answer is how many ideas and
    comments were wrong.

    The other verbs wait meanwhile: they need a lock on an idea before they touch what it counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ideas_idea IN EXCLUSIVE MODE")
    counts = {
        "supports_count": _count_of(Support.objects.all(), "idea"),
        "comments_count": _count_of(Comment.objects.counted(), "idea"),
    }
    for stance in Stance:
        said = Comment.objects.with_stance().filter(stance=stance)
        counts[stance_counter(stance)] = _count_of(said, "idea")
    replies = {"replies_count": _count_of(Comment.objects.counted(), "parent")}
    return _mend(Idea.objects.all(), counts) + _mend(Comment.objects.filter(parent=None), replies)


def _mend[Row: Model](rows: QuerySet[Row], counts: dict[str, Coalesce]) -> int:
    return rows.exclude(Q(**counts)).update(**counts)


def _count_of(rows: QuerySet[Support] | QuerySet[Comment], of: str) -> Coalesce:
    """How many of these rows belong to each row of what their field `of` points at, as an expression there."""
    per_one = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    counted = per_one.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
