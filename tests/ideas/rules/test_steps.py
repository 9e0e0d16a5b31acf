"""Which pages a draft has, and where one goes on."""

from ideas.rules.steps import carry_on_at, steps_of

SHORT = steps_of(calls=False, questions=False, co_authors=False)
LONG = steps_of(calls=True, questions=True, co_authors=True)


def test_pages_come_in_one_order_and_the_last_is_checking() -> None:
    assert SHORT.names == ("title", "description", "place", "theme", "pictures", "check")
    assert LONG.names == (
        "call",
        "title",
        "description",
        "place",
        "theme",
        "pictures",
        "questions",
        "co-authors",
        "check",
    )


def test_there_is_a_way_on_and_a_way_back() -> None:
    assert (SHORT.number("title"), LONG.number("title")) == (1, 2)
    assert (LONG.after("theme"), SHORT.after("theme"), SHORT.after("check")) == (
        "pictures",
        "pictures",
        "check",
    )
    assert (LONG.before("title"), SHORT.before("title")) == ("call", "")
    assert "questions" in LONG
    assert "questions" not in SHORT


def test_one_goes_on_at_the_first_page_that_is_empty() -> None:
    assert carry_on_at(SHORT, {}) == "title"
    assert carry_on_at(LONG, {"call": ""}) == "title"
    assert carry_on_at(SHORT, {"title": "A bench", "description": ""}) == "place"
    assert carry_on_at(SHORT, {"title": "A", "description": "B", "latitude": "1"}) == "theme"
    assert carry_on_at(SHORT, {"title": "A", "description": "B", "place": "", "theme": ""}) == "check"
