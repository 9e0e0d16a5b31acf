"""Does it add up: voters, envelopes and papers, as everybody reads them. Numbers of few people are not told exactly."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.ballots import queries
from budgets.ballots.enums import Invalid
from budgets.ballots.models import Reckoning
from budgets.ballots.rules.small import without_small

type Rows = list[tuple[str, str]]


def few(number: int) -> str:
    """None at all is nobody's secret; a few people are."""
    if number == 0 or number >= queries.SMALL:
        return f"{number:,}"
    return _("fewer than %(small)d") % {"small": queries.SMALL}


def reckoning(found: queries.Reckoned) -> dict[str, Any]:
    """Tables of voters and of paper, and in a sentence what the box holds against them."""
    paper = found.paper if found.paper and found.paper.batches else None
    return {
        "voters": _voters(found.voters) if found.voters else [],
        "paper": _paper(paper) if paper else [],
        "invalid": _invalid(paper) if paper else [],
        "box": _box(found, paper),
    }


def _voters(voters: Reckoning) -> Rows:
    """Each voter is in one of the last rows; a row of few is put together with another."""
    rows: Rows = []
    if voters.electors:
        rows.append((_("Electors on the roll that was loaded"), f"{voters.electors:,}"))
    if voters.codes:
        rows += [
            (_("Codes made"), f"{voters.codes:,}"),
            (_("Codes cancelled"), few(voters.codes_revoked)),
            (_("Voters who hold a code"), few(voters.codes_used)),
        ]
    names = {
        "by_elector": _("Voted: electors of that roll"),
        "by_code": _("Voted: holders of a code that was made for no elector"),
        "by_word": _("Voted: by their own word on who they are"),
    }
    shown, rest = without_small(
        {name: getattr(voters, name) for name in names if getattr(voters, name)}, queries.SMALL
    )
    rows += [(words, f"{shown[name]:,}") for name, words in names.items() if name in shown]
    if rest:
        rows.append((_("Voted: others, together") if shown else _("Voted"), few(rest)))
    return rows


def _paper(paper: queries.PaperReckoned) -> Rows:
    """Where few voted on paper at all, no number of it is exact: each would tell the others. Where many did, what their
    envelopes held adds up, however few of a kind there are.
    """
    told = few if paper.admitted < queries.SMALL else "{:,}".format
    return [
        (_("Batches of envelopes, all reconciled"), f"{paper.batches:,}"),
        (_("Envelopes turned away: voted already, or not on the roll"), few(paper.turned_away)),
        (_("Envelopes admitted, each a voter marked on the roll"), told(paper.admitted)),
        (_("Of these without a ballot paper in them"), told(paper.without_paper)),
        (_("Papers entered by two people that count"), told(paper.valid)),
        (_("Papers entered by two people that do not count"), told(paper.invalid_in_all)),
    ]


def _invalid(paper: queries.PaperReckoned) -> Rows:
    """By their reason. Reasons of few papers are told together."""
    shown, rest = without_small(paper.invalid, queries.SMALL)
    rows = [(str(Invalid(reason).label), f"{papers:,}") for reason, papers in sorted(shown.items())]
    if rest:
        rows.append((_("Other reasons, together") if shown else _("Any reason"), few(rest)))
    return rows


def _box(found: queries.Reckoned, paper: queries.PaperReckoned | None) -> str:
    papers = ngettext(
        "There was %(papers)s ballot paper in the box",
        "There were %(papers)s ballot papers in the box",
        found.papers_in_box,
    ) % {"papers": f"{found.papers_in_box:,}"}
    if paper is None or min(paper.valid, found.apart_from_paper) < queries.SMALL:
        return _("%(papers)s: as many as people who voted online or with help, and papers that count.") % {
            "papers": papers
        }
    return _("%(papers)s: %(others)s of people who voted online or with help, and %(valid)s on paper.") % {
        "papers": papers,
        "others": f"{found.apart_from_paper:,}",
        "valid": f"{paper.valid:,}",
    }
