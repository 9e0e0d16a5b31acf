from ideas.models.call import Call
from ideas.models.comment import Comment
from ideas.models.idea import Idea
from ideas.models.status_change import StatusChange
from ideas.models.support import Support
from ideas.pages import IdeasPage

__all__ = ["Call", "Comment", "Idea", "IdeasPage", "StatusChange", "Support"]
