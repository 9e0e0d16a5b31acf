"""Staff show a second factor before the back office opens, where the operator asks for it (STAFF_MFA)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from engage.accounts.adapter import has_second_factor
from engage.accounts.permissions import ENTER_BACK_OFFICE


class second_factor_for_staff(MiddlewareMixin):
    """Leads staff without a second factor to the page that sets one up.

    It covers everything below /admin/ and every view whose guard needs a permission. Accounts that have a second
    factor were asked for it when they signed in, so having one is enough here.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.STAFF_MFA or not request.user.is_authenticated:
            return None
        if not _is_back_office(request, view) or not request.user.has_perm(ENTER_BACK_OFFICE):
            return None
        if has_second_factor(request.user):
            return None
        messages.warning(
            request,
            _(
                "Staff need a second way to prove who they are. Set up one of these, then go on to the staff area."
            ),
        )
        return redirect("mfa_index")


def _is_back_office(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    if request.path == reverse("wagtailadmin_logout"):
        return False
    below = request.path.startswith(reverse("wagtailadmin_home"))
    return below or getattr(view, "guard", "").startswith("needs")
