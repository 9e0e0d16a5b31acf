"""Taking away what breaks the rules."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from ideas.actions.common import REMOVAL_LIMIT, lock, move, words_of
from ideas.events import (
    IDEA_COMMENT_REMOVED,
)
from ideas.models import Comment
from ideas.permissions import (
    may_remove_comment,
)


@transaction.atomic
def remove_comment(*, comment: Comment, reason: str, by: Account, at: datetime) -> Comment:
    """Hide a comment's words from everybody; in their place the page gives the reason."""
    locked = lock(comment.idea)
    comment = Comment.objects.get(pk=comment.pk)
    require(may_remove_comment(by, comment))
    missing = _("Give the reason. Everyone can read it in place of the comment.")
    comment.removed_reason = words_of(reason, REMOVAL_LIMIT, "reason", missing)
    comment.removed_at = at
    comment.save(update_fields=["removed_at", "removed_reason"])
    move(locked, locked, comments_count=-1)
    record(IDEA_COMMENT_REMOVED, subject=locked, actor=by, at=at, comment=comment.pk)
    return comment
