"""The calls for ideas."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from engage.kit.guards import public


@public
def calls(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Every call."""
    return HttpResponse()


@public
def call(request: HttpRequest, slug: str, twin: str = "") -> HttpResponse:
    """One call."""
    return HttpResponse()
