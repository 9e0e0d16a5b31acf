"""Who may check an application, and go past what the check found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from budgets.grants.models import Application
from budgets.grants.permissions.common import Someone, not_of_the_group, someone
from engage.kit.decisions import Decision, Denied


def may_work_queue(account: Someone) -> Decision:
    """Whether they check applications at all."""
    return someone(
        account,
        "grants.check_application",
        _("Only grants officers check applications. Ask an administrator of this site for the officer role."),
    )


def may_check(account: Someone, application: Application) -> Decision:
    """Officers, but nobody who acts for the group or wrote the application: they would check themselves."""
    return may_work_queue(account) and not_for_the_group(account, application)


def may_override_checks(account: Someone) -> Decision:
    """Whether they may go past what checks found at all."""
    return someone(
        account,
        "grants.override_check",
        _(
            "Only an administrator of the grants may override this. Ask one of them, and say why it should go on."
        ),
    )


def may_decide_as_officer(account: Someone) -> Decision:
    return someone(
        account,
        "grants.decide_as_officer",
        _("Only the councillor whose budget it is, or a grants officer where they may not, decides this."),
    )


def may_override(account: Someone, application: Application) -> Decision:
    """Let an application go on past a block or an overdue report; the reason is public."""
    return may_override_checks(account) and not_for_the_group(account, application)


def not_for_the_group(account: Someone, application: Application) -> Decision:
    if account.pk is not None and application.created_by_id == account.pk:
        return Denied(_("You entered this application, so a colleague has to deal with it. Ask one of them."))
    return not_of_the_group(account, application.organisation)
