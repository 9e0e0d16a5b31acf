from ideas.models.call import Call
from ideas.models.comment import Comment
from ideas.models.idea import Idea
from ideas.models.status_change import StatusChange
from ideas.models.support import Support

__all__ = ["Call", "Comment", "Idea", "StatusChange", "Support"]
