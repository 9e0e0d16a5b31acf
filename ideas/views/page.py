"""The page of one idea and the parts of it that are fetched again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engage.kit.decisions import Denied
from engage.kit.forms import error_list
from engage.kit.panels import panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, twin_links
from ideas import display, queries
from ideas.enums import OPEN_STATUSES
from ideas.forms import CommentForm
from ideas.models import Idea
from ideas.permissions import may_answer, may_comment, may_support, may_withdraw
from ideas.rules.statuses import STATUS_KINDS
from ideas.views.common import sign_in_url, why_not


def is_mine(request: HttpRequest, idea: Idea) -> bool:
    resident = queries.resident_of(request.user)
    return resident is not None and resident.pk == idea.author_id


def story_of(request: HttpRequest, idea: Idea) -> queries.IdeaStory:
    resident = queries.resident_of(request.user)
    return queries.idea_story(idea, resident=resident, page=request.GET.get("page"))


def idea_page(request: HttpRequest, idea: Idea, form: CommentForm | None = None) -> HttpResponse:
    story = story_of(request, idea)
    context = {
        "idea": idea,
        "story": story,
        "crumbs": display.crumbs((idea.title, "")),
        "status_kind": STATUS_KINDS[idea.status],
        "life": display.life_line(story),
        "map": display.mini_map(story),
        "panels": panels_for(idea, request),
        "may_withdraw": story.mine and bool(may_withdraw(request.user, idea)),
        "may_change_status": request.user.has_perm("ideas.change_idea_status"),
        "short_url": request.build_absolute_uri(reverse("ideas:short", args=[idea.pk])),
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
        **support_context(request, idea, supported=story.supported),
        **discussion_context(request, idea, form, comments=story.comments),
    }
    return render(request, "ideas/idea.html", context, status=422 if form and form.errors else 200)


def support_context(
    request: HttpRequest, idea: Idea, *, supported: bool, refused: Denied | None = None
) -> dict[str, Any]:
    decision = may_support(request.user, idea, at=timezone.now()) if refused is None else refused
    open_to_sign_in = not request.user.is_authenticated and idea.status in OPEN_STATUSES
    return {
        "idea": idea,
        # A support that can no longer be taken back is no button.
        "supported": supported and bool(decision),
        "may_support": bool(decision),
        "support_reason": why_not(decision),
        "support_topic": display.support_topic(idea),
        "sign_in_url": sign_in_url(idea.get_absolute_url()) if open_to_sign_in else "",
    }


def support_part(
    request: HttpRequest, idea: Idea, *, supported: bool = False, refused: Denied | None = None
) -> HttpResponse:
    context = support_context(request, idea, supported=supported, refused=refused)
    return render(
        request, "ideas/parts/support.html", context, status=200 if refused is None else refused.status
    )


def comments_context(request: HttpRequest, idea: Idea, comments: Any = None) -> dict[str, Any]:
    page = comments or queries.comments_of(idea, page=request.GET.get("page"))
    return {
        "idea": idea,
        "comments": page,
        "comment_rows": display.comment_rows(page),
        "comments_topic": display.comments_topic(idea),
        "may_remove": request.user.has_perm("ideas.remove_comment"),
    }


def discussion_context(
    request: HttpRequest, idea: Idea, form: CommentForm | None, comments: Any = None
) -> dict[str, Any]:
    decision = may_comment(request.user, idea)
    form = form or CommentForm(may_answer=bool(may_answer(request.user, idea)))
    return {
        **comments_context(request, idea, comments),
        "comment_form": form,
        "comment_errors": error_list(form),
        "may_comment": bool(decision),
        "comment_reason": why_not(decision),
        "comment_sign_in_url": ""
        if request.user.is_authenticated
        else sign_in_url(f"{idea.get_absolute_url()}#discussion"),
    }
