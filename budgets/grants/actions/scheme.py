"""The rules of a year's grants: written, published, and next year's from this year's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS
from budgets.grants.enums import Decides
from budgets.grants.models import Principle, RequiredDocument, RingFence, Scheme
from budgets.grants.permissions import may_edit_scheme
from budgets.grants.rules.next_year import a_year_on
from budgets.grants.rules.principles import DEFAULTS
from budgets.grants.rules.scheme import Fences, fences_fit
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals, writing
from engage.kit.words import words_of
from engage.kit.years import year_label

REASON_LIMIT = 300
MONTHS_LIMIT = 60

SCHEME_REFUSALS: Refusals = {
    **GRANT_REFUSALS,
    "grants_scheme_year_key": (
        gettext_lazy("There is a scheme for that year already. Change that one instead."),
        409,
        "year",
    ),
    "scheme_dates_in_order": (
        gettext_lazy(
            "The dates must follow each other: opens, last day for applications, for decisions, to spend."
        ),
        422,
        "closes_on",
    ),
    "scheme_max_not_below_min": (
        gettext_lazy("The largest grant cannot be less than the smallest."),
        422,
        "grant_max",
    ),
    "scheme_amounts_positive": (gettext_lazy("Enter amounts above £0."), 422, None),
    "scheme_carry_over_is_a_share": (
        gettext_lazy("Enter 0 to 100 per cent."),
        422,
        "carry_over_percent",
    ),
    "principle_once": (
        gettext_lazy("Two principles have the same name. Give each a name of its own."),
        422,
        None,
    ),
}


@dataclass(frozen=True, slots=True)
class PrincipleFacts:
    """`pk` names one that is there already; its short name stays what it was."""

    title: str
    meaning: str
    question: str
    pk: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """All that a council says about a year's grants. Amounts in whole pence.

    `fences` and `documents` map kinds (`Fence`, `DocumentKind`) to amounts: what is kept of each budget, and
    from which grant on a document is asked for. Without `principles` a new scheme has the usual six, and one that is
    there keeps its own.
    """

    year: int
    title: str
    allocation_pence: int
    grant_min_pence: int
    grant_max_pence: int
    opens_on: date
    closes_on: date
    decide_by: date
    spend_by: date
    summary: str = ""
    carry_over_percent: int = 0
    joint_grants: bool = True
    decides: str = Decides.COUNCILLOR
    officer_above_pence: int | None = None
    prohibited: Sequence[str] = ()
    monitoring_months: Sequence[int] = (6, 12)
    fences: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)
    principles: Sequence[PrincipleFacts] = ()


PLAIN = (
    "year",
    "title",
    "summary",
    "allocation_pence",
    "grant_min_pence",
    "grant_max_pence",
    "opens_on",
    "closes_on",
    "decide_by",
    "spend_by",
    "carry_over_percent",
    "joint_grants",
    "decides",
    "officer_above_pence",
)


def save_scheme(
    *,
    facts: SchemeFacts,
    by: Account,
    at: datetime,
    scheme: Scheme | None = None,
    version: int | None = None,
    reason: str = "",
) -> Scheme:
    """Add a year's scheme, or make `scheme` be as said.

    Once a scheme is published and somebody applies under it, a change needs the `reason` that everybody reads.
    `version` is the one that `by` saw; refused (409) when somebody has saved the scheme since.
    """
    require(may_edit_scheme(by))
    _must_make_sense(facts)
    with writing(SCHEME_REFUSALS):
        saved = _not_behind(scheme, version) if scheme else Scheme(version=0)
        changed = _changes(saved, facts)
        if scheme and not changed:
            return saved
        if why := (_reason_for(reason) if scheme and _is_in_use(saved) else ""):
            _must_keep_the_year(saved, facts)
        for name in PLAIN:
            setattr(saved, name, getattr(facts, name))
        saved.prohibited, saved.monitoring_months = list(facts.prohibited), sorted(facts.monitoring_months)
        saved.version += 1
        saved.save()
        _set_amounts(RingFence, saved, facts.fences, "amount_pence")
        _set_amounts(RequiredDocument, saved, facts.documents, "from_pence")
        _set_principles(saved, facts.principles or ([] if scheme else _the_usual()))
        record(
            events.SCHEME_SAVED, subject=saved, actor=by, at=at, year=saved.year, fields=changed, reason=why
        )
    return saved


def publish_scheme(*, scheme: Scheme, by: Account, at: datetime) -> Scheme:
    """Show the scheme to everybody; from its first day on, groups may apply. Publishing again changes nothing."""
    require(may_edit_scheme(by))
    with writing(SCHEME_REFUSALS):
        held = Scheme.objects.select_for_update().get(pk=scheme.pk)
        if held.published_at is None:
            held.published_at, held.version = at, held.version + 1
            held.save(update_fields=["published_at", "version"])
            record(events.SCHEME_PUBLISHED, subject=held, actor=by, at=at, year=held.year)
    return held


def copy_scheme(*, scheme: Scheme, by: Account, at: datetime) -> Scheme:
    """The next year's scheme from this one: a draft with everything it says, its dates a year later."""
    facts = facts_of(scheme)
    if Scheme.objects.filter(year=scheme.year + 1).exists():
        raise Refused(
            Denied(
                _("There is a scheme for %(year)s already. Open that one.")
                % {"year": year_label(scheme.year + 1)},
                status=409,
            )
        )
    moved = {
        name: a_year_on(getattr(scheme, name)) for name in PLAIN if isinstance(getattr(scheme, name), date)
    }
    values: dict[str, Any] = {name: getattr(facts, name) for name in facts.__slots__} | moved
    return save_scheme(facts=SchemeFacts(**values | {"year": scheme.year + 1}), by=by, at=at)


def facts_of(scheme: Scheme) -> SchemeFacts:
    """What a scheme says now. Its principles without their numbers: they become rows of their own elsewhere."""
    return SchemeFacts(
        **{name: getattr(scheme, name) for name in PLAIN},
        prohibited=list(scheme.prohibited),
        monitoring_months=list(scheme.monitoring_months),
        fences={each.kind: each.amount_pence for each in scheme.fences.all()},
        documents={each.kind: each.from_pence for each in scheme.documents_required.all()},
        principles=[
            PrincipleFacts(each.title, each.meaning, each.question, key=each.key)
            for each in scheme.principles.all()
        ],
    )


def _must_make_sense(facts: SchemeFacts) -> None:
    fences = Fences(*(facts.fences.get(kind, 0) for kind in ("capital", "environment")))
    require(fences_fit(facts.allocation_pence, fences))
    if facts.grant_max_pence > facts.allocation_pence:
        raise Refused(
            Denied(
                _("The largest grant from one budget cannot be more than a budget has."),
                status=422,
                field="grant_max",
            )
        )
    months = facts.monitoring_months
    if not months or len(set(months)) < len(months) or not all(0 < each <= MONTHS_LIMIT for each in months):
        raise Refused(
            Denied(
                _(
                    "Say after how many months reports are due, for example “6, 12”: each once, from 1 to %(most)d."
                )
                % {"most": MONTHS_LIMIT},
                status=422,
                field="monitoring_months",
            )
        )


def _not_behind(scheme: Scheme, version: int | None) -> Scheme:
    """The scheme, locked, when it still is the one that was seen."""
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if version is None or version == locked.version:
        return locked
    raise Refused(
        Denied(
            _(
                "Somebody else saved this scheme while you were writing. All you wrote is still below, and where it"
                " differs you can read what the scheme says now. Put together what should stay, then save again."
            ),
            status=409,
            field="version",
        )
    )


def _is_in_use(scheme: Scheme) -> bool:
    return scheme.published_at is not None and scheme.applications.exists()


def _reason_for(reason: str) -> str:
    missing = _("Groups have applied under this scheme. Say why it changes: everyone can read the reason.")
    return words_of(reason, REASON_LIMIT, "reason", missing)


def _must_keep_the_year(scheme: Scheme, facts: SchemeFacts) -> None:
    if scheme.year != facts.year:
        raise Refused(
            Denied(_("Groups have applied for this year, so it stays the scheme of this year."), 409, "year")
        )


def _changes(scheme: Scheme, facts: SchemeFacts) -> list[str]:
    """The names of what differs; all of them for a scheme that is not there yet."""
    if scheme.pk is None:
        return []
    was = facts_of(scheme)
    changed = [name for name in PLAIN if getattr(was, name) != getattr(facts, name)]
    changed += [name for name in ("prohibited",) if list(was.prohibited) != list(facts.prohibited)]
    if sorted(was.monitoring_months) != sorted(facts.monitoring_months):
        changed.append("monitoring_months")
    changed += [
        name for name in ("fences", "documents") if dict(getattr(was, name)) != dict(getattr(facts, name))
    ]
    if facts.principles and [(p.title, p.meaning, p.question) for p in was.principles] != [
        (p.title, p.meaning, p.question) for p in facts.principles
    ]:
        changed.append("principles")
    return changed


def _set_amounts(
    model: type[RingFence | RequiredDocument], scheme: Scheme, wanted: Mapping[str, int], field: str
) -> None:
    model.objects.filter(scheme=scheme).exclude(kind__in=wanted).delete()
    for kind, pence in wanted.items():
        model.objects.update_or_create(scheme=scheme, kind=kind, defaults={field: pence})


def _the_usual() -> list[PrincipleFacts]:
    return [PrincipleFacts(str(p.title), str(p.meaning), str(p.question), key=p.key) for p in DEFAULTS]


def _set_principles(scheme: Scheme, wanted: Sequence[PrincipleFacts]) -> None:
    """Make them be as said, in that order. One that somebody was checked against stays."""
    if not wanted:
        return
    known = {each.pk: each for each in Principle.objects.filter(scheme=scheme)}
    for pk in known.keys() - {each.pk for each in wanted}:
        try:
            known[pk].delete()
        except ProtectedError as error:
            sentence = _("Applications were checked against “%(principle)s”, so it has to stay. Put it back.")
            raise Refused(Denied(sentence % {"principle": known[pk].title}, status=409)) from error
    taken = {each.key for pk, each in known.items() if pk in {fact.pk for fact in wanted}}
    for order, each in enumerate(wanted):
        row = known.get(each.pk or 0) or Principle(scheme=scheme, key=_free_key(each, taken))
        taken.add(row.key)
        row.order, row.title, row.meaning, row.question = order, each.title, each.meaning, each.question
        row.save()


def _free_key(facts: PrincipleFacts, taken: set[str]) -> str:
    """The short name it has, or one made of its title: `last-resort`, else `last-resort-2` and so on."""
    stem = facts.key or slugify(facts.title)[:36] or "principle"
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
