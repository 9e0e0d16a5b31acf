"""The verbs of ideas, one file per journey: lock → decide → write → record.

Times are parameters; every refusal is a `Refused` with its sentence.
"""

from ideas.actions.calls import save_call
from ideas.actions.common import (
    COMMENT_LIMIT,
    DESCRIPTION_LIMIT,
    REASON_LIMIT,
    REMOVAL_LIMIT,
    SENT_TWICE,
    TITLE_LIMIT,
)
from ideas.actions.counters import recount
from ideas.actions.discuss import comment_on_idea
from ideas.actions.moderate import remove_comment
from ideas.actions.status import change_status
from ideas.actions.suggest import suggest_idea, withdraw_idea
from ideas.actions.support import support_idea, withdraw_support

__all__ = [
    "COMMENT_LIMIT",
    "DESCRIPTION_LIMIT",
    "REASON_LIMIT",
    "REMOVAL_LIMIT",
    "SENT_TWICE",
    "TITLE_LIMIT",
    "change_status",
    "comment_on_idea",
    "recount",
    "remove_comment",
    "save_call",
    "suggest_idea",
    "support_idea",
    "withdraw_idea",
    "withdraw_support",
]
