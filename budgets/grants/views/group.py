"""A group and its people: registered, changed, signed for; where its money goes; who acts for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from budgets.grants import actions, display, queries
from budgets.grants.actions.members import TOO_OLD, hash_of
from budgets.grants.forms import (
    BankForm,
    ClaimForm,
    GroupForm,
    InviteMemberForm,
    SignatoryForm,
    group_now,
)
from budgets.grants.permissions import leads, may_rename, may_see_group
from budgets.grants.queries import GroupPage
from budgets.grants.views.limits import too_often
from budgets.models import Organisation
from engage.kit.decisions import Denied, Refused, require
from engage.kit.forms import add_refusal, do, error_list, slowed
from engage.kit.guards import signed_in
from ideas.views.common import account_of, see_other, why_not


@signed_in
@never_cache
def groups(request: HttpRequest) -> HttpResponse:
    """Every group somebody acts for, with its applications."""
    account = account_of(request)
    rows = display.membership_rows(queries.memberships_of(account), queries.applications_of(account))
    context = {
        "crumbs": display.group_crumbs(),
        "groups": rows,
        "claims": display.claim_rows(queries.claims_of(account)),
    }
    return render(request, "grants/groups/groups.html", context)


@signed_in
@never_cache
def new_group(request: HttpRequest) -> HttpResponse:
    """Register a group. One whose number is in the books already may be asked for, not taken."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    claim = ClaimForm(request.POST if "claim" in request.POST else None)
    known = None
    if form.is_valid():
        facts = form.facts()
        known = _known(facts)
        if known is not None and "claim" in request.POST:
            if _claimed(request, claim, known):
                return see_other(reverse("grants:groups"))
        elif (made := _registered(request, form, facts)) is not None:
            return see_other(reverse("grants:group", args=[made.pk]))
    errors = error_list(form) + error_list(claim)
    context = {
        "crumbs": display.group_crumbs(last=_("Register a group")),
        "form": form,
        "claim": claim if known else None,
        "known": known,
        "errors": errors,
    }
    return render(request, "grants/groups/new.html", context, status=422 if errors else 200)


@signed_in
@never_cache
def group(request: HttpRequest, organisation_id: int) -> HttpResponse:
    page = _page(request, organisation_id)
    context = {
        "page": page,
        "crumbs": display.group_crumbs(page.organisation),
        "to_do": display.to_do(page),
        "rows": display.profile_rows(page),
        "signatories": display.signatory_rows(page.signatories),
        "banks": display.bank_words(page),
        "members": display.member_rows(page),
        "applications": display.application_rows(page.applications),
        "alike": display.alike_rows(_alike(request, page)),
    }
    return render(request, "grants/groups/group.html", context)


@signed_in
@never_cache
def change_group(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Two people at once: the second sees both texts."""
    page = _led(request, organisation_id)
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        initial=group_now(page.organisation, page.profile),
        fixed=why_not(may_rename(page.organisation)),
    )
    if not form.is_valid():
        return _change_page(request, page, form)
    try:
        actions.change_group(
            organisation=page.organisation,
            facts=form.facts(),
            version=form.cleaned_data["version"] or 0,
            by=account_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        return _change_page(request, _led(request, organisation_id), form, refused.denied)
    messages.success(request, _("The details of your group are saved."))
    return see_other(_url(page))


@signed_in
@never_cache
def signatories(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Who signs for the group: added one at a time, removed."""
    page = _led(request, organisation_id)
    who: dict[str, Any] = {
        "organisation": page.organisation,
        "by": account_of(request),
        "at": timezone.now(),
    }
    if (number := request.POST.get("remove", "")).isdecimal() and len(number) < 18:
        actions.remove_signatory(signatory_id=int(number), **who)
        messages.success(request, _("They do not sign for the group any more."))
        return see_other(request.path)
    form = SignatoryForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (added := do(form, actions.add_signatory, **form.cleaned_data, **who)):
        messages.success(request, _("%(name)s signs for the group now.") % {"name": added.name})
        return see_other(request.path)
    context = {
        "page": page,
        "title": _("Who signs for the group"),
        "crumbs": display.group_crumbs(page.organisation, _("Who signs")),
        "rows": display.signatory_rows(page.signatories),
        "form": form,
        "errors": error_list(form),
    }
    return render(request, "grants/groups/signatories.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("sort_code", "number")
@sensitive_variables("form")
@signed_in
@never_cache
def bank(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """New bank details, which somebody else confirms. The numbers are shown to nobody, and never sent back."""
    page = _led(request, organisation_id)
    form = BankForm(request.POST if request.method == "POST" else None)
    who: dict[str, Any] = {"organisation": page.organisation, "by": account_of(request), "at": timezone.now()}
    if form.is_valid() and do(form, actions.enter_bank, **who, **form.cleaned_data) is not None:
        messages.success(request, _("Your bank details are kept. Somebody at the council confirms them."))
        return see_other(_url(page))
    context = {
        "page": page,
        "crumbs": display.group_crumbs(page.organisation, _("Bank details")),
        "banks": display.bank_words(page),
        "form": form,
        "errors": error_list(form),
    }
    return render(request, "grants/groups/bank.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
def members(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Who acts for the group: invited, made a lead or a helper, removed."""
    page = _led(request, organisation_id)
    if request.method == "POST" and "email" not in request.POST:
        _change_members(request, page.organisation)
        return see_other(request.path)
    form = InviteMemberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if (denied := too_often(request, "group_invite", form.cleaned_data["email"])) is not None:
            raise Refused(denied)
        who: dict[str, Any] = {"by": account_of(request), "at": timezone.now()}
        if do(form, actions.invite_member, organisation=page.organisation, **form.cleaned_data, **who):
            messages.success(request, _("We send the invitation now."))
            return see_other(request.path)
    context = {
        "page": page,
        "title": _("Who acts for the group"),
        "crumbs": display.group_crumbs(page.organisation, _("Who acts for the group")),
        "rows": display.member_rows(page),
        "asked": display.asked_rows(page.invitations),
        "form": form,
        "errors": error_list(form),
    }
    status = 422 if form.errors else 200
    return slowed(render(request, "grants/groups/members.html", context, status=status), form)


@signed_in
@never_cache
def leave_group(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Asks once more, then the person acts for the group no more."""
    page = _page(request, organisation_id)
    if page.me is None:
        raise Http404
    if request.method == "POST":
        actions.remove_member(
            organisation=page.organisation,
            member_id=page.me.pk,
            by=account_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("You do not act for this group any more."))
        return see_other(reverse("grants:groups"))
    context = {"page": page, "crumbs": display.group_crumbs(page.organisation, _("Leave the group"))}
    return render(request, "grants/groups/leave.html", context)


@signed_in
@never_cache
def membership(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in an email: what it is about, and a button. Opening the page changes nothing."""
    found = queries.membership_invitation(hash_of(token), at=timezone.now())
    if found is None:
        raise Refused(Denied(TOO_OLD, status=404))
    if request.method == "POST":
        member = actions.accept_membership(invitation=found, account=account_of(request), at=timezone.now())
        messages.success(request, _("Welcome. You act for this group now."))
        return see_other(reverse("grants:group", args=[member.organisation_id]))
    crumbs = display.group_crumbs(last=found.organisation.name)
    return render(request, "grants/groups/membership.html", {"invitation": found, "crumbs": crumbs})


def _registered(request: HttpRequest, form: GroupForm, facts: actions.GroupFacts) -> Organisation | None:
    made = do(form, actions.register_group, facts=facts, by=account_of(request), at=timezone.now())
    if made is not None:
        messages.success(request, _("Your group is registered. Say next who signs for it."))
    return made


def _claimed(request: HttpRequest, claim: ClaimForm, known: Organisation) -> bool:
    if not claim.is_valid():
        return False
    who: dict[str, Any] = {"by": account_of(request), "at": timezone.now()}
    if do(claim, actions.claim_group, organisation=known, **claim.cleaned_data, **who) is None:
        return False
    messages.success(request, _("We have asked the grants team. You hear from us when they know."))
    return True


def _known(facts: actions.GroupFacts) -> Organisation | None:
    """The organisation in the books that has the numbers typed; None when they are no numbers at all."""
    try:
        return actions.known_group(facts)
    except Refused:
        return None


def _page(request: HttpRequest, organisation_id: int) -> GroupPage:
    """For its members and for officers. To others the group's pages are not there."""
    organisation = queries.organisation_of(organisation_id)
    if organisation is None or not may_see_group(account_of(request), organisation):
        raise Http404
    return queries.group_page(organisation, account_of(request))


def _alike(request: HttpRequest, page: GroupPage) -> list[queries.Alike]:
    """For the council's people alone: who else uses an account or signs is nothing for other groups."""
    if page.me is not None or not request.user.has_perm("grants.view_application"):
        return []
    return queries.groups_like(page.organisation)


def _led(request: HttpRequest, organisation_id: int) -> GroupPage:
    page = _page(request, organisation_id)
    require(leads(account_of(request), page.organisation))
    return page


def _url(page: GroupPage) -> str:
    return reverse("grants:group", args=[page.organisation.pk])


def _change_members(request: HttpRequest, organisation: Organisation) -> None:
    """One button for each thing that can be done to somebody: its name says what, its value to whom."""
    who: dict[str, Any] = {
        "organisation": organisation,
        "by": account_of(request),
        "at": timezone.now(),
    }
    pressed = {
        name: request.POST[name] for name in ("remove", "lead", "helper", "take_back") if name in request.POST
    }
    for name, number in pressed.items():
        if not number.isdecimal() or len(number) > 18:
            continue
        try:
            if name == "remove":
                actions.remove_member(member_id=int(number), **who)
            elif name == "take_back":
                actions.take_back_invitation(invitation_id=int(number), **who)
            else:
                actions.change_role(member_id=int(number), role=name, **who)
        except Refused as refused:
            messages.warning(request, str(refused.denied.reason))
        else:
            messages.success(request, _("Done."))


def _change_page(
    request: HttpRequest, page: GroupPage, form: GroupForm, refused: Denied | None = None
) -> HttpResponse:
    """`refused` over the version: the form goes on from the newest one, with the writer's own words in it."""
    clash = refused is not None and refused.field == "version"
    if clash:
        form.data = {name: form[name].value() for name in form.fields} | {
            "version": page.profile.version if page.profile else 0
        }
    if refused is not None:
        add_refusal(form, Refused(Denied(refused.reason, refused.status, None if clash else refused.field)))
    context = {
        "page": page,
        "crumbs": display.group_crumbs(page.organisation, _("Change the details")),
        "form": form,
        "errors": error_list(form),
        "clash": clash,
        "rows": display.profile_rows(page),
    }
    status = refused.status if refused is not None else 422 if form.errors else 200
    return render(request, "grants/groups/change.html", context, status=status)
