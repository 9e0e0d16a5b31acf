"""Marks, envelopes, the seed: what is made from secrets, and what cannot be told from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.ballots.enums import Kind
from budgets.ballots.rules import marks
from budgets.ballots.rules.envelope import Broken, seal, thickness, unseal
from budgets.ballots.rules.frozen import canonical, commitment, fingerprint, lot
from budgets.ballots.rules.order import for_voter
from budgets.ballots.rules.sheet import Option, PotOnSheet, Sheet

SECRET = "5e" * 32
OPTIONS = tuple(Option(f"P{n}", f"Project {n}", 100) for n in range(1, 30))
SHEET = Sheet(Kind.APPROVAL, (PotOnSheet("all", "All", 1_000, frozenset({1}), OPTIONS),))


def test_the_parts_of_a_mark_do_not_run_into_each_other():
    assert marks.mark(SECRET, "person", "ab", "c") != marks.mark(SECRET, "person", "a", "bc")
    assert marks.person(SECRET, "roll", "1") != marks.handle(SECRET, "roll", "1")
    assert marks.person(SECRET, "roll", "1") != marks.person("aa" * 32, "roll", "1")


def test_one_voter_has_another_handle_in_every_pot():
    assert marks.handle(SECRET, "voter", "all") != marks.handle(SECRET, "voter", "elm")


@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_read_however_it_is_typed(random):
    code = marks.letters(random, marks.CODE_LENGTH)
    as_printed = marks.printed(code)
    assert len(as_printed) == 14
    for typed in (as_printed, as_printed.lower(), as_printed.replace("-", " "), f" {code}\n"):
        assert marks.typed(typed) == code
    assert marks.typed(as_printed.replace("0", "O").replace("1", "l").replace("V", "U")) == code


def test_a_receipt_is_checked_by_hand():
    receipt = marks.receipt(SECRET, "voter")
    assert len(marks.typed(receipt)) == marks.RECEIPT_LENGTH
    assert marks.committed("ab" * 32, receipt) == fingerprint(f"{'ab' * 32}:{marks.typed(receipt)}".encode())
    assert marks.committed("ab" * 32, receipt.lower()) == marks.committed("ab" * 32, receipt)


def test_names_and_postcodes_match_however_they_are_written():
    assert marks.plain(" O’Shea ") == marks.plain("oshea") == marks.plain("O'SHEA")
    assert marks.plain("Zoë") == "zoe"
    assert marks.plain("qx1 2ab") == marks.plain("QX12AB")


def test_every_envelope_is_as_thick_as_any_other():
    size = thickness(SHEET)
    chosen = ([], [["P1", 1]], [[option.key, 1] for option in OPTIONS])
    sealed = [seal(SECRET, lies="here", content=each, size=size, nonce=b"n" * 12) for each in chosen]
    assert len({len(each) for each in sealed}) == 1
    assert [unseal(SECRET, lies="here", sealed=each) for each in sealed] == list(chosen)


def test_an_envelope_opens_in_its_own_place_only():
    sealed = seal(SECRET, lies="here", content=[["P1", 1]], size=256, nonce=b"n" * 12)
    for secret, lies, content in (
        (SECRET, "there", sealed),
        ("aa" * 32, "here", sealed),
        (SECRET, "here", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(Broken):
            unseal(secret, lies=lies, sealed=content)


def test_the_frozen_document_has_one_way_to_be_written():
    assert canonical({"b": "Elm’s", "a": [1, None]}) == '{"a":[1,null],"b":"Elm’s"}'.encode()


def test_the_seed_draws_one_order_of_the_projects():
    keys = [f"P{n}" for n in range(20)]
    drawn = lot(SECRET, keys)
    assert sorted(drawn) == sorted(keys)
    assert drawn == lot(SECRET, reversed(keys)) != lot("aa" * 32, keys)
    assert commitment(SECRET) != commitment("aa" * 32)


def test_voters_see_projects_in_an_order_of_their_own():
    keys = [f"P{n}" for n in range(10)]
    assert for_voter("one", keys) == for_voter("one", keys)
    first = [for_voter(str(n), keys)[0] for n in range(2_000)]
    assert all(150 < first.count(key) < 250 for key in keys)
