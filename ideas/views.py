"""The public pages of ideas: guard → form → verb → answer.

Where htmx asks, the answer is a partial of the page's own template; to everybody else it is the page, or a redirect.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.accounts.models import Account
from engage.kit.decisions import Decision, Denied, Refused, Words, require
from engage.kit.forms import do, error_list
from engage.kit.guards import needs, public, public_form, signed_in
from engage.kit.pages import frame_for
from engage.kit.panels import panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, query_without, twin_links, twin_refusal, twin_response
from engage.places.queries import place_at, place_map
from engage.places.rules.boundaries import point_on_map
from engage.residents.actions import join
from engage.residents.models import Resident
from ideas import actions, display, queries, twins
from ideas.enums import HIDDEN_STATUSES, OPEN_STATUSES, STATUS_KINDS
from ideas.filters import IdeaFilter
from ideas.forms import CommentForm, ReasonForm, SuggestForm
from ideas.models import Comment, Idea
from ideas.permissions import may_answer, may_comment, may_remove_comment, may_support, may_withdraw
from ideas.rules.grid import point_in

DRAFT = "idea_draft"


# --- the list --------------------------------------------------------------------------------------------


@public
def ideas(request: HttpRequest, twin: str = "") -> HttpResponse:
    """What residents suggest, on a map and in a list."""
    now = timezone.now()
    offers = queries.offers(now)
    asked = IdeaFilter(request.GET, Idea.objects.public(), offers=offers)
    if not asked.is_valid() and twin:
        return twin_refusal(asked.errors, "json" if twin == "geojson" else twin)
    used = asked if asked.is_valid() else IdeaFilter(QueryDict(), Idea.objects.public(), offers=offers)
    box = used.form.cleaned_data["box"] if used.is_valid() else None
    found = queries.idea_list(used.qs, page=request.GET.get("page"), box=box)
    if twin == "geojson":
        return twins.ideas_geojson(found, request)
    if twin:
        return twin_response(twins.ideas_twin(found, request), twin)
    links = twin_links(request)
    context = {
        "found": found,
        "frame": frame_for(request),
        "crumbs": display.crumbs(),
        "cards": [display.card(each) for each in found.page],
        "map": display.idea_map(found, offers.places, request.GET),
        "calls": offers.open_calls(now),
        "filter": asked.form,
        "narrowed": bool(query_without(request, "page", "sort")),
        "without_box": query_without(request, "page", "box") if box else "",
        "box": box,
        "errors": error_list(asked.form),
        "query": query_without(request, "page"),
        "links": links,
        "geojson": links.json.replace(".json", ".geojson", 1),
        "as_of": now,
        "licence": OPEN_GOVERNMENT_LICENCE,
        "sources": [{"text": source.attribution, "url": source.url} for source in found.map.sources],
    }
    return render(request, "ideas/ideas.html", context, status=200 if asked.is_valid() else 422)


@public
def card(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One card of the list, for screens that look again."""
    found = get_object_or_404(queries.listed(Idea.objects.public()), pk=idea_id)
    return render(request, "ideas/ideas.html#card", {"card": display.card(found)})


# --- one idea --------------------------------------------------------------------------------------------


@public
def short(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The short address, for posters and for talking."""
    return redirect(_idea(idea_id))


@public
def idea(request: HttpRequest, idea_id: int, slug: str, twin: str = "") -> HttpResponse:
    """One idea: what, where, who supports it, what people say, and what became of it."""
    found = _idea(idea_id)
    if slug != found.slug:
        if twin:
            return redirect("ideas:idea_twin", idea_id=found.pk, slug=found.slug, twin=twin)
        return redirect(found)
    if twin:
        if found.status in HIDDEN_STATUSES:
            return twin_refusal({"idea": [found.get_status_display()]}, twin)
        return twin_response(
            twins.idea_twin(_story(request, found), panels_for(found, request), request), twin
        )
    if found.status in HIDDEN_STATUSES and not _is_mine(request, found):
        reason = found.status_changes.last()
        return render(request, "ideas/gone.html", {"idea": found, "change": reason}, status=410)
    return _idea_page(request, found)


@signed_in
@require_POST
def support(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One tap: support, or take it back."""
    found = _idea(idea_id)
    verb = actions.withdraw_support if request.POST.get("support") == "no" else actions.support_idea
    try:
        verb(idea=found, resident=_resident(request), at=timezone.now())
    except Refused as refused:
        if not _by_htmx(request):
            raise
        return _support_part(request, found, refused=refused.denied)
    if _by_htmx(request):
        return _support_part(request, found, supported=verb is actions.support_idea)
    return _see_other(f"{found.get_absolute_url()}#support-{found.pk}")


@public
def support_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The support button as it is now, for screens that look again."""
    found = _idea(idea_id)
    return _support_part(request, found, supported=queries.supports(queries.resident_of(request.user), found))


@signed_in
@require_POST
def comment(request: HttpRequest, idea_id: int) -> HttpResponse:
    found = _idea(idea_id)
    official = "official" in request.POST and bool(may_answer(request.user, found))
    form = CommentForm(request.POST, may_answer=official)
    said = None
    if form.is_valid():
        said = do(
            form,
            actions.comment_on_idea,
            idea=found,
            author=_resident(request),
            text=form.cleaned_data["text"],
            official=form.cleaned_data.get("official", False),
            at=timezone.now(),
        )
    if _by_htmx(request):
        context = _discussion(request, found, form if said is None else None)
        context["said"] = said
        return render(request, "ideas/idea.html#discussion", context, status=422 if said is None else 200)
    if said is None:
        return _idea_page(request, found, form=form)
    return _see_other(f"{found.get_absolute_url()}#comment-{said.pk}")


@public
def comments_now(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The comments as they are now, for screens that look again."""
    return render(request, "ideas/idea.html#comments", _comments(request, _public_idea(idea_id)))


@signed_in
def withdraw(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Asks once more, then takes the author's idea back."""
    found = _idea(idea_id)
    require(may_withdraw(request.user, found))
    if request.method != "POST":
        return render(
            request, "ideas/withdraw.html", {"idea": found, "crumbs": _crumbs(found, _("Withdraw"))}
        )
    actions.withdraw_idea(idea=found, by=_account(request), at=timezone.now())
    messages.success(request, _("You withdrew your idea. Only you can still see its page."))
    return _see_other(found.get_absolute_url())


@needs("ideas.remove_comment")
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A moderator takes a comment away and says why."""
    said = get_object_or_404(Comment.objects.select_related("idea", "author"), pk=comment_id)
    require(may_remove_comment(request.user, said))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if do(
            form, actions.remove_comment, comment=said, reason=reason, by=_account(request), at=timezone.now()
        ):
            messages.success(request, _("The comment was removed. Its place shows your reason."))
            return _see_other(f"{said.idea.get_absolute_url()}#comments")
    context = {
        "comment": said,
        "row": display.comment_rows([said])[0],
        "form": form,
        "errors": error_list(form),
        "crumbs": _crumbs(said.idea, _("Remove a comment")),
    }
    return render(request, "ideas/remove_comment.html", context, status=422 if form.errors else 200)


# --- a new idea ------------------------------------------------------------------------------------------


@public_form
def new(request: HttpRequest) -> HttpResponse:
    """Suggest an idea. Says before anything is typed that it takes an account; what was typed outlives signing in."""
    now = timezone.now()
    offers = queries.offers(now)
    if request.method != "POST":
        draft = request.session.pop(DRAFT, None) if request.user.is_authenticated else None
        return _new_page(request, SuggestForm(offers=offers, at=now, initial=draft or request.GET.dict()))
    if not request.user.is_authenticated:
        request.session[DRAFT] = {name: request.POST.get(name, "")[:5000] for name in SuggestForm.base_fields}
        return redirect_to_login(request.path)
    if clicked := _clicked_pin(request.POST):
        typed = request.POST.dict() | clicked
        return _new_page(request, SuggestForm(offers=offers, at=now, initial=typed), moved=True)
    form = SuggestForm(request.POST, offers=offers, at=now)
    if form.is_valid():
        idea = do(form, actions.suggest_idea, author=_resident(request), at=now, **form.words())
        if idea is not None:
            messages.success(request, _("Thank you. Your idea is published. Share it to gather support."))
            return _see_other(idea.get_absolute_url())
    return _new_page(request, form)


@public
def pinned_place(request: HttpRequest) -> HttpResponse:
    """In which place a pin lies, in words."""
    return render(request, "ideas/new.html#pinned", _pinned(request.GET))


@public
def similar(request: HttpRequest) -> HttpResponse:
    """Ideas that may say the same as the title being typed."""
    title = request.GET.get("title", "").replace("\0", "")  # which PostgreSQL cannot hold
    found = queries.similar_to(title[:100])
    return render(request, "ideas/new.html#similar", {"similar": [display.card(each) for each in found]})


@public
def pin_map(request: HttpRequest) -> HttpResponse:
    """The council's map as a picture, to be clicked where there are no scripts."""
    places = place_map()
    context = {"areas": places.areas(urls={}), "view_box": places.view_box, **_pinned(request.GET)}
    return render(request, "ideas/pin_map.svg", context, content_type="image/svg+xml")


# --- what the views share --------------------------------------------------------------------------------


def _idea(idea_id: int) -> Idea:
    found = queries.idea_of(idea_id)
    if found is None:
        raise Http404
    return found


def _public_idea(idea_id: int) -> Idea:
    found = _idea(idea_id)
    if found.status in HIDDEN_STATUSES:
        raise Http404
    return found


def _by_htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _account(request: HttpRequest) -> Account:
    """Behind a guard for the signed-in."""
    return cast(Account, request.user)


def _why_not(decision: Decision) -> Words:
    return decision.reason if isinstance(decision, Denied) else ""


def _resident(request: HttpRequest) -> Resident:
    """Whoever is signed in takes part as a resident."""
    return queries.resident_of(request.user) or join(account=_account(request), at=timezone.now())


def _is_mine(request: HttpRequest, idea: Idea) -> bool:
    resident = queries.resident_of(request.user)
    return resident is not None and resident.pk == idea.author_id


def _see_other(address: str) -> HttpResponse:
    """After a post: fetch this next, so that going back or reloading posts nothing twice."""
    return HttpResponse(status=303, headers={"Location": address})


def _crumbs(idea: Idea, last: str) -> list[dict[str, str]]:
    return display.crumbs((idea.title, idea.get_absolute_url()), (last, ""))


def _story(request: HttpRequest, idea: Idea) -> queries.IdeaStory:
    resident = queries.resident_of(request.user)
    return queries.idea_story(idea, resident=resident, page=request.GET.get("page"))


def _idea_page(request: HttpRequest, idea: Idea, form: CommentForm | None = None) -> HttpResponse:
    story = _story(request, idea)
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
        **_support(request, idea, supported=story.supported),
        **_discussion(request, idea, form, comments=story.comments),
    }
    return render(request, "ideas/idea.html", context, status=422 if form and form.errors else 200)


def _support(
    request: HttpRequest, idea: Idea, *, supported: bool, refused: Denied | None = None
) -> dict[str, Any]:
    decision = may_support(request.user, idea) if refused is None else refused
    open_to_sign_in = not request.user.is_authenticated and idea.status in OPEN_STATUSES
    return {
        "idea": idea,
        # A support that can no longer be taken back is no button.
        "supported": supported and bool(decision),
        "may_support": bool(decision),
        "support_reason": _why_not(decision),
        "support_topic": display.support_topic(idea),
        "sign_in_url": _sign_in_url(idea.get_absolute_url()) if open_to_sign_in else "",
    }


def _support_part(
    request: HttpRequest, idea: Idea, *, supported: bool = False, refused: Denied | None = None
) -> HttpResponse:
    context = _support(request, idea, supported=supported, refused=refused)
    return render(
        request, "ideas/idea.html#support", context, status=200 if refused is None else refused.status
    )


def _comments(request: HttpRequest, idea: Idea, comments: Any = None) -> dict[str, Any]:
    page = comments or queries.comments_of(idea, page=request.GET.get("page"))
    return {
        "idea": idea,
        "comments": page,
        "comment_rows": display.comment_rows(page),
        "comments_topic": display.comments_topic(idea),
        "may_remove": request.user.has_perm("ideas.remove_comment"),
    }


def _discussion(
    request: HttpRequest, idea: Idea, form: CommentForm | None, comments: Any = None
) -> dict[str, Any]:
    decision = may_comment(request.user, idea)
    form = form or CommentForm(may_answer=bool(may_answer(request.user, idea)))
    return {
        **_comments(request, idea, comments),
        "comment_form": form,
        "comment_errors": error_list(form),
        "may_comment": bool(decision),
        "comment_reason": _why_not(decision),
        "comment_sign_in_url": ""
        if request.user.is_authenticated
        else _sign_in_url(f"{idea.get_absolute_url()}#discussion"),
    }


def _sign_in_url(back: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': back})}"


def _new_page(request: HttpRequest, form: SuggestForm, *, moved: bool = False) -> HttpResponse:
    places = place_map()
    width, height = display.picture_size(places.view_box)
    given = {name: str(form[name].value() or "") for name in ("latitude", "longitude")}
    context = {
        "form": form,
        "errors": error_list(form),
        "crumbs": display.crumbs((_("Suggest an idea"), "")),
        "places": places,
        "areas": places.areas(urls={}),
        "picture": {"width": width, "height": height, "query": urlencode(given)},
        "moved": moved,
        "sign_in_url": "" if request.user.is_authenticated else _sign_in_url(request.get_full_path()),
        "sources": [{"text": source.attribution, "url": source.url} for source in places.sources],
        **_pinned(given),
    }
    return render(request, "ideas/new.html", context, status=422 if form.errors else 200)


def _pinned(given: Mapping[str, str]) -> dict[str, Any]:
    """Where the pin is drawn and which place it lies in; nothing while there is no pin."""
    try:
        latitude, longitude = float(given.get("latitude", "")), float(given.get("longitude", ""))
        x, y = point_on_map(latitude, longitude)
    except (ValueError, OverflowError):
        return {"pin": None, "pinned": None}
    return {"pin": {"x": x, "y": y}, "pinned": place_at(lat=latitude, lon=longitude)}


def _clicked_pin(posted: QueryDict) -> dict[str, str]:
    """What a click on the picture of the map means; nothing when the form was sent without one.

    Browsers send 0, 0 when somebody pressed Enter in a field: the picture is then only the form's first button.
    """
    try:
        x, y = int(posted.get("map.x", "")), int(posted.get("map.y", ""))
    except ValueError:
        return {}
    view_box = place_map().view_box
    width, height = display.picture_size(view_box)
    if (x, y) == (0, 0) or not view_box or not (0 <= x <= width and 0 <= y <= height):
        return {}
    latitude, longitude = point_in(view_box, x / width, y / height)
    return {"latitude": str(latitude), "longitude": str(longitude)}
