"""What ideas show on other pages: drafts on the account page, and the way out of a draft that is no longer needed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from engage.kit.panels import Panel, register_panel
from engage.residents.models import Resident
from ideas import display, queries
from ideas.models import Idea, IdeaDraft
from ideas.rules.steps import CHECK


@register_panel(Resident, order=20)
def drafts(resident: Resident, request: HttpRequest) -> Panel | None:
    found = queries.drafts_of(resident, resident.account)
    if not found:
        return None
    rows = [display.draft_row(draft) for draft in found]
    return Panel("ideas/suggest/drafts_panel.html", {"drafts": rows, "days": IdeaDraft.KEPT_DAYS})


@register_panel(Idea, order=1)
def supported_instead(idea: Idea, request: HttpRequest) -> Panel | None:
    """On an idea that somebody supports instead of sending their own."""
    kept = request.session.get(display.INSTEAD) if hasattr(request, "session") else None
    if not kept or kept["idea"] != idea.pk:
        return None
    draft = IdeaDraft.objects.filter(pk=UUID(kept["draft"])).first()
    if draft is None:
        return None
    row = display.draft_row(draft)
    context = {
        "draft_title": row["title"],
        "delete_url": row["delete_url"],
        "carry_on_url": reverse("ideas:step", args=[draft.pk, CHECK]),
    }
    return Panel("ideas/suggest/instead_panel.html", context)
