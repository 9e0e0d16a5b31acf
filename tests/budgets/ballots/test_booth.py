"""The booth from the door to the receipt: what a voter reads, sends and gets, with no script in between."""

import json
import re
import sys
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.views.debug import ExceptionReporter

from budgets.ballots import actions
from budgets.ballots.display.browse import turnout_rows
from budgets.ballots.enums import Channel, Kind, Proof
from budgets.ballots.models import Ballot, RollEntry, SealedVote, Translation
from budgets.ballots.queries import Turnout, counts, frozen_document, secret_of
from budgets.ballots.queries.verifiers import elector_person
from engage.accounts.models import Account
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    POSTCODE,
    VOTING,
    a_counted_ballot,
    a_draft,
    an_officer,
    an_open_ballot,
)
from tests.budgets.ballots.pages import by_roll, carried, receipt_of, send, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    return an_officer()


@pytest.fixture(scope="module")
def opened(beforehand) -> Ballot:
    return beforehand(lambda: an_open_ballot(by=an_officer(), electors=3))


@pytest.fixture(autouse=True)
def _voting(time_machine) -> None:
    cache.clear()
    time_machine.move_to(VOTING)


def test_from_the_door_to_the_receipt(client, ballot):
    paper = by_roll(client, ballot)
    assert "Your ballot paper" in words(paper)
    review = send(client, ballot, paper, "review", choose=["P1", "P3"])
    assert "Is this what you want?" in words(review)
    assert "Benches 0" in words(review)
    assert not RollEntry.objects.exists(), "nothing is written before the vote is cast"
    done = client.post(url(ballot), carried(review) | {"step": "cast", "choose": ["P1", "P3"]})
    assert "Your vote is cast" in words(done)
    assert "Benches" not in words(done), "the receipt and the choices are never on one page"
    assert RollEntry.objects.count() == SealedVote.objects.count() == 1


def test_voting_again_takes_the_place_of_the_vote_and_keeps_the_receipt(client, ballot):
    first = send(client, ballot, by_roll(client, ballot), "cast", choose=["P1"])
    second = send(client, ballot, by_roll(client, ballot), "cast", choose=["P2"])
    assert receipt_of(first) == receipt_of(second)
    assert "It took the place of the one you cast before" in words(second)
    assert RollEntry.objects.count() == SealedVote.objects.count() == 1


def test_every_page_of_the_booth_is_stored_nowhere(client, ballot):
    paper = by_roll(client, ballot)
    pages = [
        paper,
        *(send(client, ballot, paper, step, choose=["P1"]) for step in ("total", "review", "cast")),
    ]
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
        assert "sessionid" not in client.cookies


def test_a_visit_that_was_left_does_nothing_any_more(client, ballot):
    start = client.get(url(ballot, "vote/roll/"))
    claim = {"number": "AB 0", "last_name": "O’Sample", "postcode": POSTCODE}
    first = carried(start) | {"number": "0"} | claim
    paper = client.post(url(ballot, "vote/roll/"), first)
    done = send(client, ballot, paper, "cast", choose=["P1"])
    left = client.post(url(ballot, "vote/leave/"), {"visit": carried(done)["visit"]})
    assert left.status_code == 303
    assert left.headers["Clear-Site-Data"] == '"cache"'
    for again in (
        client.post(url(ballot, "vote/roll/"), first),
        send(client, ballot, paper, "choose"),
        send(client, ballot, paper, "cast", choose=["P2"]),
        client.post(url(ballot, "vote/send/"), carried(done) | {"address": "a@example.org"}),
    ):
        assert again.status_code == 409
        assert "You have left the booth" in words(again)


@pytest.mark.parametrize(
    ("kind", "limits", "marks", "total"),
    [
        (Kind.APPROVAL, {}, {"choose": ["P1", "P2"]}, "2 projects chosen"),
        (Kind.PICK, {"most": 2}, {"choose": ["P1"]}, "1 of 2 chosen"),
        (Kind.KNAPSACK, {}, {"choose": ["P1", "P3"]}, "£1,000 of £1,000"),
        (Kind.POINTS, {"points": 10}, {"mark-P1": "6", "mark-P2": "3"}, "9 of 10 points"),
        (Kind.RANKING, {"most": 3}, {"mark-P2": "1", "mark-P1": "2"}, "2 of 3 chosen"),
    ],
)
def test_every_kind_of_ballot_is_added_up_and_cast(client, officer, kind, limits, marks, total):
    choice = "shares" if kind in {Kind.POINTS, Kind.RANKING} else "most-votes"
    ballot = an_open_ballot(by=officer, electors=3, kind=kind, choice=choice, **limits)
    paper = by_roll(client, ballot)
    assert total in words(send(client, ballot, paper, "total", **marks))
    review = send(client, ballot, paper, "review", **marks)
    assert total in words(review)
    kept = carried(review)
    assert set(marks) <= set(kept), "the marks go along to the button that casts"
    assert "Your vote is cast" in words(send(client, ballot, paper, "cast", **marks))


def test_the_total_says_of_each_project_why_it_cannot_be_added(client, officer):
    ballot = an_open_ballot(by=officer, electors=3, kind=Kind.KNAPSACK)
    paper = by_roll(client, ballot)
    total = words(send(client, ballot, paper, "total", choose=["P1"]))
    assert "£100 more than the £1,000" in total  # lights, £500
    assert re.search(r'id="why-P3"[^>]*></p>', total), "trees still fit"


def test_what_does_not_fit_is_not_cast_and_leads_to_where_it_is(client, officer):
    ballot = an_open_ballot(by=officer, electors=3, kind=Kind.RANKING, choice="shares", most=3)
    paper = by_roll(client, ballot)
    for step in ("review", "cast"):
        answer = send(client, ballot, paper, step, **{"mark-P1": "1", "mark-P2": "1"})
        assert answer.status_code == 422
        assert "are both at place 1" in words(answer)
        assert 'href="#P' in words(answer)
    assert "You have not chosen anything" in words(send(client, ballot, paper, "cast"))
    assert not RollEntry.objects.exists()


def test_a_vote_that_is_refused_keeps_what_was_marked(client, officer):
    ballot = an_open_ballot(by=officer, electors=3, kind=Kind.POINTS, choice="shares", points=10)
    paper = by_roll(client, ballot)
    RollEntry.objects.create(
        ballot=ballot,
        person=elector_person(secret_of(ballot), "AB 0"),
        place=ballot.place,
        channel=Channel.PAPER,
        day=VOTING,
    )
    refused = send(client, ballot, paper, "cast", **{"mark-P2": "7"})
    assert (refused.status_code, "voted on paper already" in words(refused)) == (409, True)
    again = client.post(url(ballot), carried(refused) | {"step": "choose"})
    assert "7 of 10 points" in words(again)


@pytest.mark.parametrize("proof", [Proof.ROLL, Proof.EMAIL])
def test_who_took_too_long_shows_again_who_they_are_and_finds_the_marks(
    client, officer, time_machine, mailoutbox, proof
):
    ballot = an_open_ballot(by=officer, electors=3, proofs=(Proof.ROLL, Proof.EMAIL))
    elector = {"number": "AB 0", "last_name": "O’Sample", "postcode": POSTCODE}
    start = url(ballot, "vote/roll/")
    paper = client.post(start, carried(client.get(start)) | elector)
    time_machine.move_to(VOTING + timedelta(hours=5))
    again = send(client, ballot, paper, "review", choose=["P2"])
    assert (again.status_code, "longer than two hours" in words(again)) == (409, True)
    asked = client.post(url(ballot, f"vote/{proof}/"), carried(again))
    assert "There is a problem" not in words(asked)
    claims: list[dict[str, str]] = [elector]
    if proof == Proof.EMAIL:
        asked = client.post(url(ballot, "vote/email/"), carried(asked) | {"address": "pip@example.org"})
        code = re.search(r"#code=(\S+)", mailoutbox[0].body)[1]
        claims = [{"code": code}, {"declares": "on"}]
    for claim in claims:
        action = re.search(r'action="([^"]+)" novalidate', words(asked))[1]
        asked = client.post(action, carried(asked) | claim)
    assert "1 project chosen" in words(asked)


def test_numbers_that_are_none_are_said_back(client, officer):
    ballot = an_open_ballot(by=officer, electors=3, kind=Kind.POINTS, choice="shares", points=10)
    answer = send(client, ballot, by_roll(client, ballot), "review", **{"mark-P1": "<b>lots</b>"})
    assert answer.status_code == 422
    assert "Write a whole number for “Benches 0”" in words(answer)
    assert "&lt;b&gt;lots" in words(answer)


def test_another_order_for_another_voter_and_the_same_each_time(client, officer):
    ballot = an_open_ballot(by=officer, electors=9)

    def order(number: int) -> tuple[str, ...]:
        return tuple(re.findall(r'id="why-(P\d)"', by_roll(client, ballot, number).content.decode()))

    assert order(1) == order(1)
    assert len({order(number) for number in range(9)}) > 1


def test_no_receipt_is_sent_for_a_paper_that_was_not_cast(client, ballot, mailoutbox):
    kept = {
        name: value for name, value in carried(by_roll(client, ballot)).items() if name in {"visit", "ticket"}
    }
    answer = client.post(url(ballot, "vote/send/"), kept | {"address": "robin@example.org"})
    assert answer.status_code == 409
    assert "You have not voted yet" in words(answer)
    assert not mailoutbox


def test_before_and_after_voting_the_booth_is_shut_and_says_when(client, ballot, time_machine):
    time_machine.move_to(NOW)
    early = client.get(url(ballot, "vote/"))
    assert (early.status_code, "Voting has not started yet" in words(early)) == (409, True)
    time_machine.move_to(VOTING)
    paper = by_roll(client, ballot)
    time_machine.move_to(AFTER)
    late = send(client, ballot, paper, "cast", choose=["P1"])
    assert (late.status_code, "Voting ended at" in words(late)) == (409, True)
    assert not RollEntry.objects.exists()


def test_a_ticket_of_another_ballot_or_a_made_up_one_opens_nothing(client, officer, ballot):
    other = an_open_ballot(by=officer, electors=3, place=ballot.place)
    paper = by_roll(client, other)
    assert send(client, ballot, paper, "cast", choose=["P1"]).status_code == 409
    forged = client.post(url(ballot), carried(paper) | {"ticket": "made-up", "step": "cast"})
    assert forged.status_code == 422
    assert client.get(url(ballot)).status_code == 302


def test_filters_hide_and_keep_what_is_chosen(client, ballot):
    shown = send(client, ballot, by_roll(client, ballot), "choose", choose=["P1"], cost="50000")
    hidden = re.findall(r"<li hidden>.*?id=\"(P\d)\"", words(shown))
    assert hidden == []  # benches cost £600 but are chosen; lights and trees are cheap enough
    shown = send(client, ballot, by_roll(client, ballot), "choose", cost="50000")
    assert re.findall(r"<li hidden>\s*<article[^>]*id=\"(P\d)\"", words(shown)) == ["P1"]


def test_projects_stand_side_by_side_and_marks_go_along(client, ballot):
    page = send(client, ballot, by_roll(client, ballot), "compare", choose=["P2"], compare=["P1", "P3"])
    assert "Side by side" in words(page)
    assert "Trees 0" in words(page)
    assert carried(page)["choose"] == "P2"


def test_the_same_queries_for_three_projects_and_for_nine(client, officer):
    few = an_open_ballot(by=officer, electors=3)
    many = a_draft(by=officer, electors=3, place=few.place)
    pot = many.pots.get()
    for number in range(6):
        details = actions.ProjectDetails(
            title=f"More {number}",
            cost_pence=100_00,
            place=few.place,
            description="More.",
            assessment="Fine.",
            organisation=pot.projects.first().organisation,
        )
        actions.add_project(pot=pot, details=details, by=officer, at=NOW)
    actions.open_ballot(ballot=many, by=officer, at=NOW)

    def queries(ballot: Ballot) -> int:
        paper = by_roll(client, ballot)
        with CaptureQueriesContext(
            connection,
        ) as found:
            send(client, ballot, paper, "review", choose=["P1"])
        return len(found)

    assert queries(few) == queries(many)


# --- what is never written down ---------------------------------------------------------------------------


def test_a_report_of_an_error_has_nothing_of_the_vote_or_the_voter(client, ballot, monkeypatch):
    reports: list[str] = []

    def report(request: Any, **more: Any) -> None:
        found = ExceptionReporter(request, *sys.exc_info())
        reports.extend((found.get_traceback_text(), found.get_traceback_html()))

    def breaks(*said: Any, **more: Any) -> Any:
        raise RuntimeError("out of order")

    got_request_exception.connect(report)
    client.raise_request_exception = False
    paper = by_roll(client, ballot)
    with monkeypatch.context() as broken:
        broken.setattr("budgets.ballots.queries.verifiers.elector_match", breaks)
        by_roll(client, ballot)
        broken.setattr("budgets.ballots.views.booth.display.done_page", breaks)
        assert send(client, ballot, paper, "cast", choose=["P2"]).status_code == 500
    got_request_exception.disconnect(report)
    assert len(reports) == 4
    assert not RollEntry.objects.exists(), "no vote is kept whose voter saw an error"
    for text in reports:
        assert "out of order" in text
        for said in ("AB 0", "o'sample", "o&#x27;sample", POSTCODE.lower(), "P2", carried(paper)["ticket"]):
            assert said not in text


# --- receipts ---------------------------------------------------------------------------------------------


def test_a_receipt_is_found_in_the_box_and_then_proved_in_the_log(
    client, officer, time_machine, capsys, monkeypatch
):
    monkeypatch.setattr(counts, "BLOCK", 2)
    ballot = an_open_ballot(by=officer, electors=5)
    codes = [
        receipt_of(send(client, ballot, by_roll(client, ballot, number), "cast", choose=["P1"]))
        for number in range(5)
    ]
    box = client.post(url(ballot, "receipt/"), {"code": codes[2].lower().replace("-", " ")})
    assert "is in the box" in words(box)
    assert client.post(url(ballot, "receipt/"), {"code": "7K2M"}).status_code == 422
    time_machine.move_to(AFTER)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    for code in codes:
        page = client.post(url(ballot, "receipt/"), {"code": code})
        assert "is in the log" in words(page)
        program = page.context["check"]["program"]
        exec(compile(program, "check.py", "exec"), {})
        assert capsys.readouterr().out == "in the log\n"
        exec(compile(program.replace(code.replace("-", ""), "0" * 20), "check.py", "exec"), {})
        assert capsys.readouterr().out == "NOT in the log\n"
    monkeypatch.setattr(counts, "log_lines", None)
    assert counts.inclusion(ballot, codes[0]), "the whole log is hashed once only"


# --- the public pages -------------------------------------------------------------------------------------


def test_the_front_door_says_what_can_be_won_and_until_when(client, officer, ballot):
    a_draft(by=officer, place=ballot.place)
    page = words(client.get("/ballots/"))
    assert "Vote now" in page
    assert "£1,000" in page
    assert "You can vote until" in page
    assert page.count("Summer vote") == 1, "a draft is nobody’s business"
    twin = client.get("/ballots.json").json()
    assert [row["phase"] for row in twin["ballots"]] == ["voting"]


def test_the_front_door_takes_the_same_queries_for_one_and_for_four(client, officer):
    one = an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/ballots/")
        return len(found)

    queries()  # the first visit fills what is remembered of the site
    before = queries()
    for _more in range(3):
        an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,), place=one.place)
    assert queries() == before


def test_a_ballot_says_what_how_and_by_which_rule_and_its_frozen_file_has_the_hash_on_the_page(
    client, ballot
):
    page = client.get(f"/ballots/{ballot.pk}/", follow=True)
    text = words(page)
    for said in ("Benches for everybody", "It can be done", "greedy(score=votes", "Vote now", "16 or older"):
        assert said in text
    assert "Turnout" not in text
    frozen = client.get(page.redirect_chain[0][0].rstrip("/") + ".json")
    assert sha256(frozen.content).hexdigest() in text
    assert json.loads(frozen.content)["projects"][0]["title"] == "Benches 0"


def test_turnout_is_shown_during_voting_only_when_the_council_says_so(client, officer):
    ballot = an_open_ballot(by=officer, electors=3, turnout_shown=True)
    send(client, ballot, by_roll(client, ballot), "cast", choose=["P1"])
    page = words(client.get(f"/ballots/{ballot.pk}/", follow=True))
    assert "People who voted" in page
    assert "fewer than 20" in page
    assert "Online</dt>" not in page


def test_few_people_are_never_told_apart_by_how_they_voted():
    def told(**channels: int) -> dict[str, str]:
        found = Turnout(sum(channels.values()), channels, {})
        return {row["label"]: row["text"] for row in turnout_rows(found)}

    assert told(online=19) == {"People who voted": "fewer than 20"}
    assert told(online=40, paper=3) == {"People who voted": "43"}
    assert told(online=1_040, paper=30, assisted=3) == {
        "People who voted": "1,073",
        "Online": "1,040",
        "In other ways": "33",
    }


def test_words_put_right_are_shown_with_the_reason(client, officer, ballot):
    actions.publish_erratum(
        ballot=ballot,
        project="P1",
        what="title",
        after="Oak benches",
        reason="A slip.",
        by=officer,
        at=NOW,
    )
    page = words(client.get(f"/ballots/{ballot.pk}/", follow=True))
    assert "Oak benches" in page
    assert "A slip." in page
    csv = client.get(f"/ballots/{ballot.pk}-summer-vote.csv").content.decode()
    assert "Oak benches" in csv


def test_the_root_of_the_log_stands_on_the_page_from_closing_on(client, officer, time_machine, ballot):
    cast_by = send(client, ballot, by_roll(client, ballot), "cast", choose=["P1"])
    assert cast_by.status_code == 200
    assert "Its root" not in words(client.get(f"/ballots/{ballot.pk}/", follow=True))
    time_machine.move_to(AFTER)
    log = actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    page = words(client.get(f"/ballots/{ballot.pk}/", follow=True))
    assert "The log was closed over 1 ballot paper." in page
    assert log.root in page
    assert "See the result" not in page


def test_a_draft_is_not_there(client, officer):
    draft = a_draft(by=officer)
    for path in ("", "vote/", "receipt/"):
        assert client.get(url(draft, path)).status_code == 404


def test_nothing_of_a_count_is_shown_before_it_is_published(client, officer, time_machine):
    time_machine.move_to(AFTER)
    ballot = a_counted_ballot(by=officer, votes=[("P1",), ("P1", "P3")])
    page = words(client.get(f"/ballots/{ballot.pk}/", follow=True))
    assert "Counted, not yet published" in page
    assert "winner" not in page.lower()


# --- languages --------------------------------------------------------------------------------------------


def test_the_paper_is_read_in_each_language_the_ballot_was_set_up_with(client, officer):
    ballot = a_draft(by=officer, electors=3, languages=["en", "ar"], kind=Kind.KNAPSACK)
    benches = ballot.projects.get(key="P1")
    Translation.objects.create(ballot=ballot, language="ar", title="تصويت الصيف")
    Translation.objects.create(ballot=ballot, pot=ballot.pots.get(), language="ar", title="للجميع معا")
    Translation.objects.create(
        ballot=ballot, project=benches, language="ar", title="مقاعد", description="للجميع"
    )
    Translation.objects.create(ballot=ballot, project=benches, language="cy", title="Meinciau")
    for project in ballot.projects.exclude(pk=benches.pk):
        Translation.objects.create(ballot=ballot, project=project, language="ar", title="مشروع")
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    document = frozen_document(ballot)
    assert document["projects"][0]["words"] == {
        "ar": {"title": "مقاعد", "summary": "", "description": "للجميع", "assessment": ""}
    }
    paper = by_roll(client, ballot)
    assert 'lang="ar"' in words(paper), "the button of the other language"
    assert "مقاعد" not in words(paper)
    arabic = send(client, ballot, paper, "choose", language="ar", choose=["P1", "P2"])
    assert '<h3 class="project__title" lang="ar" dir="rtl">مقاعد</h3>' in words(arabic)
    assert '<p class="govuk-hint">Benches 0</p>' in words(arabic)
    assert "تصويت الصيف" in words(arabic)
    assert '<h2 id="pot-pot-0" lang="ar" dir="rtl">للجميع معا</h2>' in words(arabic)
    page = words(arabic).replace("> <", "><")
    assert '<div lang="en" dir="ltr"><p>Lights for' in page, "what is not translated stays as it was written"
    kept = carried(arabic)
    assert kept["language"] == "ar"
    fits = send(client, ballot, paper, "review", language="ar", choose=["P1", "P3"])
    assert "مقاعد" in words(fits)
    public = words(client.get(f"/ballots/{ballot.pk}-summer-vote/", {"language": "ar"}))
    assert "مقاعد" in public


def test_a_translation_is_of_its_own_ballot_and_stays_when_it_is_open(officer):
    one, other = (a_draft(by=officer, electors=3) for _each in range(2))
    for thing in ({"project": other.projects.first()}, {"pot": other.pots.first()}):
        with pytest.raises(IntegrityError, match="its own ballot"), transaction.atomic():
            Translation.objects.create(ballot=one, **thing, language="cy", title="Un")
    told = Translation.objects.create(ballot=one, language="cy", title="Un")
    actions.open_ballot(ballot=one, by=officer, at=NOW)
    told.title = "Dau"
    with pytest.raises(IntegrityError, match="nothing of it changes"), transaction.atomic():
        told.save()
