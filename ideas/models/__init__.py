from ideas.models.assessment import Assessment, Note, Team
from ideas.models.call import Call
from ideas.models.co_author import CoAuthor
from ideas.models.comment import Comment
from ideas.models.draft import IdeaDraft
from ideas.models.flag import Appeal, Flag, ReasonTemplate
from ideas.models.idea import Idea
from ideas.models.merge import Merge
from ideas.models.phase import Phase, PhaseShift
from ideas.models.picture import PICTURES_APART, IdeaPicture
from ideas.models.question import CallQuestion, QuestionReply
from ideas.models.removal import Removal
from ideas.models.status_change import StatusChange
from ideas.models.support import Support
from ideas.pages import IdeasPage

__all__ = [
    "PICTURES_APART",
    "Appeal",
    "Assessment",
    "Call",
    "CallQuestion",
    "CoAuthor",
    "Comment",
    "Flag",
    "Idea",
    "IdeaDraft",
    "IdeaPicture",
    "IdeasPage",
    "Merge",
    "Note",
    "Phase",
    "PhaseShift",
    "QuestionReply",
    "ReasonTemplate",
    "Removal",
    "StatusChange",
    "Support",
    "Team",
]
