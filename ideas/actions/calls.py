"""Inviting ideas: a call with its phases and questions, and next year's from this year's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.models import Theme
from engage.places.models import Place
from ideas.actions.common import words_of
from ideas.enums import Feeds, PhaseKind
from ideas.events import CALL_COPIED, CALL_DATES_SHIFTED, CALL_SAVED
from ideas.models import Call, CallQuestion, Phase, PhaseShift
from ideas.permissions import may_announce, may_keep_calls
from ideas.rules import phases as rules
from ideas.rules.next_year import a_year_on, title_a_year_on
from ideas.rules.phases import PhaseDates

SHIFT_REASON_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Question:
    """What a call asks beside the idea. `pk` names a question that is there already; `choices` has one a line."""

    label: str
    kind: str
    help_text: str = ""
    choices: str = ""
    required: bool = False
    public: bool = True
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class CallFacts:
    """All that an officer says about a call. No places means everywhere, no limit as many as they like."""

    title: str
    explanation: str
    phases: Sequence[PhaseDates]
    places: Collection[Place] = ()
    themes: Collection[Theme] = ()
    questions: Sequence[Question] = ()
    body: Any = ""
    ideas_each: int | None = None
    supports_each: int | None = None
    feeds: str = Feeds.NOTHING
    ballot_pot_pence: int | None = None
    announced_at: datetime | None = None


@transaction.atomic
def save_call(
    *,
    facts: CallFacts,
    by: Account,
    at: datetime,
    call: Call | None = None,
    reason: str = "",
    version: int | None = None,
) -> Call:
    """Add a call, or make `call` be as said. Its address stays what it was when it was added.

    Once a call is public, changing a phase's dates needs the `reason` that everybody reads. `version` is the one
    that `by` saw; refused (409) when somebody has saved the call since.
    """
    require(may_keep_calls(by))
    if wrong := rules.problems(facts.phases):
        raise Refused(Denied(wrong[0].sentence, status=422, field=wrong[0].field))
    call = _not_behind(call, version) if call else Call(slug=_free_slug(facts.title), version=0)
    require(may_announce(call, facts.announced_at, bool(facts.phases), at=at))
    was_public = call.is_public(at)
    for name in ("title", "explanation", "body", "ideas_each", "supports_each", "feeds", "announced_at"):
        setattr(call, name, getattr(facts, name))
    call.ballot_pot_pence = facts.ballot_pot_pence if facts.feeds == Feeds.BALLOT else None
    call.version += 1
    call.save()
    call.places.set(facts.places)
    call.themes.set(facts.themes)
    shifts = _set_phases(call, facts.phases)
    _set_questions(call, facts.questions)
    record(CALL_SAVED, subject=call, actor=by, at=at)
    if was_public and shifts:
        _publish_shifts(call, shifts, reason, by=by, at=at)
    return call


@transaction.atomic
def copy_call(*, call: Call, by: Account, at: datetime) -> Call:
    """Next year's call from this one: a draft with everything it says, its dates moved to the same weekdays."""
    require(may_keep_calls(by))
    zone = get_current_timezone()
    facts = CallFacts(
        title=title_a_year_on(call.title),
        explanation=call.explanation,
        phases=[
            PhaseDates(each.kind, a_year_on(each.starts_at, zone), a_year_on(each.ends_at, zone))
            for each in call.phases.all()
        ],
        places=call.places.all(),
        themes=call.themes.all(),
        questions=[
            Question(each.label, each.kind, each.help_text, each.choices, each.required, each.public)
            for each in call.questions.all()
        ],
        body=call.body,
        ideas_each=call.ideas_each,
        supports_each=call.supports_each,
        feeds=call.feeds,
        ballot_pot_pence=call.ballot_pot_pence,
    )
    copy = save_call(facts=facts, by=by, at=at)
    copy.copied_from = call
    copy.save(update_fields=["copied_from"])
    record(CALL_COPIED, subject=copy, actor=by, at=at, copied_from=call.pk)
    return copy


def _not_behind(call: Call, version: int | None) -> Call:
    """The call, locked, when it still is the one that was seen."""
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if version is None or version == locked.version:
        return locked
    raise Refused(
        Denied(
            _(
                "Somebody else saved this call while you were writing. All you wrote is still below, and where it"
                " differs you can read what the call says now. Put together what should stay, then save again."
            ),
            status=409,
            field="version",
        )
    )


def _set_phases(call: Call, wanted: Iterable[PhaseDates]) -> list[PhaseShift]:
    """Make the phases be as said; the answer is what changed. All that changes goes before anything comes, since
    two phases that trade places would overlap half-way.
    """
    before = {phase.kind: phase for phase in call.phases.all()}
    after = {phase.kind: phase for phase in wanted}
    changed = [kind for kind in PhaseKind.values if _dates(before.get(kind)) != _dates(after.get(kind))]
    call.phases.filter(kind__in=changed).delete()
    Phase.objects.bulk_create(
        Phase(call=call, kind=kind, starts_at=after[kind].starts_at, ends_at=after[kind].ends_at)
        for kind in changed
        if kind in after
    )
    return [_shift(kind, before, after) for kind in changed]


def _dates(phase: rules.Dated | None) -> tuple[datetime, datetime] | None:
    return (phase.starts_at, phase.ends_at) if phase else None


def _shift(kind: str, before: Mapping[str, rules.Dated], after: Mapping[str, rules.Dated]) -> PhaseShift:
    was, becomes = _dates(before.get(kind)) or (None, None), _dates(after.get(kind)) or (None, None)
    return PhaseShift(
        kind=kind, from_starts_at=was[0], from_ends_at=was[1], to_starts_at=becomes[0], to_ends_at=becomes[1]
    )


def _publish_shifts(
    call: Call, shifts: Sequence[PhaseShift], reason: str, *, by: Account, at: datetime
) -> None:
    missing = _("This call is public. Say why its dates change: everyone can read the reason.")
    words = words_of(reason, SHIFT_REASON_LIMIT, "reason", missing)
    for shift in shifts:
        shift.call, shift.reason, shift.shifted_at, shift.shifted_by = call, words, at, by
    PhaseShift.objects.bulk_create(shifts)
    record(CALL_DATES_SHIFTED, subject=call, actor=by, at=at, phases=[shift.kind for shift in shifts])


def _set_questions(call: Call, wanted: Sequence[Question]) -> None:
    """Make the questions be as said, in that order. One that somebody has answered stays."""
    known = {each.pk: each for each in CallQuestion.objects.filter(call=call)}
    gone = [known[pk] for pk in known.keys() - {each.pk for each in wanted}]
    for question in gone:
        if question.replies.exists():
            raise Refused(
                Denied(
                    _("“%(question)s” has been answered already, so it has to stay. Put it back.")
                    % {"question": question.label},
                    status=409,
                    field="questions",
                )
            )
        question.delete()
    for order, each in enumerate(wanted):
        row = known.get(each.pk or 0) or CallQuestion(call=call)
        row.order = order
        for name in ("label", "kind", "help_text", "choices", "required", "public"):
            setattr(row, name, getattr(each, name))
        row.save()


def _free_slug(title: str) -> str:
    """`parks`, else `parks-2` and so on: the first that no call has."""
    stem = slugify(title)[:100] or "call"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
