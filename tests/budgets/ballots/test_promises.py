"""What winners promise: by which day, moved for which reason, how late, and who hears of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from budgets.ballots import actions, notices, tasks
from budgets.ballots.models import Milestone, Project
from engage.accounts.models import Account
from engage.audit.models import Record
from engage.kit.happenings import Happening
from engage.notifications.models import News
from tests.budgets.ballots.deciding import a_departure
from tests.budgets.ballots.factories import (
    AFTER,
    CLOSES,
    NOW,
    VOTING,
    a_counted_ballot,
    a_draft,
    a_ticket,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def page(name, *args):
    return reverse(f"staff_ballots:{name}", args=args)


def an_officer_who_hears() -> Account:
    officer = an_officer()
    ResidentFactory(account=officer)
    return officer


def test_a_day_is_promised_moved_with_its_reason_and_kept_in_the_open(client):
    officer = an_officer()
    client.force_login(officer)
    ballot = a_draft(by=officer)
    Project.objects.filter(ballot=ballot, key="P1").update(idea=IdeaFactory(), promised_on=date(2026, 7, 20))
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    with time_machine.travel(AFTER):
        assert client.get(page("promises", ballot.pk)).status_code == 404
    actions.publish_count(ballot=ballot, level="all", reason="To check.", by=officer, at=AFTER)
    (award,) = actions.award_winners(ballot=ballot, by=officer, at=AFTER)
    finished = Milestone.objects.get()
    with time_machine.travel(AFTER):
        listed = page("promises", ballot.pk)
        assert "Finished" in client.get(listed).content.decode()
        step = {"won": finished.won_id, "title": "The wood is bought", "promised_on": "2026-07-10"}
        assert client.post(listed, step).url == listed
        moved = {"promised_on": "2026-08-03", "why_moved": ""}
        move = page("move_promise", ballot.pk, finished.pk)
        assert client.post(move, moved).status_code == 422
        assert client.post(move, moved | {"why_moved": "The ground was frozen."}).url == listed
        bought = Milestone.objects.get(title="The wood is bought")
        keep = page("keep_promise", ballot.pk, bought.pk)
        assert client.post(keep, {"on": "2026-07-06"}).url == listed
        assert client.get(keep).status_code == 404
    with time_machine.travel(AFTER + timedelta(days=20)):
        said = " ".join(client.get(award.get_absolute_url()).content.decode().split())
        assert (
            "Finished</b>: Promised for 3 August 2026: 6 days late. First promised for 20 July 2026." in said
        )
        assert "The ground was frozen." in said
        assert "Done on 6 July 2026, on time." in said
        result = client.get(reverse("ballots:results", args=[ballot.pk])).content.decode()
        assert "6 days late" in result


def test_followers_hear_of_what_is_promised_moved_and_done():
    officer = an_officer()
    ballot = a_counted_ballot(by=officer, votes=[("P1",)])
    actions.publish_count(ballot=ballot, level="all", reason="To check.", by=officer, at=AFTER)
    actions.award_winners(ballot=ballot, by=officer, at=AFTER)
    won = Project.objects.get(key="P1").won

    def promise(on, why=""):
        return actions.promise_milestone(
            won=won, title="Dug", promised_on=on, why_moved=why, by=officer, at=AFTER
        )

    for minutes, on, why in ((0, date(2026, 9, 1), ""), (1, date(2026, 9, 9), "Rain.")):
        milestone = promise(on, why)
        told = {"milestone": milestone.pk, "on": on.isoformat()}
        notices.milestone_promised(
            Happening("", ballot.pk, None, AFTER + timedelta(minutes=minutes), told, record_id=1)
        )
    actions.reach_milestone(milestone=milestone, on=date(2026, 7, 6), by=officer, at=AFTER)
    notices.milestone_reached(
        Happening("", ballot.pk, None, AFTER + timedelta(minutes=2), {"milestone": milestone.pk}, record_id=1)
    )
    news = News.objects.filter(kind="ballot_promise").order_by("happened_at")
    assert [(each.data["how"], each.data["on"]) for each in news] == [
        ("promised", "2026-09-01"),
        ("moved", "2026-09-09"),
        ("done", "2026-07-06"),
    ]
    assert news[0].topics == [["ballot", ballot.pk]]


def test_officers_are_reminded_each_week_of_a_ballot_that_nobody_closed():
    officer = an_officer_who_hears()
    ballot = an_open_ballot(by=officer)
    told = Record.objects.filter(event="BALLOT_LEFT_OPEN", subject_id=ballot.pk)
    for days, said in ((-1, 0), (0, 1), (1, 1), (6, 1), (7, 2)):
        with time_machine.travel(CLOSES + timedelta(days=days, hours=1)):
            tasks.remind_to_close(0)
        assert told.count() == said
    notices.left_open(Happening("", ballot.pk, None, AFTER, {}, record_id=1))
    assert News.objects.get(kind="ballot_to_close").also == [officer.resident.pk]
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    with time_machine.travel(CLOSES + timedelta(days=15)):
        tasks.remind_to_close(0)
    assert told.count() == 2


def test_a_signed_decision_calls_those_who_may_confirm_it():
    officer, other = an_officer_who_hears(), an_officer_who_hears()
    ballot = a_counted_ballot(by=officer, votes=[("P1",)])
    a_departure(ballot, "P1", funded=False, by=officer, second=None)
    notices.departure_signed(Happening("", ballot.pk, officer.pk, AFTER, {}, record_id=1))
    assert News.objects.get(kind="departure_to_confirm").also == [other.resident.pk]
