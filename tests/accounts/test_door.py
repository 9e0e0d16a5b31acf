"""The back office has the site's own door and no other, because Wagtail's knows no second factor."""

import pytest
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/admin/login/", "/account/login/?next=%2Fadmin%2F"),
        ("/admin/login/?next=/admin/pages/", "/account/login/?next=%2Fadmin%2Fpages%2F"),
        ("/admin/login/?next=https://evil.example/", "/account/login/?next=%2Fadmin%2F"),
        ("/_util/login/?next=/staff-news/", "/account/login/?next=%2Fstaff-news%2F"),
        ("/admin/password_reset/", "/account/password/reset/"),
        ("/admin/password_reset/done/", "/account/password/reset/"),
        ("/admin/password_reset/confirm/Mg/abc-123/", "/account/password/reset/"),
    ],
)
def test_every_way_in_is_the_one_door(client, asked, led_to):
    assert client.get(asked).url == led_to


@pytest.mark.parametrize("old_door", ["/admin/login/", "/_util/login/"])
def test_a_password_posted_at_an_old_door_opens_nothing(client, robin, old_door):
    client.post(old_door, {"username": robin.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_the_back_office_sends_strangers_to_the_door(client):
    assert client.get("/admin/pages/").url == "/account/login/?next=/admin/pages/"


def test_signing_out_of_the_back_office_is_signing_out(client, robin):
    client.force_login(robin)
    answer = client.post(reverse("wagtailadmin_logout"))
    assert (answer.status_code, answer.url) == (308, "/account/logout/")
    client.post("/admin/logout/", follow=True)
    assert "_auth_user_id" not in client.session


def test_residents_are_told_that_it_is_not_for_them(client, robin):
    client.force_login(robin)
    for path in ("/admin/", "/admin/pages/", "/admin/login/?next=/admin/reports/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 403
        assert "This area is for council staff." in answer.content.decode()
