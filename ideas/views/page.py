"""The page of one idea and the parts of it that are fetched again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from engage.kit.decisions import Denied
from engage.kit.forms import error_list
from engage.kit.panels import Panel, panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, twin_links
from engage.kit.unsent import words_kept
from engage.notifications.display import button as follow_button
from ideas import display, queries
from ideas.enums import HIDDEN_STATUSES, IdeaStatus
from ideas.forms import CommentForm
from ideas.models import Idea
from ideas.notices import topic
from ideas.permissions import (
    answer_appeal_until,
    is_moderated,
    may_answer,
    may_appeal_answer,
    may_comment,
    may_edit,
    may_see_held,
    may_support,
    may_withdraw,
    takes_comments,
    takes_support,
)
from ideas.rules.limits import Used, one_more_support
from ideas.rules.statuses import STATUS_KINDS
from ideas.views.common import sign_in_url, why_not
from ideas.views.share import share_idea


def is_mine(request: HttpRequest, idea: Idea) -> bool:
    resident = queries.resident_of(request.user)
    return resident is not None and resident.pk == idea.author_id


def in_its_place(request: HttpRequest, idea: Idea) -> HttpResponse | None:
    """What whoever may not see an idea reads in its place; None for those who may. Says nothing of its words."""
    if is_moderated(idea):
        # The author sees why; moderators see what was said.
        if may_see_held(request.user, idea.author_id):
            return None
        if idea.status != IdeaStatus.REMOVED:
            return render(request, "ideas/held.html", status=404)
    if idea.status in HIDDEN_STATUSES and not is_mine(request, idea):
        reason = idea.status_changes.last()
        return render(request, "ideas/gone.html", {"idea": idea, "change": reason}, status=410)
    return None


def reader_of(request: HttpRequest) -> queries.Reader:
    return queries.Reader(
        resident=queries.resident_of(request.user), moderates=request.user.has_perm("ideas.remove_comment")
    )


def story_of(request: HttpRequest, idea: Idea) -> queries.IdeaStory:
    page, sort = request.GET.get("page"), request.GET.get("sort", "")
    return queries.idea_story(idea, reader=reader_of(request), page=page, sort=sort)


def idea_page(request: HttpRequest, idea: Idea, form: CommentForm | None = None) -> HttpResponse:
    story, panels = story_of(request, idea), panels_for(idea, request)
    context = {
        "story": story,
        "crumbs": display.crumbs((idea.title, "")),
        **standing_context(request, story, panels),
        "map": display.mini_map(story),
        "panels": panels,
        "follow": follow_context(request, idea, following=story.beside.follows),
        "may_withdraw": story.mine and bool(may_withdraw(request.user, idea, at=timezone.now())),
        "share": share_idea(request, idea),
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
        **told_context(request, story),
        **support_context(request, idea, supported=story.beside.supported, used=story.beside.used),
        **comments_context(request, idea, story.discussion),
        **writing_context(request, idea, form),
    }
    return render(request, "ideas/idea.html", context, status=422 if form and form.errors else 200)


def standing_context(
    request: HttpRequest, story: queries.IdeaStory, panels: Sequence[Panel]
) -> dict[str, Any]:
    """What changes when the idea moves on: its status, its life line, the answer."""
    return {
        "idea": story.idea,
        "status_kind": STATUS_KINDS[story.idea.status],
        "life": display.life_line(story, panels=panels, at=timezone.now()),
        "answers": display.answers(story.assessments),
        "another_look_since": display.waits_for_another_look(story.assessments),
        "credits": display.brought_together(story),
        **appeal_context(request, story),
        "standing_topic": display.standing_topic(story.idea),
        "may_change_status": request.user.has_perm("ideas.change_idea_status"),
    }


def appeal_context(request: HttpRequest, story: queries.IdeaStory) -> dict[str, Any]:
    """Whether the visitor may ask for another look at the answer, and until when."""
    if not may_appeal_answer(request.user, story.idea, story.assessments, at=timezone.now()):
        return {"may_appeal_answer": False}
    return {"may_appeal_answer": True, "appeal_answer_until": answer_appeal_until(story.assessments[0])}


def told_context(request: HttpRequest, story: queries.IdeaStory) -> dict[str, Any]:
    """What was told beside the words, and whether the visitor may still change it."""
    told, idea = story.beside.told, story.idea
    wrote = story.mine or told.is_co_author(queries.resident_of(request.user))
    return {
        "told": display.told(told),
        "mine": story.mine,
        "may_edit": wrote and bool(may_edit(request.user, idea, at=timezone.now())),
    }


def follow_context(request: HttpRequest, idea: Idea, *, following: bool) -> dict[str, Any]:
    return follow_button(request, topic(idea.pk), following=following, next_url=idea.get_absolute_url())


def support_context(
    request: HttpRequest, idea: Idea, *, supported: bool, used: Used, refused: Denied | None = None
) -> dict[str, Any]:
    decision = may_support(request.user, idea, at=timezone.now()) if refused is None else refused
    if decision and not supported and idea.call is not None:
        decision = one_more_support(used, title=idea.call.title)
    # Not for somebody who would sign in only to read that it is too late.
    open_to_sign_in = not request.user.is_authenticated and takes_support(idea, at=timezone.now())
    return {
        "idea": idea,
        # A support that can no longer be taken back is no button.
        "supported": supported and bool(decision),
        "may_support": bool(decision),
        "support_reason": why_not(decision),
        "support_topic": display.support_topic(idea),
        "used": used,
        "sign_in_url": sign_in_url(idea.get_absolute_url()) if open_to_sign_in else "",
    }


def support_part(
    request: HttpRequest, idea: Idea, *, supported: bool, used: Used, refused: Denied | None = None
) -> HttpResponse:
    context = support_context(request, idea, supported=supported, used=used, refused=refused)
    return render(
        request, "ideas/parts/support.html", context, status=200 if refused is None else refused.status
    )


def comments_context(request: HttpRequest, idea: Idea, discussion: queries.Discussion) -> dict[str, Any]:
    reader = reader_of(request)
    return {
        "idea": idea,
        "discussion": discussion,
        "comment_rows": display.comment_rows(
            discussion.page,
            replies=discussion.replies,
            visitor=request.user,
            moderates=reader.moderates,
            open_to_replies=bool(takes_comments(idea)),
            at=timezone.now(),
        ),
        "sorts": display.sort_links(discussion.sort, url=idea.get_absolute_url()),
        "comments_query": urlencode({"sort": discussion.sort}),
        "comments_topic": display.comments_topic(idea),
        "comments_as_of": timezone.now().isoformat(),
    }


def writing_context(request: HttpRequest, idea: Idea, form: CommentForm | None) -> dict[str, Any]:
    """The form for a comment, or why there is none."""
    decision = may_comment(request.user, idea)
    form = form or CommentForm(
        may_answer=bool(may_answer(request.user, idea)),
        initial={**words_kept(request, reverse("ideas:comment", args=[idea.pk]))},
    )
    back = sign_in_url(f"{idea.get_absolute_url()}#discussion")
    return {
        "idea": idea,
        "comment_form": form,
        "comment_errors": error_list(form),
        "may_comment": bool(decision),
        "comment_reason": why_not(decision),
        "comment_sign_in_url": "" if request.user.is_authenticated else back,
    }
