"""Decisions against the count, as everybody reads them, and as those read them who sign."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from budgets.ballots.models import Ballot, Departure
from engage.accounts.models import Account
from engage.accounts.roles import ROLES


def role_words(role: str) -> str:
    return str(ROLES[role].label)


def signed_line(found: Departure) -> str:
    """Who decided, in one sentence: both people with their roles, as everybody reads it."""
    signed = _("Signed by %(name)s (%(role)s) on %(day)s.") % {
        "name": found.signed_name,
        "role": role_words(found.signed_role),
        "day": date_format(localtime(found.signed_at), "j F Y"),
    }
    if found.confirmed_at is None:
        return signed
    confirmed = _("Confirmed by %(name)s (%(role)s) on %(day)s.") % {
        "name": found.confirmed_name,
        "role": role_words(found.confirmed_role),
        "day": date_format(localtime(found.confirmed_at), "j F Y"),
    }
    return f"{signed} {confirmed}"


def departure_rows(ballot: Ballot, who: Account) -> list[dict[str, Any]]:
    """In the order of their projects."""
    found = Departure.objects.filter(project__ballot=ballot).select_related("project")
    return [departure_row(each, who) for each in found]


def departure_row(found: Departure, who: Account) -> dict[str, Any]:
    """One decision, and what this person can do about it."""
    waits, mine = found.confirmed_at is None, found.signed_by_id == who.pk
    args = [found.project.ballot_id, found.pk]
    return {
        "title": f"{found.project.key} {found.project.title}",
        "what": _("Funded against the count") if found.funded else _("Not funded, against the count"),
        "reason": found.reason,
        "signed": signed_line(found),
        "waits": waits,
        "confirm_url": reverse("staff_ballots:confirm", args=args) if waits and not mine else "",
        "withdraw_url": reverse("staff_ballots:withdraw", args=args) if waits else "",
    }
