"""Your account: how you are known, how you sign in, and the way out."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.decisions import require
from engage.kit.guards import signed_in
from engage.kit.panels import panels_for
from engage.residents.actions import change_profile, join, leave
from engage.residents.forms import LeaveForm, ProfileForm
from engage.residents.permissions import may_leave
from engage.residents.queries import account_page


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    page = account_page(request.user)
    panels = panels_for(page.resident, request) if page.resident else []
    return render(request, "residents/account.html", {"page": page, "panels": panels})


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    resident = join(account=request.user, at=timezone.now())
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={"name": resident.name, "home": resident.home_id},
    )
    if form.is_valid():
        change_profile(account=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("residents:account")
    return render(request, "residents/profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@reauthentication_required
def delete(request: HttpRequest) -> HttpResponse:
    require(may_leave(request.user))
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        leave(account=request.user, at=timezone.now())
        logout(request)
        messages.success(request, _("Your account is deleted. Thank you for taking part."))
        return redirect("/")
    return render(request, "residents/delete.html", {"form": form}, status=422 if form.errors else 200)
