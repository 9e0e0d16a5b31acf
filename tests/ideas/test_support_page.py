"""Support as one tap, with and without htmx."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.accounts.models import Account
from ideas.models import Idea, Support
from tests.costs import is_transaction_control
from tests.factories import CallFactory, IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 8
HTMX = {"HX-Request": "true"}


@pytest.fixture
def me(client):
    resident = ResidentFactory()
    client.force_login(resident.account)
    return resident


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_without_scripts_the_page_comes_back_with_the_support(client, me) -> None:
    idea = IdeaFactory()
    answer = client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{idea.get_absolute_url()}#support-{idea.pk}"
    assert "You support this" in words(client.get(idea.get_absolute_url()))


def test_with_htmx_only_the_button_comes_back(client, me) -> None:
    idea = IdeaFactory()
    answer = client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in words(answer)
    assert f'id="support-{idea.pk}"' in words(answer)
    assert "You support this" in words(answer)
    back = client.post(f"/ideas/{idea.pk}/support/", {"support": "no"}, headers=HTMX)
    assert "Support this idea" in words(back)
    assert Idea.objects.get().supports_count == 0


def test_a_double_click_counts_once(client, me) -> None:
    idea = IdeaFactory()
    for _ in range(2):
        assert client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"}).status_code == 303
    assert Idea.objects.get().supports_count == Support.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("limit", [None, 5])
def test_support_takes_few_statements(client, me, limit, headers, django_capture_on_commit_callbacks) -> None:
    """From the session to what follows the commit; also where a call has phases and a limit."""
    idea = IdeaFactory(call=CallFactory(supports_each=limit))
    for press in ("yes", "no"):
        with CaptureQueriesContext(connection) as seen, django_capture_on_commit_callbacks(execute=True):
            client.post(f"/ideas/{idea.pk}/support/", {"support": press}, headers=headers)
        asked = [query["sql"][:150] for query in seen if not is_transaction_control(query["sql"])]
        assert len(asked) <= MOST_STATEMENTS, asked


def test_the_button_says_what_is_used_of_a_limit(client, me) -> None:
    call = CallFactory(title="Parks", supports_each=2)
    ideas = [IdeaFactory(call=call) for _ in range(3)]
    first = words(client.post(f"/ideas/{ideas[0].pk}/support/", {"support": "yes"}, headers=HTMX))
    assert "You have used 1 of the 2 supports" in first
    client.post(f"/ideas/{ideas[1].pk}/support/", {"support": "yes"})
    page = words(client.get(ideas[2].get_absolute_url()))
    assert "You have used 2 of the 2 supports" in page
    assert "Take one of them back first" in page
    assert "Support this idea" not in page
    refused = client.post(f"/ideas/{ideas[2].pk}/support/", {"support": "yes"}, headers=HTMX)
    assert refused.status_code == 409
    assert "Take one of them back first" in words(refused)
    assert "You support this" in words(client.get(ideas[0].get_absolute_url()))


def test_an_idea_that_is_not_there_is_not_found(client, me) -> None:
    assert client.post("/ideas/999999/support/", {"support": "yes"}).status_code == 404


def test_an_account_that_never_took_part_becomes_a_resident(client) -> None:
    account = Account.objects.create_user("new@example.org")
    client.force_login(account)
    account.resident.delete()
    client.post(f"/ideas/{IdeaFactory().pk}/support/", {"support": "yes"})
    assert Support.objects.get().resident.account == account


def test_the_signed_out_are_led_to_sign_in_and_back(client) -> None:
    idea = IdeaFactory()
    page = words(client.get(idea.get_absolute_url()))
    assert "Sign in to support this" in page
    assert f"/account/login/?next=%2Fideas%2F{idea.pk}-" in page
    back = {"HTTP_REFERER": f"http://testserver{idea.get_absolute_url()}"}
    answer = client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"}, **back)
    assert answer.headers["Location"] == f"/account/login/?next={idea.get_absolute_url()}"
    with_htmx = client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"}, headers=HTMX, **back)
    assert with_htmx.headers["HX-Redirect"] == f"/account/login/?next={idea.get_absolute_url()}"
    assert not Support.objects.exists()


def test_a_withdrawn_idea_refuses_with_the_reason(client, me) -> None:
    idea = IdeaFactory()
    Idea.objects.update(status="withdrawn")
    for headers in ({}, HTMX):
        answer = client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"}, headers=headers)
        assert answer.status_code == 409
        assert "withdrawn by its author" in words(answer)
    assert "<html" not in words(answer)


def test_looking_again_shows_the_button_as_it_is_for_me(client, me) -> None:
    idea = IdeaFactory()
    client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"})
    again = words(client.get(f"/ideas/{idea.pk}/support/now/"))
    assert "You support this" in again
    assert f'data-live-topic="idea.{idea.pk}"' in again
    client.logout()
    assert "Sign in to support this" in words(client.get(f"/ideas/{idea.pk}/support/now/"))


def test_a_link_cannot_support(client, me) -> None:
    assert client.get(f"/ideas/{IdeaFactory().pk}/support/").status_code == 405
    assert client.post("/ideas/999999/support/").status_code == 404


def test_the_signed_out_are_not_asked_to_sign_in_for_what_is_decided(client) -> None:
    idea = IdeaFactory()
    Idea.objects.update(status="done")
    page = words(client.get(idea.get_absolute_url()))
    assert "its support no longer changes" in page
    assert "Sign in to support this" not in page
