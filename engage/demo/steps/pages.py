"""The pages an editor would have written: home, news, standard pages, front doors and the Academy's course."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import localdate
from wagtail.models import Page, Site

from academy.pages import AcademyPage, CoursePage, LessonPage
from budgets.ballots.pages import BallotsPage
from budgets.grants.pages import GrantsPage
from budgets.pages import BudgetsPage
from cms.actions import set_up_site
from cms.enums import MenuKind
from cms.models import Brand, Menu, MenuItem
from cms.pages import HomePage, NewsIndexPage, NewsPage, StandardPage
from engage.councillors.pages import CouncillorsPage
from engage.demo.content import county, read
from engage.demo.loaded import Loaded
from engage.demo.pictures import alt_text
from engage.demo.plan import LONDON, OPENED, TODAY
from engage.demo.prose import page_blocks, rich_text
from engage.kit.progress import track
from engage.opendata.models import OpenDataPage, Publisher
from ideas.pages import IdeasPage

STANDARD = ["how-locality-budgets-work", "get-involved", "about", "accessibility", "privacy"]
IN_MENU = {"how-locality-budgets-work"}
DOORS = [
    (
        BudgetsPage,
        "budgets",
        "Budgets",
        "Every councillor's locality budget: what is promised, paid and left.",
    ),
    (
        GrantsPage,
        "grants",
        "Grants",
        "Small grants for groups that make life better close to home. Your county councillor decides, in public.",
    ),
    (
        IdeasPage,
        "ideas",
        "Ideas",
        "What residents would like the money to do. Support the ones that you like.",
    ),
    (
        BallotsPage,
        "ballots",
        "Ballots",
        "Vote on what shared money is spent on. Every vote is secret, and everybody can check the count.",
    ),
    (CouncillorsPage, "councillors", "Councillors", "Who serves your division, and how to reach them."),
    (
        OpenDataPage,
        "data",
        "Open data",
        "Every grant, every payment and the whole journal of Tidewold's local money, as files.",
    ),
]


def load_pages(loaded: Loaded) -> None:
    home = set_up_site()
    for kind, slug, title, summary in DOORS:
        _add(home, kind(title=title, slug=slug, summary=summary), loaded)
    _add_news(home, loaded)
    for name in track(STANDARD, "Pages"):
        row = read(f"pages/{name}")
        page = StandardPage(
            title=row["title"],
            slug=name,
            summary=row["summary"],
            show_in_menus=name in IN_MENU,
            body=[*page_blocks(row["body"]), *_questions(row)],
        )
        _add(home, page, loaded)
    _add_academy(home, loaded)
    _fill_home(home, loaded)
    _brand(home)


def _questions(row: dict[str, Any]) -> list[tuple[str, Any]]:
    folds = [
        {"title": question["title"], "text": rich_text(question["answer"])}
        for question in row.get("question", [])
    ]
    return [("questions", {"title": "Questions people ask", "folds": folds})] if folds else []


def _fill_home(home: HomePage, loaded: Loaded) -> None:
    row = read("pages/home")
    body: Any = [(block["type"], _with_pictures(block["value"], loaded)) for block in row["block"]]
    home.title, home.summary, home.body = row["title"], row["summary"], body
    home.save_revision(user=loaded.editor).publish()


def _with_pictures(value: dict[str, Any], loaded: Loaded) -> dict[str, Any]:
    """The cards' pictures by name become pictures of the library."""
    cards = [{**card, "image": loaded.images[card["image"]]} for card in value.get("cards", [])]
    return {**value, **({"cards": cards} if cards else {})}


def _add_news(home: HomePage, loaded: Loaded) -> None:
    index = NewsIndexPage(
        title="News", slug="news", summary="What has been decided, opened and finished.", show_in_menus=True
    )
    _add(home, index, loaded)
    for row in sorted(read("news/articles")["article"], key=lambda row: row["on"]):
        page = NewsPage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            published_on=row["on"],
            image=loaded.images[row["picture"]],
            image_alt=alt_text(row["picture"]),
            body=page_blocks(row["body"]),
        )
        _add(index, page, loaded, on=row["on"])


def _add_academy(home: HomePage, loaded: Loaded) -> None:
    academy = AcademyPage(
        title="Citizens Academy",
        slug="academy",
        summary="Free courses on how your council works. Learn at your own pace, and finish by taking part.",
        show_in_menus=True,
    )
    _add(home, academy, loaded)
    row = read("academy/course")
    course = CoursePage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        image=loaded.images["moot-hall"],
        audience=row["audience"],
        outcome="\n".join(row["outcomes"]),
        weeks=[("week", {"title": week["title"], "aim": week["aim"]}) for week in row["week"]],
        body=page_blocks(row["intro"]),
    )
    _add(academy, course, loaded)
    lessons = [
        (week, lesson)
        for week in range(1, len(row["week"]) + 1)
        for lesson in read(f"academy/week-{week}")["lesson"]
    ]
    for week, lesson in track(lessons, "Lessons"):
        page = LessonPage(
            title=lesson["title"],
            slug=lesson["slug"],
            summary=lesson["summary"],
            week=week,
            minutes=lesson["minutes"],
            body=_lesson_body(lesson, home),
        )
        _add(course, page, loaded)


def _lesson_body(lesson: dict[str, Any], home: HomePage) -> list[tuple[str, Any]]:
    body = page_blocks(lesson["body"])
    if lesson.get("live_budget"):
        body.append(("live_figure", {"figure": "bar", "note": "Worked out as you read this."}))
    body.append(("heading", "Check what you remember"))
    for quiz in lesson["quiz"]:
        options = [
            {"text": text, "right": number == quiz["answer"], "feedback": ""}
            for number, text in enumerate(quiz["options"])
        ]
        body.append(
            (
                "quiz",
                {"question": quiz["question"], "options": options, "explanation": rich_text(quiz["why"])},
            )
        )
    onward = lesson["next"]
    page = home.get_children().get(slug=onward["page"]) if "page" in onward else None
    link = {"text": onward["label"], "act": onward.get("act", ""), "page": page, "address": ""}
    body.append(("next_act", {"title": "Do this next", "text": onward["text"], "link": link}))
    return body


def _brand(home: HomePage) -> None:
    site = Site.objects.get(is_default_site=True)
    brand = Brand.for_site(site)
    for name, value in read("pages/brand").items():
        setattr(brand, name, value)
    brand.full_clean()
    brand.save()
    Publisher.objects.create(**county()["publisher"])
    menu = Menu.for_site(site)
    menu.save()
    for order, slug in enumerate(["about", "get-involved", "accessibility", "privacy"]):
        page = Page.objects.child_of(home).get(slug=slug)
        MenuItem.objects.create(menu=menu, kind=MenuKind.FOOTER, page=page, sort_order=order)


def _add(parent: Page, page: Page, loaded: Loaded, *, on: date | None = None) -> None:
    """Write a page as an editor does: with a revision to go back to; dated as the demo says."""
    page.owner = loaded.editor
    parent.add_child(instance=page)
    page.save_revision(user=loaded.editor, clean=False).publish()
    at = datetime.combine(min(on or OPENED, TODAY, localdate()), time(9), LONDON)
    Page.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at)
    parent.refresh_from_db()
