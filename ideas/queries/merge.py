"""Ideas that were made one: what leads where, and what a joining would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ideas.enums import IdeaStatus
from ideas.models import Idea, Merge, Support

_BELOW = """
    WITH RECURSIVE below AS (
        SELECT id FROM ideas_idea WHERE merged_into_id = %s
        UNION
        SELECT idea.id FROM ideas_idea idea JOIN below ON idea.merged_into_id = below.id
    )
    SELECT id FROM below
"""
_WAY = """
    WITH RECURSIVE way AS (
        SELECT id, merged_into_id, 0 AS step FROM ideas_idea WHERE id = %s
        UNION ALL
        SELECT idea.id, idea.merged_into_id, step + 1
        FROM ideas_idea idea JOIN way ON idea.id = way.merged_into_id
    )
    SELECT id FROM way ORDER BY step
"""


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What joining two ideas would do to their supporters: `left_out` have used up their supports in the call."""

    kept: Idea
    merged: Idea
    both: int
    left_out: int
    together: int


def ids_below(idea_id: int) -> list[int]:
    """Every idea that was joined with this one, or with one of those."""
    return _ids(_BELOW, idea_id)


def way_up(idea_id: int) -> list[int]:
    """The idea, the one it was joined with, and so on to the one that people see now."""
    return _ids(_WAY, idea_id)


def end_of(idea: Idea) -> Idea:
    """Where an idea leads: the one at the end of a chain of joinings, itself when it was never joined."""
    return Idea.objects.get(pk=way_up(idea.pk)[-1])


def joined_with(idea: Idea) -> list[Merge]:
    """The joinings that led to this idea, with the ideas and their authors: for the credits of its page.

    Without those that a moderator hides: their titles may be what nobody should read.
    """
    found = Merge.objects.filter(merged__in=RawSQL(_BELOW, [idea.pk]), undone_at=None)  # noqa: S611
    found = found.filter(merged__status=IdeaStatus.MERGED, merged__held_at=None)
    return list(found.select_related("merged__author").order_by("merged_at", "pk"))


def joining_of(idea: Idea) -> Merge:
    """The joining that a joined idea leads on by."""
    return Merge.objects.get(merged=idea, undone_at=None)


def merges_of(idea: Idea) -> list[Merge]:
    """The joinings straight into this idea, for those who may take them apart."""
    return list(Merge.objects.filter(kept=idea, undone_at=None).select_related("merged__author", "merged_by"))


def merge_preview(*, kept: Idea, merged: Idea) -> MergePreview:
    both = Support.objects.filter(idea=kept, resident__in=_supporters(merged)).count()
    left_out = len(used_up(kept=kept, merged=merged))
    together = kept.supports_count + merged.supports_count - both - left_out
    return MergePreview(kept, merged, both=both, left_out=left_out, together=together)


def used_up(*, kept: Idea, merged: Idea) -> list[int]:
    """Residents who support `merged` alone and have no support left in the call that `kept` belongs to."""
    limit = kept.call.supports_each if kept.call else None
    if limit is None or kept.call_id == merged.call_id:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT theirs.resident_id
            FROM ideas_support theirs
            JOIN ideas_support given ON given.resident_id = theirs.resident_id
            JOIN ideas_idea idea ON idea.id = given.idea_id AND idea.call_id = %s
                 AND idea.status NOT IN ('withdrawn', 'removed', 'merged')
            WHERE theirs.idea_id = %s
              AND NOT EXISTS (
                  SELECT FROM ideas_support already
                  WHERE already.idea_id = %s AND already.resident_id = theirs.resident_id
              )
            GROUP BY theirs.resident_id HAVING count(*) >= %s
            """,
            [kept.call_id, merged.pk, kept.pk, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _supporters(idea: Idea) -> QuerySet[Support, Any]:
    return Support.objects.filter(idea=idea).values("resident")


def _ids(statement: str, idea_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [idea_id])
        return [row[0] for row in cursor.fetchall()]
