"""What the verbs of ideas share: the lock on an idea, its counters, and words that fit.

Whoever changes what an idea counts holds the lock on that idea's row, so its counters are right however many
people press at once.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused, Words
from engage.kit.text import in_reading_order, is_visible
from ideas.models import Idea

TITLE_LIMIT = 100

DESCRIPTION_LIMIT = 4000

COMMENT_LIMIT = 2000

REASON_LIMIT = 2000

REMOVAL_LIMIT = 300

SENT_TWICE = timedelta(minutes=10)


def lock(idea: Idea) -> Idea:
    """The idea as it is now, held until the transaction ends. Rows that refer to it may still be inserted."""
    return Idea.objects.select_for_update(of=("self",), no_key=True).select_related("author").get(pk=idea.pk)


def move(idea: Idea, locked: Idea, **steps: int) -> None:
    """Move counters of the locked idea, and show the caller's copy what they are now."""
    Idea.objects.filter(pk=locked.pk).update(**{name: F(name) + step for name, step in steps.items()})
    for name, step in steps.items():
        setattr(idea, name, getattr(locked, name) + step)


def words_of(text: str, limit: int, field: str, missing: Words) -> str:
    words = in_reading_order(text).replace("\r\n", "\n").strip()
    if not is_visible(words):
        raise Refused(Denied(missing, status=422, field=field))
    if len(words) > limit:
        raise Refused(
            Denied(
                _("This is %(length)s characters long and there is room for %(limit)s. Make it shorter.")
                % {"length": len(words), "limit": limit},
                status=422,
                field=field,
            )
        )
    return words
