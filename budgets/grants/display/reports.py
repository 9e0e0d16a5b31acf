"""A grant's reports in plain words: where they stand, what is in them, and what is asked back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.grants.display.scheme import reports_words
from budgets.grants.models import Recovery, Report, Result
from budgets.grants.queries import ReportPage
from budgets.grants.rules.monitoring import days_over
from engage.kit.money import pounds

DAY = "j F Y"


def report_parts(page: ReportPage, *, on: date) -> dict[str, Any]:
    """All that the report's page shows beside its form."""
    return {
        "application": page.application,
        "report": page.now,
        "facts": report_facts(page, on=on),
        "banner": banner(page, on=on),
        "photos": photo_rows(page),
        "receipts": receipt_rows(page),
        "results": [result_row(page.results[each.pk]) for each in page.expected if each.pk in page.results],
        "accepted": [_accepted(report) for report in page.accepted],
        "recoveries": recovery_rows(page.recoveries),
        "public_url": page.awards[0].get_absolute_url() if page.awards and page.accepted else "",
    }


def report_facts(page: ReportPage, *, on: date) -> list[dict[str, str]]:
    """For the `summary_list` component."""
    facts = [(_("You were paid"), pounds(page.paid_pence))]
    if page.now is not None:
        facts.append((_("This report is due"), due_words(page.now, on=on)))
    if page.to_come:
        days = ", ".join(date_format(report.due_on, DAY) for report in page.to_come)
        facts.append((_("Later reports are due"), days))
    return [{"label": label, "text": text} for label, text in facts]


def due_words(report: Report, *, on: date) -> str:
    """“1 February 2027, in 12 days”; of a sent report, when it was sent."""
    day, over = date_format(report.due_on, DAY), days_over(report.due_on, on)
    if report.sent_at is not None:
        sent = date_format(localtime(report.sent_at), DAY)
        return _("%(day)s, sent on %(sent)s") % {"day": day, "sent": sent}
    if over == 0:
        how_far = _("today")
    elif over < 0:
        how_far = ngettext("in %(days)s day", "in %(days)s days", -over) % {"days": -over}
    else:
        how_far = ngettext("%(days)s day late", "%(days)s days late", over) % {"days": over}
    return _("%(day)s, %(how_far)s") % {"day": day, "how_far": how_far}


def banner(page: ReportPage, *, on: date) -> dict[str, str] | None:
    """What matters most now: its kind and its sentence."""
    if any(recovery.ended_at is None for recovery in page.recoveries):
        return {"kind": "important", "text": _("Money is asked back. Read below how much and why.")}
    if page.now is not None and (found := _of_report(page.now, on=on)):
        return found
    if page.now is None and not page.accepted:
        return {"kind": "information", "text": nothing_owed_words(page)}
    if not page.accepted:
        return None
    if page.now is None:
        return {"kind": "success", "text": _("Every report is accepted and published. Thank you.")}
    text = _("Your last report is accepted and published. Begin the next one below whenever you like.")
    return {"kind": "success", "text": text}


def nothing_owed_words(page: ReportPage) -> str:
    """Money has come, and its reports are not written down yet: when the first is due."""
    when = reports_words(page.application.scheme.monitoring_months)
    return _(
        "Nothing to report yet. You tell us what the money did %(when)s. We remind you a month before."
    ) % {"when": when}


def _of_report(now: Report, *, on: date) -> dict[str, str] | None:
    if now.sent_at is not None:
        sent = date_format(localtime(now.sent_at), DAY)
        return {"kind": "success", "text": _("Sent on %(day)s. We read it and write to you.") % {"day": sent}}
    if now.returned_note:
        text = _("We sent your report back. What is missing: %(note)s") % {"note": now.returned_note}
        return {"kind": "important", "text": text}
    if days_over(now.due_on, on) > 0:
        text = _("This report is late. Until it is sent, your group cannot be given new money.")
        return {"kind": "important", "text": text}
    return None


def photo_rows(page: ReportPage) -> list[dict[str, Any]]:
    return [
        {
            "id": photo.pk,
            "alt": photo.alt,
            "url": reverse("grants:report_photo", args=[page.application.pk, photo.pk]),
        }
        for photo in page.photos
    ]


def receipt_rows(page: ReportPage) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk,
            "name": each.name,
            "url": reverse("grants:document", args=[page.application.pk, each.pk]),
            "loose": each.pk in page.loose,
        }
        for each in page.receipts
    ]


def result_row(result: Result) -> dict[str, Any]:
    return {
        "measure": result.expected.measure,
        "forecast": result.expected.number,
        "actual": result.actual,
        "note": result.note,
    }


def recovery_rows(recoveries: Iterable[Recovery]) -> list[dict[str, Any]]:
    return [
        {
            "recovery": recovery,
            "amount": pounds(recovery.amount_pence),
            "came": pounds(recovery.recovered_pence),
            "left": pounds(recovery.left_pence),
            "reason": recovery.reason,
            "ended": recovery.ended_at,
            "ended_reason": recovery.ended_reason,
        }
        for recovery in recoveries
    ]


def money_back_words(recoveries: Iterable[Recovery]) -> list[str]:
    """What everybody reads of money asked back, a sentence each. Why it is asked is between council and group; why
    the council gives money up is not."""
    return [_money_back(recovery) for recovery in recoveries]


def _money_back(recovery: Recovery) -> str:
    ended = recovery.ended_at
    facts = {
        "amount": pounds(recovery.amount_pence),
        "day": date_format(localtime(recovery.asked_at), DAY),
        "came": pounds(recovery.recovered_pence),
        "left": pounds(recovery.left_pence),
        "ended": date_format(localtime(ended), DAY) if ended else "",
        "reason": recovery.ended_reason,
    }
    asked = _("On %(day)s the council asked for %(amount)s back; %(came)s has come.") % facts
    if ended and recovery.left_pence:
        return f"{asked} " + _("Since %(ended)s it no longer asks for the other %(left)s: %(reason)s") % facts
    return asked


def report_state(report: Report, *, on: date) -> str:
    """For officers' lists."""
    if report.accepted_at is not None:
        return _("Accepted")
    if report.sent_at is not None:
        return _("To read")
    if report.returned_note:
        return _("Sent back")
    return _("Overdue") if days_over(report.due_on, on) > 0 else _("To come")


def _accepted(report: Report) -> dict[str, Any]:
    return {
        "due_on": report.due_on,
        "accepted_at": report.accepted_at,
        "used": pounds(report.used_pence or 0),
        "story": report.story,
    }
