"""The people who wrote an idea find better words for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.residents.actions import join
from ideas.actions.common import DESCRIPTION_LIMIT, TITLE_LIMIT, lock, words_of
from ideas.actions.screening import screened
from ideas.events import IDEA_EDITED
from ideas.models import Idea
from ideas.permissions import may_edit


@transaction.atomic
def edit_idea(*, idea: Idea, title: str, description: str, version: int, by: Account, at: datetime) -> Idea:
    """Other words for an idea. `version` is the one that the writer saw when they began.

    Refused (409) when somebody saved other words meanwhile; the same words again change nothing.
    """
    locked = lock(idea)
    require(may_edit(by, locked, at=at))
    title = words_of(title, TITLE_LIMIT, "title", _("Give your idea a title."))
    description = words_of(description, DESCRIPTION_LIMIT, "description", _("Say what your idea is."))
    if (locked.title, locked.description) == (title, description):
        return locked
    if locked.version != version:
        raise Refused(
            Denied(
                _(
                    "Somebody else changed this idea while you were writing. Both texts are below:"
                    " put together what should stay, then save again."
                ),
                status=409,
                field="version",
            )
        )
    looked_at = screened(
        author=join(account=by, at=at), text=f"{title}\n{description}", field="description", at=at
    )
    locked.title, locked.description = title, description
    locked.held_at = locked.held_at or looked_at.held_at
    locked.version, locked.edited_at = locked.version + 1, at
    locked.save(update_fields=["title", "description", "held_at", "version", "edited_at"])
    looked_at.raise_flags(idea=locked, at=at)
    record(IDEA_EDITED, subject=locked, actor=by, at=at, what="words", version=locked.version)
    return locked
