"""The back office has no door of its own: its sign-in, sign-out and forgotten password are the site's."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from engage.kit.guards import public


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the site's sign-in, and from there on to where the person was going, else the back office."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        wanted = reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """308 keeps the method: a posted sign-out stays one, and a followed link asks first."""
    response = redirect("account_logout")
    response.status_code = 308
    return response


@public
def forgotten_password(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")
