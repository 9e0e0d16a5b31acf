"""What the back-office pages of one idea share: its facts, and the way from one page to the next."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.staff import VerbOn
from ideas import display, queries
from ideas.models import Idea
from ideas.permissions import acts_as, may_assess, may_assign, may_merge
from ideas.rules.statuses import both_names


def tabs(account: Account, idea: Idea, current: str) -> list[dict[str, Any]]:
    """The pages of an idea that this account may open; `current` is the name of the one that is open."""
    assesses = bool(may_assess(account))
    offered = [
        ("edit", _("Status and official answer"), bool(acts_as(account))),
        ("assess", _("Assess and answer"), assesses),
        ("assign", _("Assign"), bool(may_assign(account))),
        ("notes", _("Internal notes"), assesses),
        ("join", _("Join with another idea"), bool(may_merge(account))),
        ("trail", _("What has happened"), account.has_perm("ideas.view_idea")),
    ]
    return [
        {"text": text, "url": reverse(f"staff_ideas:{name}", args=[idea.pk]), "current": name == current}
        for name, text, may in offered
        if may
    ]


def head(account: Account, idea: Idea, current: str) -> dict[str, Any]:
    """For `ideas/staff/head.html`."""
    return {
        "idea": idea,
        "author": display.name_of(idea),
        "status": both_names(idea.status),
        "tabs": tabs(account, idea, current),
    }


class OnIdea:
    """A page about the idea in the address; `tab` is its name among the others."""

    tab = ""
    thing: Idea
    kwargs: dict[str, Any]

    def get_thing(self) -> Idea:
        found = queries.idea_of(self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_ideas:index"), "label": _("Ideas")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.thing)}]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)  # type: ignore[misc]
        return found | {"thing": self.thing, "head": head(self.request.user, self.thing, self.tab)}  # type: ignore[attr-defined]


class VerbOnIdea(OnIdea, VerbOn):
    """One verb on one idea, under what is known of it."""

    template_name = "ideas/staff/verb.html"
    model = Idea

    def desk_url(self) -> str:
        return reverse(f"staff_ideas:{self.tab}", args=[self.thing.pk])
