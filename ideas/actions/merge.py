"""Making one of two ideas that say the same, and taking them apart again.

The kept idea gets a copy of each support that it did not have, marked with the joining (`Support.through`). So a
joining can be undone exactly, also in the middle of a chain: what it brought goes, what people gave directly stays.
Only one joining happens at a time, so chains stand still meanwhile; whoever holds the lock on the idea at the end of a
chain may change the supports of every idea that leads to it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from engage.residents.models import Resident
from ideas.actions.common import REMOVAL_LIMIT, lock, move, words_of
from ideas.actions.status import set_status
from ideas.enums import IdeaStatus
from ideas.events import IDEA_MERGE_UNDONE, IDEA_MERGED
from ideas.models import Idea, Merge, Support
from ideas.permissions import can_be_joined, can_be_undone, may_merge
from ideas.queries import ids_below, used_up, way_up

ONE_JOINING_AT_A_TIME = 20_260_401  # the number of our advisory lock; any will do that nobody else uses


@transaction.atomic
def merge_ideas(*, kept: Idea, merged: Idea, reason: str, by: Account, at: datetime) -> Merge:
    """Let `merged` lead to `kept` from now on; its supporters count there, each person once.

    Refused unless both still gather support. Who has no support left in the call of `kept` is not carried over.
    """
    require(may_merge(by))
    _one_at_a_time()
    locked = _lock({kept.pk, merged.pk})
    goal, leaving = locked[kept.pk], locked[merged.pk]
    require(can_be_joined(kept=goal, merged=leaving))
    words = words_of(
        reason, REMOVAL_LIMIT, "reason", _("Say why they are the same. Everyone can read it on both pages.")
    )
    merge = Merge.objects.create(
        merged=leaving,
        kept=goal,
        reason=words,
        status_before=leaving.status,
        merged_at=at,
        merged_by=by,
    )
    brought = _copy_supports(merge, but_not=used_up(kept=goal, merged=leaving))
    move(kept, goal, supports_count=brought)
    leaving.merged_into = merged.merged_into = goal
    set_status(merged, leaving, IdeaStatus.MERGED, words, actor=by, at=at)
    record(IDEA_MERGED, subject=goal, actor=by, at=at, merge=merge.pk, merged=leaving.pk, brought=brought)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: Account, at: datetime) -> Merge:
    """Take two joined ideas apart: status and supporters are as they would be had they never been one.

    Whoever took back their support of the joined idea supports neither; who gave it to the kept idea stays there.
    """
    require(may_merge(by))
    _one_at_a_time()
    merge = Merge.objects.select_related("kept", "merged").get(pk=merge.pk)
    way = way_up(merge.kept_id)
    top = lock(Idea(pk=way[-1]))
    require(can_be_undone(merge, top=top))
    words = words_of(
        reason, REMOVAL_LIMIT, "reason", _("Say why they are two ideas. Everyone can read it on both pages.")
    )
    locked = _lock({merge.merged_id, *way})
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    taken = _take_copies_back(merge, way, locked)
    freed = locked[merge.merged_id]
    freed.merged_into = None
    set_status(merge.merged, freed, IdeaStatus(merge.status_before), words, actor=by, at=at)
    record(
        IDEA_MERGE_UNDONE,
        subject=locked[merge.kept_id],
        actor=by,
        at=at,
        merge=merge.pk,
        merged=freed.pk,
        taken=taken,
    )
    return merge


def withdraw_below(locked: Idea, resident: Resident) -> None:
    """Whoever takes back their support of a joined idea takes it back from each of the ideas in it."""
    below = ids_below(locked.pk)
    if not below:
        return
    ideas = _lock(set(below))
    rows = Support.objects.filter(idea__in=below, resident=resident)
    supported = set(rows.values_list("idea_id", flat=True))
    rows.delete()
    for idea in (ideas[pk] for pk in sorted(supported)):
        move(idea, idea, supports_count=-1)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_JOINING_AT_A_TIME])


def _lock(ids: set[int]) -> dict[int, Idea]:
    """In the order of their numbers, so that two verbs never wait for each other."""
    found = Idea.objects.select_for_update(of=("self",), no_key=True).select_related("author", "call")
    return {idea.pk: idea for idea in found.filter(pk__in=ids).order_by("pk")}


def _copy_supports(merge: Merge, *, but_not: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ideas_support (idea_id, resident_id, through_id, given_at)"
            " SELECT %s, resident_id, %s, given_at FROM ideas_support"
            " WHERE idea_id = %s AND resident_id <> ALL(%s)"
            " ON CONFLICT ON CONSTRAINT support_once DO NOTHING",
            [merge.kept_id, merge.pk, merge.merged_id, but_not],
        )
        return cursor.rowcount


def _take_copies_back(merge: Merge, way: list[int], locked: dict[int, Idea]) -> int:
    """From the kept idea and, where it was itself joined, from each idea further up. Answers how many at the end."""
    gone = _take_back(merge, None)
    move(locked[merge.kept_id], locked[merge.kept_id], supports_count=-len(gone))
    onward = {each.kept_id: each for each in Merge.objects.filter(merged__in=way, undone_at=None)}
    for pk in way[1:]:
        gone = _take_back(onward[pk], gone)
        move(locked[pk], locked[pk], supports_count=-len(gone))
    return len(gone)


def _take_back(merge: Merge, residents: list[int] | None) -> list[int]:
    """Delete the copies of a joining (or those of some residents) that nothing else brings; answers whose they were.

    A copy stays, and belongs to the other joining from now on, where that resident also supports another idea that was
    joined with the same one. The joining itself, when it was not undone, is no other.
    """
    chosen = "TRUE" if residents is None else "copy.resident_id = ANY(%(residents)s)"
    given = {"merge": merge.pk, "kept": merge.kept_id, "residents": residents}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE ideas_support copy SET through_id = other.merge_id
            FROM (
                SELECT DISTINCT ON (theirs.resident_id) theirs.resident_id, joining.id AS merge_id
                FROM ideas_merge joining
                JOIN ideas_support theirs ON theirs.idea_id = joining.merged_id
                WHERE joining.kept_id = %(kept)s AND joining.undone_at IS NULL AND joining.id <> %(merge)s
                ORDER BY theirs.resident_id, joining.id
            ) other
            WHERE copy.through_id = %(merge)s AND copy.resident_id = other.resident_id AND {chosen}
            """,  # noqa: S608 -- `chosen` is one of two texts above
            given,
        )
        cursor.execute(
            f"DELETE FROM ideas_support copy WHERE copy.through_id = %(merge)s AND {chosen}"  # noqa: S608
            " RETURNING copy.resident_id",
            given,
        )
        return [row[0] for row in cursor.fetchall()]
