"""To the site's identity provider and back, for the booth alone: no account, no session, nothing in the database.

What must be remembered on the way lies sealed in a cookie of this browser for some minutes, and is gone with the first
page of the booth. django-allauth speaks OpenID Connect for us, with the application it is configured for.
"""

from __future__ import annotations

import json
import logging
from datetime import date
from secrets import token_urlsafe
from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from jwt import PyJWTError
from requests import RequestException

from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot
from budgets.ballots.queries import frozen_document, identity_provider, sealed_identity, verifiers_of
from budgets.ballots.views.common import in_secret, taking_votes
from budgets.ballots.views.limits import too_often
from engage.kit.decisions import Denied, Refused
from engage.kit.guards import public
from engage.kit.secrets import seal, unseal

log = logging.getLogger(__name__)
# Django leaves cookies with “token” in their name out of reports of errors.
COOKIE = "ballot_identity_token"
ON_THE_WAY = "ballot_identity_way_token"
BALLOTS = "/ballots/"
MINUTES = 10
SCOPE = ["openid", "profile"]
FAILED = (
    RequestException,
    OAuth2Error,
    ProviderException,
    PermissionDenied,
    PyJWTError,
    KeyError,
    ValueError,
)


class Booth(OpenIDConnectOAuth2Adapter):
    """Comes back to the booth instead of to the sign-in."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        address = reverse("ballots:identity_back", args=[self.provider_id])
        return str(build_absolute_uri(request, address, self.redirect_uri_protocol))


@public
@never_cache
@in_secret
def go(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Asked to sign in there anew, so that on a shared computer nobody votes as whoever was there before."""
    ballot = taking_votes(ballot_id)
    booth = _booth(request, ballot)
    challenge = generate_code_challenge()
    way = {"ballot": ballot.pk, "state": token_urlsafe(32), "verifier": challenge.pop("code_verifier")}
    _require_not_too_often(request, way)
    try:
        client = booth.get_client(request, booth.get_provider().app)
        client.state = way["state"]
        challenge["code_challenge"] = challenge["code_challenge"].decode()
        address = client.get_redirect_url(booth.authorize_url, SCOPE, challenge | {"prompt": "login"})
    except FAILED as error:
        raise _no_answer(booth, error) from None
    answer = redirect(address)
    _remember(answer, ON_THE_WAY, seal(json.dumps(way)))
    return answer


@public
@never_cache
@in_secret
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider, with a code for who somebody is. Only the browser that was sent there comes in."""
    way = _way(request)
    ballot = taking_votes(way["ballot"])
    booth = _booth(request, ballot)
    if provider_id != booth.provider_id:
        raise Http404
    _require_not_too_often(request, way)
    if "code" not in request.GET:
        return redirect("ballots:vote", ballot.pk)
    try:
        issuer, person = _vouched(request, booth, way["verifier"])
        sealed = sealed_identity(
            ballot=ballot,
            issuer=issuer,
            subject=str(person["sub"]),
            born=_born(person.get("birthdate")),
            at=timezone.now(),
        )
    except FAILED as error:
        raise _no_answer(booth, error) from None
    answer = redirect("ballots:prove", ballot.pk, Proof.OPENID)
    answer.delete_cookie(ON_THE_WAY, path=BALLOTS)
    _remember(answer, COOKIE, sealed)
    return answer


def forget(answer: HttpResponse) -> None:
    for name in (COOKIE, ON_THE_WAY):
        answer.delete_cookie(name, path=BALLOTS)


def _booth(request: HttpRequest, ballot: Ballot) -> Booth:
    provider = identity_provider()
    if provider is None or Proof.OPENID not in {each.key for each in verifiers_of(ballot)}:
        raise Http404
    if provider.issuer != frozen_document(ballot)["identity_issuer"]:
        raise Refused(
            Denied(
                _("The identity provider is not the one this ballot was opened with. Ask the ballots team."),
                status=409,
            )
        )
    return Booth(request, provider.id)


def _require_not_too_often(request: HttpRequest, way: dict[str, Any]) -> None:
    """Each time we ask the provider something."""
    denied = too_often(request, "ballot_proof", way["state"])
    if denied is not None:
        raise Refused(denied)


def _way(request: HttpRequest) -> dict[str, Any]:
    try:
        way: dict[str, Any] = json.loads(unseal(request.COOKIES.get(ON_THE_WAY, "")))
    except ValueError:
        way = {"state": ""}
    if not way["state"] or not constant_time_compare(way["state"], request.GET.get("state", "")):
        raise Refused(Denied(_("Start voting again from the ballot’s page."), status=400))
    return way


def _vouched(request: HttpRequest, booth: Booth, verifier: str) -> tuple[str, dict[str, Any]]:
    """The issuer and its claims about whoever came back."""
    app = booth.get_provider().app
    given = booth.get_access_token_data(
        request, app, booth.get_client(request, app), pkce_code_verifier=verifier
    )
    token = booth.parse_token(given)
    found = booth.complete_login(request, app, token, response=given)
    claims = found.account.extra_data
    return booth.openid_config["issuer"], claims.get("id_token", {}) | claims.get("userinfo", {})


def _born(claim: Any) -> date | None:
    """OpenID leaves out the year as 0000, or all but the year: neither decides an age."""
    try:
        return date.fromisoformat(claim)
    except (TypeError, ValueError):
        return None


def _no_answer(booth: Booth, error: Exception) -> Refused:
    log.warning("The identity provider %s did not answer as it should: %s", booth.provider_id, type(error))
    return Refused(
        Denied(_("Your identity provider did not answer. Try again, or show it another way."), status=502)
    )


def _remember(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=MINUTES * 60,
        path=BALLOTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
