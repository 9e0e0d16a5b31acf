"""Search, and what machines read first."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from cms import queries
from cms.forms import SearchForm
from engage.kit.guards import public


@public
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    found = None
    if words:
        found = queries.search(
            words, kind=form.cleaned_data["kind"], page=request.GET.get("page"), request=request
        )
    query = urlencode({"q": words, "kind": found.kind.value}) if found else ""
    context = {"form": form, "words": words, "found": found, "query": query}
    return render(request, "cms/search.html", context, status=200 if form.is_valid() else 422)


@public
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything published may be read; search results and doors are of no use in an index."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /account/",
        f"Disallow: {reverse('cms:search')}",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('cms:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
