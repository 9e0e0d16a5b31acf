"""Who may come in, and where the others are sent."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.http import HttpResponse
from django.test import RequestFactory

from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.kit.guards import needs, operators, public, public_form, signed_in
from tests.factories import AccountFactory


def page(request):
    return HttpResponse("in")


def asked(view, user=None, **request):
    request = RequestFactory().generic(request.pop("method", "GET"), "/budgets/?year=2026", **request)
    request.user = user or AnonymousUser()
    return view(request)


def test_public_lets_everyone_in():
    assert asked(public(page)).content == b"in"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_what_is_for_reading_takes_nothing_sent(method):
    answer = asked(public(page), method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("HEAD", 200), ("POST", 200), ("TRACE", 405)])
def test_a_public_form_may_be_read_and_sent(method, status):
    assert asked(public_form(page), method=method).status_code == status


def test_signed_in_sends_strangers_to_the_door_and_back():
    assert asked(signed_in(page)).url == "/account/login/?next=/budgets/%3Fyear%3D2026"


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/ideas/3/", "/ideas/3/"),
        ("http://testserver.evil.example/ideas/", "/"),
        ("https://evil.example/", "/"),
        (None, "/"),
    ],
)
@pytest.mark.parametrize("guard", [signed_in, needs("ideas.add_idea")])
def test_a_posted_form_comes_back_to_the_page_it_was_on(guard, came_from, back):
    headers = {"HTTP_REFERER": came_from} if came_from else {}
    assert asked(guard(page), method="POST", **headers).url == f"/account/login/?next={back}"


@pytest.mark.django_db
def test_needs_lets_in_who_carries_the_permission_and_tells_the_others_whom_to_ask():
    account = AccountFactory()
    view = needs("wagtailadmin.access_admin")(page)
    with pytest.raises(Refused) as refusal:
        asked(view, account)
    assert refusal.value.denied.status == 403
    assert "Ask an administrator" in str(refusal.value)
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert asked(view, Account.objects.get(pk=account.pk)).content == b"in"


def test_every_guard_says_its_name():
    names = [guard(page).guard for guard in (public, public_form, signed_in, needs("a.b"), operators)]
    assert names == ["public", "public", "signed_in", "needs a.b", "operators"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.1"}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}, 403),
    ],
)
def test_operators_without_a_token_are_this_machine_called_directly(settings, given, status):
    settings.METRICS_TOKEN, settings.TRUSTED_PROXIES = "", 0
    assert asked(operators(page), **given).status_code == status


@pytest.mark.parametrize(("sent", "status"), [("Bearer right", 200), ("Bearer wrong", 403), ("", 403)])
def test_operators_with_a_token_are_whoever_knows_it(settings, sent, status):
    settings.METRICS_TOKEN = "right"
    assert asked(operators(page), HTTP_AUTHORIZATION=sent, REMOTE_ADDR="127.0.0.1").status_code == status


def test_behind_a_proxy_being_local_proves_nothing(settings):
    settings.METRICS_TOKEN, settings.TRUSTED_PROXIES = "", 1
    assert asked(operators(page), REMOTE_ADDR="127.0.0.1").status_code == 403
