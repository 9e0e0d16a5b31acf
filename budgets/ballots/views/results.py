"""What came out, for everybody, and the files to check it by. Nothing of it is there before it is published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.ballots import queries
from budgets.ballots.display import results as display
from budgets.ballots.display.browse import errata
from budgets.ballots.display.reckoning import reckoning
from budgets.ballots.models import Ballot, Count, Log, Publication
from engage.kit.guards import public


@public
def results(request: HttpRequest, ballot_id: int, pot: str = "") -> HttpResponse:
    """One pot; the first when none is named."""
    ballot, publication = _published(ballot_id)
    counts = queries.counts_of(ballot)
    count = counts.get(pot) if pot else next(iter(counts.values()), None)
    if count is None:
        raise Http404
    return render(
        request, "ballots/results.html", _context(ballot, publication, count, list(counts.values()))
    )


def _context(ballot: Ballot, publication: Publication, count: Count, counts: list[Count]) -> dict[str, Any]:
    found = display.pot_result(ballot, count, today=timezone.localdate())
    log = Log.objects.get(ballot=ballot)
    address = reverse("ballots:short", args=[ballot.pk])
    return {
        "ballot": ballot,
        "publication": publication,
        "result": found,
        "pots": [
            {
                "name": each.pot.name,
                "url": reverse("ballots:pot_results", args=[ballot.pk, each.pot.key]),
                "here": each.pk == count.pk,
            }
            for each in counts
        ],
        "turnout": display.turnout_tables(queries.turnout(ballot)),
        "reckoning": reckoning(queries.reckoned(ballot)),
        "neighbourhoods": display.neighbourhoods(ballot, found),
        "downloads": display.downloads(ballot, count, publication),
        "checks": display.checks(ballot, count, size=log.size, root=log.root),
        "command": display.command(ballot, count),
        "errata": errata(queries.shown(ballot)),
        "receipt_url": reverse("ballots:receipt", args=[ballot.pk]),
        "crumbs": [
            {"text": _("Home"), "url": "/"},
            {"text": _("Ballots"), "url": reverse("ballots:ballots")},
            {"text": ballot.title, "url": address},
            {"text": _("Result"), "url": ""},
        ],
    }


@public
def count_file(request: HttpRequest, ballot_id: int, pot: str, kind: str) -> HttpResponse:
    """The `.pb` file (when the council published every ballot) or the result."""
    ballot, _publication = _published(ballot_id)
    count = queries.counts_of(ballot).get(pot)
    content = None
    if count is not None:
        content = queries.public_file(count) if kind == "pb" else count.result
    if content is None:
        raise Http404
    mime = "text/plain; charset=utf-8" if kind == "pb" else "application/json"
    return _download(content, f"ballot-{ballot.pk}-{pot}.{kind}", mime)


@public
def log(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """The published log: commitments in their order, one on each line."""
    ballot, _publication = _published(ballot_id)
    content = "".join(f"{line}\n" for line in queries.log_lines(ballot))
    return _download(content, f"ballot-{ballot.pk}-log.txt", "text/plain; charset=utf-8")


@public
def frozen(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """The frozen document byte for byte, from the moment the ballot is open."""
    ballot = get_object_or_404(Ballot.objects.opened().select_related("version"), pk=ballot_id)
    return _download(bytes(ballot.version.document), f"ballot-{ballot.pk}-frozen.json", "application/json")


def _published(ballot_id: int) -> tuple[Ballot, Publication]:
    ballot = get_object_or_404(Ballot.objects.opened().select_related("place"), pk=ballot_id)
    return ballot, get_object_or_404(Publication, ballot=ballot)


def _download(content: str | bytes, name: str, mime: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
