"""Better words for an idea, and the people who stand beside its author."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engage.kit.decisions import Denied, Refused, require
from engage.kit.forms import add_refusal, do, error_list
from engage.kit.guards import public_form, signed_in
from engage.kit.unsent import keeping_words, words_kept
from ideas import actions, display, queries
from ideas.actions.links import hash_of
from ideas.forms import EditForm, InviteForm
from ideas.models import Idea
from ideas.permissions import may_edit, may_invite, wrote_idea, wrote_thing
from ideas.views.common import account_of, closed_meanwhile, crumbs_of, idea_or_404, see_other
from ideas.views.drafts import account_or_none
from ideas.views.limits import too_often


@keeping_words
@signed_in
@never_cache
def edit(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Other words for an idea, while it gathers support. Two people at once: the second sees both texts."""
    found = idea_or_404(idea_id)
    if request.method != "POST" or not wrote_idea(request.user, found):
        require(may_edit(request.user, found, at=timezone.now()))
    if request.method != "POST":
        now = {"title": found.title, "description": found.description, "version": found.version}
        return _edit_page(request, found, EditForm(initial={**now, **words_kept(request)}))
    form = EditForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, found, form)
    try:
        idea = actions.edit_idea(idea=found, by=account_of(request), at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        return _edit_page(request, idea_or_404(idea_id), form, refused.denied)
    messages.success(request, _("Your changes are saved. The page says that the idea was changed."))
    return see_other(idea.get_absolute_url())


@signed_in
@never_cache
def co_authors(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Who was asked, what they answered, and asking somebody else."""
    found = idea_or_404(idea_id)
    if request.method != "POST" or not wrote_thing(request.user, found):
        require(may_invite(request.user, found, at=timezone.now()))
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if (denied := too_often(request, "idea_link", email)) is not None:
            raise Refused(denied)
        if do(
            form,
            actions.invite_co_author,
            idea=found,
            email=email,
            by=account_of(request),
            at=timezone.now(),
        ):
            messages.success(request, _("We have sent the invitation."))
            return see_other(request.path)
    context = {
        "idea": found,
        "form": form,
        "errors": error_list(form),
        "rows": display.invitation_rows(queries.invitations_of(found)),
        "crumbs": crumbs_of(found, _("Co-authors")),
    }
    return render(request, "ideas/suggest/co_authors.html", context, status=422 if form.errors else 200)


@public_form
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link: the idea, and two buttons. Opening the page changes nothing."""
    found = queries.invitation_of(hash_of(token))
    if found is None:
        sentence = _("This invitation was answered already, or is too old. Ask the author for a new one.")
        raise Refused(Denied(sentence, status=404))
    if request.method == "POST" and "decline" in request.POST:
        actions.decline_invitation(invitation=found, at=timezone.now())
        messages.success(request, _("You said no. We have forgotten your email address."))
        return see_other(found.idea.get_absolute_url())
    if request.method == "POST":
        actions.accept_invitation(invitation=found, account=account_or_none(request), at=timezone.now())
        messages.success(request, _("Thank you. You are now a co-author of this idea."))
        return see_other(found.idea.get_absolute_url())
    context = {
        "invitation": found,
        "idea": found.idea,
        "signed_in": account_or_none(request) is not None,
        "crumbs": crumbs_of(found.idea, _("Be a co-author")),
    }
    return render(request, "ideas/suggest/invitation.html", context)


def _edit_page(
    request: HttpRequest, idea: Idea, form: EditForm, refused: Denied | None = None
) -> HttpResponse:
    """`refused` over the version: the form goes on from the newest one, with the writer's own words in it."""
    clash = refused is not None and refused.field == "version"
    if clash:
        form.data = {name: form[name].value() for name in form.fields} | {"version": idea.version}
    if refused is not None:
        add_refusal(form, Refused(Denied(refused.reason, refused.status, None if clash else refused.field)))
    context = {
        "idea": idea,
        "form": form,
        "errors": error_list(form),
        "clash": clash,
        "too_late": closed_meanwhile(form) and not clash,
        "crumbs": crumbs_of(idea, _("Change the idea")),
    }
    status = refused.status if refused is not None else 422 if form.errors else 200
    return render(request, "ideas/suggest/edit.html", context, status=status)
