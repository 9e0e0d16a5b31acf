"""The public pages about councillors."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engage.councillors import queries
from engage.councillors.filters import CouncillorFilter
from engage.councillors.twins import councillor_twin, councillors_twin
from engage.kit.forms import error_list
from engage.kit.guards import public
from engage.kit.pages import frame_for
from engage.kit.panels import panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, twin_links, twin_refusal, twin_response


@public
def councillors(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Who the councillors are and whom they serve."""
    today = timezone.localdate()
    asked = CouncillorFilter(request.GET, queries.serving(today))
    valid = asked.is_valid()
    if twin and not valid:
        return twin_refusal(asked.errors, twin)
    people = queries.people(asked.qs if valid else queries.serving(today), day=today)
    if twin:
        return twin_response(councillors_twin(people, request), twin)
    context = {
        "people": people,
        "frame": frame_for(request),
        "filter": asked.form,
        "filtered": bool(asked.form.changed_data),
        "errors": error_list(asked.form),
        "links": twin_links(request),
        "licence": OPEN_GOVERNMENT_LICENCE,
        "as_of": timezone.now(),
    }
    return render(request, "councillors/councillors.html", context)


@public
def councillor(request: HttpRequest, pk: int, slug: str, twin: str = "") -> HttpResponse:
    """One councillor: how to reach them, whom they serve, and what they do with their budget."""
    found = queries.councillor_page(int(pk), day=timezone.localdate())
    if found is None:
        raise Http404
    if slug != found.councillor.slug:
        if twin:
            return redirect("councillors:councillor_twin", pk=pk, slug=found.councillor.slug, twin=twin)
        return redirect(found.councillor, permanent=True)
    panels = panels_for(found.councillor, request)
    if twin:
        return twin_response(councillor_twin(found, panels, request), twin)
    context = {
        "found": found,
        "councillor": found.councillor,
        "frame": frame_for(request),
        "panels": panels,
        "links": twin_links(request),
        "licence": OPEN_GOVERNMENT_LICENCE,
        "as_of": timezone.now(),
    }
    return render(request, "councillors/councillor.html", context)
