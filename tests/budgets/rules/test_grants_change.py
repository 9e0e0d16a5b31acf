"""What a file means after what earlier files booked: the journal always ends where the file is."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.enums import EntryKind
from budgets.rules.grants_change import Movements, movements

COMMIT, RELEASE, PAY = EntryKind.COMMIT, EntryKind.RELEASE, EntryKind.PAY


def test_a_new_grant():
    assert movements([], awarded_pence=100, paid_pence=30) == Movements(commit=100, pay=30)


def test_the_same_again_is_nothing():
    booked = [(COMMIT, 100), (PAY, 30)]
    assert not movements(booked, awarded_pence=100, paid_pence=30)


def test_more_and_less():
    booked = [(COMMIT, 100)]
    assert movements(booked, awarded_pence=150, paid_pence=None) == Movements(commit=50)
    assert movements(booked, awarded_pence=60, paid_pence=None) == Movements(release=40)


def test_payments_only_grow():
    booked = [(COMMIT, 100), (PAY, 30)]
    assert movements(booked, awarded_pence=100, paid_pence=100) == Movements(pay=70)
    assert not movements(booked, awarded_pence=100, paid_pence=None)
    assert movements(booked, awarded_pence=100, paid_pence=10) == Movements(unpaid=20)


@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 10**9)), min_size=1, max_size=8))
def test_whatever_the_files_say_the_journal_ends_there(files: list[tuple[int, int]]):
    booked: list[tuple[str, int]] = []
    for awarded, _paid in files:
        moves = movements(booked, awarded_pence=awarded, paid_pence=None)
        booked += [(COMMIT, moves.commit), (RELEASE, moves.release)]
        assert (
            sum(amount for kind, amount in booked if kind == COMMIT)
            - sum(amount for kind, amount in booked if kind == RELEASE)
            == awarded
        )
        assert not movements(booked, awarded_pence=awarded, paid_pence=None)
