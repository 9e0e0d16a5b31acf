from datetime import date

import pytest

from budgets.ballots.rules.lateness import Promise

FIRST, MOVED, TODAY = date(2026, 9, 1), date(2026, 9, 20), date(2026, 9, 2)


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        (Promise(MOVED, MOVED), "Promised for 20 September 2026."),
        (Promise(FIRST, MOVED), "Promised for 20 September 2026: 1 day late."),
        (Promise(FIRST, FIRST, done=FIRST), "Done on 1 September 2026, on time."),
        (Promise(FIRST, MOVED, done=date(2026, 9, 11)), "Done on 11 September 2026, 10 days late."),
    ],
)
def test_lateness_is_said_plainly(promise, sentence):
    assert promise.sentence(TODAY) == sentence
