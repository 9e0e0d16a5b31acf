"""What ideas put on the first screen of the back office: how much there is to moderate."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from engage.accounts.models import Account
from ideas import queries
from ideas.permissions import may_moderate


class ToModeratePanel(Component):
    order = 40
    template_name = "ideas/moderation/staff/panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"work": queries.to_moderate(timezone.now())}


def panels_of(account: Account) -> list[Component]:
    """The panels that this account's first screen shows."""
    return [ToModeratePanel()] if may_moderate(account) else []
