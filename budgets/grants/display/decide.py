"""What councillors see of what they are asked, and everybody of what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.grants.display.reports import money_back_words
from budgets.grants.enums import Answer, Capacity, DocumentKind, Status, Verdict
from budgets.grants.models import Application, Ask, Check
from budgets.grants.permissions import standing
from budgets.grants.queries import findings_of
from budgets.grants.rules.checks import may_go_ahead
from budgets.grants.rules.decisions import age_in_days, capacity, waits_for_councillor
from budgets.grants.rules.flow import PUBLIC_NAMES
from engage.kit.money import pounds

type Row = dict[str, Any]

KINDS = {
    Status.DRAFT: "new",
    Status.SUBMITTED: "new",
    Status.SUPPORTED: "open",
    Status.CHECK: "progress",
    Status.MORE_INFORMATION: "warn",
    Status.APPROVED: "done",
    Status.DECLINED: "closed",
    Status.AGREEMENT: "done",
    Status.PAID: "done",
    Status.REPORT_DUE: "warn",
    Status.REPORTED: "done",
    Status.CLOSED: "closed",
    Status.WITHDRAWN: "closed",
    Status.RECOVERING: "warn",
}
VERDICT_KINDS = {Verdict.PASS: "done", Verdict.WARN: "warn", Verdict.BLOCK: "closed"}


def is_checked(application: Application) -> bool:
    """Whether every principle is checked and no block is left."""
    return bool(may_go_ahead(findings_of(application)))


def status_tag(application: Application) -> Row:
    status = Status(application.status)
    return {"text": PUBLIC_NAMES[status], "kind": KINDS[status]}


# --- a councillor's list ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskGroups:
    """What waits for the councillor, what is with others, and what is decided or over."""

    yours: list[Row]
    others: list[Row]
    over: list[Row]


def ask_groups(asks: Iterable[Ask], *, now: datetime) -> AskGroups:
    yours: list[Row] = []
    others: list[Row] = []
    over: list[Row] = []
    for ask in asks:
        row = ask_row(ask, now=now)
        waiting = row["todo"]
        ended = hasattr(ask, "decision") or ask.application.status in _OVER
        (yours if waiting else over if ended else others).append(row)
    return AskGroups(yours, others, over[::-1])


_OVER = frozenset(Status) - {Status.SUBMITTED, Status.SUPPORTED, Status.CHECK, Status.MORE_INFORMATION}


def ask_row(ask: Ask, *, now: datetime) -> Row:
    application = ask.application
    days = age_in_days(application.status_since, now)
    return {
        "url": reverse("grants:ask", args=[ask.pk]),
        "title": application.title,
        "group": application.organisation.name,
        "place": application.place.name if application.place else "",
        "amount": pounds(ask.amount_pence),
        "joint": len(application.asks.all()) > 1,
        "status": status_tag(application),
        "todo": todo(ask),
        "outcome": answer_words(ask),
        "age": ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}
        if days
        else _("since today"),
    }


def todo(ask: Ask) -> str:
    """What the councillor has to do, or nothing."""
    status = Status(ask.application.status)
    if not waits_for_councillor(status, standing(ask), checked=is_checked(ask.application)):
        return ""
    return _("Support it, or say why not") if status == Status.SUBMITTED else _("Decide")


def answer_words(ask: Ask) -> str:
    if not hasattr(ask, "decision"):
        return ""
    if ask.decision.answer == Answer.DECLINED:
        return _("Declined")
    return _("%(amount)s approved") % {"amount": pounds(ask.decision.amount_pence)}


# --- one ask ---------------------------------------------------------------------------------------------


def asked_facts(application: Application) -> list[Row]:
    """For `summary_list`: what the group says, in its own words."""
    rows = [
        (_("What the money is for"), application.summary),
        (_("Why it is needed, and how they know"), application.need),
        (_("Why nobody else can pay"), application.last_resort),
        (_("Who benefits"), application.who_benefits),
        (_("Where"), application.place.name if application.place else ""),
        (_("When"), _days(application)),
        (_("Kind of spending"), _spending(application)),
        (
            _("What they hope for"),
            "\n".join(f"{each.number} {each.measure}" for each in application.expected.all()),
        ),
    ]
    return [{"label": label, "text": text} for label, text in rows if text]


def ask_context(ask: Ask) -> Row:
    """What every page about one ask shows of it."""
    application = ask.application
    return {
        "status": status_tag(application),
        "facts": asked_facts(application),
        "costs": cost_table(application),
        "payers": payer_table(application),
        "documents": document_links(application, statements=False),
        "checks": check_rows(application),
        "amount": pounds(ask.amount_pence),
        "outcome": answer_words(ask),
        "decided": decision_words(ask) if hasattr(ask, "decision") else "",
    }


def _days(application: Application) -> str:
    if not (application.starts_on and application.ends_on):
        return ""
    return _("%(start)s to %(end)s") % {
        "start": date_format(application.starts_on, "j F Y"),
        "end": date_format(application.ends_on, "j F Y"),
    }


def _spending(application: Application) -> str:
    said = [application.get_spend_kind_display()] if application.spend_kind else []
    return "\n".join([*said, _("It helps the environment")] if application.environmental else said)


def cost_table(application: Application) -> Row:
    """For `stat_table`: what it costs in all and who pays for it."""
    costs = [[cost.what, pounds(cost.amount_pence)] for cost in application.costs.all()]
    total = sum(cost.amount_pence for cost in application.costs.all())
    return {"columns": [_("What"), _("Cost")], "rows": [*costs, [_("In all"), pounds(total)]], "numeric": [1]}


def document_links(application: Application, *, statements: bool) -> list[Row]:
    """What the group sent, to open; `statements` whether this person may read bank statements."""
    return [
        {
            "kind": each.get_kind_display(),
            "name": each.name,
            "url": reverse("grants:document", args=[application.pk, each.pk]),
        }
        for each in application.documents.all()
        if statements or each.kind != DocumentKind.BANK_STATEMENT
    ]


def payer_table(application: Application) -> Row:
    asked = [[ask_holder(ask), pounds(ask.amount_pence), ask_state(ask)] for ask in application.asks.all()]
    others = [
        [funder.name, pounds(funder.amount_pence), funder.get_answer_display()]
        for funder in application.funders.all()
    ]
    return {
        "columns": [_("Who is asked to pay"), _("Amount"), _("What they said")],
        "rows": [*asked, *others],
        "numeric": [1],
    }


def ask_holder(ask: Ask) -> str:
    return str(ask.budget.councillor or ask.budget.place)


def ask_state(ask: Ask) -> str:
    if words := answer_words(ask):
        return words
    if hasattr(ask, "interest"):
        return _("Declared an interest")
    return _("Supports it") if ask.supported_at else _("No answer yet")


def check_rows(application: Application) -> list[Row]:
    """Every principle with what the check found: the verdict as a tag, the note, an override, and whether it is older
    than what the group changed."""
    found = {check.principle_id: check for check in application.checks.all()}
    return [
        {"principle": each, **_check_row(found.get(each.pk), application.changed_at)}
        for each in application.scheme.principles.all()
    ]


def _check_row(check: Check | None, changed_at: datetime | None) -> Row:
    if check is None:
        return {
            "outdated": False,
            "verdict": "",
            "tag": {"text": _("Not checked yet"), "kind": "open"},
            "note": "",
            "override": "",
        }
    overridden = check.overridden_at is not None
    kind = "warn" if overridden else VERDICT_KINDS[Verdict(check.verdict)]
    text = _("Blocked, overridden") if overridden else check.get_verdict_display()
    outdated = check.is_outdated(changed_at)
    if outdated:
        kind, text = "open", _("%(verdict)s, before the group changed it") % {"verdict": text}
    return {
        "outdated": outdated,
        "verdict": check.verdict,
        "tag": {"text": text, "kind": kind},
        "note": check.note,
        "override": check.override_reason,
        "by": check.checked_by,
    }


def decision_words(ask: Ask) -> str:
    """Who decided and in which capacity, as a sentence."""
    decision = ask.decision
    if decision.capacity == Capacity.COUNCILLOR:
        return _("Councillor %(name)s decided about their own budget.") % {"name": decision.decided_name}
    return _("%(name)s decided, as an officer of the council.") % {"name": decision.decided_name}


def why_officer(ask: Ask) -> str:
    """Why it was not the councillor, when that is not only what the scheme says."""
    if hasattr(ask, "interest"):
        return _("Councillor %(name)s declared an interest, so they took no part: %(what)s") % {
            "name": ask_holder(ask),
            "what": ask.interest.what,
        }
    if capacity(standing(ask)) == Capacity.OFFICER and ask.budget.councillor:
        return _("In this scheme an officer decides about this amount.")
    return ""


_UNTIL_APPROVED = {Status.SUPPORTED, Status.CHECK, Status.APPROVED}


def notices_of(steps: Iterable[Any]) -> list[str]:
    """What everybody may read about how it came to be approved, a sentence a line."""
    return [
        line
        for step in steps
        if step.status in _UNTIL_APPROVED
        for line in step.public_note.splitlines()
        if line
    ]


def award_decision(ask: Ask) -> Row:
    """For the award's page: who decided, as whom, what was declared, what was gone past, and what is asked back."""
    application = ask.application
    return {
        "decided": decision_words(ask),
        "why_officer": why_officer(ask),
        "past": notices_of(list(application.steps.all())),
        "back": money_back_words(ask.award.recoveries.all()) if ask.award else [],
        "asked": pounds(ask.amount_pence),
        "awarded": pounds(ask.decision.amount_pence),
        "less": ask.decision.amount_pence < ask.amount_pence,
        "reference": application.reference,
        "record_url": ask.decision.get_absolute_url(),
        "joint": [
            ask_holder(each) for each in application.asks.all() if each.pk != ask.pk and answer_words(each)
        ],
    }


def award_steps(ask: Ask) -> list[Row]:
    """Dated steps of the application for the award's life line; what the journal knows is not said twice.

    `rank` orders what happened on one day: below nought before the money was promised, above nought after.
    """
    application = ask.application
    checked_at = max((check.checked_at for check in application.checks.all()), default=None)
    agreement = getattr(application, "agreement", None)
    found = [
        (application.submitted_at, _("The group applied"), -3),
        (ask.supported_at, _("The councillor backed it"), -2),
        (checked_at, _("Officers checked it"), -1),
        (agreement and agreement.signed_at, _("The group signed the agreement"), 1),
        *((report.sent_at, _("The group reported"), 2) for report in application.reports.all()),
    ]
    return [
        {"at": localdate(at), "title": title, "kind": "done", "rank": rank} for at, title, rank in found if at
    ]
