"""What a vote decides is what becomes of the ideas on it: their page says so, and nobody has to remember."""

import pytest
from django.utils import timezone

from budgets.ballots import actions
from budgets.ballots.actions.ideas import settle_ideas
from budgets.ballots.enums import Level
from budgets.ballots.models import Ballot
from engage.notifications.models import News
from ideas.actions import change_status
from ideas.models import Idea
from tests.budgets.ballots.factories import AFTER, NOW, VOTING, a_draft, a_ticket, an_officer, paper
from tests.factories import IdeaFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return an_officer()


def voted_on() -> Idea:
    idea = IdeaFactory()
    Idea.objects.filter(pk=idea.pk).update(status="ballot")
    return idea


def published(officer, *ideas: Idea) -> Ballot:
    """The first of the ideas gets the only vote, and its money."""
    ballot = an_open(officer, *ideas)
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P4"), at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.publish_count(ballot=ballot, level=Level.ALL, reason="One.", by=officer, at=AFTER)
    return Ballot.objects.get(pk=ballot.pk)


def an_open(officer, *ideas: Idea) -> Ballot:
    ballot = a_draft(by=officer)
    for idea in ideas:
        actions.add_idea(pot=ballot.pots.get(), idea=idea, cost_pence=100_00, by=officer, at=NOW)
    ballot.projects.filter(organisation=None).update(organisation=OrganisationFactory())
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    return ballot


def statuses(*ideas: Idea) -> list[str]:
    return [Idea.objects.get(pk=idea.pk).status for idea in ideas]


def test_publishing_the_count_moves_them_once_and_tells_nobody_twice(
    client, officer, django_capture_on_commit_callbacks
):
    won, lost = voted_on(), voted_on()
    with django_capture_on_commit_callbacks(execute=True):
        ballot = published(officer, won, lost)
    assert statuses(won, lost) == ["accepted", "declined"]
    assert won.status_changes.get().reason == "Residents chose it in “Summer vote”."
    assert settle_ideas(ballot=ballot, at=AFTER) == 0
    assert not News.objects.filter(kind="idea_status").exists()
    page = client.get(won.get_absolute_url()).content.decode()
    assert page.count("Won the vote") == 1
    assert "Residents chose it" not in page  # the vote is a step of its life line already


@pytest.mark.slow
def test_who_was_moved_on_by_an_officer_stays_there(officer):
    idea = voted_on()
    ballot = published(officer, idea)
    change_status(idea=idea, status="assessing", reason="Its cost is out.", by=officer, at=timezone.now())
    assert settle_ideas(ballot=ballot, at=AFTER) == 0
    assert statuses(idea) == ["assessing"]


@pytest.mark.slow
def test_who_lost_waits_while_another_vote_on_it_is_still_open(officer):
    won, lost = voted_on(), voted_on()
    ballot = published(officer, won, lost)
    an_open(officer, lost)
    settle_ideas(ballot=ballot, at=AFTER)
    assert statuses(won, lost) == ["accepted", "ballot"]
