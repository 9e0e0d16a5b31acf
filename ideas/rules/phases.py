"""When a call allows what: from its dated phases alone. The table in prose is docs/rules/phases.md.

A phase lasts from `starts_at` until just before `ends_at`. Nothing is switched: every answer is worked out from the
dates and the moment that is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engage.kit.decisions import Allowed, Decision, Denied, Words
from engage.kit.moments import end, start
from ideas.enums import PhaseKind


class Act(StrEnum):
    """What somebody may want to do with an idea of a call, and phases decide. Taking support back is asked as
    `SUPPORT`. Talking about an idea is not among them: no phase ends it.
    """

    SUGGEST = "suggest"
    EDIT = "edit"
    SUPPORT = "support"
    WITHDRAW = "withdraw"


# The table: what each phase allows, and the time after the last one. Between two phases nothing of it is allowed.
ALLOWS: dict[str, frozenset[Act]] = {
    PhaseKind.SUGGEST: frozenset({Act.SUGGEST, Act.EDIT, Act.WITHDRAW}),
    PhaseKind.SUPPORT: frozenset({Act.SUPPORT, Act.WITHDRAW}),
    PhaseKind.ASSESS: frozenset({Act.WITHDRAW}),
    PhaseKind.BALLOT: frozenset(),
    PhaseKind.DECIDE: frozenset(),
    PhaseKind.DELIVER: frozenset(),
}
AFTER = frozenset({Act.WITHDRAW})


class Dated(Protocol):
    """A phase: a row of the model, or `PhaseDates` before there is one."""

    @property
    def kind(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class PhaseDates:
    kind: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which an act is allowed; without an end it goes on for as long as the idea itself allows it."""

    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is `suggest_starts_at` or the like: the date to blame."""

    field: str
    sentence: str


def in_order[P: Dated](phases: Iterable[P]) -> list[P]:
    return sorted(phases, key=lambda phase: phase.starts_at)


def phase_at[P: Dated](phases: Iterable[P], at: datetime) -> P | None:
    """None before the first phase, in a gap, and after the last."""
    return next((phase for phase in phases if phase.starts_at <= at < phase.ends_at), None)


def next_phase[P: Dated](phases: Iterable[P], at: datetime) -> P | None:
    """The first that has not begun."""
    return next((phase for phase in in_order(phases) if phase.starts_at > at), None)


def has_begun(phases: Iterable[Dated], at: datetime) -> bool:
    return any(phase.starts_at <= at for phase in phases)


def is_over(phases: Sequence[Dated], at: datetime) -> bool:
    return bool(phases) and all(phase.ends_at <= at for phase in phases)


def windows(phases: Iterable[Dated], act: Act) -> list[Window]:
    """When a call with these phases allows `act`, in order."""
    ordered = in_order(phases)
    if not ordered:
        return []
    found = [Window(phase.starts_at, phase.ends_at) for phase in ordered if act in ALLOWS[phase.kind]]
    if act == Act.SUPPORT and not found:
        found = _support_beside_suggesting(ordered)
    if act in AFTER:
        found.append(Window(ordered[-1].ends_at, None))
    return sorted(found, key=lambda window: window.starts_at)


def _support_beside_suggesting(ordered: Sequence[Dated]) -> list[Window]:
    """A call without a phase for support takes it from when ideas come in until the next phase begins."""
    for place, phase in enumerate(ordered):
        if phase.kind == PhaseKind.SUGGEST:
            later = ordered[place + 1 :]
            return [Window(phase.starts_at, later[0].starts_at if later else None)]
    return []


def allows(phases: Iterable[Dated], act: Act, at: datetime, *, title: str) -> Decision:
    """Whether the call named `title` allows `act` then; a refusal says since or until when, and what to do."""
    found = windows(phases, act)
    if any(window.starts_at <= at and (window.ends_at is None or at < window.ends_at) for window in found):
        return Allowed()
    opens = next((window.starts_at for window in found if window.starts_at > at), None)
    closed = max(
        (window.ends_at for window in found if window.ends_at and window.ends_at <= at), default=None
    )
    words = SENTENCES[act]
    if opens is not None:
        return _denied(words.before, title, start(opens))
    if closed is not None:
        return _denied(words.after, title, end(closed))
    return _denied(words.never, title, "")


def _denied(sentence: Words, title: str, when: str) -> Denied:
    return Denied(str(sentence) % {"call": title, "when": when}, status=409, field="call")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Why not: before the act is allowed, after it was, and where the call has no time for it at all."""

    before: Words
    after: Words
    never: Words


SENTENCES: Mapping[Act, Sentences] = {
    Act.SUGGEST: Sentences(
        before=gettext_lazy(
            "“%(call)s” opens at %(when)s. Come back then, or suggest your idea now without this call."
        ),
        after=gettext_lazy(
            "“%(call)s” closed at %(when)s, so it takes no more ideas."
            " You can still suggest your idea without this call."
        ),
        never=gettext_lazy("“%(call)s” takes no ideas. You can still suggest your idea without this call."),
    ),
    Act.EDIT: Sentences(
        before=gettext_lazy("Ideas for “%(call)s” can be changed from %(when)s. Come back then."),
        after=gettext_lazy(
            "“%(call)s” stopped taking ideas at %(when)s, so its ideas stay as they are."
            " Say what is new in a comment."
        ),
        never=gettext_lazy("The ideas of “%(call)s” stay as they are. Say what is new in a comment."),
    ),
    Act.SUPPORT: Sentences(
        before=gettext_lazy(
            "Support for the ideas of “%(call)s” opens at %(when)s. Come back then. You can comment now."
        ),
        after=gettext_lazy(
            "Support for the ideas of “%(call)s” closed at %(when)s, so the numbers stay as they are."
            " You can still comment."
        ),
        never=gettext_lazy("“%(call)s” does not count support. Say what you think in a comment."),
    ),
    Act.WITHDRAW: Sentences(
        before=gettext_lazy(
            "Ideas of “%(call)s” can be withdrawn again from %(when)s."
            " Until then, say in a comment that you no longer want yours."
        ),
        after=gettext_lazy(
            "Since %(when)s the ideas of “%(call)s” stay as they are."
            " Say in a comment that you no longer want yours."
        ),
        never=gettext_lazy("The ideas of “%(call)s” stay as they are. Leave a comment."),
    ),
}


def problems(phases: Sequence[Dated]) -> list[Problem]:
    """What is wrong with the dates of a call, each at the date to mend: a phase ends after it starts, and phases
    follow each other in the order of `PhaseKind` without overlapping.
    """
    found = [
        Problem(
            f"{phase.kind}_ends_at",
            _("“%(phase)s” must end after it starts. Choose a later end.") % {"phase": _name(phase)},
        )
        for phase in phases
        if phase.ends_at <= phase.starts_at
    ]
    order = list(PhaseKind.values)
    ranked = sorted(phases, key=lambda phase: order.index(phase.kind))
    for before, after in pairwise(ranked):
        if after.starts_at < before.ends_at:
            words = {"phase": _name(after), "before": _name(before), "when": start(before.ends_at)}
            found.append(
                Problem(
                    f"{after.kind}_starts_at",
                    _(
                        "“%(phase)s” comes after “%(before)s”, and two phases may not overlap."
                        " Choose %(when)s or later."
                    )
                    % words,
                )
            )
    return found


def _name(phase: Dated) -> str:
    return str(PhaseKind(phase.kind).label)
