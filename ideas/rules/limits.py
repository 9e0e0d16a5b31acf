"""How many ideas and supports a person has in a call."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from engage.kit.decisions import Allowed, Decision, Denied


@dataclass(frozen=True, slots=True)
class Used:
    """`limit` None is no limit."""

    used: int
    limit: int | None

    @property
    def full(self) -> bool:
        return self.limit is not None and self.used >= self.limit


def one_more_idea(ideas: Used, *, title: str) -> Decision:
    if not ideas.full:
        return Allowed()
    return Denied(
        ngettext(
            "Each person can suggest %(limit)d idea for “%(call)s”, and you have suggested it."
            " Withdraw it first, or suggest this one without the call.",
            "Each person can suggest %(limit)d ideas for “%(call)s”, and you have suggested them."
            " Withdraw one first, or suggest this one without the call.",
            ideas.limit or 0,
        )
        % {"limit": ideas.limit, "call": title},
        status=409,
        field="call",
    )


def one_more_support(supports: Used, *, title: str) -> Decision:
    if not supports.full:
        return Allowed()
    return Denied(
        ngettext(
            "Each person can support %(limit)d idea of “%(call)s”, and you support one already."
            " Take that support back first, then support this idea.",
            "Each person can support %(limit)d ideas of “%(call)s”, and you support that many already."
            " Take one of them back first, then support this idea.",
            supports.limit or 0,
        )
        % {"limit": supports.limit, "call": title},
        status=409,
    )
