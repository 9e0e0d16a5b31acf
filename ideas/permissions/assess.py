"""Finding out what an idea takes, answering it, and objecting to the answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import end
from ideas.enums import HIDDEN_STATUSES, OPEN_STATUSES
from ideas.models import Assessment, Idea
from ideas.permissions.common import Visitor

ANSWER_APPEAL_DAYS = 30


def may_assign(user: Visitor) -> Decision:
    if user.has_perm("ideas.assign_assessment"):
        return Allowed()
    return Denied(
        _("Your account may not assign ideas. Ask an administrator of this site for the officer role.")
    )


def may_assess(user: Visitor) -> Decision:
    """Write the assessment and the notes, and read them."""
    if user.has_perm("ideas.assess_idea"):
        return Allowed()
    return Denied(
        _("Your account may not assess ideas. Ask an administrator of this site for the officer role.")
    )


def can_be_assessed(idea: Idea, current: Assessment | None) -> Decision:
    """Whether there is something to find out and answer; `current` is the latest assessment."""
    if idea.status in HIDDEN_STATUSES or idea.held_at is not None:
        return Denied(_("This idea is not public, so it is not assessed."), status=409)
    if current is not None and current.answered_at is not None:
        return Denied(
            _(
                "This idea has been answered. The answer stays as it is;"
                " when the author asks for it, somebody else looks again."
            ),
            status=409,
        )
    if current is None and idea.status not in OPEN_STATUSES:
        return Denied(
            _(
                "This idea has been decided (“%(status)s”)."
                " Put it back to “Being looked at” before you assess it."
            )
            % {"status": idea.get_status_display()},
            status=409,
        )
    return Allowed()


def may_answer_again(account: Visitor, current: Assessment) -> Decision:
    """Somebody else decides after an appeal."""
    first = current.reassesses
    if first is not None and account.pk in {first.answered_by_id}:
        return Denied(
            _("You gave the first answer, so somebody else must look again. Assign it to another person."),
            status=409,
        )
    return Allowed()


def may_appeal_answer(user: Visitor, idea: Idea, assessments: list[Assessment], *, at: datetime) -> Decision:
    """Once, by the author, within 30 days of the answer; `assessments` are all of the idea's."""
    if not user.is_authenticated or idea.author is None or idea.author.account_id != user.pk:
        return Denied(_("Only the author can ask for another look. Leave a comment to say what you think."))
    answered = [each for each in assessments if each.answered_at is not None]
    if not answered or idea.status in HIDDEN_STATUSES:
        return Denied(_("There is no answer yet. You will be told when there is one."), status=409)
    if len(assessments) > 1:
        return Denied(_("You have asked for another look. That can be done once for each idea."), status=409)
    if at >= (until := answer_appeal_until(answered[0])):
        return Denied(
            _(
                "You could ask for another look until %(when)s."
                " You can still leave a comment, or write to your councillor."
            )
            % {"when": end(until)},
            status=409,
        )
    return Allowed()


def answer_appeal_until(answered: Assessment) -> datetime:
    """The first moment at which it is too late. Only for an assessment that was answered."""
    assert answered.answered_at is not None
    return answered.answered_at + timedelta(days=ANSWER_APPEAL_DAYS)
