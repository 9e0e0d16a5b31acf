"""A new idea, one thing on each page. What is typed is kept at every step, right or wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engage.kit.decisions import Refused
from engage.kit.forms import error_list
from engage.kit.guards import needs, public, public_form
from engage.kit.unsent import words_kept
from engage.places.models import Place
from engage.places.queries import place_map
from ideas import actions, display, queries
from ideas.forms import STEPS, StepForm
from ideas.queries import Desk
from ideas.rules import steps
from ideas.views.check import check
from ideas.views.common import account_of, public_idea_or_404, see_other, sign_in_url, taking_part
from ideas.views.drafts import (
    account_or_none,
    desk_now,
    draft_or_none,
    drafts_here,
    frame,
    remember_guest,
    sign_in_first,
    to_step,
    where_it_went,
)
from ideas.views.limits import too_often
from ideas.views.pictures import pictures_step
from ideas.views.pin import looked_up, pinned, place_context, place_so_far

ASKED = ("call", "place")  # what a link to this page may choose beforehand
# What a guest's browser may have kept of a draft, to go on with it.
KEPT = ("title", "description", "latitude", "longitude", "theme", "rough_cost", "co_authors")
OWN_PAGE = {steps.TITLE, steps.PLACE}


@public_form
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Where a new idea begins, and where one that was begun goes on."""
    if request.method == "POST":
        return _start(request)
    context = {
        "crumbs": display.crumbs((_("Suggest an idea"), "")),
        "drafts": [display.draft_row(draft) for draft in drafts_here(request)],
        "asked": {name: request.GET[name] for name in ASKED if request.GET.get(name)},
        "guest": account_or_none(request) is None,
        "sign_in_url": sign_in_url(request.get_full_path()),
        "may_enter": request.user.has_perm("ideas.enter_for_resident"),
    }
    return render(request, "ideas/suggest/start.html", context)


@needs("ideas.enter_for_resident")
def new_for_resident(request: HttpRequest) -> HttpResponse:
    """Somebody told the council an idea on the phone, on paper or in person."""
    if request.method != "POST":
        crumbs = display.crumbs((_("Enter an idea for somebody"), ""))
        return render(request, "ideas/suggest/start_for_resident.html", {"crumbs": crumbs})
    draft = actions.start_draft(author=None, entered_by=account_of(request), at=timezone.now())
    return to_step(draft, desk_now(draft).steps.names[0])


@public_form
@never_cache
def step(request: HttpRequest, draft_id: UUID, step: str) -> HttpResponse:
    """One page of a draft: shown, or kept and left for the next one."""
    if answer := sign_in_first(request, draft_id):
        return answer
    draft = draft_or_none(request, draft_id)
    if draft is None:
        return where_it_went(draft_id)
    desk = desk_now(draft)
    if step not in desk.steps:
        raise Http404
    if step == steps.CHECK:
        return check(request, desk)
    if step == steps.PICTURES:
        return pictures_step(request, desk)
    return _typed_step(request, desk, step)


@public_form
@never_cache
def delete(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Asks once more, then throws a draft away."""
    if answer := sign_in_first(request, draft_id):
        return answer
    draft = draft_or_none(request, draft_id)
    if draft is None:
        return where_it_went(draft_id)
    if request.method != "POST":
        context = {"draft": draft, "crumbs": display.crumbs((_("Delete a draft"), ""))}
        return render(request, "ideas/suggest/delete.html", context)
    actions.delete_draft(draft=draft)
    request.session.pop(display.INSTEAD, None)
    messages.success(request, _("Your draft is deleted."))
    return see_other(reverse("ideas:new"))


@public_form
def support_instead(request: HttpRequest, draft_id: UUID, idea_id: int) -> HttpResponse:
    """One tap: support the idea that says the same, and offer to delete the draft there."""
    found = public_idea_or_404(idea_id)
    if request.method != "POST":
        return redirect(found)
    if draft_or_none(request, draft_id) is not None:
        request.session[display.INSTEAD] = {"idea": found.pk, "draft": str(draft_id)}
    if not request.user.is_authenticated:
        return see_other(sign_in_url(found.get_absolute_url()))
    try:
        actions.support_idea(idea=found, resident=taking_part(request), at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused.denied.reason))
    else:
        messages.success(request, _("You support this idea now. Support that is not split counts for more."))
    return see_other(found.get_absolute_url())


@public
def pinned_place(request: HttpRequest) -> HttpResponse:
    """In which place a pin lies, in words."""
    return render(request, "ideas/suggest/place.html#pinned", pinned(request.GET))


@public
def similar(request: HttpRequest) -> HttpResponse:
    """Ideas that may say the same as the title being typed."""
    title = request.GET.get("title", "").replace("\0", "")  # which PostgreSQL cannot hold
    draft = display.draft_number(request.GET.get("draft", ""))
    mine = draft_or_none(request, UUID(draft)) if draft else None
    found = queries.similar_to(title[:100], near=_near(request, desk_now(mine) if mine else None))
    return render(request, "components/similar_ideas.html", {"ideas": display.similar_rows(found, draft)})


@public
def pin_map(request: HttpRequest) -> HttpResponse:
    """The council's map as a picture, to be clicked where there are no scripts."""
    places = place_map()
    context = {"areas": places.areas(urls={}), "view_box": places.view_box, **pinned(request.GET)}
    return render(request, "ideas/pin_map.svg", context, content_type="image/svg+xml")


def _start(request: HttpRequest) -> HttpResponse:
    asked = {name: request.POST[name] for name in (*ASKED, *KEPT) if request.POST.get(name)}
    author = taking_part(request) if request.user.is_authenticated else None
    if author is None and (denied := too_often(request, "idea_start")) is not None:
        raise Refused(denied)
    draft = actions.start_draft(author=author, data=asked, at=timezone.now())
    if author is None:
        remember_guest(request, draft)
    desk = desk_now(draft)
    begun = asked.keys() & {"call", *KEPT}
    return to_step(draft, steps.carry_on_at(desk.steps, asked) if begun else desk.steps.names[0])


def _typed_step(request: HttpRequest, desk: Desk, step: str) -> HttpResponse:
    draft = desk.draft
    if request.method != "POST":
        typed = {**desk.typed, **words_kept(request)}
        return _step_page(request, desk, step, STEPS[step](desk=desk, initial=typed))
    form = STEPS[step](request.POST, desk=desk)
    actions.save_draft(draft=draft, data=form.typed(), at=timezone.now())
    if step == steps.PLACE and (answer := looked_up(request)):
        changes, shown = answer
        actions.save_draft(draft=draft, data=changes, at=timezone.now())
        return _step_page(request, desk, step, STEPS[step](desk=desk, initial=desk.typed), **shown)
    if not form.is_valid():
        return _step_page(request, desk, step, form)
    # What was chosen may bring pages with it: a call has questions of its own.
    after = desk_now(draft).steps.after(step)
    return to_step(draft, steps.CHECK if request.POST.get("back") else after)


def _step_page(request: HttpRequest, desk: Desk, name: str, form: StepForm, **more: Any) -> HttpResponse:
    context = {**frame(request, desk, name), "form": form, "errors": error_list(form), **more}
    if name == steps.PLACE:
        context |= place_context(desk, form)
    if name == steps.TITLE:
        title = str(form["title"].value() or "")[:100]
        found = queries.similar_to(title, near=_near(request, desk))
        context["similar"] = display.similar_rows(found, str(desk.draft.pk))
    page = name if name in OWN_PAGE else "step"
    return render(request, f"ideas/suggest/{page}.html", context, status=422 if form.errors else 200)


def _near(request: HttpRequest, desk: Desk | None) -> Place | None:
    """Where the idea is for, as far as we know; most people suggest something for where they live."""
    if desk is not None and (place := place_so_far(desk)):
        return place
    resident = queries.resident_of(request.user)
    return resident.home if resident else None
