"""The back office's threshold: who may cross it, and with a second factor where the operator asks for one. And the
status of a form that was not accepted."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from engage.accounts.adapter import has_second_factor
from engage.accounts.permissions import ENTER_BACK_OFFICE
from engage.kit.decisions import Denied
from engage.kit.middleware import refused

TOO_MANY_TRIES = {"too_many_login_attempts", "rate_limited"}  # allauth's names for it


class threshold(MiddlewareMixin):
    """Tells accounts without a role there that it is not for them, and leads staff to set up a second factor.

    It stands before everything Wagtail serves below /admin/ and every view whose guard needs a permission. Accounts
    that have a second factor were asked for it when they signed in, so having one is enough here. Strangers are
    left to Wagtail's and our own guards, which send them to sign in.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        guard = getattr(view, "guard", None)
        admin = guard is None and request.path.startswith(reverse("wagtailadmin_home"))
        if not (admin or (guard or "").startswith("needs")) or not request.user.is_authenticated:
            return None
        staff = request.user.has_perm(ENTER_BACK_OFFICE)
        if admin and not staff:
            return refused(
                request,
                Denied(
                    _(
                        "This area is for council staff. Ask an administrator of this site if you should be there."
                    )
                ),
            )
        if staff and settings.STAFF_MFA and not has_second_factor(request.user):
            messages.warning(
                request,
                _(
                    "Staff need a second way to prove who they are. Set one up here, then go on to the staff area."
                ),
            )
            return redirect("mfa_index")
        return None


class form_status(MiddlewareMixin):
    """allauth shows a form that it does not accept again with 200, as if all were well. Here it answers 422 like our
    own forms, and 429 after too many tries, so that clients, caches and the log can tell. What allauth answers to
    scripts as JSON says so already."""

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        view = request.resolver_match.func if request.resolver_match else None
        if request.method != "POST" or not getattr(view, "__module__", "").startswith("allauth."):
            return response
        if response.status_code == 200 and (codes := _why_refused(response)):
            response.status_code = 429 if codes & TOO_MANY_TRIES else 422
        return response


def _why_refused(response: TemplateResponse) -> set[str]:
    """The codes of the errors in the page's forms."""
    context = response.context_data or {}
    forms = [each for each in context.values() if isinstance(each, BaseForm) and each.is_bound]
    errors = [error for form in forms for found in form.errors.as_data().values() for error in found]
    return {error.code or "" for error in errors}
