"""The Academy, a course, a lesson: read by anyone, edited by editors."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from academy.models import AcademyPage, CoursePage, LessonPage
from cms.models import HomePage
from engage.kit.years import financial_year
from tests.factories import BudgetFactory

pytestmark = pytest.mark.django_db

QUIZ = {
    "question": "Who mends a pothole?",
    "options": [
        {"text": "The parish", "right": False, "feedback": "It has no roads."},
        {"text": "The county", "right": True, "feedback": ""},
    ],
    "explanation": "<p>Roads belong to the county.</p>",
}


@pytest.fixture
def course(home: HomePage) -> CoursePage:
    academy = home.add_child(instance=AcademyPage(title="Citizens Academy", slug="academy"))
    return academy.add_child(
        instance=CoursePage(
            title="How your council works",
            slug="how",
            summary="Two weeks.",
            audience="Anyone who asks why.",
            outcome="- Read a budget\n\nSuggest an idea",
            weeks=[("week", {"title": "Who does what", "aim": ""}), ("week", {"title": "Money", "aim": ""})],
        )
    )


def lesson(course: CoursePage, number: int, *blocks: tuple[str, Any], **fields: Any) -> LessonPage:
    given = {"title": f"Lesson {number}", "slug": f"l{number}", "week": 1, "minutes": 12}
    return course.add_child(instance=LessonPage(body=list(blocks), **given | fields))


def test_the_academy_lists_its_courses(client: Client, course: CoursePage) -> None:
    lesson(course, 1)
    lesson(course, 2, live=False)
    html = client.get("/academy/").text
    assert "How your council works" in html
    assert "1 lesson" in html


def test_an_academy_without_a_course_says_so(client: Client, home: HomePage) -> None:
    home.add_child(instance=AcademyPage(title="Academy", slug="academy"))
    assert "No course yet" in client.get("/academy/").text


def test_a_course_says_what_to_expect(client: Client, course: CoursePage) -> None:
    lesson(course, 1)
    lesson(course, 2, week=2, minutes=30)
    html = " ".join(client.get("/academy/how/").text.split())
    for words in (
        "Anyone who asks why.",
        "Read a budget",
        "2 weeks, 2 lessons",
        "Up to 30 minutes a week",
        "Who does what",
        "/academy/how/l2/",
    ):
        assert words in html


def test_a_lesson_says_where_the_reader_is(client: Client, course: CoursePage) -> None:
    for number, week in ((1, 1), (2, 1), (3, 2)):
        lesson(course, number, week=week)
    answer = client.get("/academy/how/l2/")
    html = " ".join(answer.text.split())
    assert "Lesson 2 of 3" in html
    assert re.search(r'rel="prev"\s+href="/academy/how/l1/"', html)
    assert re.search(r'rel="next"\s+href="/academy/how/l3/"', html)
    assert html.count('aria-current="page"') >= 2
    last = " ".join(client.get("/academy/how/l3/").text.split())
    assert 'rel="next"' not in last
    assert "That was the last lesson" in last


def quiz_of(page: LessonPage) -> str:
    return f"quiz-{page.body[0].id}"


def test_a_quiz_works_without_scripts(client: Client, course: CoursePage) -> None:
    page = lesson(course, 1, ("quiz", QUIZ))
    page.refresh_from_db()
    name = quiz_of(page)
    asked = client.get("/academy/how/l1/").text
    assert "Roads belong to the county." not in asked
    right = client.get("/academy/how/l1/", {name: "2"}).text
    assert "Yes, that is right." in right
    assert "Roads belong to the county." in right
    wrong = client.get("/academy/how/l1/", {name: "1"}).text
    assert "Not quite." in wrong
    assert "It has no roads." in wrong
    odd = client.get("/academy/how/l1/", {name: "99"}).text
    assert "Roads belong to the county." not in odd


def test_answering_one_question_keeps_the_others_answered(client: Client, course: CoursePage) -> None:
    page = lesson(course, 1, ("quiz", QUIZ), ("quiz", QUIZ | {"question": "Who empties bins?"}))
    page.refresh_from_db()
    first, second = (f"quiz-{block.id}" for block in page.body)
    html = client.get("/academy/how/l1/", {first: "2", second: "1"}).text
    assert "Yes, that is right." in html
    assert "Not quite." in html
    assert re.search(rf'type="hidden"\s+name="{first}"\s+value="2"', html)


def test_a_lesson_shows_a_live_budget_and_leads_to_a_real_act(client: Client, course: CoursePage) -> None:
    BudgetFactory(year=financial_year(timezone.localdate()))
    lesson(
        course,
        1,
        ("live_figure", {"figure": "left", "note": "Counted now."}),
        ("next_act", {"title": "Do this next", "text": "Say it.", "link": {"act": "suggest"}}),
    )
    html = client.get("/academy/how/l1/").text
    assert "£10,000" in html
    assert 'href="/ideas/new/"' in html


@pytest.mark.slow
def test_a_lesson_costs_the_same_in_a_short_and_in_a_long_course(client: Client, course: CoursePage) -> None:
    lesson(course, 1)
    client.get("/academy/how/l1/")
    with CaptureQueriesContext(connection) as short:
        client.get("/academy/how/l1/")
    for number in range(2, 31):
        lesson(course, number, week=1 + number % 2)
    with CaptureQueriesContext(connection) as long:
        client.get("/academy/how/l1/")
    assert len(short) == len(long)


def test_an_editor_adds_a_lesson_as_a_draft_and_publishes_it(
    editor: Client, client: Client, course: CoursePage
) -> None:
    form = nested_form_data(
        {
            "title": "Who pays",
            "slug": "who-pays",
            "summary": "",
            "week": "2",
            "minutes": "15",
            "body": streamfield([("text", rich_text("<p>You do.</p>"))]),
        }
    )
    answer = editor.post(f"/admin/pages/add/academy/lessonpage/{course.pk}/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    page = LessonPage.objects.get(slug="who-pays")
    assert client.get("/academy/how/who-pays/").status_code == 404
    assert "You do." in editor.get(f"/admin/pages/{page.pk}/view_draft/").text
    editor.post(f"/admin/pages/{page.pk}/edit/", form | {"action-publish": "Publish"})
    assert "You do." in client.get("/academy/how/who-pays/").text


@pytest.mark.slow
def test_a_week_the_course_does_not_have_is_refused_with_the_reason(
    editor: Client, course: CoursePage
) -> None:
    form = nested_form_data(
        {
            "title": "Lost",
            "slug": "lost",
            "summary": "",
            "week": "9",
            "minutes": "15",
            "body": streamfield([("text", rich_text("<p>Hello.</p>"))]),
        }
    )
    answer = editor.post(f"/admin/pages/add/academy/lessonpage/{course.pk}/", form | {"action-publish": "1"})
    assert "The course has 2 weeks." in answer.text
    assert not LessonPage.objects.exists()
