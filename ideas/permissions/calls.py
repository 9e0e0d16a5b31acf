"""Calls for ideas."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import moment
from ideas.models import Call
from ideas.permissions.common import Visitor
from ideas.rules import phases as rules
from ideas.rules.phases import Act


def may_keep_calls(user: Visitor) -> Decision:
    if user.has_perm("ideas.change_call"):
        return Allowed()
    return Denied(
        _(
            "Your account may not set up calls for ideas. Ask an administrator of this site for the officer role."
        )
    )


def may_announce(call: Call, announced_at: datetime | None, has_phases: bool, *, at: datetime) -> Decision:
    """Whether `call` may be public from that moment (None: not yet). What people have seen stays public."""
    if call.announced_at is not None and call.is_public(at) and announced_at != call.announced_at:
        return Denied(
            _("This call has been public since %(when)s, so it stays as announced then.")
            % {"when": moment(call.announced_at)},
            status=409,
            field="announced_at",
        )
    if announced_at is not None and not has_phases:
        return Denied(
            _("Give the call at least one phase with its dates before you announce it."),
            status=422,
            field="announced_at",
        )
    return Allowed()


def call_allows(call: Call | None, act: Act, *, at: datetime) -> Decision:
    """Whether the call's phases allow `act` at that moment. Outside any call everything is allowed at any time.

    Asks the database for the call's phases, unless they were fetched with it.
    """
    if call is None:
        return Allowed()
    if not call.is_public(at):
        return Denied(
            _("“%(call)s” has not been announced yet. You can suggest your idea without it.")
            % {"call": call.title},
            status=409,
            field="call",
        )
    return rules.allows(call.phases.all(), act, at, title=call.title)
