"""What pages ask about ideas: one object per page, the same number of queries however many rows there are."""

from ideas.queries.browse import (
    IDEAS_A_PAGE,
    MOST_CLUSTERS,
    Cluster,
    IdeaList,
    Offers,
    idea_list,
    listed,
    offers,
)
from ideas.queries.calls import ideas_used, supports_used
from ideas.queries.idea import (
    COMMENTS_A_PAGE,
    IdeaStory,
    all_comments,
    comments_of,
    idea_of,
    idea_story,
    resident_of,
    supports,
)
from ideas.queries.similar import SIMILAR, similar_to
from ideas.queries.suggest import (
    Desk,
    Told,
    desk_of,
    draft_of,
    drafts_of,
    invitation_of,
    invitations_of,
    pictures_of,
    sent_from,
    told_with,
)

__all__ = [
    "COMMENTS_A_PAGE",
    "IDEAS_A_PAGE",
    "MOST_CLUSTERS",
    "SIMILAR",
    "Cluster",
    "Desk",
    "IdeaList",
    "IdeaStory",
    "Offers",
    "Told",
    "all_comments",
    "comments_of",
    "desk_of",
    "draft_of",
    "drafts_of",
    "idea_list",
    "idea_of",
    "idea_story",
    "ideas_used",
    "invitation_of",
    "invitations_of",
    "listed",
    "offers",
    "pictures_of",
    "resident_of",
    "sent_from",
    "similar_to",
    "supports",
    "supports_used",
    "told_with",
]
