"""Who may come in. Every view declares exactly one guard; a test refuses routes that do not."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused

READING = ["GET", "HEAD"]

type View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anyone may read; there is nothing to send."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        return view(request, *args, **kwargs)

    guarded.guard = "public"  # type: ignore[attr-defined]
    return guarded


def public_form(view: View) -> View:
    """Anyone may read, and send what the page asks for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {*READING, "POST"}:
            return HttpResponseNotAllowed([*READING, "POST"])
        return view(request, *args, **kwargs)

    guarded.guard = "public"  # type: ignore[attr-defined]
    return guarded


def signed_in(view: View) -> View:
    """Anyone with an account; others are sent to sign in and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        return view(request, *args, **kwargs)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def needs(permission: str) -> Callable[[View], View]:
    """Accounts whose role carries `app.codename`; others are told so, the signed-out are sent to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            if not request.user.has_perm(permission):
                raise Refused(
                    Denied(
                        _(
                            "Your account does not have the role this page needs."
                            " Ask an administrator of this site to give it to you."
                        )
                    )
                )
            return view(request, *args, **kwargs)

        guarded.guard = f"needs {permission}"  # type: ignore[attr-defined]
        return guarded

    return decorate


def operators(view: View) -> View:
    """The operator's own machines: whoever knows METRICS_TOKEN, or without one a direct call from this machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _is_operator(request):
            return HttpResponseForbidden(
                "Send the header “Authorization: Bearer” with METRICS_TOKEN.\n",
                content_type="text/plain; charset=utf-8",
            )
        return view(request, *args, **kwargs)

    guarded.guard = "operators"  # type: ignore[attr-defined]
    return guarded


def _is_operator(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return constant_time_compare(given, settings.METRICS_TOKEN)
    # Behind a proxy everyone seems to come from this machine, so being local then proves nothing.
    if settings.TRUSTED_PROXIES or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; for htmx as the whole window's next page, not as a part of this one."""
    answer = redirect_to_login(_way_back(request))
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return answer


def _way_back(request: HttpRequest) -> str:
    """Where to come back to after signing in: this page, or for a posted form (it cannot be sent again for the
    person) the page of this same site that the form was on, else the front page."""
    return request.get_full_path() if request.method in READING else came_from(request) or "/"


def came_from(request: HttpRequest) -> str:
    """The page of this same site that the visitor was on; empty when that is not known."""
    prefix = request.build_absolute_uri("/")
    referrer = request.headers.get("Referer", "")
    return "/" + referrer.removeprefix(prefix) if referrer.startswith(prefix) else ""
