"""A new idea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.forms import do, error_list
from engage.kit.guards import public, public_form
from engage.places.queries import place_at, place_map
from engage.places.rules.boundaries import point_on_map
from ideas import actions, display, queries
from ideas.forms import SuggestForm
from ideas.rules.grid import point_in
from ideas.views.common import see_other, sign_in_url, taking_part

DRAFT = "idea_draft"


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
        idea = do(form, actions.suggest_idea, author=taking_part(request), at=now, **form.words())
        if idea is not None:
            messages.success(request, _("Thank you. Your idea is published. Share it to gather support."))
            return see_other(idea.get_absolute_url())
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
        "sign_in_url": "" if request.user.is_authenticated else sign_in_url(request.get_full_path()),
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
