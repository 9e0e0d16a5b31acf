"""A new idea."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.enums import ENDED_STATUSES, HIDDEN_STATUSES, IdeaStatus
from ideas.models import Call, Idea
from ideas.permissions.calls import call_allows
from ideas.permissions.common import Visitor, gone
from ideas.rules.phases import Act


def may_suggest(call: Call | None, *, at: datetime) -> Decision:
    """Anybody may, at any time; within a call while it takes ideas."""
    return call_allows(call, Act.SUGGEST, at=at)


def may_enter_for_others(user: Visitor) -> Decision:
    """Write down an idea that somebody told the council on the phone, on paper or in person."""
    if user.has_perm("ideas.enter_for_resident"):
        return Allowed()
    return Denied(
        _(
            "Your account may not enter ideas for other people."
            " Ask an administrator of this site for the officer or moderator role."
        )
    )


def may_edit(user: Visitor, idea: Idea, *, at: datetime) -> Decision:
    """The author and the co-authors, while the idea gathers support and its call still takes ideas."""
    if not wrote_idea(user, idea):
        return Denied(
            _("Only the people who wrote an idea may change it. Leave a comment to say what could be better.")
        )
    if idea.status in HIDDEN_STATUSES:
        return gone(idea)
    if idea.status != IdeaStatus.OPEN:
        return Denied(
            _(
                "The council is dealing with this idea (“%(status)s”), so its words stay as they are."
                " Say what is new in a comment."
            )
            % {"status": idea.get_status_display()},
            status=409,
        )
    return call_allows(idea.call, Act.EDIT, at=at)


def may_invite(user: Visitor, idea: Idea, *, at: datetime) -> Decision:
    """Ask somebody to be a co-author: the author's alone."""
    if not user.is_authenticated or idea.author is None or idea.author.account_id != user.pk:
        return Denied(_("Only the person who suggested an idea may ask others to be its co-authors."))
    return may_edit(user, idea, at=at)


def may_withdraw(user: Visitor, idea: Idea, *, at: datetime) -> Decision:
    """Only the author, only until something was decided, and not while the idea's call decides."""
    if not user.is_authenticated or idea.author is None or idea.author.account_id != user.pk:
        return Denied(
            _("Only the person who suggested an idea may withdraw it. Leave a comment to say what you think.")
        )
    if idea.status == IdeaStatus.WITHDRAWN:
        return Denied(_("You have already withdrawn this idea. You can suggest it again."), status=409)
    if idea.status in {IdeaStatus.REMOVED, IdeaStatus.MERGED}:
        return gone(idea)
    if idea.status in ENDED_STATUSES:
        return Denied(
            _(
                "This idea has been decided (“%(status)s”), so it stays on record. Leave a comment to add something."
            )
            % {"status": idea.get_status_display()},
            status=409,
        )
    if idea.merged_ideas.exists():
        return Denied(
            _(
                "Other people’s ideas were joined with yours, so it stays for them."
                " Ask the council to take them apart first: leave a comment."
            ),
            status=409,
        )
    return call_allows(idea.call, Act.WITHDRAW, at=at)


def wrote_idea(user: Visitor, idea: Idea) -> bool:
    """The author and the co-authors, whatever became of the idea."""
    if not user.is_authenticated:
        return False
    if idea.author is not None and idea.author.account_id == user.pk:
        return True
    return idea.co_authors.filter(accepted_at__isnull=False, resident__account=user.pk).exists()
