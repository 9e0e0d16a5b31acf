"""When something goes wrong, a page in plain words says so, and nothing more can break."""

import pytest
from django.template.loader import get_template
from django.test import Client


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_pages_for_broken_days_need_no_context(name: str) -> None:
    html = get_template(name).render()
    assert "<h1>" in html
    assert 'href="/"' in html
    assert "engage/engage" in html


@pytest.mark.django_db
def test_a_missing_page_offers_search_and_the_way_home(client: Client) -> None:
    answer = client.get("/there-is-no-such-page/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert 'type="search"' in html
    assert 'href="/"' in html


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "someone@example.org"})
    assert answer.status_code == 403
    assert "Please send that again" in answer.content.decode()
