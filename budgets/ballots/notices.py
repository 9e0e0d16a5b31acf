"""What people are told about ballots. Never that somebody voted: nobody is told that, not even who did.

Each function may run twice for the same happening (see `engage.notifications.hearing`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgets.ballots.models import Ballot, Milestone, Project, Won
from budgets.ballots.queries import counts_of, winners_of
from engage.kit.happenings import Happening
from engage.notifications.actions import notify
from engage.notifications.enums import Channel
from engage.notifications.kinds import About, Data, Kind, Topic, TopicKind, register, register_topic
from engage.residents.queries import staff_with

FOLLOWED = _("Ballots")
TO_DO = _("Ballots you work on")


def _fate_words(data: Data) -> dict[str, str]:
    return {"fate": gettext("will be funded") if data["funded"] else gettext("will not be funded")}


def _promise_words(data: Data) -> dict[str, str]:
    words = {
        "promised": gettext("a day is promised: %(day)s"),
        "moved": gettext("a promised day is moved to %(day)s"),
        "done": gettext("a step is done since %(day)s"),
    }[data["how"]]
    return {"news": words % {"day": date_format(date.fromisoformat(data["on"]), "j F Y")}}


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
    Kind(
        key="ballot_promise",
        group=FOLLOWED,
        label=_("What is promised of a project that won, and whether it is kept"),
        title=_("“%(topic)s”, which won the vote: %(news)s"),
        default=Channel.NOW,
        values=_promise_words,
    ),
    Kind(
        key="ballot_to_close",
        group=TO_DO,
        label=_("Voting has ended, and the ballot is not closed"),
        title=_("Voting in “%(topic)s” has ended. Close it: until then its secret and its roll are kept."),
        default=Channel.NOW,
        needs="ballots.open_ballot",
    ),
    Kind(
        key="departure_to_confirm",
        group=TO_DO,
        label=_("A decision against a count waits for a second person"),
        title=_(
            "Somebody signed a decision against the count of “%(topic)s”. Read it, and confirm it or not."
        ),
        default=Channel.NOW,
        needs="ballots.depart_from_count",
    ),
)


def _leading_to(name: str) -> Callable[[Collection[int]], dict[int, About]]:
    """Ballots by their titles: on their public page, or on the desk of those who run them."""

    def find(numbers: Collection[int]) -> dict[int, About]:
        return {
            ballot.pk: About(ballot.title, reverse(name, args=[ballot.pk]))
            for ballot in Ballot.objects.opened().filter(pk__in=numbers)
        }

    return find


def _winners(numbers: Collection[int]) -> dict[int, About]:
    return {
        won.pk: About(won.project.title, won.award.get_absolute_url())
        for won in Won.objects.filter(pk__in=numbers).select_related("project", "award")
    }


GONE = _("A ballot that is no longer here")
register_topic(TopicKind("ballot", _leading_to("ballots:short"), gone=GONE))
register_topic(TopicKind("ballot_desk", _leading_to("staff_ballots:inspect"), gone=GONE, open=False))
register_topic(TopicKind("won_project", _winners, gone=_("A project that is no longer here"), open=False))


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


def milestone_promised(happening: Happening) -> None:
    """Followers of the ballot, and of the idea that the project came from."""
    milestone = Milestone.objects.select_related("won__project").get(pk=happening.data["milestone"])
    moved = happening.data["on"] != milestone.first_promised_on.isoformat()
    _tell_of_promise(milestone, "moved" if moved else "promised", happening.data["on"], happening)


def milestone_reached(happening: Happening) -> None:
    milestone = Milestone.objects.select_related("won__project").get(pk=happening.data["milestone"])
    assert milestone.done_on is not None
    _tell_of_promise(milestone, "done", milestone.done_on.isoformat(), happening)


def _tell_of_promise(milestone: Milestone, how: str, on: str, happening: Happening) -> None:
    project = milestone.won.project
    topics = [topic(project.ballot_id)] + ([("idea", project.idea_id)] if project.idea_id else [])
    notify(
        kind="ballot_promise",
        topic=("won_project", milestone.won_id),
        at=happening.at,
        data={"how": how, "on": on},
        key=str(milestone.pk),
        to_followers=False,
        topics=topics,
    )


def departure_signed(happening: Happening) -> None:
    """Those who may confirm it; not whoever signed it."""
    notify(
        kind="departure_to_confirm",
        topic=("ballot_desk", happening.subject_id),
        at=happening.at,
        key=str(happening.record_id),
        to_followers=False,
        also=staff_with("ballots.depart_from_count", but_not=[happening.actor_id]),
    )


def left_open(happening: Happening) -> None:
    """Those who run ballots, unless it was closed in the meantime."""
    if not Ballot.objects.filter(pk=happening.subject_id, closed_at=None).exists():
        return
    notify(
        kind="ballot_to_close",
        topic=("ballot_desk", happening.subject_id),
        at=happening.at,
        to_followers=False,
        also=staff_with("ballots.open_ballot"),
    )


def _tell_of_idea(kind: str, project: Project, happening: Happening, **data: bool) -> None:
    assert project.idea_id is not None
    notify(kind=kind, topic=("idea", project.idea_id), at=happening.at, data=data)
