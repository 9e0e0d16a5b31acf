"""What became of an idea, step by step."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ideas.queries import IdeaStory
from ideas.rules.statuses import STATUS_KINDS


def life_line(story: IdeaStory) -> list[dict[str, Any]]:
    """For the `timeline` component: from the suggestion to the latest status."""
    idea = story.idea
    who = str(idea.author) if idea.author else _("A resident")
    start = {
        "at": idea.suggested_at,
        "title": _("Suggested by %(name)s") % {"name": who},
        "body": "",
        "kind": "new",
    }
    return [
        start,
        *(
            {
                "at": change.changed_at,
                "title": change.get_status_display(),
                "body": change.reason,
                "kind": STATUS_KINDS[change.status],
            }
            for change in story.changes
        ),
    ]
