"""Stopping emails from the link in one of them: without signing in, by one press, and by the mail program itself."""

import pytest
from django.core import signing
from django.test import Client

from engage.notifications.actions import stop_mail
from engage.notifications.models import Notification, Preference
from engage.notifications.stopping import Stop

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Client:
    """Nobody who is signed in, and who sends no form token."""
    return Client(enforce_csrf_checks=True)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def mail_on(resident) -> bool:
    return getattr(Preference.objects.filter(resident=resident).first(), "mail_on", True)


def test_looking_at_the_link_changes_nothing(stranger, follower) -> None:
    answer = stranger.get(Stop(follower.pk).url())
    assert "Press the button" in words(answer)
    assert mail_on(follower)


def test_one_press_stops_all_of_them(stranger, follower, tell) -> None:
    tell("bench_sat", data={"seat": 1})
    answer = stranger.post(Stop(follower.pk).url())
    assert "You are unsubscribed" in words(answer)
    assert not mail_on(follower)
    assert Notification.objects.get().mail_due_at is None


def test_a_mail_program_stops_them_as_rfc_8058_says(stranger, follower) -> None:
    answer = stranger.post(
        Stop(follower.pk).url(),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert not mail_on(follower)


def test_pressing_twice_is_no_error(stranger, follower) -> None:
    for _ in range(2):
        assert stranger.post(Stop(follower.pk).url()).status_code == 200
    assert not mail_on(follower)


def test_one_kind_can_be_stopped_and_the_rest_offered(stranger, follower, tell) -> None:
    link = Stop(follower.pk, "bench_painted").url()
    page = words(stranger.post(link))
    assert "A bench is painted" in page
    assert Stop(follower.pk).url() in page
    tell("bench_painted")
    assert Notification.objects.get().mail_due_at is None
    tell("bench_moved")
    assert Notification.objects.filter(mail_due_at__isnull=False).count() == 1


def test_it_can_be_taken_back(stranger, follower) -> None:
    stop_mail(resident=follower)
    assert "We send you emails again" in words(stranger.post(Stop(follower.pk).url(), {"resume": "yes"}))
    assert mail_on(follower)
    link = Stop(follower.pk, "bench_painted").url()
    stranger.post(link)
    stranger.post(link, {"resume": "yes"})
    assert "bench_painted" not in Preference.objects.get(resident=follower).channels


@pytest.mark.parametrize("token", ["x", "WzEsIiJd:forged"])
def test_a_link_that_is_not_ours_says_what_to_do(stranger, follower, token) -> None:
    for ask in (stranger.get, stranger.post):
        answer = ask(f"/notifications/stop/{token}/")
        assert answer.status_code == 404
        assert "Copy the whole link" in words(answer)
    assert mail_on(follower)


def test_a_signature_for_something_else_opens_nothing(stranger, follower) -> None:
    token = signing.Signer(salt="something else").sign_object([follower.pk, ""])
    assert stranger.post(f"/notifications/stop/{token}/").status_code == 404
    assert mail_on(follower)


def test_the_link_of_somebody_who_left_says_nothing_of_them(stranger, follower) -> None:
    link = Stop(follower.pk).url()
    follower.account.delete()
    follower.delete()
    assert stranger.post(link).status_code == 404
