"""What everybody reads of a count, and the files it can be checked by."""

import hashlib
import json
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.ballots import actions
from budgets.ballots.display.results import paid_for, turnout_tables
from budgets.ballots.enums import Proof
from budgets.ballots.models import Count, Project
from budgets.ballots.queries import Turnout, verify
from tests.budgets.ballots.deciding import a_departure
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    VOTING,
    a_counted_ballot,
    a_draft,
    a_ticket,
    an_emailed_claim,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.factories import CallFactory, IdeaFactory

pytestmark = pytest.mark.django_db
VOTES = [("P1", "P3")] * 4 + [("P1",)] * 2 + [("P2",)]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def a_published_ballot(level="all", votes=VOTES, **more):
    officer = an_officer()
    ballot = a_counted_ballot(by=officer, votes=votes, **more)
    actions.publish_count(ballot=ballot, level=level, reason="So that all can check.", by=officer, at=AFTER)
    return ballot


def test_where_there_are_no_ballots_the_front_door_says_so(client):
    assert "No ballots yet" in words(client.get("/ballots/"))


def test_nothing_is_there_before_it_is_published(client):
    ballot = a_counted_ballot(by=an_officer(), votes=VOTES)
    for name, rest in (
        ("results", []),
        ("pot_results", ["pot-0"]),
        ("count_file", ["pot-0", "pb"]),
        ("count_file", ["pot-0", "json"]),
        ("log", []),
    ):
        assert client.get(reverse(f"ballots:{name}", args=[ballot.pk, *rest])).status_code == 404, name


def test_winners_and_the_rest_with_the_reason(client):
    ballot = a_published_ballot()
    page = words(client.get(reverse("ballots:results", args=[ballot.pk])))
    assert "Benches 0" in page
    assert "Funded: £1,000 was left when its turn came." in page
    assert "Skipped: it costs £500 more than the £0 that was left." in page
    assert "fewer than 20" in page  # seven voters are not told apart
    assert "So that all can check." in page
    assert ballot.version.commitment in page


def test_equal_shares_are_worked_out_in_numbers(client):
    ballot = a_published_ballot(choice="shares")
    answer = client.get(reverse("ballots:results", args=[ballot.pk]))
    page = words(answer)
    assert "£1,000 divided between 7 ballots is about £142.86 for each." in page
    assert "First came “Benches 0”: £600 shared by the 6 ballots that chose it is £100 from each." in page
    rows = answer.context["neighbourhoods"]["rows"]
    assert rows[0]["name"] == "Places with few voters, together"
    assert (rows[0]["voters"], rows[0]["brought"]) == ("fewer than 20", "–")
    # Seven ballots are too few to tell of them who paid.
    twin = client.get(reverse("ballots:count_file", args=[ballot.pk, "pot-0", "json"])).json()
    (place,) = twin["places"]
    assert (place["got"], place["chose_there"]) == (1_000_00, None)
    assert "not shown" in page


@pytest.mark.parametrize(("left_blank", "brought"), [(False, True), (True, False)])
def test_neighbourhoods_are_those_of_the_pot_and_bring_money_in_where_that_is_known(
    client, monkeypatch, left_blank, brought
):
    for module in ("queries", "queries.ballots"):
        monkeypatch.setattr(f"budgets.ballots.{module}.SMALL", 1)
    officer = an_officer()
    ballot = an_open_ballot(by=officer, choice="shares", pots=2, electors=0, proofs=(Proof.EMAIL,))
    elm = ballot.pots.get(key="pot-1").place
    for number, place in enumerate((elm, elm, ballot.place)):
        claim = an_emailed_claim(ballot, f"k{number}@example.org", place)
        ticket = verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)
        pots = {"pot-0": ["P1"], "pot-1": ["P4"]}
        if place != elm or (left_blank and number):
            del pots["pot-1"]
        actions.cast_ballot(ballot=ballot, ticket=ticket, document={"pots": pots}, at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.publish_count(ballot=ballot, level="totals", reason="Few votes.", by=officer, at=AFTER)
    answer = client.get(reverse("ballots:pot_results", args=[ballot.pk, "pot-1"]))
    found = answer.context["neighbourhoods"]
    assert [(row["name"], row["voters"], row["got"]) for row in found["rows"]] == [(elm.name, "2", "£600")]
    assert found["brought"] == brought
    assert ("Brought in" in words(answer)) == brought


def test_what_those_paid_who_chose_something_for_a_place():
    found = {"ballots": 1200, "shares": "100", "paid_there": "100/3", "paid_elsewhere": "0", "kept": "200/3"}
    place = {"place": "Elm Hill", "from_what_was_left": 0, "got": 90, "chose_there": found}
    (row,) = paid_for({"places": [place]})
    bar = row.pop("bar")
    assert list(row.values()) == ["Elm Hill", "1,200", "£1", "£0.33", "£0", "£0.67", "£0", "£0.90"]
    assert [(part["x"], part["width"]) for part in bar] == [
        ("0.0%", "33.3%"),
        ("33.3%", "0.0%"),
        ("33.3%", "66.7%"),
    ]
    assert paid_for({}) == []


def test_few_people_are_not_found_by_taking_others_from_the_total():
    told = turnout_tables(Turnout(52, {"online": 25, "paper": 24, "assisted": 3}, {}))
    assert told["channels"] == [("Online", "25"), ("In other ways, together", "27")]
    few = turnout_tables(Turnout(9, {"online": 9}, {}))
    assert (few["voters"], few["channels"]) == (
        "fewer than 20",
        [("In other ways, together", "fewer than 20")],
    )


def test_the_drawing_says_what_its_table_says(client):
    ballot = a_published_ballot()
    result = client.get(reverse("ballots:results", args=[ballot.pk])).context["result"]
    assert [(step.key, step.before, step.after, step.funded) for step in result.steps] == [
        ("P1", "£0", "£600", True),
        ("P3", "£600", "£1,000", True),
        ("P2", "£1,000", "£1,500", False),
    ]
    # What does not fit stands on the line, and reaches above it.
    last = result.steps[-1]
    assert float(last.y) + float(last.height) == pytest.approx(float(result.drawing["line_y"]), abs=0.2)


def test_a_departure_stands_before_everything_else(client):
    officer = an_officer()
    ballot = a_counted_ballot(by=officer, votes=VOTES)
    second = an_officer("councillor")
    a_departure(ballot, "P3", funded=False, by=officer, second=second)
    actions.publish_count(ballot=ballot, level="all", reason="To check.", by=officer, at=AFTER)
    answer = client.get(reverse("ballots:results", args=[ballot.pk]))
    page = words(answer)
    assert page.index("The ground is too wet.") < page.index('id="winners"')
    assert f"Signed by {officer.get_full_name()} (Officer) on 6 July 2026." in page
    assert f"Confirmed by {second.get_full_name()} (Councillor) on 6 July 2026." in page
    assert [line.key for line in answer.context["result"].won] == ["P1"]
    assert "£600" in page


def test_totals_only_keeps_the_ballots_back(client):
    ballot = a_published_ballot(level="totals")
    pb = reverse("ballots:count_file", args=[ballot.pk, "pot-0", "pb"])
    assert client.get(pb).status_code == 404
    assert pb not in words(client.get(reverse("ballots:results", args=[ballot.pk])))
    assert client.get(reverse("ballots:count_file", args=[ballot.pk, "pot-0", "json"])).status_code == 200


def test_the_files_are_those_that_were_counted(client):
    ballot = a_published_ballot()
    count = Count.objects.get()
    result = client.get(reverse("ballots:count_file", args=[ballot.pk, "pot-0", "json"])).content
    assert hashlib.sha256(result).hexdigest() == count.output_sha256
    frozen = client.get(reverse("ballots:frozen", args=[ballot.pk])).content
    assert hashlib.sha256(frozen).hexdigest() == ballot.version.sha256
    log = client.get(reverse("ballots:log", args=[ballot.pk])).content.decode()
    assert len(log.splitlines()) == len(VOTES)


@pytest.mark.slow
def test_the_command_on_the_page_counts_the_download_again(client, tmp_path):
    ballot = a_published_ballot(choice="shares")
    answer = client.get(reverse("ballots:results", args=[ballot.pk]))
    name = answer.context["command"].split()[-1]
    file = tmp_path / name
    file.write_bytes(client.get(reverse("ballots:count_file", args=[ballot.pk, "pot-0", "pb"])).content)
    again = subprocess.run(
        [sys.executable, "-m", "budgets.count", str(file), "--json"], capture_output=True, check=True
    )
    assert json.loads(again.stdout)["winners"] == Count.objects.get().winners


@pytest.mark.slow
def test_as_many_queries_for_many_ballots_as_for_few(client):
    few = a_published_ballot(votes=VOTES * 3)
    many = a_published_ballot(votes=VOTES * 6)
    taken = []
    for ballot in (few, many, few, many):
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("ballots:results", args=[ballot.pk]))
        taken.append(len(found))
    assert taken[2] == taken[3]


def test_an_idea_says_which_ballot_it_stands_on_and_what_became_of_it(client):
    officer = an_officer()
    call = CallFactory()
    idea = IdeaFactory(call=call)
    ballot = a_draft(by=officer)
    Project.objects.filter(ballot=ballot, key="P1").update(idea=idea)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    for number, keys in enumerate(VOTES):
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper(*keys), at=VOTING)
    assert "You can vote until" not in words(client.get(idea.get_absolute_url()))  # that was long ago
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    page = words(client.get(idea.get_absolute_url()))
    assert "Put to the vote" in page
    assert "Voting has ended. The result is not published yet." in page
    assert "It won" not in page
    actions.publish_count(ballot=ballot, level="all", reason="To check.", by=officer, at=AFTER)
    page = words(client.get(idea.get_absolute_url()))
    assert "It won: it is funded." in page
    assert "Won the vote" in page
    assert "The result is published." in words(client.get(call.get_absolute_url()))
