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

__all__ = [
    "COMMENTS_A_PAGE",
    "IDEAS_A_PAGE",
    "MOST_CLUSTERS",
    "SIMILAR",
    "Cluster",
    "IdeaList",
    "IdeaStory",
    "Offers",
    "all_comments",
    "comments_of",
    "idea_list",
    "idea_of",
    "idea_story",
    "listed",
    "offers",
    "resident_of",
    "similar_to",
    "supports",
]
