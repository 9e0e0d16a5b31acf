"""Being for an idea."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from engage.kit.decisions import Refused
from engage.kit.guards import public, signed_in
from ideas import actions, queries
from ideas.models import Idea
from ideas.views.common import by_htmx, idea_or_404, see_other, taking_part
from ideas.views.page import support_part


@signed_in
@require_POST
def support(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One tap: support, or take it back."""
    resident = taking_part(request)
    verb = actions.withdraw_support if request.POST.get("support") == "no" else actions.support_idea
    try:
        given = verb(idea=Idea(pk=idea_id), resident=resident, at=timezone.now())
    except Idea.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        if not by_htmx(request):
            raise
        found = idea_or_404(idea_id)
        supported, used = queries.support_of(found, resident)
        return support_part(request, found, supported=supported, used=used, refused=refused.denied)
    if by_htmx(request):
        return support_part(request, given.idea, supported=given.supported, used=given.used)
    return see_other(f"{given.idea.get_absolute_url()}#support-{idea_id}")


@public
def support_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The support button as it is now, for screens that look again."""
    found = idea_or_404(idea_id)
    supported, used = queries.support_of(found, queries.resident_of(request.user))
    return support_part(request, found, supported=supported, used=used)
