"""An editor builds the home page in the admin, with nothing but the admin's own forms."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import HomePage, StandardPage
from engage.kit.years import financial_year
from tests.factories import BudgetFactory, IdeaFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def link(**given: str) -> dict:
    return {"text": "", "page": "", "act": "", "address": ""} | given


def listed(*values: dict) -> dict:
    """A ListBlock's part of a form."""
    items = {
        str(n): {"value": value, "deleted": "", "order": str(n), "type": "item", "id": ""}
        for n, value in enumerate(values)
    }
    return {"count": str(len(values)), **items}


def test_an_editor_builds_and_publishes_the_home_page(editor: Client, client: Client, home: HomePage) -> None:
    from django.utils import timezone

    BudgetFactory(place=PlaceFactory(name="Isbury"), year=financial_year(timezone.localdate()))
    IdeaFactory(title="Bins that close")
    form = nested_form_data(
        {
            "title": "Tidewold decides",
            "slug": home.slug,
            "summary": "Local money in the open.",
            "body": streamfield(
                [
                    (
                        "hero",
                        {
                            "title": "Your money, in the open",
                            "text": "See what is left.",
                            "links": listed(link(act="budgets")),
                            "figure": "left",
                        },
                    ),
                    (
                        "cards",
                        {
                            "title": "How it works",
                            "numbered": "on",
                            "cards": listed(
                                {"title": "Suggest", "text": "Two minutes.", "image": "", "link": link()},
                                {"title": "Support", "text": "One tap.", "image": "", "link": link()},
                            ),
                        },
                    ),
                    ("budget", {"title": "This year", "place": "", "year": ""}),
                    (
                        "ideas",
                        {"title": "Ideas", "order": "newest", "place": "", "theme": "", "count": "3"},
                    ),
                    ("text", rich_text("<p>Welcome.</p>")),
                ]
            ),
        }
    )
    answer = editor.post(f"/admin/pages/{home.pk}/edit/", form | {"action-publish": "Publish"})
    assert answer.status_code == 302, answer.context["form"].errors
    html = client.get("/").text
    for words in (
        "Your money, in the open",
        "See every budget",
        "Left to decide",
        "£10,000",
        "Two minutes.",
        "Bins that close",
        "Welcome.",
    ):
        assert words in html


def test_a_draft_waits_until_it_is_published(editor: Client, client: Client, home: HomePage) -> None:
    form = nested_form_data(
        {
            "title": "Parks",
            "slug": "parks",
            "summary": "",
            "body": streamfield([("text", rich_text("<p>Soon.</p>"))]),
        }
    )
    answer = editor.post(f"/admin/pages/add/cms/standardpage/{home.pk}/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    page = StandardPage.objects.get(slug="parks")
    assert client.get("/parks/").status_code == 404
    assert "Soon." in editor.get(f"/admin/pages/{page.pk}/view_draft/").text
    editor.post(f"/admin/pages/{page.pk}/edit/", form | {"action-publish": "Publish"})
    assert "Soon." in client.get("/parks/").text


@pytest.mark.slow
def test_a_picture_without_words_keeps_the_page_from_being_saved(
    editor: Client, home: HomePage, picture
) -> None:
    form = nested_form_data(
        {
            "title": "Parks",
            "slug": "parks",
            "summary": "",
            "body": streamfield(
                [("picture", {"image": str(picture.pk), "alt": "", "caption": "", "credit": ""})]
            ),
        }
    )
    answer = editor.post(
        f"/admin/pages/add/cms/standardpage/{home.pk}/", form | {"action-publish": "Publish"}
    )
    assert answer.status_code == 200
    assert "body" in answer.context["form"].errors
    assert not StandardPage.objects.exists()


@pytest.mark.parametrize("role", ["resident", "officer", "moderator", "councillor"])
def test_other_roles_cannot_edit_pages(client: Client, home: HomePage, role: str) -> None:
    from engage.accounts.actions import open_account
    from tests.cms.conftest import NOW

    client.force_login(
        open_account(email="other@example.org", password="three plain words", roles=[role], at=NOW)
    )
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code != 200
