"""Who hears of a ballot: its place, the followers of its ideas, and nobody of who voted."""

import pytest

from budgets.ballots import actions, notices
from budgets.ballots.enums import Level
from engage.kit.happenings import Happening
from engage.notifications.models import News
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    VOTING,
    a_draft,
    a_ticket,
    an_officer,
    paper,
)
from tests.factories import IdeaFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def heard(ballot, at) -> Happening:
    return Happening("", ballot.pk, None, at, {}, record_id=1)


def told() -> set[tuple]:
    return {
        (news.kind, news.topic_kind, news.topic_id) for news in News.objects.filter(kind__startswith="ballot")
    }


@pytest.mark.slow
def test_followers_hear_of_opening_errata_and_results_and_nobody_of_votes():
    officer = an_officer()
    ballot = a_draft(by=officer)
    ideas = [IdeaFactory(), IdeaFactory()]
    for idea in ideas:
        actions.add_idea(pot=ballot.pots.get(), idea=idea, cost_pence=100_00, by=officer, at=NOW)
    ballot.projects.filter(organisation=None).update(organisation=OrganisationFactory())
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    notices.ballot_opened(heard(ballot, NOW))
    assert told() == {
        ("ballot_opened", "ballot", ballot.pk),
        *(("ballot_idea", "idea", idea.pk) for idea in ideas),
    }
    before = News.objects.count()
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P4"), at=VOTING)
    assert News.objects.count() == before

    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.publish_count(ballot=ballot, level=Level.ALL, reason="One.", by=officer, at=AFTER)
    notices.count_published(heard(ballot, AFTER))
    notices.count_published(heard(ballot, AFTER))  # twice is once
    results = News.objects.filter(kind="ballot_idea_result").order_by("topic_id")
    assert [news.data["funded"] for news in results] == [True, False]
    assert News.objects.filter(kind="ballot_result").count() == 1
