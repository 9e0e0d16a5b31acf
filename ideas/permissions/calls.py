"""Calls for ideas."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import end, moment
from ideas.models import Call
from ideas.permissions.common import Visitor


def may_keep_calls(user: Visitor) -> Decision:
    if user.has_perm("ideas.change_call"):
        return Allowed()
    return Denied(
        _(
            "Your account may not set up calls for ideas. Ask an administrator of this site for the officer role."
        )
    )


def call_is_open(call: Call, *, at: datetime) -> Decision:
    if at < call.opens_at:
        return Denied(
            _("“%(call)s” opens at %(when)s. Come back then, or suggest your idea now without this call.")
            % {"call": call.title, "when": moment(call.opens_at)},
            status=409,
            field="call",
        )
    if at >= call.closes_at:
        return Denied(
            _(
                "“%(call)s” closed at %(when)s, so it takes no more ideas."
                " You can still suggest your idea without this call."
            )
            % {"call": call.title, "when": end(call.closes_at)},
            status=409,
            field="call",
        )
    return Allowed()
