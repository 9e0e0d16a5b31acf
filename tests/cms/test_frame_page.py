"""An editor's words around what a Django view answers."""

import pytest
from django.test import Client, RequestFactory

from budgets.ballots.pages import BallotsPage
from budgets.grants.models import GrantsPage
from budgets.models import BudgetsPage
from cms.models import HomePage
from engage.councillors.models import CouncillorPage, CouncillorsPage
from engage.kit.pages import frame_for
from ideas.models import IdeasPage
from tests.factories import CouncillorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DOORS = [
    (BallotsPage, "/ballots/"),
    (BudgetsPage, "/budgets/"),
    (GrantsPage, "/grants/"),
    (IdeasPage, "/ideas/"),
    (CouncillorsPage, "/councillors/"),
]


@pytest.mark.parametrize(("kind", "address"), DOORS)
def test_the_view_shows_the_editors_words(client: Client, home: HomePage, kind: type, address: str) -> None:
    home.add_child(
        instance=kind(
            title="Door", slug="anything", summary="Come in.", body=[("text", "<p>Mind the step.</p>")]
        )
    )
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Come in." in answer.text
    assert "Mind the step." in answer.text


def test_its_address_is_the_views(client: Client, home: HomePage) -> None:
    page = home.add_child(instance=IdeasPage(title="Ideas", slug="words-about-ideas"))
    assert page.get_url() == "/ideas/"
    assert page.full_url.endswith("/ideas/")
    answer = client.get("/words-about-ideas/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ideas/")


def test_a_councillors_words_are_on_the_councillors_page(client: Client, home: HomePage) -> None:
    person = CouncillorFactory()
    door = home.add_child(instance=CouncillorsPage(title="Councillors", slug="councillors"))
    page = door.add_child(
        instance=CouncillorPage(
            title=person.name, slug="words", councillor=person, body=[("text", "<p>Open hours.</p>")]
        )
    )
    assert page.get_url() == person.get_absolute_url()
    assert "Open hours." in client.get(person.get_absolute_url()).text


def test_it_is_found_in_one_query_and_only_when_published(home: HomePage, django_assert_num_queries) -> None:
    request = RequestFactory().get("/ideas/")
    with django_assert_num_queries(1):
        assert frame_for(request) is None
    page = home.add_child(instance=IdeasPage(title="Ideas", slug="ideas"))
    with django_assert_num_queries(1):
        assert frame_for(request).pk == page.pk
    page.unpublish()
    assert frame_for(request) is None


def test_an_editor_sees_the_words_in_preview(home: HomePage, editor: Client) -> None:
    page = home.add_child(
        instance=IdeasPage(title="Ideas", slug="ideas", body=[("text", "<p>Mind the step.</p>")])
    )
    page.save_revision()
    answer = editor.get(f"/admin/pages/{page.pk}/view_draft/")
    assert answer.status_code == 200
    assert "Mind the step." in answer.text
