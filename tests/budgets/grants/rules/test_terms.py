"""The text that a group signs."""

from datetime import date

from budgets.grants.rules.terms import Promise, agreement

PROMISE = Promise(
    reference="TEST-7",
    group="Friends of the Green",
    title="Benches for the green",
    purpose="Three benches where people can sit and talk.",
    parts=[("Alex Example", 500_00), ("Robin Sample", 250_50)],
    starts_on=date(2026, 9, 1),
    ends_on=date(2026, 12, 1),
    spend_by=date(2027, 3, 31),
    report_months=[6, 12],
    never=["Alcohol", "Party politics"],
    expected=[("benches in place", 3)],
)


def test_it_says_how_much_what_for_and_until_when() -> None:
    text = agreement(PROMISE)
    for said in (
        "Agreement TEST-7 between the council and Friends of the Green",
        "The council gives £750.50.",
        "£500 from the budget of Alex Example",
        "£250.50 from the budget of Robin Sample",
        "Three benches where people can sit and talk.",
        "from 1 September 2026 to 1 December 2026",
        "spent by 31 March 2027",
        "6. does not spend it on any of this: Alcohol; Party politics;",
        "7. counts what it hopes for (3 benches in place)",
        "8. reports 6 and 12 months after it is paid.",
    ):
        assert said in text


def test_it_leaves_out_what_nobody_said() -> None:
    text = agreement(Promise("R", "G", "T", "P", [("A", 100)], None, None, date(2027, 3, 31)))
    assert "The council gives £1 from the budget of A." in text
    assert "runs from" not in text
    assert "reports" not in text
    assert "does not spend" not in text
