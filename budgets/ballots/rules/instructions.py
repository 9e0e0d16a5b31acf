"""What a printed ballot paper tells its reader to do. Other languages have words of their own, written by officers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots.enums import Kind

HOW_TO = {
    Kind.APPROVAL: gettext_lazy(
        "Put a cross in the box of every project you want. Cross as many as you like."
    ),
    Kind.PICK: gettext_lazy("Put a cross in the box of up to %(most)s projects in each part."),
    Kind.KNAPSACK: gettext_lazy(
        "Put a cross in the box of every project you would pay for. Together they may cost no more than the money of"
        " their part."
    ),
    Kind.POINTS: gettext_lazy(
        "You have %(points)s points for each part. Write in each box how many it gets."
    ),
    Kind.RANKING: gettext_lazy(
        "Write 1 in the box of the project you want most, then 2, 3 and so on. You may stop at any place."
    ),
}


def how_to(kind: str, most: int | None, points: int | None) -> str:
    """How this kind of ballot is filled in."""
    return str(HOW_TO[Kind(kind)]) % {"most": most or "?", "points": points or "?"}


def on_paper(kind: str, most: int | None, points: int | None) -> str:
    """All of it, but for the day, which is printed below in whatever language."""
    envelopes = _(
        "Do not write your name on this paper. Put it into the plain envelope, and that into the one with your"
        " elector number, last name and postcode, or with your code."
    )
    return f"{how_to(kind, most, points)}\n\n{envelopes}"
