"""What ideas put on the first screen of the back office: what there is to moderate, what an
officer should answer, and what waits for a councillor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from engage.accounts.models import Account
from engage.places.models import Place
from ideas import queries
from ideas.enums import IdeaStatus
from ideas.filters import NO_CALL
from ideas.permissions import may_assess, may_moderate


class ToModeratePanel(Component):
    order = 40
    template_name = "ideas/moderation/staff/panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"work": queries.to_moderate(timezone.now())}


class MyIdeasToAssessPanel(Component):
    """What this officer should answer, alone or with a team: the most urgent, and how many are late."""

    order = 42
    template_name = "ideas/staff/my_ideas_to_assess.html"

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"waiting": queries.waiting_for(self.account, today=timezone.localdate())}


class ForCouncillorPanel(Component):
    """The open ideas outside any call of the places that a councillor serves."""

    order = 45
    template_name = "ideas/staff/for_councillor.html"

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"places": [{"place": place, "url": _open_ideas_url(place)} for place in self.places]}


def _open_ideas_url(place: Place) -> str:
    asked = {"place": place.slug, "call": NO_CALL, "status": IdeaStatus.OPEN.value}
    return f"{reverse('ideas:ideas')}?{urlencode(asked)}"


def panels_of(account: Account) -> list[Component]:
    """The panels that this account's first screen shows."""
    panels: list[Component] = [ToModeratePanel()] if may_moderate(account) else []
    if may_assess(account):
        panels.append(MyIdeasToAssessPanel(account))
    councillor = getattr(account, "councillor", None)
    served = queries.places_served(councillor, timezone.localdate()) if councillor else []
    if served:
        panels.append(ForCouncillorPanel(served))
    return panels
