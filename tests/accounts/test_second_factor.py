"""Where the operator asks for it, staff prove themselves twice before the back office opens."""

from types import ModuleType

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from engage.accounts.actions import give_roles, open_account
from engage.accounts.adapter import SecondFactorAdapter, has_second_factor
from engage.kit.gallery import for_builders
from engage.urls import urlpatterns as addresses
from tests.accounts.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return open_account(email="officer@example.org", password=PASSWORD, roles=["officer"], at=NOW)


@pytest.fixture
def _asked(settings) -> None:
    settings.STAFF_MFA = True


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.usefixtures("_asked")
class TestAsked:
    def test_staff_without_one_are_led_to_set_one_up(self, client, officer):
        client.force_login(officer)
        answer = client.get("/admin/", follow=True)
        assert answer.redirect_chain == [("/account/2fa/", 302)]
        assert "Staff need a second way to prove who they are." in answer.content.decode()

    def test_every_page_below_is_closed_too(self, client, officer):
        client.force_login(officer)
        assert client.get("/admin/pages/").url == "/account/2fa/"
        assert client.post("/admin/pages/3/delete/").url == "/account/2fa/"

    def test_staff_with_one_come_in(self, client, officer):
        TOTP.activate(officer, generate_totp_secret())
        client.force_login(officer)
        assert client.get("/admin/").status_code == 200

    def test_a_passkey_counts(self, client, officer):
        Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
        client.force_login(officer)
        assert client.get("/admin/").status_code == 200

    def test_recovery_codes_alone_do_not_count(self, officer):
        Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert not has_second_factor(officer)

    def test_they_may_still_sign_out_and_use_the_public_site(self, client, officer):
        client.force_login(officer)
        assert client.post("/admin/logout/").status_code == 308
        assert client.get("/account/").status_code == 200

    def test_residents_are_not_asked(self, client, robin):
        client.force_login(robin)
        assert client.get("/account/").status_code == 200


def test_not_asked_for_when_switched_off(client, officer, settings):
    settings.STAFF_MFA = False
    client.force_login(officer)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("way", ["password", "code"])
def test_signing_in_asks_for_the_app_code_whichever_way_it_began(client, officer, mailed_code, way):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    password = PASSWORD if way == "password" else ""
    answer = client.post("/account/login/?next=/admin/", {"login": officer.email, "password": password})
    if way == "code":
        answer = client.post(answer.url, {"code": mailed_code()})
    assert answer.url.startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": app_code(secret)})
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_the_secret_is_not_in_the_database_as_it_is(officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        assert secret not in cursor.fetchone()[0]


def test_a_new_secret_key_still_reads_what_the_old_one_wrote(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    written = get_adapter().encrypt("words")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert SecondFactorAdapter().decrypt(written) == "words"


def test_a_role_without_the_back_office_is_not_asked(client, settings, robin):
    settings.STAFF_MFA = True
    give_roles(account=robin, roles=["representative"], at=NOW)
    client.force_login(robin)
    assert client.get("/account/").status_code == 200


@pytest.fixture
def production(settings) -> None:
    """The gallery's door as it is where strangers can come in; it is hung when the site starts."""
    settings.LOCAL, settings.STAFF_MFA = False, True
    gallery = path("styleguide/", for_builders(lambda request: HttpResponse("components")))
    production = ModuleType("addresses_in_production")
    production.urlpatterns = [gallery, *addresses]
    settings.ROOT_URLCONF = production


@pytest.mark.usefixtures("production")
def test_the_component_gallery_asks_what_other_pages_for_staff_ask(client, officer, robin):
    assert client.get("/styleguide/").url == "/account/login/?next=/styleguide/"
    client.force_login(robin)
    assert client.get("/styleguide/").status_code == 403
    client.force_login(officer)
    assert client.get("/styleguide/").url == "/account/2fa/"
    TOTP.activate(officer, generate_totp_secret())
    assert client.get("/styleguide/").content == b"components"
