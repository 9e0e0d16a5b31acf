"""Ideas that may say the same."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramWordSimilarity

from ideas.models import Idea
from ideas.queries.browse import listed

SIMILAR = 3


def similar_to(title: str) -> list[Idea]:
    """Ideas that may say the same, so that support is not split between twins."""
    if len(title.strip()) < 4:
        return []
    likeness = TrigramWordSimilarity(title.strip(), "title")
    found = listed(Idea.objects.public()).annotate(likeness=likeness).filter(likeness__gt=0.45)
    return list(found.order_by("-likeness", "-supports_count")[:SIMILAR])
