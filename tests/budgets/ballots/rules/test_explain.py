"""Rules and counts in plain words: every number comes from the engine's result."""

import pytest

from budgets.ballots.rules.counting import CHOICES, rule_line
from budgets.ballots.rules.explain import in_words, shares, stories

GREEDY = rule_line("most-votes", "approval", threshold=3)
TITLES = {"P1": "Benches", "P2": "Lights", "P3": "Trees"}


def turn(project, fate, left, **more):
    return {"project": project, "fate": fate, "score": "4", "left_before": left, **more}


def told(rule, *turns, **more):
    return {each.key: each.reason for each in stories({"rule": rule, "turns": turns, **more}, titles=TITLES)}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("kind", ["approval", "points", "ranking"])
def test_every_preset_has_words_and_ends_in_the_lot(choice, kind):
    words = in_words(rule_line(choice, kind))
    assert len(words) >= 3
    assert "the lot decides" in words[-1]


def test_a_line_that_cannot_be_read_is_shown_as_it_is():
    assert in_words("best(of=all)") == ["best(of=all)"]


def test_reasons_of_a_greedy_count():
    found = told(
        GREEDY,
        turn("P1", "funded", 1_000_00),
        turn("P2", "too expensive", 400_00, short="10000"),
        turn("P3", "below threshold", 0),
    )
    assert found["P1"] == "Funded: £1,000 was left when its turn came."
    assert found["P2"] == "Skipped: it costs £100 more than the £400 that was left."
    assert found["P3"] == "Below the minimum support. Votes: 4. Needed: 3."


def test_who_lost_a_tie_and_by_what():
    lost = turn("P2", "too expensive", 400_00, tied_with=["P1"], decided_by="lot", beaten_by="P1")
    assert told(GREEDY, lost)["P2"] == "Lost the tie with “Benches”, drawn by the published seed."
    won = turn("P1", "funded", 400_00, tied_with=["P2"])
    assert "It was level with “Lights”. Then the cheaper project goes first; then" in told(GREEDY, won)["P1"]


def test_what_supporters_paid():
    line = rule_line("shares", "approval")
    bought = turn("P1", "funded", 1_000_00, price="10000", payers=6000, emptied=2)
    short = turn("P2", "too expensive", 400_00, short="10000", lacking="25050")
    result = {"start": "15000", "steps": 1, "rounds": []}
    found = told(line, bought, short, shares=result)
    assert found["P1"] == (
        "Funded at £100 for each supporter. Supporters who paid: 6,000. Of them gave all that they had left: 2."
    )
    assert found["P2"].endswith("Together its supporters had £250.50 too little left of their shares.")
    worth = shares({"shares": result, "voters": 7, "budget": 1_000_00})
    assert worth.first_words == "about £142.86"
    assert shares({"voters": 7, "budget": 1_000_00}) is None
