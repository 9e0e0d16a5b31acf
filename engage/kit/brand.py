"""The council's colours as a style sheet of our own address, since the security policy forbids inline style."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from engage.kit.guards import public


@public
@cache_control(public=True, max_age=300)
def brand(request: HttpRequest) -> HttpResponse:
    """Reads `brand` from the frame that every page gets; without one the built-in colours stay."""
    return render(request, "kit/brand.css", content_type="text/css; charset=utf-8")
