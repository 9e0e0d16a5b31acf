"""The public record of decisions in plain words: a row of its list, and one of them whole."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.grants.display.decide import (
    KINDS,
    ask_holder,
    decision_words,
    notices_of,
    why_officer,
)
from budgets.grants.enums import Answer, Status
from budgets.grants.models import Decision
from budgets.grants.queries.record import DecisionPage, SchemeDecisions, Tally
from budgets.grants.rules.flow import PUBLIC_NAMES
from engage.councillors.models import Councillor
from engage.kit.money import pounds
from engage.kit.years import year_label

type Row = dict[str, Any]

DAY = "j F Y"
OUTCOMES = {Answer.APPROVED: Status.APPROVED, Answer.DECLINED: Status.DECLINED}


def decision_row(decision: Decision) -> Row:
    """One decision in a list."""
    application = decision.ask.application
    return {
        "url": decision.get_absolute_url(),
        "title": application.title,
        "group": application.organisation.name,
        "place": application.place.name if application.place else "",
        "asked": pounds(decision.ask.amount_pence),
        "awarded": pounds(decision.amount_pence) if decision.amount_pence else "",
        "outcome": outcome_tag(decision),
        "decided": decision_words(decision.ask),
        "interest": hasattr(decision.ask, "interest"),
        "on": localtime(decision.decided_at),
    }


def outcome_tag(decision: Decision) -> Row:
    """For the `status_tag` component: what was decided, in the words that residents read."""
    status = OUTCOMES[Answer(decision.answer)]
    return {"text": PUBLIC_NAMES[status], "kind": KINDS[status]}


def tally_words(found: Tally) -> str:
    """“12 decisions: 9 approved, 3 not approved. In 1 an interest was declared, and an officer decided.”"""
    said = ngettext("%(count)s decision", "%(count)s decisions", found.decisions) % {"count": found.decisions}
    if not found.decisions:
        return said
    parts = _("%(said)s: %(yes)s approved, %(no)s not approved.") % {
        "said": said,
        "yes": found.approved,
        "no": found.declined,
    }
    return f"{parts} {interest_words(found)}".strip()


def interest_words(found: Tally) -> str:
    if not found.interests:
        return ""
    return ngettext(
        "In %(count)s of them an interest was declared, so an officer decided.",
        "In %(count)s of them an interest was declared, so officers decided.",
        found.interests,
    ) % {"count": found.interests}


def decision_parts(found: DecisionPage) -> Row:
    """All that the page of one decision shows."""
    decision, ask = found.decision, found.decision.ask
    return {
        "decision": decision,
        "application": found.application,
        "tag": outcome_tag(decision),
        "decided": decision_words(ask),
        "why_officer": why_officer(ask),
        "past": notices_of(found.application.steps.all()) if decision.answer == Answer.APPROVED else [],
        "facts": decision_facts(found),
        "others": [decision_row(each) for each in found.others],
        "award_url": ask.award.get_absolute_url() if ask.award else "",
        "ended": ended_words(found),
    }


def decision_facts(found: DecisionPage) -> list[Row]:
    """For `summary_list`. Nobody who acts for the group is named, nor what it wrote for officers to read."""
    decision, application = found.decision, found.application
    asked = pounds(decision.ask.amount_pence)
    facts = [
        (_("Group"), application.organisation.name),
        (
            _("Asked for"),
            _("%(amount)s from %(holder)s") % {"amount": asked, "holder": ask_holder(decision.ask)},
        ),
        (_("Awarded"), pounds(decision.amount_pence) if decision.amount_pence else ""),
        (_("Place that benefits"), application.place.name if application.place else ""),
        (_("Decided on"), date_format(localtime(decision.decided_at), DAY)),
        (_("Scheme"), f"{application.scheme.title}, {year_label(application.scheme.year)}"),
        (_("Reference"), _("Application %(reference)s") % {"reference": application.reference}),
        (_("Where it is now"), PUBLIC_NAMES[Status(application.status)]),
    ]
    return [{"label": label, "text": str(text)} for label, text in facts if text]


def ended_words(found: DecisionPage) -> str:
    """Why what was approved did not go on, when it did not."""
    status = Status(found.application.status)
    if found.decision.answer != Answer.APPROVED or status not in {Status.DECLINED, Status.WITHDRAWN}:
        return ""
    if status == Status.WITHDRAWN:
        return _("The group withdrew afterwards, and what was promised went back to the budget.")
    reason = next(
        (step.public_note for step in found.application.steps.all() if step.status == Status.DECLINED), ""
    )
    words = _("Officers took it back afterwards, and what was promised went back to the budget.")
    return f"{words} {reason}".strip()


def record_url(councillor: Councillor) -> str:
    """What was decided about everything that a councillor was asked, in all years."""
    return reverse("grants:decisions") + f"?councillor={councillor.slug}&year=all"


def year_record_url(year: int) -> str:
    return reverse("grants:decisions") + f"?year={year}"


def scheme_decisions(found: SchemeDecisions, year: int) -> Row:
    return {
        "words": tally_words(found.tally),
        "rows": [decision_row(each) for each in found.latest],
        "url": year_record_url(year),
    }
