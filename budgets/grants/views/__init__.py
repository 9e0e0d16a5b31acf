"""The pages of grants, one file per journey: guard → form → verb → answer."""

from budgets.grants.views.agree import agreement
from budgets.grants.views.apply import (
    answer,
    application,
    apply,
    withdraw,
    write,
)
from budgets.grants.views.decide import ask, decision, decline, interest, my_asks, support
from budgets.grants.views.documents import (
    document,
    documents,
)
from budgets.grants.views.group import (
    bank,
    change_group,
    group,
    groups,
    leave_group,
    members,
    membership,
    new_group,
    signatories,
)
from budgets.grants.views.record import decisions, public_decision
from budgets.grants.views.reports import report, report_photo
from budgets.grants.views.scheme import compare, scheme

__all__ = [
    "agreement",
    "answer",
    "application",
    "apply",
    "ask",
    "bank",
    "change_group",
    "compare",
    "decision",
    "decisions",
    "decline",
    "document",
    "documents",
    "group",
    "groups",
    "interest",
    "leave_group",
    "members",
    "membership",
    "my_asks",
    "new_group",
    "public_decision",
    "report",
    "report_photo",
    "scheme",
    "signatories",
    "support",
    "withdraw",
    "write",
]
