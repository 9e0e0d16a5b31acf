"""The officers' queue and desk in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgets.grants.display.decide import (
    answer_words,
    ask_holder,
    ask_state,
    asked_facts,
    check_rows,
    cost_table,
    document_links,
    is_checked,
    payer_table,
)
from budgets.grants.display.group import alike_rows, signatory_rows
from budgets.grants.enums import Capacity, Status
from budgets.grants.models import Application, Ask
from budgets.grants.permissions import standing, standings
from budgets.grants.queries.check import Beside, Desk
from budgets.grants.rules.checks import OVERLAP_WORDS
from budgets.grants.rules.decisions import Turn, age_in_days, capacity, turn
from budgets.grants.rules.flow import Who
from engage.kit.money import pounds
from engage.kit.years import year_label

WHO_WORDS = {
    Who.GROUP: gettext_lazy("The group"),
    Who.COUNCILLOR: gettext_lazy("The councillor"),
    Who.OFFICER: gettext_lazy("An officer"),
    Who.PAYER: gettext_lazy("Payments"),
}


def turn_of(application: Application) -> Turn:
    asks = list(application.asks.all())
    for ask in asks:
        ask.application = application
    status = Status(application.status)
    return turn(
        status,
        standings(application, asks),
        checked=is_checked(application),
        to_read=application.to_read,  # type: ignore[attr-defined]  # by `queue` and `desk_application`
    )


def changed_words(application: Application) -> str:
    """While it is checked: that the group has changed it since, if it has."""
    changed_at = application.changed_at
    outdated = any(check.is_outdated(changed_at) for check in application.checks.all())
    if not outdated or changed_at is None or application.status != Status.CHECK:
        return ""
    return _(
        "The group changed its application on %(day)s, after it was checked. Look at what is new, give your verdicts"
        " again and save the check: until then nothing can be approved."
    ) % {"day": date_format(localtime(changed_at), "j F Y, H:i")}


def turn_words(application: Application) -> str:
    who = turn_of(application).who
    return str(WHO_WORDS[who]) if who else "–"


def age_words(since: datetime, now: datetime) -> str:
    days = age_in_days(since, now)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def asked_pence(application: Application) -> int:
    return sum(ask.amount_pence for ask in application.asks.all())


def desk_context(found: Desk, *, now: datetime) -> dict[str, Any]:
    """All of the desk but the forms and buttons."""
    application = found.application
    signers = list(application.organisation.signatories.all())
    return {
        "desk": found,
        "application": application,
        "next": turn_of(application),
        "whose": turn_words(application),
        "age": age_words(application.status_since, now),
        "facts": asked_facts(application),
        "costs": cost_table(application),
        "payers": payer_table(application),
        "documents": document_links(application, statements=True),
        "asks": [ask_line(ask) for ask in application.asks.all()],
        "checks": check_rows(application),
        "changed": changed_words(application),
        "beside": [beside_row(each) for each in found.beside],
        "trail": [_step(step) for step in application.steps.all()],
        "signatories": zip(signers, signatory_rows(signers), strict=True),
        "alike": alike_rows(found.alike),
        "bank": next(iter(application.organisation.bank_accounts.all()), None),
    }


def ask_line(ask: Ask) -> dict[str, Any]:
    """One ask; `officers` whether an officer has to decide it."""
    return {
        "ask": ask,
        "holder": ask_holder(ask),
        "amount": pounds(ask.amount_pence),
        "left": pounds(ask.budget.remaining_pence),
        "state": ask_state(ask),
        "interest": ask.interest.what if hasattr(ask, "interest") else "",
        "officers": not hasattr(ask, "decision") and capacity(standing(ask)) == Capacity.OFFICER,
        "outcome": answer_words(ask),
    }


def beside_row(found: Beside) -> dict[str, Any]:
    """Another grant with the reasons why it is shown."""
    thing = found.thing
    if isinstance(thing, Application):
        row = {
            "url": reverse("staff_applications:inspect", args=[thing.pk]),
            "year": year_label(thing.scheme.year),
            "amount": pounds(asked_pence(thing)),
            "asked": ", ".join(ask_holder(ask) for ask in thing.asks.all()),
        }
    else:
        row = {
            "url": thing.get_absolute_url(),
            "year": year_label(thing.budget.year),
            "amount": pounds(thing.awarded_pence),
            "asked": str(thing.budget.councillor or thing.budget.place),
        }
    return row | {
        "title": thing.title,
        "group": thing.organisation.name,
        "status": thing.get_status_display(),
        "reasons": ", ".join(str(OVERLAP_WORDS[each]) for each in found.reasons),
    }


def _step(step: Any) -> dict[str, Any]:
    return {
        "at": date_format(localtime(step.at), "j F Y, H:i"),
        "status": step.get_status_display(),
        "by": step.by or _("nobody in particular"),
        "note": step.note or step.public_note,
    }
