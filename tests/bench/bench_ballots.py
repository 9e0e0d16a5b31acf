"""What a large ballot costs: `make bench`, or `PAPERS=20000 make bench` for a smaller one.

Casting by the page that casts, with every check, as a ratio to a page that inserts one row; then an electoral roll of
200,000, as many votes in the box, closed and counted. A sample is cast by the verb, one by one; the rest is sealed as
the verb does it and put in by the thousand, since nothing is learned by waiting for it. Nothing is asserted but that
everything is there.
"""

import os
import resource
import time
from collections.abc import Callable
from itertools import batched
from random import Random

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from budgets.ballots.actions import cast_ballot, close_ballot, count_ballot
from budgets.ballots.actions.cast import envelopes, insert
from budgets.ballots.models import Ballot, RollEntry
from budgets.ballots.queries import secret_of, sheet_of
from budgets.ballots.rules.envelope import thickness
from budgets.ballots.rules.marks import receipt
from engage.audit.models import Source
from engage.kit.guards import public_form
from engage.urls import urlpatterns as every_page
from tests.budgets.ballots.factories import AFTER, VOTING, a_roll, a_ticket, an_officer, an_open_ballot, paper
from tests.budgets.ballots.pages import by_roll, carried, send, url
from tests.costs import HEAD, cost

PAPERS = int(os.environ.get("PAPERS", "200000"))
CASTS = 300
BATCH = 2_000
REQUESTS = 60
CHOSEN = ("P1", "P3")


@public_form
def insert_one(request: HttpRequest) -> HttpResponse:
    Source.objects.create(name=request.POST["name"], attribution="", licence_name="")
    return HttpResponse("Done")


urlpatterns = [path("bench/insert/", insert_one), *every_page]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_casting(time_machine, capsys: pytest.CaptureFixture[str]) -> None:
    time_machine.move_to(VOTING)
    cache.clear()
    ballot = an_open_ballot(by=an_officer(), electors=REQUESTS)
    casts = [_ready_to_cast(ballot, number) for number in range(REQUESTS)]
    plain = cost([lambda number=number: _inserted(number) for number in range(REQUESTS)])
    cast = cost(casts)
    assert RollEntry.objects.count() == REQUESTS
    a_second = 1000 / (cast.server + cast.database)
    with capsys.disabled():
        print(f"\n{HEAD}\n{plain.line('insert one row', plain)}\n{cast.line('cast a vote', plain)}")  # noqa: T201
        print(f"so {a_second:.0f} votes a second for each core")  # noqa: T201 - the measurement is the output


def _inserted(number: int) -> None:
    assert Client().post("/bench/insert/", {"name": f"Bench {number}"}).status_code == 200


def _ready_to_cast(ballot: Ballot, number: int) -> Callable[[], None]:
    """A voter who has shown who they are, marked the paper and looked at it: what is left is the last button."""
    client = Client()
    review = send(client, ballot, by_roll(client, ballot, number), "review", choose=CHOSEN)
    sent = carried(review) | {"step": "cast", "choose": CHOSEN}

    def cast() -> None:
        assert client.post(url(ballot), sent).status_code == 200

    return cast


@pytest.mark.django_db(transaction=True)
def test_ballots(capsys: pytest.CaptureFixture[str]) -> None:
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=1, choice="shares")
    steps: list[tuple[str, Callable[[], object]]] = [
        (f"an electoral roll of {PAPERS:,} loaded", lambda: a_roll(ballot, PAPERS, by=officer)),
        (f"{CASTS} votes cast one by one", lambda: _cast(ballot)),
        (f"{PAPERS - CASTS:,} votes sealed and put into the box", lambda: _fill(ballot)),
        ("closed", lambda: close_ballot(ballot=ballot, by=officer, at=AFTER)),
        ("counted", lambda: count_ballot(ballot=ballot, by=officer, at=AFTER)),
    ]
    for name, step in steps:
        started_at = time.perf_counter()
        step()
        took = time.perf_counter() - started_at
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with capsys.disabled():
            print(f"\n{name}: {took:.1f} s, at most {peak:,} MB so far", end="")  # noqa: T201
    assert ballot.opened_votes.count() == ballot.log.size == PAPERS


def _cast(ballot: Ballot) -> None:
    for number in range(CASTS):
        cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper(*CHOSEN), at=VOTING)


def _fill(ballot: Ballot) -> None:
    """The electors who are left vote as the verb seals it, a batch to a transaction."""
    secret, version, chance = secret_of(ballot), ballot.version, Random(1)
    sheet, day = sheet_of(version.sha256), VOTING.date()
    voted = ballot.roll.values("person")
    left = list(ballot.electors.exclude(person__in=voted).values_list("person", flat=True))
    for people in batched(left, BATCH):
        sealed, receipts = {}, []
        for _person in people:
            voter = os.urandom(32).hex()
            chosen = tuple((key, 1) for key in ("P1", "P2", "P3") if chance.random() < 0.5)
            sealed |= envelopes(secret, voter, sheet, {"pot-0": chosen}, thickness(sheet))
            receipts.append(receipt(secret, voter))
        RollEntry.objects.bulk_create(
            RollEntry(ballot=ballot, person=person, place=ballot.place, channel="online", day=day)
            for person in people
        )
        insert(ballot, version.sha256, sealed, receipts)
