"""Telling moderators, looking, hiding, taking away, putting back, and objecting to it.

A thing is an idea, or one comment on it when `comment` is given. Every verb locks the idea first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals, writing
from engage.residents.models import Resident
from engage.residents.permissions import may_take_part
from ideas import events
from ideas.actions.common import REMOVAL_LIMIT, lock, words_of
from ideas.actions.counters import count_comment
from ideas.actions.removals import note_removal, note_return, settle_flags
from ideas.actions.status import set_status
from ideas.enums import RAISED_BY_PEOPLE, AppealKind, FlagOutcome, FlagSource, IdeaStatus
from ideas.models import Appeal, Comment, Flag, Idea, ReasonTemplate, Removal
from ideas.permissions import (
    may_appeal_removal,
    may_decide_removal_appeal,
    may_flag,
    may_hold,
    may_moderate,
    may_release,
    may_remove_comment,
    may_remove_idea,
    may_restore,
)
from ideas.rules.screening import holds

FLAG_WORDS_LIMIT = 500
FLAGS_AN_HOUR = 10
APPEAL_LIMIT = 2000
WORDS_KEPT = timedelta(days=2 * 365 + 1)

_REASON_MOVED = Denied(
    _(
        "Somebody else saved this reason while you were writing. What you wrote is still below, and where it differs"
        " you can read what it says now. Put together what should stay, then save again."
    ),
    status=409,
    field="version",
)
_REASON_GONE = Denied(
    _("Somebody else deleted this reason while you were writing. Copy your words into a new one."), status=409
)
_TOLD_ALREADY = _("You have told us about this already. You need not do it again.")
_APPEALED_ALREADY = _("You have appealed already. The answer will be on this page.")
_NO_FLAG: Refusals = {"flag_by_a_person_once": (_TOLD_ALREADY, 409, None)}
_NO_APPEAL: Refusals = {
    "appeal_for_an_idea_once": (_APPEALED_ALREADY, 409, None),
    "ideas_appeal_comment_id_key": (_APPEALED_ALREADY, 409, None),
}


@transaction.atomic
def raise_flag(
    *,
    idea: Idea,
    comment: Comment | None = None,
    source: FlagSource | str,
    words: str = "",
    by: Resident,
    at: datetime,
) -> Flag:
    """A resident tells moderators about something, once. Enough different people hide it until one has looked."""
    locked, comment = _locked(idea, comment)
    require(may_take_part(by, at=at))
    require(may_flag(by, locked, comment))
    if source not in RAISED_BY_PEOPLE:
        raise Refused(Denied(_("Choose what is wrong with it."), status=422, field="source"))
    if words.strip():
        words = words_of(words, FLAG_WORDS_LIMIT, "words", "")
    _not_too_many(by, at)
    with writing(_NO_FLAG):
        flag = Flag.objects.create(
            idea=locked, comment=comment, source=source, words=words.strip(), raised_by=by, raised_at=at
        )
    _record(events.IDEA_FLAGGED, locked, comment, actor=None, at=at, flag=flag.pk, source=str(source))
    if _enough_flags(locked, comment):
        _hold(locked, comment, actor=None, at=at)
    return flag


@transaction.atomic
def keep(*, idea: Idea, comment: Comment | None = None, by: Account, at: datetime) -> int:
    """A moderator looked and found nothing wrong: its flags are settled, and it is public. Answers how many flags."""
    locked, comment = _locked(idea, comment)
    require(may_moderate(by))
    settled = settle_flags(locked, comment, outcome=FlagOutcome.KEPT, by=by, at=at)
    held = (comment or locked).held_at is not None
    if not settled and not held:
        raise Refused(Denied(_("Somebody has settled this already. Nothing was changed."), status=409))
    if held:
        _release(locked, comment, actor=by, at=at)
    _record(events.IDEA_FLAGS_SETTLED, locked, comment, actor=by, at=at, flags=settled, outcome="kept")
    return settled


@transaction.atomic
def hold(*, idea: Idea, comment: Comment | None = None, by: Account, at: datetime) -> None:
    """Hide something until it is decided. Its author and moderators still see it."""
    locked, comment = _locked(idea, comment)
    require(may_hold(by, locked, comment))
    if not Flag.objects.waiting().filter(idea=locked, comment=comment).exists():
        # Else nobody would find it in the queue again.
        Flag.objects.create(idea=locked, comment=comment, source=FlagSource.OTHER, raised_at=at)
    _hold(locked, comment, actor=by, at=at)


@transaction.atomic
def release(*, idea: Idea, comment: Comment | None = None, by: Account, at: datetime) -> None:
    """Let something through that was held back. Its flags still wait to be settled."""
    locked, comment = _locked(idea, comment)
    require(may_release(by, locked, comment))
    _release(locked, comment, actor=by, at=at)


@transaction.atomic
def remove_comment(
    *, comment: Comment, reason: str, by: Account, at: datetime, why: FlagSource | str = FlagSource.OTHER
) -> Comment:
    """Hide a comment's words from everybody; in their place the page gives the reason."""
    locked = lock(comment.idea)
    comment = Comment.objects.get(pk=comment.pk)
    require(may_remove_comment(by, comment))
    missing = _("Give the reason. Everyone can read it in place of the comment.")
    was_counted = comment.is_counted
    comment.removed_reason = words_of(reason, REMOVAL_LIMIT, "reason", missing)
    comment.removed_at, comment.held_at = at, None
    comment.save(update_fields=["removed_at", "removed_reason", "held_at"])
    _count(locked, comment, was_counted)
    note_removal(idea=locked, comment=comment, why=why, reason=comment.removed_reason, by=by, at=at)
    record(events.IDEA_COMMENT_REMOVED, subject=locked, actor=by, at=at, comment=comment.pk, why=str(why))
    return comment


@transaction.atomic
def remove_idea(
    *, idea: Idea, reason: str, by: Account, at: datetime, why: FlagSource | str = FlagSource.OTHER
) -> Idea:
    """Take an idea off lists, maps and search. Its address says the reason; its supports and comments stay with it."""
    locked = lock(idea)
    require(may_remove_idea(by, locked))
    missing = _("Give the reason. Everyone can read it in place of the idea.")
    words = words_of(reason, REMOVAL_LIMIT, "reason", missing)
    set_status(idea, locked, IdeaStatus.REMOVED, words, actor=by, at=at)
    Removal.objects.filter(idea=locked, comment=None, restored_at=None).update(why=why)
    return locked


@transaction.atomic
def restore(*, removal: Removal, by: Account, at: datetime) -> None:
    """Put back what was removed, as it was."""
    locked = lock(removal.idea)
    removal = Removal.objects.select_related("comment").get(pk=removal.pk)
    require(may_restore(by, removal))
    _restore(locked, removal.comment, removal, by=by, at=at)


@transaction.atomic
def appeal_removal(*, removal: Removal, words: str, by: Account, at: datetime) -> Appeal:
    """The author says, once, why something should not have been removed."""
    locked = lock(removal.idea)
    removal = Removal.objects.select_related("idea__author", "comment__author").get(pk=removal.pk)
    require(may_appeal_removal(by, removal, at=at))
    text = words_of(words, APPEAL_LIMIT, "words", _("Say why it should be put back."))
    kind = AppealKind.REMOVED_COMMENT if removal.comment else AppealKind.REMOVED_IDEA
    author = (removal.comment or removal.idea).author
    with writing(_NO_APPEAL):
        made = Appeal.objects.create(
            kind=kind, idea=locked, comment=removal.comment, author=author, words=text, made_at=at
        )
    _record(events.IDEA_REMOVAL_APPEALED, locked, removal.comment, actor=by, at=at, appeal=made.pk)
    return made


@transaction.atomic
def decide_removal_appeal(*, appeal: Appeal, upheld: bool, answer: str, by: Account, at: datetime) -> Appeal:
    """Somebody other than who removed it answers; when the author was right, it is back at once."""
    locked = lock(appeal.idea)
    appeal = Appeal.objects.select_related("comment").get(pk=appeal.pk)
    removal = Removal.objects.filter(idea=locked, comment=appeal.comment).first()
    require(may_decide_removal_appeal(by, appeal, removal))
    appeal.answer = words_of(answer, APPEAL_LIMIT, "answer", _("Write the answer. The author reads it."))
    appeal.upheld, appeal.decided_at, appeal.decided_by = upheld, at, by
    appeal.save(update_fields=["answer", "upheld", "decided_at", "decided_by"])
    if upheld and removal is not None and removal.restored_at is None:
        _restore(locked, appeal.comment, removal, by=by, at=at)
    _record(
        events.IDEA_REMOVAL_APPEAL_DECIDED,
        locked,
        appeal.comment,
        actor=by,
        at=at,
        appeal=appeal.pk,
        upheld=upheld,
    )
    return appeal


@transaction.atomic
def save_reason(
    *, reason: ReasonTemplate, by: Account, at: datetime, version: int | None = None
) -> ReasonTemplate:
    """Keep a reason that moderators give often, as its title and text say now.

    `version` is the one that `by` saw; refused (409) when somebody has saved it since.
    """
    require(may_moderate(by))
    if reason.pk:
        known = ReasonTemplate.objects.select_for_update().filter(pk=reason.pk).first()
        if known is None or version not in {None, known.version}:
            raise Refused(_REASON_MOVED if known else _REASON_GONE)
        reason.version = known.version + 1
    reason.save()
    record(events.REASON_SAVED, subject=reason, actor=by, at=at)
    return reason


@transaction.atomic
def remove_reason(*, reason: ReasonTemplate, by: Account, at: datetime) -> None:
    """What was removed with it keeps its words."""
    require(may_moderate(by))
    record(events.REASON_REMOVED, subject=reason, actor=by, at=at)
    reason.delete()


@transaction.atomic
def forget_flagger(*, resident_id: int) -> int:
    """Who has left is no longer known to have reported anything. Answers how many reports it was."""
    return Flag.objects.filter(raised_by=resident_id).update(raised_by=None)


@transaction.atomic
def forget_flags(*, at: datetime) -> int:
    """Two years after a report was settled, its words are deleted. Answers how many."""
    return Flag.objects.filter(settled_at__lt=at - WORDS_KEPT).exclude(words="").update(words="")


def _locked(idea: Idea, comment: Comment | None) -> tuple[Idea, Comment | None]:
    """Both as they are now."""
    locked = lock(idea)
    return locked, Comment.objects.get(pk=comment.pk) if comment else None


def _not_too_many(by: Resident, at: datetime) -> None:
    lately = Flag.objects.filter(raised_by=by, raised_at__gt=at - timedelta(hours=1)).count()
    if lately >= FLAGS_AN_HOUR:
        raise Refused(
            Denied(
                _("You have told us about many things in the last hour. Thank you. Please go on in an hour."),
                status=429,
                retry_after=3600,
            )
        )


def _enough_flags(idea: Idea, comment: Comment | None) -> bool:
    """Whether the flags on something that is still public hide it."""
    thing = comment or idea
    flags = Flag.objects.filter(idea=idea, comment=comment)
    waiting = flags.waiting().filter(source__in=RAISED_BY_PEOPLE)
    kept = flags.filter(outcome=FlagOutcome.KEPT).exists()
    back = Removal.objects.filter(idea=idea, comment=comment, restored_at__isnull=False).exists()
    return thing.held_at is None and holds(
        people=waiting.values("raised_by").distinct().count(),
        official=comment is not None and comment.official,
        looked_at=kept or back,
    )


def _hold(idea: Idea, comment: Comment | None, *, actor: Account | None, at: datetime) -> None:
    _set_held(idea, comment, at)
    event = events.IDEA_COMMENT_HELD if comment else events.IDEA_HELD
    _record(event, idea, comment, actor=actor, at=at)


def _release(idea: Idea, comment: Comment | None, *, actor: Account, at: datetime) -> None:
    _set_held(idea, comment, None)
    event = events.IDEA_COMMENT_RELEASED if comment else events.IDEA_RELEASED
    _record(event, idea, comment, actor=actor, at=at)


def _set_held(idea: Idea, comment: Comment | None, held_at: datetime | None) -> None:
    thing = comment or idea
    was_counted = comment is not None and comment.is_counted
    thing.held_at = held_at
    thing.save(update_fields=["held_at"])
    if comment is not None:
        _count(idea, comment, was_counted)


def _restore(idea: Idea, comment: Comment | None, removal: Removal, *, by: Account, at: datetime) -> None:
    if comment is None:
        sentence = str(_("A moderator looked at it again and put it back."))
        set_status(idea, idea, IdeaStatus(removal.status_before), sentence, actor=by, at=at)
        return
    was_counted = comment.is_counted
    comment.removed_at, comment.removed_reason = None, ""
    comment.save(update_fields=["removed_at", "removed_reason"])
    _count(idea, comment, was_counted)
    note_return(idea=idea, comment=comment, by=by, at=at)
    record(events.IDEA_COMMENT_RESTORED, subject=idea, actor=by, at=at, comment=comment.pk)


def _count(idea: Idea, comment: Comment, was_counted: bool) -> None:
    """Counters follow when a comment comes to be read by everybody, or no longer is."""
    if step := comment.is_counted - was_counted:
        count_comment(idea, idea, comment, step)


def _record(
    event: str,
    idea: Idea,
    comment: Comment | None,
    *,
    actor: Account | None,
    at: datetime,
    **data: str | int | bool,
) -> None:
    about = {"comment": comment.pk} if comment else {}
    record(event, subject=idea, actor=actor, at=at, **about, **data)
