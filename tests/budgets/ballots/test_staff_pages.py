"""The back office of ballots, page by page, through the whole life of one."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.ballots import actions
from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot, Paper, PaperBatch
from budgets.ballots.queries import phase_of
from budgets.ballots.rules.counting import rule_line
from ideas.models import Idea
from tests.budgets.ballots.deciding import a_departure
from tests.budgets.ballots.factories import (
    AFTER,
    CLOSES,
    NOW,
    OPENS,
    VOTING,
    a_counted_ballot,
    a_draft,
    an_officer,
    an_open_ballot,
)
from tests.factories import BudgetFactory, CallFactory, IdeaFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    found = an_officer()
    client.force_login(found)
    return found


@pytest.fixture
def clock():
    travellers = []

    def go(at):
        traveller = time_machine.travel(at, tick=False)
        traveller.start()
        travellers.append(traveller)

    go(NOW)
    yield go
    for traveller in reversed(travellers):
        traveller.stop()


def page(name, *args):
    return reverse(f"staff_ballots:{name}", args=args)


def details(place, **more):
    return {
        "title": "Autumn vote",
        "summary": "What first?",
        "place": place.pk,
        "minimum_age": 16,
        "kind": "approval",
        "proofs": ["roll"],
        "first_language": "en",
        "choice": "shares",
        "threshold": "",
        "line": "",
        "opens_at": OPENS.strftime("%Y-%m-%d %H:%M"),
        "closes_at": CLOSES.strftime("%Y-%m-%d %H:%M"),
        "seen": "",
        **more,
    }


def test_a_ballot_is_set_up_in_pounds_and_plain_words(client, officer, clock):
    council = PlaceFactory(kind="council")
    answer = client.post(page("add"), details(council, threshold="3"))
    assert answer.status_code == 302, answer.context["form"].errors
    ballot = Ballot.objects.get()
    assert answer.url == page("money", ballot.pk)
    assert ballot.rule == rule_line("shares", "approval", threshold=3)
    assert ballot.proofs == ["roll"]

    budget = BudgetFactory(place=council)
    answer = client.post(
        page("money", ballot.pk),
        {"name": "All of it", "place": council.pk, "amount": "1,250.50", "budget": budget.pk},
    )
    assert answer.url == page("money", ballot.pk)
    pot = ballot.pots.get()
    assert (pot.amount_pence, pot.budget) == (1_250_50, budget)
    assert "£1,250.50" in client.get(page("money", ballot.pk)).content.decode()

    project = {"pot": pot.pk, "title": "Benches", "cost": "400", "place": council.pk, "description": "Two."}
    assert client.post(page("add_project", ballot.pk), project).status_code == 302
    assert ballot.projects.get().cost_pence == 400_00
    found = ballot.projects.get()
    changed = project | {"title": "Better benches", "cost": "410"}
    assert client.post(page("change_project", ballot.pk, found.pk), changed).status_code == 302
    found.refresh_from_db()
    assert (found.title, found.key, found.cost_pence) == ("Better benches", "P1", 410_00)
    client.post(page("remove_project", ballot.pk, found.pk))
    assert not ballot.projects.exists()


def test_a_rule_of_ones_own_is_refused_beside_its_line_when_it_could_not_be_counted(client, officer, clock):
    council = PlaceFactory(kind="council")
    wrong = details(council, choice="line", line="greedy(ties=[lot:aa], threshold=votes>=1)")
    answer = client.post(page("add"), wrong)
    assert "by no other" in answer.context["form"].errors["line"][0]
    right = wrong | {"line": "greedy(ties=[lot], threshold=votes>=2)"}
    assert client.post(page("add"), right).status_code == 302


def test_a_pot_is_offered_budgets_of_this_financial_year_and_the_next(client, officer, clock):
    ballot = a_draft(by=officer)
    last, this, coming = (BudgetFactory(year=year, allocated_pence=0) for year in (2025, 2026, 2027))
    offered = client.get(page("money", ballot.pk)).context["form"].fields["budget"].queryset
    assert {this, coming} < set(offered)
    assert last not in offered


def test_the_count_asks_for_the_public_value_that_the_ballot_named(client, officer, clock):
    clock(AFTER)
    for named in ("", "UK Lotto, 12 June 2027"):
        ballot = an_open_ballot(by=officer, electors=1, seed_source=named)
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
        asked = client.get(page("count", ballot.pk)).content.decode()
        assert ("UK Lotto, 12 June 2027" in asked) == bool(named)
        answer = client.post(page("count", ballot.pk), {"public_value": "3 14 15"})
        assert answer.status_code == 302


def test_a_draft_that_somebody_else_changed_is_not_overwritten(client, officer, clock):
    ballot = a_draft(by=officer)
    seen = Ballot.objects.get(pk=ballot.pk).revision
    first = client.post(page("edit", ballot.pk), details(ballot.place, seen=seen, title="Mine"))
    assert first.status_code == 302, first.context["form"].errors
    second = client.post(page("edit", ballot.pk), details(ballot.place, seen=seen, title="Theirs"))
    assert second.status_code == 409
    assert Ballot.objects.get(pk=ballot.pk).title == "Mine"


def test_ideas_marked_for_the_vote_come_with_their_words(client, officer, clock):
    ballot = a_draft(by=officer)
    call = CallFactory()
    idea = IdeaFactory(call=call, place=ballot.place, title="A ramp to the river")
    Idea.objects.filter(pk=idea.pk).update(status="ballot")
    IdeaFactory(call=call, place=ballot.place, title="Not marked")
    answer = client.get(page("projects", ballot.pk)).content.decode()
    assert call.title in answer
    url = f"{page('from_ideas', ballot.pk)}?call={call.pk}"
    shown = client.get(url).content.decode()
    assert idea.title in shown
    assert "Not marked" not in shown
    pot = ballot.pots.get()
    refused = client.post(url, {"pot": pot.pk, f"take_{idea.pk}": "on"})
    assert refused.status_code == 422
    taken = client.post(url, {"pot": pot.pk, f"take_{idea.pk}": "on", f"cost_{idea.pk}": "700"})
    assert taken.status_code == 302
    assert ballot.projects.get(idea=idea).cost_pence == 700_00


def test_the_desk_says_what_is_missing_and_opening_is_refused_until_then(client, officer, clock):
    ballot = a_draft(by=officer, electors=0)
    desk = client.get(page("inspect", ballot.pk)).content.decode()
    assert "Load the electoral roll: it is empty." in desk
    refused = client.post(page("open", ballot.pk), {"sure": "on"})
    assert refused.status_code == 422
    assert "Load the electoral roll" in refused.content.decode()

    content = f"number,last_name,postcode,place,votes_from\nAB-1,O’Shea,QX1 2AB,{ballot.place.name},\n"
    roll = SimpleUploadedFile("roll.csv", content.encode())
    assert client.post(page("roll", ballot.pk), {"file": roll}).status_code == 302
    assert client.post(page("open", ballot.pk), {}).status_code == 422
    assert client.post(page("open", ballot.pk), {"sure": "on"}).status_code == 302
    assert phase_of(ballot, NOW) == Phase.ANNOUNCED
    frozen = client.get(page("preview", ballot.pk)).content.decode()
    assert ballot.version.sha256 in frozen


def test_a_roll_with_a_bad_line_loads_nothing_and_names_the_line(client, officer, clock):
    ballot = a_draft(by=officer, electors=0)
    for _n in range(2):
        PlaceFactory(parent=ballot.place, name="Elm")
    lines = ("AB-1,Shea,QX1 2AB,Nowhere", "AB-1,Roe,QX1 2AB,Nowhere", "AB-2,Fen,QX1 2AB,elm")
    content = "\n".join(["number,last_name,postcode,place", *lines])
    answer = client.post(page("roll", ballot.pk), {"file": SimpleUploadedFile("roll.csv", content.encode())})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Line 2, column “place”" in words
    assert "the same number is already on line 2" in words
    assert "several places of this ballot are called “elm”" in words
    assert ballot.electors.count() == 0


def test_codes_are_shown_once_with_a_square_and_never_kept(client, officer, clock):
    ballot = a_draft(by=officer, proofs=("code",), electors=0)
    assert client.post(page("codes", ballot.pk), {"hand": "post"}).status_code == 422
    assert 'name="electors"' not in client.get(page("codes", ballot.pk)).content.decode()
    answer = client.post(page("codes", ballot.pk), {"hand": "post", "number": "3", "note": "Hall"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("no-store")
    letters = answer.context["letters"]
    assert len(letters) == 3
    assert answer.content.decode().count("<svg") == 3
    again = client.get(page("codes", ballot.pk)).content.decode()
    assert "Hall" in again
    assert not any(letter.code in again for letter in letters)

    answer = client.post(
        page("reissue", ballot.pk), {"serial": letters[0].serial, "reason": "The letter was lost"}
    )
    assert answer.context["letters"][0].code != letters[0].code
    revoked = client.post(page("revoke", ballot.pk), {"serial": letters[1].serial, "reason": "Wrong door"})
    assert revoked.status_code == 302
    assert ballot.codes.filter(revoked_at=None).count() == 2


def test_a_rehearsal_compares_every_rule_and_keeps_nothing(client, officer, clock):
    ballot = a_draft(by=officer)
    answer = client.get(page("rehearse", ballot.pk))
    words = answer.content.decode()
    assert words.count("Money used") == 1
    assert "chosen" in words
    assert not ballot.opened_votes.exists()
    assert client.get(page("rehearse", ballot.pk)).context["pots"] == answer.context["pots"]


def test_words_are_put_right_with_a_reason(client, officer, clock):
    ballot = an_open_ballot(by=officer)
    erratum = {"project": "P1", "what": "title", "after": "Oak benches", "reason": ""}
    assert client.post(page("errata", ballot.pk), erratum).status_code == 422
    assert client.post(page("errata", ballot.pk), erratum | {"reason": "A slip"}).status_code == 302
    assert "Oak benches" in client.get(page("preview", ballot.pk)).content.decode()
    listed = client.get(page("errata", ballot.pk)).content.decode()
    assert "It said “Benches 0”, and now says “Oak benches”." in listed


def test_paper_is_entered_by_two_people_and_reconciled(client, officer, clock):
    ballot = an_open_ballot(by=officer, on_paper=True)
    clock(VOTING)
    sheet = client.get(page("sheet", ballot.pk, ballot.place_id)).content.decode()
    assert sheet.count("sheet__box") == 3
    assert ballot.version.sha256[:8].upper() in sheet

    started = client.post(page("batches", ballot.pk), {"name": "Library box", "place": ballot.place_id})
    batch = PaperBatch.objects.get()
    assert started.url == page("batch", ballot.pk, batch.pk)
    here, enter = page("batch", ballot.pk, batch.pk), page("enter", ballot.pk, batch.pk)
    cover = {"last_name": "O’Sample", "postcode": "QX1 2AB"}
    for number in ("AB-1", "AB-2"):
        assert client.post(here, cover | {"number": number}).status_code == 302
    client.post(here, cover | {"number": "AB-1"})
    turn_away = page("turn_away", ballot.pk, batch.pk)
    assert turn_away in client.get(here).content.decode()
    client.post(turn_away)
    batch.refresh_from_db()
    assert (batch.admitted, batch.turned_away) == (2, 2)
    for wrong in (cover | {"number": "ZZ-9"}, {"number": "AB-3"}, cover | {"code": "ABCDEFGHJKMN"}):
        assert client.post(here, wrong).status_code == 422

    opening = page("open_envelopes", ballot.pk, batch.pk)
    assert client.post(opening, {"why_few": "Nobody else came."}).status_code == 409
    clock(AFTER)
    assert client.post(opening, {}).status_code == 422
    assert client.post(opening, {"why_few": "Nobody else came."}).status_code == 302
    assert turn_away not in client.get(here).content.decode()
    assert client.get(enter).context["form"]["number"].value() == 1

    first = {"number": "1", "mark_pot-0_P1": "on", "mark_pot-0_P3": "on", "invalid": ""}
    second = {"number": "2", "invalid": "unclear"}
    assert client.post(enter, first).status_code == 302
    assert client.post(enter, second).status_code == 302
    assert client.post(enter, first).status_code == 409
    assert client.post(page("reconcile", ballot.pk, batch.pk), {}).status_code == 409
    client.force_login(an_officer())
    client.post(enter, first | {"mark_pot-0_P3": ""})
    assert not Paper.objects.filter(agreed=True).exists()
    client.post(enter, first)
    client.post(enter, second)
    client.force_login(officer)
    client.post(enter, first)
    take_off = page("take_off", ballot.pk, batch.pk)
    assert client.post(take_off, {"number": "2", "reason": "No such paper."}).status_code == 409
    assert Paper.objects.filter(agreed=True).count() == 2
    assert client.post(page("reconcile", ballot.pk, batch.pk), {}).status_code == 302
    batch.refresh_from_db()
    assert (batch.valid, batch.invalid) == (1, 1)
    assert "Reconciled: 1 valid, 1 not" in client.get(page("batches", ballot.pk)).content.decode()


def test_an_officer_helps_somebody_who_is_there(client, officer, clock):
    ballot = an_open_ballot(by=officer)
    clock(VOTING)
    url = page("assist", ballot.pk)
    refused = client.post(url, {"number": "AB-1", "last_name": "Nobody", "postcode": "QX1 2AB"})
    assert refused.status_code == 422
    paper = client.post(url, {"number": "AB-1", "last_name": "O’Sample", "postcode": "QX1 2AB"})
    ticket = paper.context["form"].initial["ticket"]
    cast = client.post(url, {"ticket": ticket, "mark_pot-0_P2": "on"})
    assert cast.context["cast"].receipt in cast.content.decode()
    assert cast.headers["Cache-Control"].startswith("no-store")
    assert ballot.roll.get().channel == "assisted"


def test_after_the_vote_step_by_step_to_the_awards(client, officer, clock):
    votes = [("P1", "P3")] * 4 + [("P1",)] * 2 + [("P2",)]
    ballot = a_counted_ballot(by=officer, votes=votes)
    clock(AFTER)
    result = client.get(page("result", ballot.pk)).content.decode()
    assert "£600 was left" not in result
    assert "Not public yet" in result
    assert "1 of 7 ballots are like no other" in client.get(page("publish", ballot.pk)).content.decode()
    assert client.post(page("publish", ballot.pk), {"level": "all"}).status_code == 422
    a_departure(ballot, "P3", funded=False, by=officer, second=an_officer())
    published = client.post(page("publish", ballot.pk), {"level": "all", "reason": "Few are unique."})
    assert published.status_code == 302
    assert "Benches 0" in client.get(page("award", ballot.pk)).content.decode()
    assert client.post(page("award", ballot.pk), {}).status_code == 302
    assert ballot.projects.get(key="P1").won.award.awarded_pence == 600_00
    assert not hasattr(ballot.projects.get(key="P3"), "won")


def test_closing_and_counting_from_the_desk(client, officer, clock):
    ballot = an_open_ballot(by=officer)
    clock(AFTER)
    assert page("close", ballot.pk) in client.get(page("inspect", ballot.pk)).content.decode()
    assert client.post(page("close", ballot.pk), {}).status_code == 302
    assert client.post(page("count", ballot.pk), {}).status_code == 302
    assert phase_of(ballot, AFTER) == Phase.COUNTED


def test_who_may_do_what(client, clock):
    officer = an_officer()
    ballot = an_open_ballot(by=officer, on_paper=True)
    client.force_login(an_officer("auditor"))
    assert client.get(page("index")).status_code == 200
    assert client.get(page("inspect", ballot.pk)).status_code == 200
    for name in ("money", "roll", "codes", "open", "errata", "batches", "close", "count", "publish", "award"):
        assert client.get(page(name, ballot.pk)).status_code in {302, 403, 404}, name
    client.force_login(an_officer("moderator"))
    assert client.get(page("inspect", ballot.pk)).status_code in {302, 403}


@pytest.mark.slow
def test_a_list_takes_the_same_number_of_queries_however_long(client, officer, clock):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page("index")).status_code == 200
        return len(found)

    council = PlaceFactory(kind="council")
    a_draft(by=officer, electors=0, place=council)
    client.get(page("index"))
    once = asked()
    for _n in range(5):
        a_draft(by=officer, electors=0, place=council)
    assert asked() == once
