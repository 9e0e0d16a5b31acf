"""What a vote decides becomes of the ideas that were on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.ballots.models import Ballot, Project
from budgets.ballots.queries import winners_of
from ideas.actions import settle_by_vote


@transaction.atomic
def settle_ideas(*, ballot: Ballot, at: datetime) -> int:
    """Once the count is public, its ideas go ahead or do not. Answers how many moved; twice is no harm.

    One that lost stays as it is while it is on another ballot whose result is still to come.
    """
    funded = {project.pk for pot in ballot.pots.all() for project in winners_of(pot)}
    moved = 0
    for project in ballot.projects.exclude(idea=None).select_related("idea"):
        won = project.pk in funded
        if not won and _waits_elsewhere(project):
            continue
        sentence = (
            _("Residents chose it in “%(vote)s”.") if won else _("Residents chose others in “%(vote)s”.")
        )
        by, reason = ballot.publication.published_by, sentence % {"vote": ballot.title}
        assert project.idea is not None
        moved += settle_by_vote(idea=project.idea, funded=won, reason=reason, by=by, at=at) is not None
    return moved


def _waits_elsewhere(project: Project) -> bool:
    others = Project.objects.filter(idea=project.idea_id, ballot__in=Ballot.objects.opened())
    return others.filter(ballot__publication=None).exists()
