"""Two people who sign: not one, not of one home."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.rules.signatories import Signer, may_join, same_home, same_last_name
from engage.kit.decisions import Allowed, Denied
from tests.budgets.grants.rules.test_applications import table

ASHA = Signer("Asha Verity", "4 Elm Street, Harstow TW1 2AB")


@pytest.mark.parametrize(("one", "other", "same"), table("Who signs"))
def test_the_worked_addresses(one, other, same) -> None:
    assert same_home(one, other) == same_home(other, one) == (same == "yes")


SEPARATORS = st.sampled_from([" ", ", ", "  ", ",", "\n"])
HOUSES = st.tuples(st.integers(1, 300), st.none() | st.integers(1, 40))
STREETS = st.sampled_from(
    [("Mill Lane", "mill ln"), ("Elm Street", "ELM ST."), ("Saint Anne’s Road", "saint annes rd")]
)
CODES = st.sampled_from(["TW1 2AB", "TW9 2AB", "M1 1AA", "EC1A 1BB"])


def written(draw, house, street, code) -> str:
    """One home, in any of the ways in which people write it down."""
    number, flat = house
    parts = [f"{number} {draw(st.sampled_from(street))}"]
    if flat:
        words = draw(st.sampled_from(["Flat", "flat", "Apt", "Unit no."]))
        parts.insert(draw(st.integers(0, 1)), f"{words} {flat}")
    plain = code.replace(" ", "")
    parts.append(draw(st.sampled_from([code, code.lower(), plain, plain.lower(), f"Harstow {code}"])))
    return draw(SEPARATORS).join(parts)


@given(st.data(), HOUSES, STREETS, CODES)
def test_one_home_is_known_however_it_is_written(data, house, street, code) -> None:
    one, other = written(data.draw, house, street, code), written(data.draw, house, street, code)
    assert same_home(one, other)


@given(st.data(), st.tuples(HOUSES, CODES), st.tuples(HOUSES, CODES), STREETS)
def test_homes_with_another_number_or_postcode_are_two(data, one, other, street) -> None:
    marks = [({*filter(None, house)}, code) for house, code in (one, other)]
    found = [written(data.draw, house, street, code) for house, code in (one, other)]
    assert same_home(*found) == same_home(*reversed(found)) == (marks[0] == marks[1])


@pytest.mark.parametrize("household", ["9 Oak Road, Harstow", "9 Oak Road, TW1", "TW1 2A", "99 99"])
def test_an_address_has_its_postcode(household) -> None:
    denied = may_join(Signer("Tom Brook", household), [])
    assert isinstance(denied, Denied)
    assert denied.field == "household"


def test_two_do_not_sign_with_one_email_address() -> None:
    asha = Signer(ASHA.name, ASHA.household, "asha@example.org")
    denied = may_join(Signer("Tom Brook", "9 Oak Road, TW1 2AC", "Asha@Example.org"), [asha])
    assert isinstance(denied, Denied)
    assert denied.field == "email"


def test_the_same_person_does_not_sign_twice() -> None:
    denied = may_join(Signer("  asha VERITY", "9 Oak Road, TW1 2AC"), [ASHA])
    assert isinstance(denied, Denied)
    assert denied.field == "name"


def test_two_of_one_home_do_not_both_sign() -> None:
    denied = may_join(Signer("Tom Brook", "4 elm st, harstow, tw1 2ab"), [ASHA])
    assert isinstance(denied, Denied)
    assert denied.field == "household"


def test_one_last_name_is_let_through_and_told() -> None:
    brother = Signer("Dev Vérity", "9 Oak Road, TW1 2AC")
    assert may_join(brother, [ASHA]) == Allowed()
    assert same_last_name(brother, [ASHA]) == "Asha Verity"
    assert same_last_name(Signer("Tom Brook", "9 Oak Road, TW1 2AC"), [ASHA]) == ""
