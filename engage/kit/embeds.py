"""Pages that any other website may show in a frame of its own.

Only a page that shows what is public and asks for nothing may be one: a frame can lie under somebody's button.
So such a page has no form, reads no session and sets no cookie, and its links open outside the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ANYBODY: dict[str, list[str]] = {
    "frame-ancestors": ["*"],
    "form-action": ["'none'"],
    "script-src": ["'none'"],
}

type Page = Callable[..., HttpResponse]


def framable(view: Page) -> Page:
    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response._csp_config = settings.SECURE_CSP | ANYBODY  # type: ignore[attr-defined]  # for Django's
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return framed
