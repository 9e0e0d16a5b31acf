"""Talking about an idea: comments, replies, second thoughts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.kit.decisions import require
from engage.kit.forms import do, error_list, slowed
from engage.kit.guards import public, signed_in
from engage.kit.unsent import keeping_words, words_kept
from ideas import actions, display, queries
from ideas.enums import HIDDEN_STATUSES
from ideas.forms import CommentForm, EditCommentForm, ReplyForm
from ideas.models import Comment, Idea
from ideas.permissions import (
    may_answer,
    may_comment,
    may_edit_comment,
    may_take_back,
    takes_comments,
    takes_replies,
    wrote,
)
from ideas.views.common import by_htmx, crumbs_of, idea_or_404, public_idea_or_404, see_other, taking_part
from ideas.views.page import comments_context, idea_page, in_its_place, reader_of, writing_context


@keeping_words
@signed_in
@require_POST
def comment(request: HttpRequest, idea_id: int) -> HttpResponse:
    form = CommentForm(request.POST, may_answer=request.user.has_perm("ideas.answer_officially"))
    said = None
    try:
        if form.is_valid():
            said = do(
                form,
                actions.comment_on_idea,
                idea=Idea(pk=idea_id),
                author=taking_part(request),
                text=form.cleaned_data["text"],
                stance=form.cleaned_data["stance"],
                official=form.cleaned_data.get("official", False),
                at=timezone.now(),
            )
    except Idea.DoesNotExist:
        raise Http404 from None
    found = idea_or_404(idea_id) if said is None else said.idea
    if by_htmx(request):
        context = writing_context(request, found, form if said is None else None)
        if said is not None:
            context |= _said(request, found, said)
        page = render(request, "ideas/parts/writing.html", context, status=422 if said is None else 200)
        return slowed(page, form)
    if said is None:
        return slowed(_not_said(request, found, form), form)
    return see_other(f"{found.get_absolute_url()}#comment-{said.pk}")


def _not_said(request: HttpRequest, found: Idea, form: CommentForm) -> HttpResponse:
    """Where the idea itself is no longer shown, only what was typed comes back, and why it was not taken."""
    if in_its_place(request, found) is None:
        return idea_page(request, found, form=form)
    context = {**writing_context(request, found, form), "crumbs": display.crumbs((_("Comment"), ""))}
    return render(request, "ideas/not_said.html", context, status=422)


@public
def comments_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The comments as they are now, for screens that look again; and how many others wrote since they last looked."""
    found, reader = public_idea_or_404(idea_id), reader_of(request)
    page, sort = request.GET.get("page"), request.GET.get("sort", "")
    context = comments_context(
        request, found, queries.discussion_of(found, reader=reader, page=page, sort=sort)
    )
    since = _moment(request.GET.get("since", ""))
    news = queries.written_since(found, since, reader=reader) if since else 0
    return render(request, "ideas/parts/comments.html", context | {"arrivals": display.arrivals(news)})


@public
def thread(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment with all its replies; below a list of comments only the replies."""
    said = _public_comment_or_404(request, comment_id)
    reader = reader_of(request)
    replies = queries.replies_to(said, reader=reader, page=request.GET.get("page"))
    rows = _rows(request, [said], replies={said.pk: list(replies)})
    context = {
        "idea": said.idea,
        "row": rows[0],
        "replies": replies,
        "crumbs": crumbs_of(said.idea, _("A comment")),
        "may_reply": bool(may_comment(request.user, said.idea)) and bool(takes_replies(said)),
        "comments_topic": display.comments_topic(said.idea),
        "short": by_htmx(request),
    }
    return render(request, "ideas/parts/replies.html" if by_htmx(request) else "ideas/thread.html", context)


@keeping_words
@signed_in
def reply(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A form below the comment, or on a page of its own without scripts."""
    above = _public_comment_or_404(request, comment_id)
    if request.method != "POST":  # what was typed meanwhile is shown again with the verb's refusal
        require(takes_replies(above))
    data = request.POST if request.method == "POST" else None
    answers = bool(may_answer(request.user, above.idea))
    form = ReplyForm(data, may_answer=answers, slot=str(above.pk), initial={**words_kept(request)})
    if form.is_valid():
        said = do(
            form,
            actions.comment_on_idea,
            idea=above.idea,
            author=taking_part(request),
            parent=above,
            text=form.cleaned_data["text"],
            official=form.cleaned_data.get("official", False),
            at=timezone.now(),
        )
        if said is not None and by_htmx(request):
            return render(request, "ideas/parts/replied.html", _said(request, above.idea, said))
        if said is not None:
            return see_other(f"{reverse('ideas:thread', args=[above.pk])}#comment-{said.pk}")
    return _form_below(request, above, form, title=_("Reply to this comment"), send=_("Send reply"))


@keeping_words
@signed_in
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Other words for one's own comment, while that is still allowed."""
    said = _public_comment_or_404(request, comment_id)
    if request.method != "POST" or not wrote(request.user, said):
        require(may_edit_comment(request.user, said, at=timezone.now()))
    form = EditCommentForm(
        request.POST if request.method == "POST" else None,
        takes_side=said.has_stance,
        slot=str(said.pk),
        initial={"text": said.text, "stance": said.stance, **words_kept(request)},
    )
    if form.is_valid():
        changed = do(
            form,
            actions.edit_comment,
            comment=said,
            by=taking_part(request),
            text=form.cleaned_data["text"],
            stance=form.cleaned_data.get("stance", ""),
            at=timezone.now(),
        )
        if changed is not None and by_htmx(request):
            return render(request, "ideas/parts/changed.html", _said(request, said.idea, changed))
        if changed is not None:
            return see_other(_place_of(said))
    return _form_below(request, said, form, title=_("Change your comment"), send=_("Save the change"))


@signed_in
def take_back(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Asks once more, then erases one's own words. Also where the idea is gone: the words are theirs."""
    said = queries.comment_of(comment_id)
    if said is None:
        raise Http404
    require(may_take_back(request.user, said))
    if request.method != "POST":
        context = {
            "idea": said.idea,
            "row": _rows(request, [said])[0],
            "crumbs": crumbs_of(said.idea, _("Take back")),
        }
        return render(request, "ideas/take_back.html", context)
    actions.take_back_comment(comment=said, by=taking_part(request), at=timezone.now())
    messages.success(request, _("You took your comment back. Its words are deleted."))
    return see_other(f"{said.idea.get_absolute_url()}#discussion")


def _form_below(
    request: HttpRequest, said: Comment, form: CommentForm, *, title: str, send: str
) -> HttpResponse:
    context = {
        "idea": said.idea,
        "comment": said,
        "row": _rows(request, [said])[0],
        "crumbs": crumbs_of(said.idea, title),
        "title": title,
        "send": send,
        "form": form,
        "errors": error_list(form),
        "back": _place_of(said),
    }
    template = "ideas/parts/form_below.html" if by_htmx(request) else "ideas/form_below.html"
    return slowed(render(request, template, context, status=422 if form.errors else 200), form)


def _said(request: HttpRequest, idea: Idea, said: Comment) -> dict[str, Any]:
    """A comment that was just written, for the place where it now stands."""
    return {"idea": idea, "said": said, "row": _rows(request, [said])[0]}


def _rows(
    request: HttpRequest, comments: list[Comment], replies: dict[int, list[Comment]] | None = None
) -> list[dict[str, Any]]:
    idea = comments[0].idea
    return display.comment_rows(
        comments,
        replies=replies,
        visitor=request.user,
        moderates=reader_of(request).moderates,
        open_to_replies=bool(takes_comments(idea)),
        at=timezone.now(),
    )


def _place_of(said: Comment) -> str:
    """Where a comment stands: a reply on the page of its thread, because the idea's page shows only the first."""
    if said.parent_id is not None:
        return f"{reverse('ideas:thread', args=[said.parent_id])}#comment-{said.pk}"
    return f"{said.idea.get_absolute_url()}#comment-{said.pk}"


def _public_comment_or_404(request: HttpRequest, comment_id: int) -> Comment:
    """A comment that this visitor may at least know of: on an idea that can be seen."""
    said = queries.comment_of(comment_id)
    if said is None or said.idea.status in HIDDEN_STATUSES or in_its_place(request, said.idea) is not None:
        raise Http404
    return said


def _moment(text: str) -> datetime | None:
    """None for what is no moment with a time zone."""
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
