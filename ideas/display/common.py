"""What several pages draw: the way here, and an idea as a card."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.text import excerpt
from ideas.models import Idea
from ideas.rules.statuses import STATUS_KINDS

type Card = dict[str, Any]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """For the `breadcrumbs` component; each step is (text, address), the last has none."""
    way = [(_("Home"), "/"), (_("Ideas"), reverse("ideas:ideas")), *steps]
    return [{"text": text, "url": url} for text, url in way[:-1]] + [{"text": way[-1][0]}]


def card(idea: Idea) -> Card:
    return {
        "idea": idea,
        "url": idea.get_absolute_url(),
        "live_url": reverse("ideas:card", args=[idea.pk]),
        "topic": support_topic(idea),
        "supporters": ngettext("%(count)d supporter", "%(count)d supporters", idea.supports_count)
        % {"count": idea.supports_count},
        "summary": excerpt(idea.description),
        "status": idea.get_status_display(),
        "status_kind": STATUS_KINDS[idea.status],
    }


def name_of(idea: Idea) -> str:
    """Who suggested it, as others see it."""
    return str(idea.author) if idea.author else _("A resident")


def support_topic(idea: Idea) -> str:
    return f"idea.{idea.pk}"


def standing_topic(idea: Idea) -> str:
    return f"idea_standing.{idea.pk}"
