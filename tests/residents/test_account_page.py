"""Your account: what it shows, and that it costs the same however much there is."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PlaceFactory, ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(client):
    resident = ResidentFactory(name="Kim")
    resident.account.set_unusable_password()
    resident.account.save()
    client.force_login(resident.account)
    return resident


def test_it_says_how_one_is_known_and_how_to_sign_in(client, kim):
    kim.home = PlaceFactory(name="Otterham")
    kim.save()
    EmailAddress.objects.create(user=kim.account, email=kim.account.email, primary=True, verified=True)
    page = client.get("/account/").content.decode()
    assert "Kim" in page
    assert "Your home place is Otterham." in page
    assert kim.account.email in page
    assert "With a code that we email you" in page
    assert "/account/password/set/" in page


def test_with_a_second_factor_it_advises_recovery_codes(client, kim):
    assert "Off. An authenticator app" in client.get("/account/").content.decode()
    TOTP.activate(kim.account, generate_totp_secret())
    assert "Make recovery codes" in client.get("/account/").content.decode()


def test_other_accounts_are_offered_only_where_there_is_an_identity_provider(client, kim):
    assert "/account/3rdparty/" not in client.get("/account/").content.decode()


def test_the_same_number_of_queries_with_one_address_and_with_ten(client, kim):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get("/account/")
        return len(caught)

    EmailAddress.objects.create(user=kim.account, email=kim.account.email, primary=True, verified=True)
    queries()
    before = queries()
    for n in range(9):
        EmailAddress.objects.create(user=kim.account, email=f"kim{n}@example.org")
        Authenticator.objects.create(
            user=kim.account, type=Authenticator.Type.WEBAUTHN, data={"name": str(n)}
        )
    assert queries() == before


def test_strangers_sign_in_first_and_come_back(client):
    assert client.get("/account/profile/").url == "/account/login/?next=/account/profile/"
