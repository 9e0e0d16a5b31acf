"""Blocks that show what is in the apps today."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from academy.models import AcademyPage, CoursePage, LessonPage
from cms import queries
from cms.models import HomePage, StandardPage
from engage.kit.years import financial_year
from tests.factories import (
    AwardFactory,
    BudgetFactory,
    CouncillorFactory,
    IdeaFactory,
    PlaceFactory,
    TermFactory,
    ThemeFactory,
)
from tests.ideas.conftest import square  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

type Make = Callable[..., StandardPage]


def this_year() -> int:
    return financial_year(timezone.localdate())


def test_a_budget_block_adds_up_a_place_with_what_is_inside_it(client: Client, page_with: Make) -> None:
    council = PlaceFactory(name="Tidewold", kind="council")
    budget = BudgetFactory(place=PlaceFactory(parent=council, name="Isbury"), year=this_year())
    BudgetFactory(place=PlaceFactory(), year=this_year())
    AwardFactory(budget=budget, amount_pence=2_500_00)
    page_with(("budget", {"title": "Money", "place": council}))
    html = client.get("/parks/").text
    assert "£10,000" in html
    assert "£7,500" in html
    assert "Tidewold, " in html


def test_a_budget_block_shows_the_year_asked_for(page_with: Make, client: Client) -> None:
    BudgetFactory(year=2023, allocated_pence=123_00)
    page_with(("budget", {"year": 2023}))
    assert "£123" in client.get("/parks/").text


def test_a_budget_block_without_a_budget_says_so(client: Client, page_with: Make) -> None:
    page_with(("budget", {}))
    assert "No budget has been published for this year yet." in client.get("/parks/").text


def test_an_ideas_block_keeps_to_its_place_and_theme(client: Client, page_with: Make) -> None:
    here, theme = PlaceFactory(), ThemeFactory()
    IdeaFactory(title="Bins that close", place=here, theme=theme)
    IdeaFactory(title="Elsewhere", theme=theme)
    IdeaFactory(title="Other matter", place=here)
    page_with(("ideas", {"order": "newest", "place": here, "theme": theme, "count": 6}))
    html = client.get("/parks/").text
    assert "Bins that close" in html
    assert "Elsewhere" not in html
    assert "Other matter" not in html


def test_a_withdrawn_idea_is_not_shown() -> None:
    idea = IdeaFactory()
    type(idea).objects.filter(pk=idea.pk).update(status="withdrawn")
    assert queries.ideas() == []


def test_the_most_supported_are_those_not_yet_decided() -> None:
    done, wanted, fresh = (IdeaFactory(title=title) for title in ("Done long ago", "Wanted", "Fresh"))
    ideas = type(done).objects
    ideas.filter(pk=done.pk).update(status="done", supports_count=90)
    ideas.filter(pk=wanted.pk).update(supports_count=9)
    assert [card["idea"] for card in queries.ideas(order="supported")] == [wanted, fresh]


def test_councillors_are_those_who_serve_today() -> None:
    now = CouncillorFactory(name="Leila Marsh")
    TermFactory(councillor=now, place=PlaceFactory(name="Isbury"), starts_on=date(2025, 5, 1))
    TermFactory(starts_on=date(2017, 5, 1), ends_on=date(2021, 5, 1))
    found = queries.serving_councillors(today=date(2026, 6, 1))
    assert [(each["name"], each["places"]) for each in found] == [("Leila Marsh", ["Isbury"])]


def test_the_map_has_a_list_that_is_its_equal(client: Client, page_with: Make, square) -> None:  # noqa: F811
    place = square(name="Isbury", slug="isbury")
    BudgetFactory(place=place, year=this_year())
    page_with(("budget_map", {"title": "Near you"}))
    html = client.get("/parks/").text
    assert html.count("/budgets/isbury/") == 2
    assert html.count("£10,000 left") >= 2


def test_a_course_block_counts_published_lessons(home: HomePage) -> None:
    academy = home.add_child(instance=AcademyPage(title="Academy", slug="academy"))
    course = academy.add_child(instance=CoursePage(title="How it works", slug="how"))
    for number, live in enumerate([True, True, False]):
        course.add_child(instance=LessonPage(title=f"L{number}", slug=f"l{number}", minutes=10, live=live))
    (card,) = queries.courses()
    assert (card["lessons_count"], card["minutes"]) == (2, 20)


@pytest.mark.parametrize(
    ("block", "make"),
    [
        ("ideas", lambda: IdeaFactory()),
        ("awards", lambda: AwardFactory()),
        ("councillors", lambda: TermFactory()),
    ],
)
def test_a_block_costs_the_same_for_one_and_for_thirty(
    client: Client, page_with: Make, block: str, make: Callable[[], object]
) -> None:
    page_with((block, {"count": 24}))
    make()
    client.get("/parks/")
    with CaptureQueriesContext(connection) as one:
        client.get("/parks/")
    for _ in range(29):
        make()
    with CaptureQueriesContext(connection) as many:
        client.get("/parks/")
    assert len(one) == len(many)
