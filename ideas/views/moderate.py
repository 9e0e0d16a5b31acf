"""Telling moderators, taking away, objecting, and what everybody is told of it in numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.decisions import Decision, Denied, require
from engage.kit.forms import do, error_list, slowed
from engage.kit.guards import needs, public, signed_in
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, twin_links, twin_response
from engage.kit.unsent import keeping_words, words_kept
from engage.residents.models import Resident
from ideas import actions, display, queries, twins
from ideas.enums import IdeaStatus
from ideas.forms import AppealForm, FlagForm, ReasonForm
from ideas.models import Comment, Idea
from ideas.permissions import (
    gone,
    is_gone,
    may_appeal_removal,
    may_flag,
    may_remove_comment,
    may_remove_idea,
    removal_appeal_until,
    wrote_thing,
)
from ideas.views.common import account_of, crumbs_of, idea_or_404, see_other, taking_part, why_not


@keeping_words
@signed_in
def flag_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Tell moderators about an idea."""
    return _flag(request, idea_or_404(idea_id))


@keeping_words
@signed_in
def flag_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Tell moderators about a comment."""
    said = _comment_or_404(comment_id)
    return _flag(request, said.idea, said)


@signed_in
def flag_thanks(request: HttpRequest, idea_id: int) -> HttpResponse:
    """What happens now that somebody told us. Without its title: it may be hidden by now."""
    context = {"idea": idea_or_404(idea_id), "crumbs": display.crumbs((_("Thank you"), ""))}
    return render(request, "ideas/moderation/thanks.html", context)


def _flag(request: HttpRequest, idea: Idea, comment: Comment | None = None) -> HttpResponse:
    resident = taking_part(request)
    form = FlagForm(request.POST if request.method == "POST" else None, initial={**words_kept(request)})
    may = _may_tell(resident, idea, comment)
    if isinstance(may, Denied) and request.method == "POST":
        return _not_flagged(request, form, may)
    require(may)
    verb = partial(actions.raise_flag, idea=idea, comment=comment, by=resident, at=timezone.now())
    if form.is_valid() and do(form, verb, **form.cleaned_data) is not None:
        return see_other(reverse("ideas:flag_thanks", args=[idea.pk]))
    return _page(request, "flag", form, idea, comment, crumbs=crumbs_of(idea, _("Report")))


def _may_tell(resident: Resident, idea: Idea, comment: Comment | None) -> Decision:
    """The words of a joined idea are shown as long as the idea that it leads to."""
    if idea.status == IdeaStatus.MERGED and is_gone(end := queries.end_of(idea)):
        return gone(end)
    return may_flag(resident, idea, comment)


def _not_flagged(request: HttpRequest, form: FlagForm, denied: Denied) -> HttpResponse:
    """What was typed, and why it is not sent; not what it was about, which is hidden by now."""
    context = {"form": form, "why_not": denied.reason, "crumbs": display.crumbs((_("Report"), ""))}
    return render(request, "ideas/moderation/not_flagged.html", context, status=denied.status)


@needs("ideas.remove_comment")
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A moderator takes a comment away and says why."""
    said = _comment_or_404(comment_id)
    if request.method != "POST":  # what was typed meanwhile is shown again with the verb's refusal
        require(may_remove_comment(request.user, said))
    done = _("The comment was removed. Its place shows your reason.")
    return _remove(request, partial(actions.remove_comment, comment=said), said.idea, said, done=done)


@needs("ideas.moderate")
def remove_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """A moderator takes an idea away and says why."""
    found = idea_or_404(idea_id)
    if request.method != "POST":
        require(may_remove_idea(request.user, found))
    done = _("The idea was removed. Its address shows your reason.")
    return _remove(request, partial(actions.remove_idea, idea=found), found, done=done)


def _remove(
    request: HttpRequest,
    verb: Callable[..., Any],
    idea: Idea,
    comment: Comment | None = None,
    *,
    done: str,
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("reason", "why")}
        if do(form, verb, by=account_of(request), at=timezone.now(), **given) is not None:
            messages.success(request, done)
            return see_other(idea.words_url + ("#comments" if comment else ""))
    return _page(request, "remove", form, idea, comment, crumbs=crumbs_of(idea, _("Remove")))


@keeping_words
@signed_in
def appeal_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The author of a removed idea reads why, objects, and reads the answer."""
    return _appeal(request, idea_or_404(idea_id))


@keeping_words
@signed_in
def appeal_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The author of a removed comment reads why, objects, and reads the answer."""
    said = _comment_or_404(comment_id)
    return _appeal(request, said.idea, said)


def _appeal(request: HttpRequest, idea: Idea, comment: Comment | None = None) -> HttpResponse:
    require(wrote_thing(request.user, comment or idea))
    removal, now = queries.last_removal(idea, comment), timezone.now()
    if removal is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None, initial={**words_kept(request)})
    verb = partial(actions.appeal_removal, removal=removal, by=account_of(request), at=now)
    if form.is_valid() and do(form, verb, **form.cleaned_data) is not None:
        messages.success(request, _("Thank you. Somebody else will decide. The answer will be on this page."))
        return see_other(request.path)
    appeal = queries.appeal_against(removal)
    may = may_appeal_removal(request.user, removal, at=now)
    more = {
        "removal": removal,
        "appeal": appeal,
        "until": removal_appeal_until(removal),
        "may_appeal": bool(may) and appeal is None,
        "why_not": why_not(may),
        "crumbs": display.crumbs((_("Why it was removed"), "")),
    }
    return _page(request, "appeal", form, idea, comment, **more)


def _page(
    request: HttpRequest, name: str, form: Form, idea: Idea, comment: Comment | None, **more: Any
) -> HttpResponse:
    """A form about an idea or a comment, below what was said."""
    context = {
        "idea": idea,
        "comment": comment,
        "row": display.quoted(comment) if comment else None,
        "form": form,
        "errors": error_list(form),
        **more,
    }
    page = render(request, f"ideas/moderation/{name}.html", context, status=422 if form.errors else 200)
    return slowed(page, form)


@public
def numbers(request: HttpRequest, twin: str = "") -> HttpResponse:
    """How much was reported, removed and put back in each year, and how fast."""
    years = queries.moderated_years()
    if twin:
        return twin_response(twins.moderation_twin(years, request), twin)
    context = {
        "table": display.moderation_table(years),
        "reasons": display.removal_reasons_table(years),
        "crumbs": display.crumbs((_("How we moderate"), "")),
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
    }
    return render(request, "ideas/moderation/numbers.html", context)


def _comment_or_404(comment_id: int) -> Comment:
    return get_object_or_404(
        Comment.objects.select_related("idea__author", "idea__place", "author"), pk=comment_id
    )
