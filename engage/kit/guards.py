"""Who may come in. Every view declares exactly one guard; a test refuses routes that do not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused

type View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anyone may come in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    guarded.guard = "public"  # type: ignore[attr-defined]
    return guarded


def signed_in(view: View) -> View:
    """Anyone with an account; others are sent to sign in and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            # A posted form cannot be replayed after sign-in, so come back to the page it was on.
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_before(request)
            return redirect_to_login(back)
        return view(request, *args, **kwargs)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def needs(permission: str) -> Callable[[View], View]:
    """Accounts whose role carries `app.codename`; others are told so, the signed-out are sent to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
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


def _page_before(request: HttpRequest) -> str:
    """The path of the referring page of this same site, else the front page."""
    prefix = request.build_absolute_uri("/")
    referrer = request.headers.get("Referer", "")
    return "/" + referrer.removeprefix(prefix) if referrer.startswith(prefix) else "/"
