"""An idea while it is written: kept, sent, thrown away.

What was typed is kept as it was typed, right or wrong, so that nobody types anything twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused, require
from engage.residents.models import Resident
from ideas.actions.pictures import discard_pictures, publish_pictures
from ideas.actions.suggest import suggest_idea
from ideas.models import CoAuthor, Idea, IdeaDraft
from ideas.permissions import may_enter_for_others

DRAFTS_EACH = 20
LONGEST_TYPED = (
    20_000  # characters of one field: far more than any field takes, so that too long a text stays too
)
GUEST_DAYS = IdeaDraft.CONFIRM_DAYS
CO_AUTHORS_EACH = 5


@transaction.atomic
def start_draft(
    *,
    author: Resident | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    entered_by: Account | None = None,
) -> IdeaDraft:
    """An empty page. `author` is None for a guest; `entered_by` writes for somebody else."""
    if entered_by is not None:
        require(may_enter_for_others(entered_by))
    mine = IdeaDraft.objects.filter(author=author) if author else IdeaDraft.objects.none()
    if mine.count() >= DRAFTS_EACH:
        raise Refused(
            Denied(
                _("You have %(count)s drafts. Send or delete one of them before you start another.")
                % {"count": DRAFTS_EACH},
                status=409,
            )
        )
    return IdeaDraft.objects.create(
        author=author, data=_kept(data or {}), entered_by=entered_by, changed_at=at
    )


@transaction.atomic
def save_draft(*, draft: IdeaDraft, data: Mapping[str, Any], at: datetime) -> IdeaDraft:
    """Keep what was typed on one page beside what is there. A field given as None is forgotten."""
    locked = IdeaDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise Refused(_gone())
    typed = locked.data | _kept(data)
    locked.data = {name: value for name, value in typed.items() if value is not None}
    locked.changed_at = at
    locked.save(update_fields=["data", "changed_at"])
    draft.data, draft.changed_at = locked.data, at
    return draft


@transaction.atomic
def adopt_draft(*, draft: IdeaDraft, author: Resident, at: datetime) -> IdeaDraft:
    """A guest who wrote first and signed in then: the draft is theirs from now on, and needs no link any more."""
    draft.author, draft.changed_at = author, at
    draft.email, draft.token_hash, draft.confirm_until = "", "", None
    draft.save(update_fields=["author", "changed_at", "email", "token_hash", "confirm_until"])
    return draft


@transaction.atomic
def delete_draft(*, draft: IdeaDraft) -> None:
    """Throw a draft away with its pictures. Twice is no harm."""
    discard_pictures(draft.pictures.all())
    IdeaDraft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def delete_drafts_of(*, resident_id: int) -> None:
    """Somebody left: what they had begun goes with them."""
    for draft in IdeaDraft.objects.filter(author_id=resident_id):
        delete_draft(draft=draft)


@transaction.atomic
def send_draft(
    *, draft: IdeaDraft, author: Resident, at: datetime, co_authors: Iterable[str] = (), **words: Any
) -> Idea:
    """Make the draft an idea, with its pictures and the invitations to its co-authors; the draft is gone then.

    `words` are what `suggest_idea` takes. Sent twice, however fast, it is one idea.
    """
    # The author before the draft, as everywhere: two requests that lock in two orders would wait for each other.
    Resident.objects.select_for_update(no_key=True).get(pk=author.pk)
    if IdeaDraft.objects.select_for_update().filter(pk=draft.pk).first() is None:
        if sent := Idea.objects.filter(sent_from=draft.pk).first():
            return sent
        raise Refused(_gone())
    idea = suggest_idea(author=author, at=at, entered_by=draft.entered_by, sent_from=draft.pk, **words)
    publish_pictures(draft=draft, idea=idea)
    CoAuthor.objects.bulk_create(
        [CoAuthor(idea=idea, email=email, invited_at=at) for email in list(co_authors)[:CO_AUTHORS_EACH]],
        ignore_conflicts=True,
    )
    IdeaDraft.objects.filter(pk=draft.pk).delete()
    return idea


@transaction.atomic
def send_for_resident(*, draft: IdeaDraft, name: str, at: datetime, **words: Any) -> Idea:
    """What somebody of the council wrote down for a resident, who is known by a public name or none."""
    require(may_enter_for_others(draft.entered_by))  # type: ignore[arg-type]
    locked = IdeaDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        if sent := Idea.objects.filter(sent_from=draft.pk).first():
            return sent
        raise Refused(_gone())
    return send_draft(draft=draft, author=Resident.objects.create(name=name), at=at, **words)


@transaction.atomic
def forget_drafts(*, at: datetime) -> int:
    """Delete drafts whose time is over; how many. Twice is no harm."""
    old = Q(author__isnull=False) | Q(entered_by__isnull=False)
    over = (
        (old & Q(changed_at__lt=at - timedelta(days=IdeaDraft.KEPT_DAYS)))
        | (~old & Q(confirm_until=None, changed_at__lt=at - timedelta(days=GUEST_DAYS)))
        | (~old & Q(confirm_until__lt=at))
    )
    drafts = list(IdeaDraft.objects.select_for_update(skip_locked=True, of=("self",)).filter(over))
    for draft in drafts:
        delete_draft(draft=draft)
    return len(drafts)


def _kept(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _cut(value) for name, value in data.items()}


def _cut(value: Any) -> Any:
    """Without the sign that the database cannot hold, and within reason."""
    if isinstance(value, str):
        return value.replace("\0", "")[:LONGEST_TYPED]
    if isinstance(value, list):
        return [_cut(each) for each in value[:100]]
    return value


def _gone() -> Denied:
    return Denied(
        _("This draft is no longer there: it was sent or deleted. Look at your ideas, or start a new one."),
        status=409,
    )
