"""The verbs of ideas, one file per journey: lock → decide → write → record.

Times are parameters; every refusal is a `Refused` with its sentence.
"""

from ideas.actions.calls import SHIFT_REASON_LIMIT, CallFacts, Question, copy_call, save_call
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
from ideas.actions.drafts import (
    CO_AUTHORS_EACH,
    adopt_draft,
    delete_draft,
    forget_drafts,
    save_draft,
    send_draft,
    send_for_resident,
    start_draft,
)
from ideas.actions.edit import (
    edit_idea,
)
from ideas.actions.links import (
    accept_invitation,
    ask_to_confirm,
    confirm_draft,
    decline_invitation,
    forget_invitations,
    invite_co_author,
    link_for,
)
from ideas.actions.moderate import remove_comment
from ideas.actions.pictures import (
    ALT_LIMIT,
    PICTURES_EACH,
    add_picture,
    describe_picture,
    move_picture_up,
    remove_picture,
)
from ideas.actions.status import change_status
from ideas.actions.suggest import place_of, suggest_idea, withdraw_idea
from ideas.actions.support import support_idea, withdraw_support

__all__ = [
    "ALT_LIMIT",
    "COMMENT_LIMIT",
    "CO_AUTHORS_EACH",
    "DESCRIPTION_LIMIT",
    "PICTURES_EACH",
    "REASON_LIMIT",
    "REMOVAL_LIMIT",
    "SENT_TWICE",
    "SHIFT_REASON_LIMIT",
    "TITLE_LIMIT",
    "CallFacts",
    "Question",
    "accept_invitation",
    "add_picture",
    "adopt_draft",
    "ask_to_confirm",
    "change_status",
    "comment_on_idea",
    "confirm_draft",
    "copy_call",
    "decline_invitation",
    "delete_draft",
    "describe_picture",
    "edit_idea",
    "forget_drafts",
    "forget_invitations",
    "invite_co_author",
    "link_for",
    "move_picture_up",
    "place_of",
    "recount",
    "remove_comment",
    "remove_picture",
    "save_call",
    "save_draft",
    "send_draft",
    "send_for_resident",
    "start_draft",
    "suggest_idea",
    "support_idea",
    "withdraw_idea",
    "withdraw_support",
]
