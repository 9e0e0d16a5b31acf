"""The verb that books a file of grants: all of it or nothing, and the same file twice changes nothing.

docs/rules/imports.md says in prose what happens to each grant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets import actions, events
from budgets.enums import EntryKind
from budgets.models import Award, Budget, Entry, Organisation
from budgets.rules.grants_change import Movements, movements
from budgets.rules.grants_file import Grant, Recipient, one_name_each, spellings_of
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.audit.models import Source
from engage.kit.decisions import Refused
from engage.kit.money import pounds
from engage.kit.progress import Track, untracked
from engage.kit.tables import BadFile, Problems, Tally, clip
from engage.kit.years import financial_year, year_dates, year_label
from engage.places.models import Place
from engage.places.queries import council

ENTRY_KEY = "grant:"
ALLOCATION_KEY = "grants:"


@dataclass
class GrantsReport:
    """What was done with the grants and the organisations, and a sentence for every allocation made."""

    grants: Tally = field(default_factory=Tally)
    organisations: Tally = field(default_factory=Tally)
    allocations: list[str] = field(default_factory=list)


@transaction.atomic
def import_grants(
    *,
    grants: Sequence[Grant],
    source: Source,
    today: date,
    by: Account | None,
    at: datetime | None = None,
    track: Track = untracked,
) -> GrantsReport:
    """Book each grant as an award with its commitment, and a payment where the file says money was paid out.

    The budget is the fund, in the financial year of the award date, of the place whose code the grant names, else
    of the council. A fund whose money comes from such files alone is allocated what its grants add up to; one
    that people allocated money to must hold them. A grant known from before gets its new words, and the
    difference in money as entries dated `today`; its date, place and organisation stay as they were decided.
    Raises BadFile with a sentence for each grant that cannot be booked, and then nothing is.
    """
    booking = _Booking(source=source, today=today, by=by, at=at)
    organisations = booking.organisations_of(grants)
    plans = booking.plans_for(grants)
    booking.allocate(plans, +1)
    for plan in track(plans, _("Grants")):
        booking.book(plan, organisations[plan.grant.recipient.identifier])
    booking.problems.stop_if_any()
    booking.allocate(plans, -1)
    done = booking.report.grants
    if done.added or done.changed:
        counts = {"added": len(done.added), "changed": len(done.changed)}
        record(events.GRANTS_IMPORTED, subject=source, actor=by, at=at, **counts)
    return booking.report


@dataclass(frozen=True)
class _Plan:
    """A grant with its place in the journal. `award` is None when no earlier file had it."""

    grant: Grant
    budget: Budget
    place: Place
    award: Award | None
    booked: Sequence[Entry]
    moves: Movements

    def next_key(self, kind: EntryKind) -> str:
        """Derived from the grant and how often it moved that way before, so that a file books nothing twice."""
        before = sum(entry.kind == kind for entry in self.booked)
        return f"{ENTRY_KEY}{self.grant.identifier}:{kind}:{before + 1}"


@dataclass
class _Booking:
    """One import while it runs: who does it, when, and what it has found."""

    source: Source
    today: date
    by: Account | None
    at: datetime | None
    report: GrantsReport = field(default_factory=GrantsReport)
    problems: Problems = field(default_factory=Problems)

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    # --- organisations ---

    def organisations_of(self, grants: Sequence[Grant]) -> dict[str, Organisation]:
        """Every organisation of the file by its identifier: known ones as they are, new ones once each."""
        named = one_name_each(grants)
        known = {each.identifier: each for each in Organisation.objects.filter(identifier__in=named)}
        for identifier, recipient in named.items():
            new = identifier not in known
            if new:
                known[identifier] = self._register(recipient)
            self.report.organisations.count("added" if new else "unchanged", recipient.name)
        for identifier, names in spellings_of(grants).items():
            self.report.organisations.notes.append(
                _("  %(id)s is spelled %(names)s; shown as “%(kept)s”")
                % {
                    "id": identifier,
                    "names": ", ".join(f"“{name}”" for name in names),
                    "kept": known[identifier].name,
                }
            )
        return known

    def _register(self, recipient: Recipient) -> Organisation:
        return actions.register_organisation(
            name=recipient.name,
            kind=recipient.kind,
            identifier=recipient.identifier,
            charity_number=recipient.charity_number,
            company_number=recipient.company_number,
            postcode=recipient.postcode,
            website=recipient.website,
            **self.who,
        )

    # --- which budget, and what to book ---

    def plans_for(self, grants: Sequence[Grant]) -> list[_Plan]:
        """A plan for every grant, in the file's order; stops at the end with all that cannot be planned."""
        places = self._places_of(grants)
        awards = {
            award.reference: award
            for award in Award.objects.filter(
                reference__in=[grant.identifier for grant in grants]
            ).select_related("budget__place", "place", "organisation", "theme")
        }
        booked: dict[int | None, list[Entry]] = {}
        for entry in Entry.objects.filter(award__in=awards.values(), key__startswith=ENTRY_KEY):
            booked.setdefault(entry.award_id, []).append(entry)
        funds = {
            (fund.place_id, fund.year): fund
            for fund in Budget.objects.filter(councillor=None, place__in=places.values()).select_related(
                "place"
            )
        }
        plans = []
        for grant in grants:
            award, place = awards.get(grant.identifier), places[grant.place_code]
            if award is None:
                fund = self._fund(funds, place, financial_year(grant.decided_on))
                plans.append(_Plan(grant, fund, place, None, [], _difference(grant, [])))
            elif award.pk in booked:
                entries = booked[award.pk]
                plans.append(_Plan(grant, award.budget, place, award, entries, _difference(grant, entries)))
            else:
                sentence = _("the award “%(title)s” has the same identifier and was recorded by hand")
                self.problems.add(grant.where, sentence % {"title": clip(award.title)})
        self._check(plans)
        return plans

    def _places_of(self, grants: Sequence[Grant]) -> dict[str, Place]:
        """Code in the file → place; a code that no place has, and no code, mean the whole council."""
        root = council()
        if root is None:
            raise BadFile(
                _("There is no council yet. Bring its places in first: manage.py import_places … --council …")
            )
        codes = {grant.place_code for grant in grants}
        known = {place.gss_code or "": place for place in Place.objects.filter(gss_code__in=codes)}
        for code in sorted(codes - set(known)):
            count = sum(grant.place_code == code for grant in grants)
            words = {
                "count": count,
                "code": code or _("that could be told from a code"),
                "council": root.name,
            }
            self.report.grants.notes.append(
                ngettext(
                    "  %(count)s grant names no known place (%(code)s): booked for all of %(council)s",
                    "  %(count)s grants name no known place (%(code)s): booked for all of %(council)s",
                    count,
                )
                % words
            )
        return {code: known.get(code, root) for code in codes}

    def _fund(self, funds: dict[tuple[int, int], Budget], place: Place, year: int) -> Budget:
        if (place.pk, year) not in funds:
            funds[place.pk, year] = actions.open_budget(year=year, place=place, **self.who)
        return funds[place.pk, year]

    def _check(self, plans: Sequence[_Plan]) -> None:
        """Refuse what would take money back by guessing; note what a file cannot change."""
        for plan in plans:
            grant, award = plan.grant, plan.award
            if plan.moves.unpaid:
                sentence = _(
                    "the file says %(now)s was paid, %(less)s less than it said before. Record what came back as a"
                    " refund, and leave the amount in the file"
                )
                words = {"now": pounds(grant.paid_pence or 0), "less": pounds(plan.moves.unpaid)}
                self.problems.add(grant.where, sentence % words)
            if award and (award.decided_on, award.place_id, award.organisation.identifier) != (
                grant.decided_on,
                plan.place.pk,
                grant.recipient.identifier,
            ):
                sentence = _(
                    "  %(id)s has another date, place or organisation in the file now; they stay as they were decided"
                )
                self.report.grants.notes.append(sentence % {"id": grant.identifier})
        self.problems.stop_if_any()

    # --- allocation ---

    def allocate(self, plans: Sequence[_Plan], sign: int) -> None:
        """Before booking (+1) give funds the money that their grants need; after it (−1) take back what none needs."""
        funds = {plan.budget.pk: plan.budget for plan in plans}
        needs = dict.fromkeys(funds, 0)
        for plan in plans:
            needs[plan.budget.pk] += plan.moves.commit - plan.moves.release
        for pk in self._filled_by_hand(funds):
            needs[pk] = 0
        for fund in sorted(funds.values(), key=lambda fund: (fund.year, fund.place.name, fund.pk)):
            if needs[fund.pk] * sign > 0:
                self._allocate(fund, needs[fund.pk])

    def _filled_by_hand(self, funds: Iterable[int]) -> set[int]:
        moved = Entry.objects.filter(
            budget__in=funds, kind__in=[EntryKind.ALLOCATE, EntryKind.TRANSFER]
        ).exclude(key__startswith=ALLOCATION_KEY)
        return set(moved.values_list("budget_id", flat=True))

    def _allocate(self, fund: Budget, amount_pence: int) -> None:
        fund.refresh_from_db(fields=["entries_count"])
        actions.allocate(
            budget=fund,
            amount_pence=amount_pence,
            on=self.today if fund.entries_count else year_dates(fund.year)[0],
            note=_("What the year’s grants add up to. The published file names no allocation."),
            key=f"{ALLOCATION_KEY}{fund.pk}:{fund.entries_count + 1}",
            **self.who,
        )
        sentence = _("  %(place)s, %(year)s: allocated %(amount)s, what its grants add up to")
        words = {"place": fund.place.name, "year": year_label(fund.year), "amount": pounds(amount_pence)}
        self.report.allocations.append(sentence % words)

    # --- booking ---

    def book(self, plan: _Plan, organisation: Organisation) -> None:
        """Book one grant and count it; a refusal becomes a problem with its sentence."""
        try:
            if plan.award is None:
                self._book_new(plan, organisation)
                change = "added"
            else:
                words = self._correct_words(plan, plan.award)
                self._book_difference(plan, plan.award)
                change = "changed" if words or plan.moves else "unchanged"
        except Refused as refused:
            self.problems.add(plan.grant.where, str(refused.denied.reason))
        else:
            self.report.grants.count(change, f"{plan.grant.identifier} {plan.grant.title}")

    def _book_new(self, plan: _Plan, organisation: Organisation) -> None:
        grant = plan.grant
        award = actions.commit_award(
            budget=plan.budget,
            organisation=organisation,
            title=grant.title,
            purpose=grant.purpose,
            amount_pence=grant.awarded_pence,
            decided_on=grant.decided_on,
            place=plan.place,
            decided_by=grant.department,
            reference=grant.identifier,
            source=self.source,
            note=grant.programme,
            key=plan.next_key(EntryKind.COMMIT),
            **self.who,
        )
        if grant.paid_pence:
            actions.pay_award(
                award=award,
                amount_pence=grant.paid_pence,
                on=grant.decided_on,
                note=_("The file gives no day of payment, so this is dated as the award."),
                key=plan.next_key(EntryKind.PAY),
                **self.who,
            )

    def _correct_words(self, plan: _Plan, award: Award) -> bool:
        """Give a known award the file's words; False when it has them already."""
        new: dict[str, Any] = {
            "title": plan.grant.title,
            "purpose": plan.grant.purpose,
            "decided_by": plan.grant.department or award.decided_by,
        }
        if all(getattr(award, name) == value for name, value in new.items()):
            return False
        actions.correct_award(award=award, theme=award.theme, reason=award.reason, **new, **self.who)
        return True

    def _book_difference(self, plan: _Plan, award: Award) -> None:
        """More is promised before anything is paid, and paid before the rest is released."""
        steps = (
            (EntryKind.COMMIT, plan.moves.commit, actions.raise_award),
            (EntryKind.PAY, plan.moves.pay, actions.pay_award),
            (EntryKind.RELEASE, plan.moves.release, actions.release_award),
        )
        for kind, amount_pence, verb in steps:
            if amount_pence:
                verb(
                    award=award,
                    amount_pence=amount_pence,
                    on=self.today,
                    note=_("The published file changed."),
                    key=plan.next_key(kind),
                    **self.who,
                )


def _difference(grant: Grant, booked: Sequence[Entry]) -> Movements:
    return movements(
        [(entry.kind, entry.amount_pence) for entry in booked],
        awarded_pence=grant.awarded_pence,
        paid_pence=grant.paid_pence,
    )
