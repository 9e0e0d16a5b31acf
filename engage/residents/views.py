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
from engage.kit.forms import do, error_list
from engage.kit.guards import signed_in
from engage.kit.panels import panels_for
from engage.kit.unsent import keeping_words, words_kept
from engage.residents.actions import change_profile, join, leave, object_to_block
from engage.residents.forms import LeaveForm, ObjectForm, ProfileForm
from engage.residents.permissions import may_leave, may_object
from engage.residents.queries import account_page, latest_block


@signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    page = account_page(_account(request), at=timezone.now())
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


@keeping_words
@signed_in
@never_cache
def block(request: HttpRequest) -> HttpResponse:
    """Why somebody cannot post and until when, their objection, and the answer to it."""
    found, now = latest_block(_account(request)), timezone.now()
    if found is None:
        messages.info(request, _("Nobody has blocked you. You can post."))
        return redirect("residents:account")
    form = ObjectForm(request.POST if request.method == "POST" else None, initial={**words_kept(request)})
    if form.is_valid():
        words = form.cleaned_data["words"]
        if do(form, object_to_block, block=found, words=words, by=_account(request), at=now):
            messages.success(request, _("Thank you. Somebody else will look at it and answer you here."))
            return redirect("residents:block")
    context = {
        "found": found,
        "running": found.lifted_at is None and found.ends_at > now,
        # What was typed while the block ended is shown with the refusal.
        "form": form if form.errors or may_object(request.user, found, at=now) else None,
        "errors": error_list(form),
    }
    return render(request, "residents/block.html", context, status=422 if form.errors else 200)


def _account(request: HttpRequest) -> Account:
    """Behind a guard for the signed-in."""
    return cast(Account, request.user)
