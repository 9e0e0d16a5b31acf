"""Budgets: opened, given money, and money moved between them."""

from datetime import date, datetime

from budgets import events
from budgets.actions.common import REFUSALS, already, balance, fresh_key, lock, post
from budgets.enums import EntryKind
from budgets.models import Budget, Entry
from budgets.permissions import stays_given
from budgets.rules import balances
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.councillors.models import Councillor
from engage.kit.decisions import require
from engage.kit.refusals import writing
from engage.places.models import Place


def open_budget(
    *,
    year: int,
    place: Place,
    councillor: Councillor | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Budget:
    """An empty budget for a councillor, or a fund of the whole place when there is no councillor.

    `year` is the calendar year in which the financial year starts. Refused (409) when there is one already.
    """
    with writing(REFUSALS):
        budget = Budget.objects.create(year=year, place=place, councillor=councillor)
        record(events.BUDGET_OPENED, subject=budget, actor=by, at=at, year=year)
    return budget


def allocate(
    *,
    budget: Budget,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Entry:
    """Add money to a budget; a negative amount takes back what is still free."""
    with writing(REFUSALS):
        lock(budget)
        if done := already(key, EntryKind.ALLOCATE, amount_pence, budget=budget):
            return done
        require(balances.may_allocate(balance(budget), amount_pence))
        entry = post(budget, EntryKind.ALLOCATE, amount_pence, on=on, note=note, key=key, by=by)
        record(
            events.BUDGET_ALLOCATED,
            subject=budget,
            actor=by,
            at=at,
            entry=entry.pk,
            amount_pence=amount_pence,
        )
    return entry


def transfer(
    *,
    source: Budget,
    target: Budget,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> tuple[Entry, Entry]:
    """Move free money from one budget to another: one entry in each journal, both or neither.

    Refused (409) where it would leave the steps by which it is given, for a budget that has none.
    """
    key = key or fresh_key(EntryKind.TRANSFER)
    with writing(REFUSALS):
        # Always in the order of their numbers, so that two opposite transfers cannot wait for each other.
        lock(*sorted({source.pk: source, target.pk: target}.values(), key=lambda budget: budget.pk))
        out = already(f"{key}:out", EntryKind.TRANSFER, -amount_pence, budget=source)
        into = already(f"{key}:in", EntryKind.TRANSFER, amount_pence, budget=target)
        if out and into:
            return out, into
        same = source.pk == target.pk
        require(balances.may_transfer(balance(source), amount_pence, same_budget=same))
        require(stays_given(source, target))
        out = post(
            source,
            EntryKind.TRANSFER,
            -amount_pence,
            on=on,
            note=note,
            key=f"{key}:out",
            by=by,
            counterpart=target,
        )
        into = post(
            target,
            EntryKind.TRANSFER,
            amount_pence,
            on=on,
            note=note,
            key=f"{key}:in",
            by=by,
            counterpart=source,
        )
        record(
            events.BUDGET_TRANSFERRED,
            subject=source,
            actor=by,
            at=at,
            target=target.pk,
            amount_pence=amount_pence,
        )
    return out, into
