"""The one door: the back office's sign-in, sign-out and forgotten password are the site's, and so is the way to an
identity provider."""

import logging

from allauth.socialaccount.providers.openid_connect.views import login as openid_connect_login
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from requests import RequestException

from engage.kit.guards import public, public_form

log = logging.getLogger(__name__)


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the site's sign-in, and from there on to where the person was going, else the back office."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        wanted = reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")


@public_form
def sign_out(request: HttpRequest) -> HttpResponse:
    """308 keeps the method: a posted sign-out stays one, and a followed link asks first."""
    response = redirect("account_logout")
    response.status_code = 308
    return response


@public
def forgotten_password(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")


@public_form
def sign_in_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the council's identity provider, by way of a page that goes on by itself.

    Browsers hold a form's redirects to the policy's `form-action` as well, so the posted button could lead to no
    other site; a page can.
    """
    try:
        response = openid_connect_login(request, provider_id)
    except RequestException:
        log.warning("The identity provider %s does not answer", provider_id)
        return render(request, "socialaccount/authentication_error.html", status=502)
    if response.status_code == 302 and response.url.startswith(("https://", "http://")):
        return render(request, "socialaccount/login_redirect.html", {"redirect_to": response.url})
    return response
