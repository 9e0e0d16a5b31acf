"""What every request and response gets, whatever view answers it."""

import logging
import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from engage.kit.admin_policy import let_known_scripts_run, widened
from engage.kit.decisions import Denied, Refused
from engage.kit.guards import came_from
from engage.kit.metrics import count_request

PERMISSIONS_POLICY = (
    "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)"
)
_ID_FROM_PROXY = re.compile(r"[A-Za-z0-9._-]{8,64}")

type Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("engage.request")


def observed(get_response: Answer) -> Answer:
    """Give each request an id that its log lines carry and its response returns; log and count how it went.

    Logged are the method, the route as it is written in urls.py, the status and the time. Never the address
    asked for (it can hold a search or a name), nor the client's address, browser or account.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = _request_id(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = get_response(request)
            seconds = time.perf_counter() - started
            route = request.resolver_match.route if request.resolver_match else "(none)"
            method = request.method or ""
            count_request(method=method, route=route, status=response.status_code, seconds=seconds)
            level = logging.ERROR if response.status_code >= 500 else logging.INFO
            log.log(
                level,
                "request",
                method=method,
                route="/" + route,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
        response.headers["X-Request-ID"] = request_id
        return response

    return middleware


def _request_id(request: HttpRequest) -> str:
    """The id a trusted proxy gave, so that both logs tell one story; else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    return given if _ID_FROM_PROXY.fullmatch(given) else uuid.uuid4().hex


def security_headers(get_response: Answer) -> Answer:
    """Headers that Django does not set by itself, and the wider policy that Wagtail's admin needs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What somebody signed in is shown is for nobody else, whatever stands between us and them.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.path.startswith(reverse("wagtailadmin_home")) and not hasattr(response, "_csp_config"):
            let_known_scripts_run(request, response)
            response._csp_config = widened(settings.SECURE_CSP)  # type: ignore[attr-defined]  # for Django's
        return response

    return middleware


def size_limit(get_response: Answer) -> Answer:
    """Refuse a body that is larger than anything people may send here, before a byte of it is read or stored."""

    def middleware(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdigit() or int(size) <= settings.LARGEST_REQUEST:
            return get_response(request)
        limit = filesizeformat(settings.LARGEST_REQUEST)
        reason = _("What you sent is larger than %(limit)s, the most we can take. Choose a smaller file.")
        return refused(request, Denied(reason % {"limit": limit}, status=413))

    return middleware


class refusals(MiddlewareMixin):
    """Turns a refused verb, and an address that was opened or sent to in the wrong way, into a page that says why."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception.denied) if isinstance(exception, Refused) else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        if "GET" in response.headers["Allow"]:
            reason = _("This page does not take what was sent to it. Open it as a page.")
        else:
            reason = _(
                "This address is for sending a form, not for reading. Open the page that has the form on it."
            )
        page = refused(request, Denied(reason, status=405))
        page.headers["Allow"] = response.headers["Allow"]
        return page


def refused(request: HttpRequest, denied: Denied) -> HttpResponse:
    """The page that says no, why, and what to do next; from a form there is a way back to it."""
    back = came_from(request) if request.method == "POST" else ""
    page = render(request, "kit/refused.html", {"reason": denied.reason, "back": back}, status=denied.status)
    if denied.retry_after is not None:
        page.headers["Retry-After"] = str(denied.retry_after)
    return page
