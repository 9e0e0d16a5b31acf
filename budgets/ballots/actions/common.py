"""What the verbs of a ballot share: their refusals, and the lock on a ballot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.sql import SQL, Identifier

from budgets.actions.common import REFUSALS
from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot
from budgets.ballots.queries import phase_of
from engage.kit.decisions import Denied, Refused
from engage.kit.refusals import Refusals

BALLOT_REFUSALS: Refusals = {
    **REFUSALS,
    "ballot_frozen": (
        gettext_lazy(
            "This ballot is open, so nothing of it changes any more. Words can be put right by an erratum."
        ),
        409,
        None,
    ),
    "ballot_not_open": (gettext_lazy("This ballot has closed, so nothing more can come in."), 409, None),
    "ballot_closed_with_its_log": (
        gettext_lazy("The box does not add up, so it stays shut. Ask the operator."),
        409,
        None,
    ),
    "translation_of_its_ballot": (gettext_lazy("This project is not on this ballot."), 422, None),
    "translation_once": (gettext_lazy("There are words in this language already."), 409, "language"),
    "ballot_not_counted": (gettext_lazy("Count every pot first."), 409, None),
    "ballot_append_only": (gettext_lazy("What was written down in a ballot is never changed."), 409, None),
    "ballot_ends_after_it_starts": (gettext_lazy("Voting must end after it starts."), 422, "closes_at"),
    "pot_once": (gettext_lazy("Two pots have the same short name."), 409, "key"),
    "pot_once_a_place": (gettext_lazy("This place has a pot on this ballot already."), 409, "place"),
    "pot_positive": (gettext_lazy("Enter an amount above £0."), 422, "amount"),
    "project_once": (gettext_lazy("Another project has this number."), 409, "key"),
    "project_once_an_idea": (gettext_lazy("This idea is on the ballot already."), 409, "idea"),
    "project_cost_not_negative": (gettext_lazy("Enter a cost of £0 or more."), 422, "cost"),
    "project_picture_described": (
        gettext_lazy("Say what the picture shows, for people who cannot see it."),
        422,
        "alt",
    ),
    "paper_batch_once": (gettext_lazy("Another batch has this name."), 409, "name"),
    "paper_of_a_voter": (
        gettext_lazy("There are no more papers than voters who were admitted. Look for the mistake."),
        409,
        "number",
    ),
    "paper_once": (gettext_lazy("A paper with this number is in the batch already."), 409, "number"),
    "paper_entered_by_two": (
        gettext_lazy("You entered this paper first, so somebody else must enter it again."),
        409,
        None,
    ),
    "correction_by_two_with_reason": (
        gettext_lazy("You entered this correction first, so somebody else must enter it again."),
        409,
        None,
    ),
    "one_correction_waits": (
        gettext_lazy("A correction waits in this batch already. Enter it again, or take it back."),
        409,
        None,
    ),
    "one_good_code_a_person": (
        gettext_lazy("This person has a good code already. Revoke it first."),
        409,
        None,
    ),
    "milestone_moved_with_reason": (
        gettext_lazy("Say why the day has moved. Everybody reads it."),
        422,
        "why_moved",
    ),
    "departure_says_why": (gettext_lazy("Give the reason. Everybody reads it."), 422, "reason"),
    "departure_confirmed_by_another": (
        gettext_lazy("You signed this decision, so somebody else must confirm it."),
        409,
        None,
    ),
    "departure_waits": (
        gettext_lazy(
            "A decision against the count waits. Somebody else must confirm it, or it is withdrawn."
        ),
        409,
        None,
    ),
}


def hold(ballot: Ballot) -> Ballot:
    """The ballot as it is now, held until the transaction ends: votes that come in now wait."""
    return Ballot.objects.select_for_update(of=("self",)).select_related("place").get(pk=ballot.pk)


def wait_for_closing(ballot: Ballot) -> None:
    """Whoever locks anything else of a ballot that closing takes away does this first, so nobody waits in a circle.

    Many may hold it at once; whoever closes waits for them, and they for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ballots_ballot WHERE id = %s FOR SHARE", [ballot.pk])


def require_phase(ballot: Ballot, allowed: Collection[Phase], at: datetime) -> Phase:
    now = phase_of(ballot, at)
    if now not in allowed:
        raise Refused(
            Denied(
                _("This cannot be done now. The ballot is at: %(phase)s.") % {"phase": now.label}, status=409
            )
        )
    return now


def copy_in(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """As COPY: a ballot of a city is written in seconds, and no row becomes an object first."""
    table, names = Identifier(model._meta.db_table), SQL(", ").join(map(Identifier, columns))
    into = SQL("COPY {} ({}) FROM STDIN").format(table, names)
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


def delete_all(model: type[Model], ballot: Ballot) -> None:
    """In one statement: `delete()` would fetch every row to tell Wagtail's index of it, which has none of them."""
    rows = model._default_manager.filter(ballot=ballot)
    rows._raw_delete(rows.db)
