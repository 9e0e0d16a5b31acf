"""Talking about an idea."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from engage.kit.forms import do
from engage.kit.guards import public, signed_in
from ideas import actions
from ideas.forms import CommentForm
from ideas.permissions import may_answer
from ideas.views.common import by_htmx, idea_or_404, public_idea_or_404, see_other, taking_part
from ideas.views.page import comments_context, discussion_context, idea_page


@signed_in
@require_POST
def comment(request: HttpRequest, idea_id: int) -> HttpResponse:
    found = idea_or_404(idea_id)
    official = "official" in request.POST and bool(may_answer(request.user, found))
    form = CommentForm(request.POST, may_answer=official)
    said = None
    if form.is_valid():
        said = do(
            form,
            actions.comment_on_idea,
            idea=found,
            author=taking_part(request),
            text=form.cleaned_data["text"],
            official=form.cleaned_data.get("official", False),
            at=timezone.now(),
        )
    if by_htmx(request):
        context = discussion_context(request, found, form if said is None else None)
        context["said"] = said
        return render(request, "ideas/parts/discussion.html", context, status=422 if said is None else 200)
    if said is None:
        return idea_page(request, found, form=form)
    return see_other(f"{found.get_absolute_url()}#comment-{said.pk}")


@public
def comments_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The comments as they are now, for screens that look again."""
    return render(
        request, "ideas/parts/comments.html", comments_context(request, public_idea_or_404(idea_id))
    )
