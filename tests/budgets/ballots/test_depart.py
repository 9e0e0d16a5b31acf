"""Deciding against the count: signed by one person who shows who they are, confirmed by another."""

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from budgets.ballots import actions
from budgets.ballots.enums import Level
from budgets.ballots.models import Departure, Project
from budgets.ballots.queries import counts_of, winners_of
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.ballots.deciding import a_departure
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    VOTING,
    a_counted_ballot,
    a_draft,
    a_ticket,
    an_officer,
    paper,
)
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "otters under bridges"


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture
def second():
    return an_officer("councillor")


@pytest.fixture(scope="module")
def opened(beforehand):
    """P1 (£600) and P3 (£400) have won; P2 (£500) has not."""
    return beforehand(lambda: a_counted_ballot(by=an_officer(), votes=[("P1", "P3"), ("P1",)]))


def publish(ballot, officer):
    actions.publish_count(ballot=ballot, level=Level.ALL, reason="Few are unique.", by=officer, at=AFTER)


def won(ballot):
    return [project.key for project in winners_of(counts_of(ballot)["pot-0"].pot)]


def test_a_decision_is_in_force_once_somebody_else_has_confirmed_it(ballot, officer, second):
    waiting = a_departure(ballot, "P1", funded=False, by=officer, second=None)
    assert won(ballot) == ["P1", "P3"]
    with pytest.raises(Refused, match="waits"):
        publish(ballot, officer)
    with pytest.raises(Refused, match="somebody else must confirm it"):
        actions.confirm_departure(departure=waiting, by=officer, at=AFTER)
    with pytest.raises(Refused, match="Only councillors and officers"):
        actions.confirm_departure(departure=waiting, by=AccountFactory(), at=AFTER)
    actions.confirm_departure(departure=waiting, by=second, at=AFTER)
    with pytest.raises(Refused, match="does not wait any more"):
        actions.withdraw_departure(departure=waiting, by=officer, at=AFTER)
    a_departure(ballot, "P2", funded=True, by=second, second=officer)
    assert won(ballot) == ["P3", "P2"]
    publish(ballot, officer)
    with pytest.raises(Refused, match="Result published"):
        a_departure(ballot, "P3", funded=False, by=officer, second=None)
    awards = actions.award_winners(ballot=ballot, by=officer, at=AFTER)
    assert [(award.title, award.reason) for award in awards] == [
        ("Trees 0", "Chosen by vote."),
        ("Lights 0", "The ground is too wet."),
    ]
    assert awards[1].decided_by == f"{second.get_full_name()}, {officer.get_full_name()}"


def test_what_is_signed_says_why_and_who_and_fits_into_the_pot(ballot, officer):
    projects = {project.key: project for project in ballot.projects.all()}

    def sign(key, funded, reason="The ground is too wet.", by=officer):
        return actions.sign_departure(project=projects[key], funded=funded, reason=reason, by=by, at=AFTER)

    nameless = an_officer()
    nameless.first_name = nameless.last_name = ""
    nameless.save()
    for wrong, sentence in (
        ({"reason": " "}, "Give the reason"),
        ({"by": nameless}, "Your account has no name"),
        ({"by": AccountFactory()}, "Only councillors and officers"),
    ):
        with pytest.raises(Refused, match=sentence):
            sign("P3", False, **wrong)
    with pytest.raises(Refused, match="what the count says already"):
        sign("P1", True)
    with pytest.raises(Refused, match="more than the pot has"):
        sign("P2", True)
    assert not Departure.objects.exists()


def test_two_that_fit_together_are_confirmed_in_the_order_that_fits(ballot, officer, second):
    a_departure(ballot, "P1", funded=False, by=officer, second=None)
    other = a_departure(ballot, "P2", funded=True, by=officer, second=None)
    with pytest.raises(Refused, match="more than the pot has"):
        actions.confirm_departure(departure=other, by=second, at=AFTER)


def test_alternatives_are_never_both_funded(officer):
    ballot = a_draft(by=officer)
    Project.objects.filter(ballot=ballot, key__in=["P2", "P3"]).update(exclusive="square")
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P3"), at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    with pytest.raises(Refused, match="exclude each other"):
        a_departure(ballot, "P2", funded=True, by=officer, second=None)


def test_a_decision_that_waits_is_withdrawn_by_whoever_does_not_agree(ballot, officer, second):
    waiting = a_departure(ballot, "P3", funded=False, by=officer, second=None)
    actions.withdraw_departure(departure=waiting, by=second, at=AFTER)
    assert not Departure.objects.exists()
    events = Record.objects.filter(subject_id=ballot.pk).order_by("pk").values_list("event", flat=True)
    assert list(events)[-2:] == ["DEPARTURE_SIGNED", "DEPARTURE_WITHDRAWN"]
    publish(ballot, officer)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_departure SET confirmed_by_id = signed_by_id, confirmed_at = now(),"
        " confirmed_name = 'x', confirmed_role = 'x'",
        "UPDATE ballots_departure SET reason = 'Another.'",
        "UPDATE ballots_departure SET confirmed_at = now()",
        "INSERT INTO ballots_publication (ballot_id, level, reason, published_at)"
        " SELECT ballot_id, 'all', 'x', now() FROM ballots_project LIMIT 1",
    ],
)
def test_the_database_wants_a_second_person_too(ballot, officer, sql):
    a_departure(ballot, "P3", funded=False, by=officer, second=None)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_confirmed_decision_is_kept(ballot, officer, second):
    a_departure(ballot, "P3", funded=False, by=officer, second=second)
    for sql in ("UPDATE ballots_departure SET confirmed_at = NULL", "DELETE FROM ballots_departure"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# --- on the desk ------------------------------------------------------------------------------------------


def page(name, *args):
    return reverse(f"staff_ballots:{name}", args=args)


def sign_in(client, account):
    account.set_password(SECRET)
    account.save()
    client.force_login(account)


def show_again(client, asked):
    """What was sent is carried out once the password is shown."""
    assert asked.url.startswith("/account/reauthenticate/")
    return client.post(asked.url, {"password": SECRET})


def test_who_signs_shows_their_password_again_and_somebody_else_confirms(client, ballot, officer, second):
    project = Project.objects.get(key="P3")
    sent = {"project": project.pk, "funded": "no", "reason": "It stands on a gas pipe."}
    with time_machine.travel(AFTER):
        officer.set_unusable_password()
        officer.save()
        client.force_login(officer)
        assert client.get(page("depart", ballot.pk)).status_code == 403  # neither password nor passkey
        sign_in(client, officer)
        asked = client.post(page("depart", ballot.pk), sent)
        assert not Departure.objects.exists()
        assert show_again(client, asked).url == page("depart", ballot.pk)
        found = Departure.objects.get()
        assert (found.signed_name, found.signed_role) == (officer.get_full_name(), "officer")
        confirm = page("confirm", ballot.pk, found.pk)
        desk = client.get(page("depart", ballot.pk)).content.decode()
        assert officer.get_full_name() in desk
        assert confirm not in desk.replace(f"{confirm}withdraw/", "")
        assert client.post(confirm).status_code == 409

        sign_in(client, second)
        assert show_again(client, client.get(confirm)).url == confirm
        assert "It stands on a gas pipe." in client.get(confirm).content.decode()
        assert client.post(confirm).status_code == 302
        found.refresh_from_db()
        assert (found.confirmed_by, found.confirmed_role) == (second, "councillor")
        assert client.post(page("withdraw", ballot.pk, found.pk)).status_code == 409
