"""Being for an idea."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from engage.kit.decisions import Refused
from engage.kit.guards import public, signed_in
from ideas import actions, queries
from ideas.views.common import by_htmx, idea_or_404, see_other, taking_part
from ideas.views.page import support_part


@signed_in
@require_POST
def support(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One tap: support, or take it back."""
    found = idea_or_404(idea_id)
    verb = actions.withdraw_support if request.POST.get("support") == "no" else actions.support_idea
    try:
        verb(idea=found, resident=taking_part(request), at=timezone.now())
    except Refused as refused:
        if not by_htmx(request):
            raise
        return support_part(request, found, refused=refused.denied)
    if by_htmx(request):
        return support_part(request, found, supported=verb is actions.support_idea)
    return see_other(f"{found.get_absolute_url()}#support-{found.pk}")


@public
def support_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The support button as it is now, for screens that look again."""
    found = idea_or_404(idea_id)
    return support_part(request, found, supported=queries.supports(queries.resident_of(request.user), found))
