"""Ideas that were made one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engage.kit.guards import public
from ideas import display, queries
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.permissions import is_gone, is_moderated
from ideas.views.common import crumbs_of, idea_or_404
from ideas.views.page import comments_context, in_its_place, is_mine, reader_of


def onward(idea: Idea, *, twin: str = "") -> HttpResponse:
    """From a joined idea to the one that it is part of now. For the time being: joining can be undone."""
    end = queries.end_of(idea)
    there: dict[str, Any] = {"idea_id": end.pk, "slug": slug_for_all(end)}
    if twin:
        return redirect("ideas:idea_twin", **there, twin=twin)
    return redirect("ideas:idea", **there)


def slug_for_all(idea: Idea) -> str:
    """The words of its address, unless they are a title that not everybody may read."""
    return "idea" if is_gone(idea) else idea.slug


@public
def as_it_was(request: HttpRequest, idea_id: int) -> HttpResponse:
    """A joined idea as it was: its words, and what people said about it. Nothing can be added here, only reported."""
    found = idea_or_404(idea_id)
    if is_moderated(found) and (instead := in_its_place(request, found)):
        return instead
    if found.status != IdeaStatus.MERGED:
        return redirect("ideas:short", idea_id=found.pk)
    end = queries.end_of(found)
    if instead := in_its_place(request, end):
        return instead
    page = request.GET.get("page")
    discussion = queries.discussion_of(found, reader=reader_of(request), page=page, sort="")
    context = {
        **comments_context(request, found, discussion),
        "end": end,
        "joining": queries.joining_of(found),
        "mine": is_mine(request, found),
        "crumbs": crumbs_of(end, _("An idea joined with it")),
        "author": display.name_of(found),
    }
    return render(request, "ideas/as_it_was.html", context)
