"""Calls with what their pages show, and what somebody has used of a call's limits."""

from __future__ import annotations

from engage.residents.models import Resident
from ideas.enums import HIDDEN_STATUSES
from ideas.models import Call, Idea, Support
from ideas.rules.limits import Used


def ideas_used(call: Call, resident: Resident) -> Used:
    """Ideas that are gone from view do not count. One statement, none when the call has no limit."""
    if call.ideas_each is None:
        return Used(0, None)
    mine = Idea.objects.filter(call=call, author=resident).exclude(status__in=HIDDEN_STATUSES)
    return Used(mine.count(), call.ideas_each)


def supports_used(call: Call, resident: Resident) -> Used:
    """Support for ideas that are gone from view does not count. One statement, none without a limit."""
    if call.supports_each is None:
        return Used(0, None)
    mine = Support.objects.filter(resident=resident, idea__call=call)
    return Used(mine.exclude(idea__status__in=HIDDEN_STATUSES).count(), call.supports_each)
