"""Your account: how you are known, how you sign in, and the way out."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engage.accounts.models import Account
from engage.kit.decisions import require
from engage.kit.guards import signed_in
from engage.kit.panels import panels_for
from engage.residents.actions import change_profile, join, leave
from engage.residents.forms import LeaveForm, ProfileForm
from engage.residents.permissions import may_leave
from engage.residents.queries import account_page


@signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    page = account_page(_account(request))
    panels = panels_for(page.resident, request) if page.resident else []
    return render(request, "residents/account.html", {"page": page, "panels": panels})


@signed_in
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    resident = join(account=_account(request), at=timezone.now())
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={"name": resident.name, "home": resident.home_id},
    )
    if form.is_valid():
        change_profile(account=_account(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("residents:account")
    return render(request, "residents/profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@never_cache
@reauthentication_required
def delete(request: HttpRequest) -> HttpResponse:
    require(may_leave(_account(request)))
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        leave(account=_account(request), at=timezone.now())
        logout(request)
        messages.success(request, _("Your account is deleted. Thank you for taking part."))
        return redirect("/")
    return render(request, "residents/delete.html", {"form": form}, status=422 if form.errors else 200)


def _account(request: HttpRequest) -> Account:
    """Behind a guard for the signed-in."""
    return cast(Account, request.user)
