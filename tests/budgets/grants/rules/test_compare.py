"""One year's facts beside another's."""

from budgets.grants.rules.compare import Change, Fact, beside


def test_every_fact_of_either_year_is_there_with_what_became_of_it() -> None:
    before = [
        Fact("max", "Largest grant", "£2,000"),
        Fact("min", "Smallest", "£100"),
        Fact("old", "Old", "Yes"),
    ]
    after = [
        Fact("max", "Largest grant", "£3,000"),
        Fact("new", "New", "No"),
        Fact("min", "Smallest", "£100"),
    ]
    rows = [(row.label, row.before, row.after, row.change) for row in beside(before, after)]
    assert rows == [
        ("Largest grant", "£2,000", "£3,000", Change.CHANGED),
        ("New", "", "No", Change.NEW),
        ("Smallest", "£100", "£100", Change.SAME),
        ("Old", "Yes", "", Change.GONE),
    ]
