"""Making a page: Wagtail saves it by itself while its editor may press Publish, so two requests can meet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import HomePage, StandardPage

BY_ITSELF = {"HTTP_ACCEPT": "application/json"}
TRIES = 5


def typed(slug: str) -> dict[str, str]:
    body = streamfield([("text", rich_text("<p>Soon.</p>"))])
    return nested_form_data({"title": "Parks", "slug": slug, "summary": "", "body": body})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_page(editor: Client, home: HomePage) -> None:
    """Whoever comes second is told that the page is there, keeps what was typed, and nothing fails."""
    address = f"/admin/pages/add/cms/standardpage/{home.pk}/"
    for number in range(TRIES):
        together = Barrier(2)
        form = typed(f"parks-{number}")

        def send(how: dict[str, str], more: dict[str, str], form=form, together=together):
            try:
                together.wait()
                return editor.post(address, form | more, **how)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            itself = threads.submit(send, BY_ITSELF, {}).result
            pressed = threads.submit(send, {}, {"action-publish": "Publish"}).result
            answers = itself(), pressed()
        assert StandardPage.objects.filter(slug=form["slug"]).count() == 1
        assert [answer.status_code for answer in answers] in ([200, 200], [400, 302])
        if answers[1].status_code == 200:
            assert "slug" in answers[1].context["form"].errors
            assert answers[1].context["form"]["title"].value() == "Parks"
            assert "Soon." in answers[1].text


@pytest.mark.django_db
def test_below_a_page_that_is_gone_nothing_is_made(editor: Client) -> None:
    assert editor.post("/admin/pages/add/cms/standardpage/999999/", typed("parks")).status_code == 404
    assert not StandardPage.objects.exists()
