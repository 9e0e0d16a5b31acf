"""Every address, asked for by everyone: strangers and each role get in exactly where the guard says they may."""

import re
from dataclasses import dataclass

import pytest
from django.test import Client

from engage.accounts.actions import give_roles
from engage.accounts.models import Account
from engage.accounts.roles import ROLES
from tests.factories import AccountFactory
from tests.house.site import NOW, Route, Things, make_things, ours, routes

pytestmark = pytest.mark.django_db
KINDS = re.compile(r"public|signed_in|operators|needs [a-z_]+\.[a-z_]+")
OUR_CODE = ("engage.", "ideas.", "budgets.", "academy.", "cms.")

# Who may ask allauth and Wagtail's public pages for what. A new address of theirs fails here until it is decided.
ANYONE, ACCOUNTS, HALFWAY = "anyone", "accounts", "halfway through signing in, else sent to sign in"
BORROWED = {
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_signup": ANYONE,
    "account_signup_by_passkey": ANYONE,
    "account_request_login_code": ANYONE,
    "account_reset_password": ANYONE,
    "account_password_reset_completed": ANYONE,
    "account_email_verification_sent": HALFWAY,
    "account_confirm_login_code": HALFWAY,
    "account_confirm_password_reset_code": HALFWAY,
    "account_complete_password_reset": HALFWAY,
    "mfa_authenticate": HALFWAY,
    "mfa_signup_webauthn": HALFWAY,
    "account_reauthenticate": ACCOUNTS,
    "account_email": ACCOUNTS,
    "account_change_password": ACCOUNTS,
    "account_set_password": ACCOUNTS,
    "mfa_index": ACCOUNTS,
    "mfa_reauthenticate": ACCOUNTS,
    "mfa_activate_totp": ACCOUNTS,
    "mfa_deactivate_totp": ACCOUNTS,
    "mfa_view_recovery_codes": ACCOUNTS,
    "mfa_generate_recovery_codes": ACCOUNTS,
    "mfa_download_recovery_codes": ACCOUNTS,
    "mfa_list_webauthn": ACCOUNTS,
    "mfa_add_webauthn": ACCOUNTS,
    "mfa_reauthenticate_webauthn": ACCOUNTS,
    "mfa_remove_webauthn": ACCOUNTS,
    "mfa_edit_webauthn": ACCOUNTS,
    "mfa_login_webauthn": HALFWAY,
    "socialaccount_login_cancelled": ANYONE,
    "socialaccount_login_error": ANYONE,
    "socialaccount_signup": HALFWAY,
    "socialaccount_connections": ACCOUNTS,
    "openid_connect_login": ANYONE,
    "openid_connect_callback": ANYONE,
    "wagtaildocs_serve": ANYONE,
    "wagtaildocs_authenticate_with_password": ANYONE,
    "wagtailcore_authenticate_with_password": ANYONE,
    "wagtail_serve": ANYONE,
}
SHADOWED = {"wagtailcore_login"}  # our own door answers there first (see tests/accounts/test_door.py)
MOVED = "account/social/"  # allauth's old addresses, which only redirect
WITHOUT_SECRETS = {
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}  # icons and words of the interface

# Pages about what is one's own: the guard lets an account in, and the page says no to whom it is not about.
OWN = {
    "budgets:mine",
    "grants:ask",
    "grants:decide",
    "grants:decline",
    "grants:interest",
    "grants:my_asks",
    "grants:support",
    "ideas:appeal_answer",
    "ideas:appeal_comment",
    "ideas:appeal_idea",
    "ideas:co_authors",
    "ideas:edit",
    "ideas:edit_comment",
    "ideas:idea_pictures",
    "ideas:take_back_comment",
    "ideas:withdraw",
}
# Who reads, and who adds to, the lists of our own things in the back office.
MONEY = {"administrator", "auditor", "councillor", "officer"}
IDEAS = MONEY | {"editor", "moderator"}
PLACES = {"administrator", "auditor", "editor", "officer"}
LISTS = {
    "staff_claims": ({"officer"}, set()),  # made by whoever registers a group that is known
    "staff_applications": (
        {"administrator", "auditor", "officer"},
        set(),
    ),  # groups apply, on the public page
    "staff_awards": (MONEY, {"officer"}),
    "staff_ballots": (MONEY, {"officer"}),
    "staff_budgets": (MONEY, {"officer"}),
    "staff_schemes": (MONEY, {"administrator", "officer"}),
    "staff_call_money": (MONEY, {"officer"}),
    "staff_organisations": (MONEY, {"officer"}),
    "staff_ideas": (IDEAS, set()),  # residents suggest ideas, on the public page
    "staff_comments": ({"administrator", "moderator"}, set()),
    "staff_appeals": ({"administrator", "moderator"}, set()),  # made by authors, on the public page
    "staff_removals": ({"administrator", "auditor", "moderator"}, set()),
    "staff_reasons": ({"administrator", "moderator", "officer"}, {"administrator", "moderator"}),
    "staff_blocks": ({"administrator", "auditor", "moderator"}, {"administrator", "moderator"}),
    "staff_calls": (IDEAS, {"administrator", "editor", "officer"}),
    "staff_teams": ({"administrator", "officer"}, {"administrator", "officer"}),
    "staff_bankaccounts": ({"officer"}, set()),  # groups enter them, on their own pages
    "staff_signatories": ({"officer"}, set()),  # named by groups, on their own pages
    "staff_paymentruns": ({"administrator", "auditor", "officer"}, {"officer"}),
    "staff_spendfiles": ({"auditor", "officer"}, {"auditor", "officer"}),
    "staff_reports": ({"administrator", "auditor", "officer"}, set()),  # groups write them, on their own page
    "staff_recoveries": ({"administrator", "auditor", "officer"}, set()),  # asked for from a report
    "staff_value_maps": (MONEY, {"officer"}),
    "staff_before_after": (MONEY, {"officer"}),
    "staff_proxies": (MONEY, {"administrator", "officer"}),
    "staff_rates": (MONEY, {"administrator", "officer"}),
    "staff_levels": (MONEY, {"administrator", "officer"}),
    "staff_councillors": (PLACES, {"administrator", "editor", "officer"}),
    "staff_terms": (PLACES, {"administrator", "editor", "officer"}),
    "staff_pre_elections": (
        {"administrator", "auditor", "councillor", "editor", "officer"},
        {"administrator", "officer"},
    ),
    "staff_places": (PLACES, {"administrator", "officer"}),
}


@dataclass(frozen=True)
class Person:
    """Signed in once for all that they ask."""

    account: Account
    client: Client


@pytest.fixture
def everyone(db) -> tuple[Things, dict[str, Person]]:
    """One of everything, and one person of every role."""
    people = {role: Person(AccountFactory(email=f"{role}@example.org"), Client()) for role in ROLES}
    for role, person in people.items():
        give_roles(account=person.account, roles=[role], at=NOW)
        person.client.force_login(person.account)
    return make_things(), people


def ask(path: str, who: Person | None, method: str = "get"):
    answer = getattr(who.client if who else Client(), method)(path)
    answer.getvalue()  # to its end, so that files are closed
    return answer


def sent_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith(("/account/login/", "/admin/login/"))


def address(route: Route, things: Things) -> str:
    try:
        return route.path(things.values(route))
    except KeyError as missing:
        pytest.fail(f"Say in tests/house/site.py how to fill {missing} of {route}")


def test_every_view_of_ours_declares_its_guard():
    for route in routes():
        if route.view.__module__.startswith(OUR_CODE) and not route.pattern.startswith("admin/"):
            assert KINDS.fullmatch(route.guard or ""), f"{route}: {route.view} declares no guard"


def test_every_permission_that_a_guard_needs_is_granted_to_somebody():
    from engage.accounts.roles import grants

    needed = {route.guard.removeprefix("needs ") for route in ours() if route.guard.startswith("needs")}
    assert needed <= set(grants())


@pytest.mark.slow
def test_our_addresses_let_in_whom_they_say(everyone, subtests):
    things, people = everyone
    for route in ours():
        with subtests.test(msg=str(route)):
            guard, path = route.guard, address(route, things)
            if guard == "operators":
                assert Client().get(path, REMOTE_ADDR="192.0.2.1").status_code == 403
            elif guard == "public":
                is_open(path, leads_to_sign_in=route.view.__module__ == "engage.accounts.views")
            else:
                permission = None if guard == "signed_in" else guard.removeprefix("needs ")
                is_closed(path, people, permission, own=route.name in OWN)


def is_open(path: str, *, leads_to_sign_in: bool) -> None:
    answer = ask(path, None)
    assert answer.status_code in {200, 301, 302, 304, 308, 400, 404, 405}
    assert leads_to_sign_in or not sent_to_sign_in(answer)


def is_closed(path: str, people: dict[str, Person], permission: str | None, *, own: bool) -> None:
    """Strangers are sent to sign in; roles without the permission are told so; the others come in."""
    assert sent_to_sign_in(ask(path, None))
    assert sent_to_sign_in(ask(path, None, "post"))
    for role, person in people.items():
        answer = ask(path, person)
        allowed = not own and (permission is None or person.account.has_perm(permission))
        assert (answer.status_code == 403) != allowed, f"{role} at {path}: {answer.status_code}"
        assert not sent_to_sign_in(answer)
        if not allowed and not own:
            assert ask(path, person, "post").status_code == 403
            assert "Ask an administrator" in answer.content.decode()


def borrowed_path(route: Route) -> str:
    path = re.sub(r"<int:\w+>|\(\\d\+\)", "1", route.pattern.replace("^(?P<provider_id>[^/]+)", "none"))
    return "/" + path.replace("^", "").replace("(.*)$", "x.pdf").replace(
        "((?:[\\w\\-]+/)*)$", "no-such-page/"
    )


@pytest.mark.slow
def test_borrowed_addresses_let_in_whom_we_decided(everyone, subtests):
    _, people = everyone
    for route in routes():
        if route.guard or route.pattern.startswith(("admin/", MOVED)) or route.name in SHADOWED:
            continue
        with subtests.test(msg=str(route)):
            who, path = BORROWED[route.name], borrowed_path(route)
            stranger = ask(path, None)
            if who == ANYONE:
                assert not sent_to_sign_in(stranger)
            elif who == ACCOUNTS:
                assert sent_to_sign_in(stranger)
            else:  # without the beginning there is nothing to continue
                assert stranger.status_code == 302
            assert ask(path, people["resident"]).status_code < 500


def back_office() -> list[Route]:
    """What Wagtail serves there. Its sign-in, sign-out and password pages come after our own door, so nobody
    reaches them."""
    doors = {route.pattern for route in ours()}
    below = [route for route in routes() if route.pattern.startswith("admin/") and not route.guard]
    return [r for r in below if r.pattern not in doors and not r.pattern.startswith("admin/password_reset/")]


@pytest.mark.slow
def test_strangers_and_residents_get_nowhere_in_the_back_office(everyone):
    _, people = everyone
    known = {"app_label": "ideas", "model_name": "idea", "action": "delete", "slug": "x", "language": "en"}
    for route in back_office():
        if route.name in WITHOUT_SECRETS:
            continue
        values = {name: known.get(name, "1") for name in route.arguments}
        path = re.sub(r"\([^?][^)]*\)|\.\*", "x", route.path(values)).replace("//", "/")
        for method in ("get", "post"):
            assert sent_to_sign_in(ask(path, None, method)), f"a stranger at {path}"
        for role in ("resident", "representative"):
            assert ask(path, people[role]).status_code == 403, f"a {role} at {path}"


@pytest.mark.slow
def test_lists_in_the_back_office_open_for_whom_the_table_says(everyone):
    _, people = everyone
    pages = {route.name: f"/{route.pattern}" for route in back_office() if route.name.startswith("staff_")}
    assert {name.split(":")[0] for name in pages} == set(LISTS), "say in LISTS who may open a new list"
    for name, (readers, adders) in LISTS.items():
        for kind, roles in (("index", readers), ("add", adders)):
            path = pages[f"{name}:{kind}"]
            assert {
                role for role, person in people.items() if ask(path, person).status_code == 200
            } == roles, path
