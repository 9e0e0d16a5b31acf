"""Deciding against the count: one person signs, another confirms, and everybody reads both names and the reason."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import events
from budgets.ballots.actions.common import BALLOT_REFUSALS, hold, require_phase
from budgets.ballots.enums import Phase
from budgets.ballots.models import Count, Departure, Project
from budgets.ballots.permissions import may_depart, signs_as
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of


def sign_departure(*, project: Project, funded: bool, reason: str, by: Account, at: datetime) -> Departure:
    """Decide to fund a project, or not, against the count. In force once somebody else has confirmed it."""
    with writing(BALLOT_REFUSALS):
        require(may_depart(by))
        held = hold(project.ballot)
        require_phase(held, {Phase.COUNTED}, at)
        if (project.key in Count.objects.get(pot=project.pot_id).winners) == funded:
            raise Refused(Denied(_("This is what the count says already."), status=409))
        name, role = _who(by)
        departure = Departure.objects.create(
            project=project,
            funded=funded,
            reason=words_of(reason, 2000, "reason", gettext_lazy("Give the reason. Everybody reads it.")),
            signed_name=name,
            signed_role=role,
            signed_by=by,
            signed_at=at,
        )
        _require_possible(project, list(Departure.objects.filter(project__pot=project.pot_id)))
        record(events.DEPARTURE_SIGNED, subject=held, actor=by, at=at, project=project.key, funded=funded)
    return departure


def confirm_departure(*, departure: Departure, by: Account, at: datetime) -> Departure:
    """The second person agrees. Refused to who signed, and while what is decided does not fit into the pot."""
    with writing(BALLOT_REFUSALS):
        require(may_depart(by))
        found = _waiting(departure, at)
        if found.signed_by_id == by.pk:
            raise Refused(
                Denied(_("You signed this decision, so somebody else must confirm it."), status=409)
            )
        found.confirmed_name, found.confirmed_role = _who(by)
        found.confirmed_by, found.confirmed_at = by, at
        found.save(update_fields=["confirmed_name", "confirmed_role", "confirmed_by", "confirmed_at"])
        project = found.project
        _require_possible(project, list(Departure.objects.in_force().filter(project__pot=project.pot_id)))
        record(
            events.DEPARTURE_CONFIRMED,
            subject=project.ballot,
            actor=by,
            at=at,
            project=project.key,
            funded=found.funded,
        )
    return found


def withdraw_departure(*, departure: Departure, by: Account, at: datetime) -> None:
    """Take a decision back that nobody has confirmed: who signed it does, or who does not agree."""
    with writing(BALLOT_REFUSALS):
        require(may_depart(by))
        found = _waiting(departure, at)
        record(
            events.DEPARTURE_WITHDRAWN,
            subject=found.project.ballot,
            actor=by,
            at=at,
            project=found.project.key,
            funded=found.funded,
        )
        found.delete()


# --- steps ------------------------------------------------------------------------------------------------


def _waiting(departure: Departure, at: datetime) -> Departure:
    """As it is now, with its ballot held."""
    held = hold(departure.project.ballot)
    require_phase(held, {Phase.COUNTED}, at)
    found = (
        Departure.objects.select_for_update(of=("self",))
        .select_related("project__ballot", "project__pot")
        .filter(pk=departure.pk, confirmed_at=None)
        .first()
    )
    if found is None:
        raise Refused(
            Denied(_("This decision does not wait any more. Look at what became of it."), status=409)
        )
    return found


def _who(by: Account) -> tuple[str, str]:
    """The name and the role that everybody reads; an email address is neither."""
    name = by.get_full_name().strip()
    if not name:
        raise Refused(
            Denied(
                _(
                    "Your account has no name, and everybody reads who signs. Ask an administrator to add your name."
                ),
                status=409,
            )
        )
    return name, signs_as(by)


def _require_possible(project: Project, departures: list[Departure]) -> None:
    """What is funded fits into the pot, and of projects that exclude each other one at most is."""
    decided = {each.project_id: each.funded for each in departures}
    winners = Count.objects.get(pot=project.pot_id).winners
    funded = [
        each
        for each in Project.objects.filter(pot=project.pot_id)
        if decided.get(each.pk, each.key in winners)
    ]
    if sum(each.cost_pence for each in funded) > project.pot.amount_pence:
        raise Refused(
            Denied(_("This is more than the pot has. Decide first what is not funded."), status=422)
        )
    alternatives = Counter(each.exclusive for each in funded if each.exclusive)
    if any(number > 1 for number in alternatives.values()):
        raise Refused(
            Denied(
                _("Projects that exclude each other cannot both be funded. Decide first which one is not."),
                status=422,
            )
        )
