"""The demo's words and figures agree with each other, and none of it is filler."""

import re
from collections import Counter
from itertools import chain

import pytest

from engage.accounts.roles import ROLES
from engage.demo.content import county, read, residents
from engage.demo.pictures import SCENES
from engage.demo.plan import AREAS, YEARS, councillors, grants
from engage.demo.signins import PEOPLE, SIGN_INS
from engage.kit.years import financial_year

IDEAS = [
    (division, row) for area in AREAS for division, rows in read(f"ideas/{area}").items() for row in rows
]
AWARDS = [
    (year, slug, row) for year in YEARS for slug, rows in read(f"awards/{year}").items() for row in rows
]
LESSONS = [(week, row) for week in range(1, 8) for row in read(f"academy/week-{week}")["lesson"]]
THEMES = {row["slug"] for row in read("themes")["theme"]}
DIVISIONS = {row["slug"]: row for row in county()["division"]}
ORGANISATIONS = read("organisations")["organisations"]


def test_there_are_300_ideas_15_in_each_division():
    assert Counter(division for division, _row in IDEAS) == dict.fromkeys(DIVISIONS, 15)


def test_no_two_ideas_have_the_same_words():
    for field in ("title", "text"):
        assert max(Counter(row[field] for _division, row in IDEAS).values()) == 1


def test_an_idea_is_a_real_one():
    for _division, row in IDEAS:
        assert row["theme"] in THEMES, row["title"]
        assert 10 <= len(row["title"]) <= 100, row["title"]
        assert len(row["text"].split()) >= 10, row["title"]
        assert not re.search(r"lorem|ipsum|\bidea \d+", f"{row['title']} {row['text']}", re.IGNORECASE)


def test_each_division_has_its_councillors():
    seats = Counter(row["division"] for row in councillors().values())
    assert seats == {slug: row["members"] for slug, row in DIVISIONS.items()}


def test_no_councillor_promises_more_than_they_have():
    for year in YEARS:
        for slug, rows in read(f"awards/{year}").items():
            assert sum(row["amount"] for row in rows) <= county()["locality_budget"][str(year)], (year, slug)


def test_an_award_fits_what_the_council_says_of_awards():
    for year, slug, row in AWARDS:
        title = row["title"]
        assert financial_year(row["on"]) == year, title
        assert row["on"].weekday() < 5, f"{title}: decided on a working day"
        assert 150 <= row["amount"] <= 4000, title
        assert row["theme"] in THEMES, title
        assert ORGANISATIONS[row["org"]][2] == councillors()[slug]["division"], title
        assert len(row["reason"].split()) >= 6, f"{title}: every decision has a reason"


def test_every_group_was_awarded_something():
    assert {row["org"] for _year, _slug, row in AWARDS} == set(ORGANISATIONS)


def test_an_award_grows_from_an_idea_of_its_own_division():
    homes = {row["title"]: division for division, row in IDEAS}
    grown = [(slug, row["idea"]) for _year, slug, row in AWARDS if "idea" in row]
    assert max(Counter(idea for _slug, idea in grown).values()) == 1
    for slug, idea in grown:
        assert homes[idea] == councillors()[slug]["division"], idea


def test_awards_are_in_every_state():
    states = Counter(row.get("state", "reported") for _year, _slug, row in AWARDS)
    assert set(states) == {"approved", "part_paid", "paid", "reported", "cancelled"}


def test_what_is_reported_has_numbers_and_a_story():
    for grant in grants():
        if grant.report:
            assert grant.report.outcomes, grant.title
            assert len(grant.report.story.split()) >= 5, grant.title


def test_comments_are_all_different_and_about_a_theme():
    comments = read("comments")
    assert set(comments) == THEMES
    assert max(Counter(chain.from_iterable(comments.values())).values()) == 1


def test_official_answers_are_to_ideas_that_exist():
    titles = {row["title"] for _division, row in IDEAS}
    assert {row["idea"] for row in read("answers")["official"]} <= titles
    assert set(chain.from_iterable(row["ideas"] for row in read("regulars")["person"])) <= titles


@pytest.mark.parametrize(("week", "lesson"), LESSONS, ids=[row["slug"] for _week, row in LESSONS])
def test_a_lesson_teaches_asks_and_leads_to_an_act(week, lesson):
    assert 250 <= len(lesson["body"].split()) <= 500
    assert 2 <= len(lesson["quiz"]) <= 3
    for quiz in lesson["quiz"]:
        assert 0 <= quiz["answer"] < len(quiz["options"])
        assert quiz["why"]
    assert lesson["next"].get("act") or lesson["next"].get("page")


def test_the_course_has_seven_weeks_of_two_or_three_lessons():
    assert len(read("academy/course")["week"]) == 7
    assert set(Counter(week for week, _lesson in LESSONS).values()) <= {2, 3}


def test_right_answers_are_not_always_in_the_same_place():
    places = Counter(quiz["answer"] for _week, lesson in LESSONS for quiz in lesson["quiz"])
    assert len(places) >= 3


def test_every_picture_that_is_named_is_drawn():
    named = {row["picture"] for _year, _slug, row in AWARDS if "picture" in row}
    named |= {row["picture"] for row in read("news/articles")["article"]}
    assert named <= set(SCENES)


def test_residents_have_names_of_their_own():
    names = [*residents(), *(row["name"] for row in councillors().values())]
    assert len(set(names)) == len(names)


def test_one_can_sign_in_in_every_role():
    assert [each.who for each in SIGN_INS] == list(PEOPLE)
    assert {each.role for each in SIGN_INS} == set(ROLES)
    assert all(each.email.endswith("@demo.example") for each in SIGN_INS)
    assert len({each.email for each in SIGN_INS if each.role == "officer"}) == 3, (
        "a payment takes three people"
    )
    assert PEOPLE["councillor"] in {row["name"] for row in councillors().values()}
