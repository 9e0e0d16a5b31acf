"""The page of one idea."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.decisions import require
from engage.kit.guards import public, signed_in
from engage.kit.panels import panels_for
from engage.kit.twins import twin_refusal, twin_response
from ideas import actions, twins
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.permissions import gone, is_gone, may_withdraw
from ideas.views.common import account_of, crumbs_of, idea_or_404, public_idea_or_404, see_other
from ideas.views.merge import onward
from ideas.views.page import idea_page, in_its_place, standing_context, story_of


@public
def short(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The short address, for posters and for talking."""
    found = idea_or_404(idea_id)
    if found.status == IdeaStatus.MERGED:
        return onward(found)
    return in_its_place(request, found) or redirect(found)


@public
def idea(request: HttpRequest, idea_id: int, slug: str, twin: str = "") -> HttpResponse:
    """One idea: what, where, who supports it, what people say, and what became of it."""
    found = idea_or_404(idea_id)
    if found.status == IdeaStatus.MERGED:
        return onward(found, twin=twin)
    if twin and is_gone(found):
        return twin_refusal({"idea": [str(gone(found).reason)]}, twin)
    # Before the address is put right: its words are the title, which may be what nobody should read.
    if not twin and (instead := in_its_place(request, found)):
        return instead
    if slug != found.slug:
        if twin:
            return redirect("ideas:idea_twin", idea_id=found.pk, slug=found.slug, twin=twin)
        return redirect(found)
    return _twin(request, found, twin) if twin else idea_page(request, found)


def _twin(request: HttpRequest, found: Idea, twin: str) -> HttpResponse:
    return twin_response(twins.idea_twin(story_of(request, found), panels_for(found, request), request), twin)


@public
def standing_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Where the idea stands now, for screens that look again: its life line, and its status and answer beside it."""
    found = public_idea_or_404(idea_id)
    context = standing_context(request, story_of(request, found), panels_for(found, request))
    return render(request, "ideas/parts/standing.html", context)


@signed_in
def withdraw(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Asks once more, then takes the author's idea back."""
    found = idea_or_404(idea_id)
    require(may_withdraw(request.user, found, at=timezone.now()))
    if request.method != "POST":
        return render(
            request, "ideas/withdraw.html", {"idea": found, "crumbs": crumbs_of(found, _("Withdraw"))}
        )
    actions.withdraw_idea(idea=found, by=account_of(request), at=timezone.now())
    messages.success(request, _("You withdrew your idea. Only you can still see its page."))
    return see_other(found.get_absolute_url())
