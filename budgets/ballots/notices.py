"""What people are told about ballots. Never that somebody voted: nobody is told that, not even who did.

Each function may run twice for the same happening (see `engage.notifications.hearing`).
"""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgets.ballots.models import Ballot, Project
from budgets.ballots.queries import counts_of, winners_of
from engage.kit.happenings import Happening
from engage.notifications.actions import notify
from engage.notifications.enums import Channel
from engage.notifications.kinds import About, Data, Kind, Topic, TopicKind, register, register_topic

FOLLOWED = _("Ballots")


def _fate_words(data: Data) -> dict[str, str]:
    return {"fate": gettext("will be funded") if data["funded"] else gettext("will not be funded")}


register(
    Kind(
        key="ballot_opened",
        group=FOLLOWED,
        label=_("A ballot is announced where you live"),
        title=_("There will be a vote on how money is spent: %(topic)s"),
        default=Channel.NOW,
    ),
    Kind(
        key="ballot_idea",
        group=FOLLOWED,
        label=_("An idea you follow is put to the vote"),
        title=_("“%(topic)s” is put to the vote"),
        default=Channel.NOW,
    ),
    Kind(
        key="ballot_erratum",
        group=FOLLOWED,
        label=_("Words of a ballot are put right"),
        title=_("Something was put right in the words of “%(topic)s”"),
        default=Channel.NOW,
    ),
    Kind(
        key="ballot_result",
        group=FOLLOWED,
        label=_("The result of a ballot is published"),
        title=_("The result of “%(topic)s” is published"),
        default=Channel.NOW,
    ),
    Kind(
        key="ballot_idea_result",
        group=FOLLOWED,
        label=_("What became of an idea you follow in a ballot"),
        title=_("The vote is counted: “%(topic)s” %(fate)s"),
        default=Channel.NOW,
        values=_fate_words,
    ),
)


def _ballots(numbers: Collection[int]) -> dict[int, About]:
    return {
        ballot.pk: About(ballot.title, reverse("ballots:short", args=[ballot.pk]))
        for ballot in Ballot.objects.opened().filter(pk__in=numbers)
    }


register_topic(TopicKind("ballot", _ballots, gone=_("A ballot that is no longer here")))


def topic(ballot_id: int) -> Topic:
    return ("ballot", ballot_id)


def ballot_opened(happening: Happening) -> None:
    """Whoever watches its place, and whoever follows an idea that is on it."""
    ballot = Ballot.objects.filter(pk=happening.subject_id).first()
    if ballot is None:
        return
    places = {("place", pot.place_id) for pot in ballot.pots.all()} | {("place", ballot.place_id)}
    notify(kind="ballot_opened", topic=topic(ballot.pk), topics=sorted(places), at=happening.at)
    for project in ballot.projects.exclude(idea=None):
        _tell_of_idea("ballot_idea", project, happening)


def erratum_published(happening: Happening) -> None:
    """Followers of the ballot; during voting they may want to change their vote."""
    notify(
        kind="ballot_erratum",
        topic=topic(happening.subject_id),
        at=happening.at,
        key=str(happening.record_id),
    )


def count_published(happening: Happening) -> None:
    """Followers of the ballot, and of each idea on it, with what became of it."""
    ballot = Ballot.objects.get(pk=happening.subject_id)
    notify(kind="ballot_result", topic=topic(ballot.pk), at=happening.at)
    funded = {project.pk for count in counts_of(ballot).values() for project in winners_of(count.pot)}
    for project in ballot.projects.exclude(idea=None):
        _tell_of_idea("ballot_idea_result", project, happening, funded=project.pk in funded)


def _tell_of_idea(kind: str, project: Project, happening: Happening, **data: bool) -> None:
    assert project.idea_id is not None
    notify(kind=kind, topic=("idea", project.idea_id), at=happening.at, data=data)
