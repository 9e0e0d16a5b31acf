"""What keeps a grant out, what does not, and what is nobody's business."""

import re
from datetime import date

import pytest

from engage.local.folders import ROOT
from engage.opendata.rules import lints
from engage.opendata.rules.lints import Names, is_published, lints_of
from tests.opendata.rules.made import TODAY, award, movement, recipient


def codes(found) -> list[str]:
    return [lint.code for lint in lints_of(found, prefix="360G-tidewold", today=TODAY)]


def test_a_good_grant_is_published_and_nothing_is_said():
    good = award(movement("pay", 1_250_50))
    assert codes(good) == []
    assert is_published(good, today=TODAY)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (award(movements=()), "zero-amount"),
        (award(title="Ask sam@example.org"), "email-in-text"),
        (award(purpose="Write to sam.o'neil+club@mail.example.co.uk, please."), "email-in-text"),
        (award(recipient=recipient(name="Club (club@example.org)")), "email-in-text"),
        (award(recipient=recipient(name="Mrs Robin Sample")), "names-a-person"),
        (award(recipient=recipient(name="MR. ROBIN SAMPLE")), "names-a-person"),
        (award(decided_on=date(2026, 11, 22)), "impossible-date"),
        (award(decided_on=date(1926, 6, 1)), "impossible-date"),
        (award(movement("pay", 1_00, on=date(2062, 7, 1))), "impossible-date"),
        (award(title="  "), "empty-text"),
        (award(purpose=""), "empty-text"),
        (award(taken=True), "identifier-twice"),
    ],
)
def test_an_error_keeps_the_grant_out(bad, code):
    assert code in codes(bad)
    assert not is_published(bad, today=TODAY)


@pytest.mark.parametrize(
    ("awkward", "code"),
    [
        (award(title="x" * 141), "long-title"),
        (award(title="New boiler", purpose=" new  boiler. "), "title-is-description"),
        (award(recipient=recipient(identifier="X-OTHER-1")), "unknown-org-id"),
        (award(recipient=recipient(charity_number="12")), "unknown-org-id"),
        (award(movement("pay", 1_00, on=date(2026, 5, 31))), "paid-before-award"),
    ],
)
def test_a_warning_does_not(awkward, code):
    assert codes(awkward) == [code]
    assert is_published(awkward, today=TODAY)


@pytest.mark.parametrize(
    "fine",
    [
        award(title="x" * 140),
        award(decided_on=TODAY),
        award(title="A fete @ the green"),
        award(recipient=recipient(name="Missenden Players")),
        award(recipient=recipient(name="Mrs Lovelace’s Almshouses", charity_number="216401")),
    ],
)
def test_what_only_looks_wrong_is_not_said_to_be(fine):
    assert codes(fine) == []


def test_a_cancelled_award_is_no_grant_and_no_fault():
    cancelled = award(movement("release", 1_250_50), title="")
    assert codes(cancelled) == []
    assert not is_published(cancelled, today=TODAY)


def test_a_grant_that_was_paid_and_given_back_stays_published():
    given_back = award(movement("pay", 1_250_50), movement("refund", 1_250_50, number=3))
    assert is_published(given_back, today=TODAY)


def test_finds_one_name_with_two_identifiers():
    names = Names()
    names.see(award(award_id=1, recipient=recipient(name="Friends of the Hall", identifier="GB-CHC-1110767")))
    names.see(award(award_id=2, recipient=recipient(name="friends of  the hall.", identifier="ENGAGE-1")))
    names.see(award(award_id=3, recipient=recipient(name="Friends of the Hall", identifier="ENGAGE-1")))
    names.see(award(award_id=4, recipient=recipient(name="Friends of the Park", identifier="ENGAGE-2")))
    assert list(names.doubles()) == [("Friends of the Hall", 1, ["ENGAGE-1", "GB-CHC-1110767"])]


def test_every_lint_has_a_code_of_its_own_and_says_what_to_do():
    assert len({lint.code for lint in lints.ALL}) == len(lints.ALL)
    assert all(str(lint.mend).endswith(".") for lint in lints.ALL)


def test_the_guide_lists_every_lint_and_says_which_keep_a_grant_out():
    guide = (ROOT / "docs" / "guide" / "open-data.md").read_text()
    listed = re.findall(r"^\| `([a-z-]+)` \| (yes|no) \|", guide, re.MULTILINE)
    assert listed == [(lint.code, "yes" if lint.blocks else "no") for lint in lints.ALL]
