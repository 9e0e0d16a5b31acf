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
from ideas.enums import HIDDEN_STATUSES
from ideas.permissions import may_withdraw
from ideas.views.common import account_of, crumbs_of, idea_or_404, see_other
from ideas.views.page import idea_page, is_mine, story_of


@public
def short(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The short address, for posters and for talking."""
    return redirect(idea_or_404(idea_id))


@public
def idea(request: HttpRequest, idea_id: int, slug: str, twin: str = "") -> HttpResponse:
    """One idea: what, where, who supports it, what people say, and what became of it."""
    found = idea_or_404(idea_id)
    if slug != found.slug:
        if twin:
            return redirect("ideas:idea_twin", idea_id=found.pk, slug=found.slug, twin=twin)
        return redirect(found)
    if twin:
        if found.status in HIDDEN_STATUSES:
            return twin_refusal({"idea": [found.get_status_display()]}, twin)
        return twin_response(
            twins.idea_twin(story_of(request, found), panels_for(found, request), request), twin
        )
    if found.status in HIDDEN_STATUSES and not is_mine(request, found):
        reason = found.status_changes.last()
        return render(request, "ideas/gone.html", {"idea": found, "change": reason}, status=410)
    return idea_page(request, found)


@signed_in
def withdraw(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Asks once more, then takes the author's idea back."""
    found = idea_or_404(idea_id)
    require(may_withdraw(request.user, found))
    if request.method != "POST":
        return render(
            request, "ideas/withdraw.html", {"idea": found, "crumbs": crumbs_of(found, _("Withdraw"))}
        )
    actions.withdraw_idea(idea=found, by=account_of(request), at=timezone.now())
    messages.success(request, _("You withdrew your idea. Only you can still see its page."))
    return see_other(found.get_absolute_url())
