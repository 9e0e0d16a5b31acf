"""Your notifications, what you follow, and the way out of our emails."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused
from engage.kit.forms import do, error_list
from engage.kit.guards import public_form, signed_in
from engage.notifications import actions, queries
from engage.notifications.display import button
from engage.notifications.forms import PreferencesForm, WatchForm
from engage.notifications.kinds import Topic, all_kinds, topic_from
from engage.notifications.models import Notification
from engage.notifications.stopping import Stop, stop_from
from engage.residents.actions import join
from engage.residents.models import Resident


@signed_in
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What happened to what you follow, newest first."""
    found = queries.inbox(_resident(request), page=request.GET.get("page"))
    return render(request, "notifications/list.html", {"inbox": found})


@signed_in
@never_cache
def open_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """To what it is about; it counts as read from then on."""
    mine = Notification.objects.select_related("news").filter(resident=_resident(request))
    found = get_object_or_404(mine, pk=notification_id)
    actions.mark_read(resident=_resident(request), at=timezone.now(), notification_id=found.pk)
    if url := queries.address_of(found):
        return redirect(url)
    messages.info(request, _("What this was about is no longer here. You can find what is in the lists."))
    return redirect("notifications:list")


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one as read, or all of them."""
    one = request.POST.get("notification", "")
    number = int(one) if one.isascii() and one.isdigit() and len(one) < 19 else None
    actions.mark_read(resident=_resident(request), at=timezone.now(), notification_id=number)
    return _see_other(_next(request, reverse("notifications:list")))


@signed_in
@never_cache
def preferences(request: HttpRequest) -> HttpResponse:
    """How to be told: for each kind, and when not."""
    resident = _resident(request)
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        account=_account(request),
        preference=queries.preference_of(resident),
    )
    saved = None
    if form.is_valid():
        language = get_language() or ""
        saved = do(form, actions.save_preferences, resident=resident, language=language, **form.choices())
    if saved is not None:
        messages.success(request, _("Your choices are saved."))
        return _see_other(reverse("notifications:preferences"))
    return render(
        request,
        "notifications/preferences.html",
        {"form": form, "errors": error_list(form)},
        status=422 if form.errors else 200,
    )


@signed_in
@never_cache
def watch(request: HttpRequest) -> HttpResponse:
    """Which places and themes to hear about, and everything else that is followed."""
    resident = _resident(request)
    page = queries.watch_page(resident)
    form = WatchForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_valid():
        actions.watch(resident=resident, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. We tell you when there is something new there."))
        return _see_other(reverse("notifications:watch"))
    context = {"page": page, "form": form, "errors": error_list(form)}
    return render(request, "notifications/watch.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    topic = _topic(request)
    actions.follow(resident=_resident(request), topic=topic, at=timezone.now())
    return _followed(request, topic, following=True)


@signed_in
@require_POST
def unfollow(request: HttpRequest) -> HttpResponse:
    topic = _topic(request)
    actions.unfollow(resident=_resident(request), topic=topic)
    return _followed(request, topic, following=False)


@csrf_exempt
@public_form
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop our emails from a link in one of them, without signing in (RFC 8058).

    Looking changes nothing, because mail programs open links to check them; the button on the page, or the mail
    program itself, posts. The signed link is the permission, so no cookie and no form token is asked for.
    """
    asked = stop_from(token)
    resident = Resident.objects.filter(pk=asked.resident_id).first() if asked else None
    if asked is None or resident is None:
        return render(request, "notifications/stop.html", {"broken": True}, status=404)
    done = ""
    if request.method == "POST":
        done = "resumed" if "resume" in request.POST else "stopped"
        _stop(resident, asked, resume=done == "resumed")
    labels = {kind.key: kind.label for kind in all_kinds()}
    context = {
        "done": done,
        "kind": labels.get(asked.kind, ""),
        "stop_all_url": Stop(asked.resident_id).url() if asked.kind else "",
    }
    return render(request, "notifications/stop.html", context)


# --- what the views share --------------------------------------------------------------------------------


def _stop(resident: Resident, asked: Stop, *, resume: bool) -> None:
    if resume:
        actions.resume_mail(resident=resident, kind=asked.kind)
    elif asked.kind:
        actions.stop_kind(resident=resident, kind=asked.kind)
    else:
        actions.stop_mail(resident=resident)


def _account(request: HttpRequest) -> Account:
    """Behind a guard for the signed-in."""
    return cast(Account, request.user)


def _resident(request: HttpRequest) -> Resident:
    """Whoever is signed in takes part as a resident."""
    return getattr(request.user, "resident", None) or join(account=_account(request), at=timezone.now())


def _topic(request: HttpRequest) -> Topic:
    topic = topic_from(request.POST.get("topic", ""))
    if topic is None:
        raise Refused(
            Denied(_("It is not clear what to follow. Go back and press the button again."), status=422)
        )
    return topic


def _followed(request: HttpRequest, topic: Topic, *, following: bool) -> HttpResponse:
    if "HX-Request" in request.headers:
        what = request.POST.get("what", "")[:120]
        context = button(request, topic, following=following, next_url=_next(request, "/"), what=what)
        return render(request, "notifications/follow.html", {"follow": context})
    return _see_other(_next(request, reverse("notifications:watch")))


def _next(request: HttpRequest, otherwise: str) -> str:
    """Where the form says to go on, when that is on this site."""
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and here else otherwise


def _see_other(address: str) -> HttpResponse:
    """After a post: fetch this next, so that going back or reloading posts nothing twice."""
    return HttpResponse(status=303, headers={"Location": address})
