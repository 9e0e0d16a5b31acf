"""Supporting, declaring an interest, deciding: what councillors do, and officers where councillors may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.actions import commit_award
from budgets.actions.common import lock
from budgets.grants import events
from budgets.grants.actions.agree import release_commitments
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application
from budgets.grants.enums import Answer, Capacity, Status
from budgets.grants.models import Application, Ask, Decision, Interest
from budgets.grants.permissions import (
    capacity_of,
    may_award,
    may_check,
    may_decide,
    may_decide_as_officer,
    may_declare_interest,
    may_support,
    nothing_paid,
    standings,
)
from budgets.grants.queries import asks_of, findings_of, overdue_reports, waiting_pence, waiver_of
from budgets.grants.rules import checks, decisions
from budgets.grants.rules.flow import Who
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.councillors.permissions import may_decide_on
from engage.kit.decisions import Denied, Refused, require
from engage.kit.money import pounds
from engage.kit.refusals import writing
from engage.kit.words import words_of

_WHO = {Capacity.COUNCILLOR: Who.COUNCILLOR, Capacity.OFFICER: Who.OFFICER}
REASON, INTEREST = 2000, 500
_RELEASING = frozenset({Status.APPROVED, Status.AGREEMENT})


def support_ask(*, ask: Ask, by: Account, at: datetime) -> Application:
    """The councillor backs what is asked of their budget; when all have answered, officers check it."""
    with writing(GRANT_REFUSALS):
        held, asks, mine = _held_with(ask)
        require(may_support(by, mine))
        mine.supported_at, mine.supported_by = at, by
        mine.save(update_fields=["supported_at", "supported_by"])
        record(events.ASK_SUPPORTED, subject=held, actor=by, at=at, ask=mine.pk)
        _move_when_backed(held, asks, by=by, at=at)
    return held


def declare_interest(*, ask: Ask, what: str, by: Account, at: datetime) -> Application:
    """The councillor says what they have to do with it: from then on, for good, an officer decides. Public."""
    with writing(GRANT_REFUSALS):
        held, asks, mine = _held_with(ask)
        require(may_declare_interest(by, mine))
        words = words_of(what, INTEREST, "what", _("Say what your interest is. Everybody can read it."))
        mine.interest = Interest.objects.create(ask=mine, what=words, declared_by=by, declared_at=at)
        record(events.INTEREST_DECLARED, subject=held, actor=by, at=at, ask=mine.pk)
        _move_when_backed(held, asks, by=by, at=at)
    return held


def decide_ask(
    *,
    ask: Ask,
    answer: Answer,
    amount_pence: int = 0,
    reason: str,
    no_interest: bool,
    by: Account,
    at: datetime,
) -> Application:
    """The answer to one ask, once and for good, by its councillor or by an officer where they may not.

    When it was the last, the application is approved (each approved ask becomes an award, all of them or none) or
    declined. Refused with a sentence when the check, the money, the dates or an election are against it.
    """
    with writing(GRANT_REFUSALS):
        held, asks, mine = _held_with(ask)
        lock(*(each.budget for each in asks))
        require(may_decide(by, mine, answer))
        _complete(reason, no_interest)
        as_whom, on = capacity_of(by, mine), timezone.localdate(at)
        if answer == Answer.APPROVED:
            _may_promise(held, on)
            _amount_fits(mine, amount_pence, on)
        _write(mine, answer, amount_pence, reason, as_whom, by=by, at=at)
        _move_when_decided(held, asks, _WHO[as_whom], by=by, at=at)
    return held


def decline_application(
    *, application: Application, reason: str, no_interest: bool, by: Account, at: datetime
) -> Application:
    """An officer says no to all of it. What was promised already goes back to the budgets; the reason is public.

    They may although a councillor would decide; it is written down as an officer's decision.
    """
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_check(by, held))
        require(may_decide_as_officer(by))
        require(nothing_paid(held))
        _complete(reason, no_interest)
        if held.status in _RELEASING:
            release_commitments(held=held, by=by, at=at, on=timezone.localdate(at))
        for ask in asks_of(held):
            if not hasattr(ask, "decision"):
                _write(ask, Answer.DECLINED, 0, reason, Capacity.OFFICER, by=by, at=at)
        move_application(
            held, Status.DECLINED, who=Who.OFFICER, by=by, at=at, note=reason, public_note=reason
        )
    return held


def _held_with(ask: Ask) -> tuple[Application, list[Ask], Ask]:
    """The application, held; its asks in the order of their budgets; and the one among them that this is about."""
    held = hold(ask.application)
    asks = asks_of(held)
    return held, asks, next(each for each in asks if each.pk == ask.pk)


def _complete(reason: str, no_interest: bool) -> None:
    words_of(reason, REASON, "reason", _("Give your reason. Everybody can read it."))
    if not no_interest:
        raise Refused(
            Denied(
                _("Confirm that you have no interest. If you have one, declare it, and an officer decides."),
                status=422,
                field="no_interest",
            )
        )


def _may_promise(held: Application, on: date) -> None:
    """What has to be true before any money of this application is promised."""
    require(may_decide_on(on))
    require(checks.may_go_ahead(findings_of(held)))
    overdue = [each for each in overdue_reports(held.organisation, on=on) if each.application_id != held.pk]
    require(checks.owes_nothing(len(overdue), waived=waiver_of(held) is not None))


def _amount_fits(ask: Ask, amount_pence: int, on: date) -> None:
    waiting = waiting_pence(ask.budget, but_not=ask)
    left = ask.budget.remaining_pence
    require(decisions.amount_fits(amount_pence, asked=ask.amount_pence, left=left, waiting=waiting))
    require(may_award(ask, amount_pence, on=on))


def _write(
    ask: Ask, answer: Answer, amount_pence: int, reason: str, as_whom: Capacity, *, by: Account, at: datetime
) -> None:
    given = amount_pence if answer == Answer.APPROVED else 0
    ask.decision = Decision.objects.create(
        ask=ask,
        answer=answer,
        amount_pence=given,
        reason=reason.strip(),
        capacity=as_whom,
        no_interest=True,
        decided_by=by,
        decided_name=_name(ask, as_whom, by),
        decided_at=at,
    )
    record(
        events.ASK_DECIDED,
        subject=ask.application,
        actor=by,
        at=at,
        ask=ask.pk,
        answer=answer.value,
        capacity=as_whom.value,
        amount_pence=given,
    )


def _name(ask: Ask, as_whom: Capacity, by: Account) -> str:
    """Public. An officer without a name here is still an officer; an address is nobody's business."""
    if as_whom == Capacity.COUNCILLOR and ask.budget.councillor:
        return ask.budget.councillor.name
    return by.get_full_name() or _("A grants officer")


def _move_when_backed(held: Application, asks: Sequence[Ask], *, by: Account, at: datetime) -> None:
    if held.status == Status.SUBMITTED and decisions.backed(standings(held, asks)):
        move_application(held, Status.SUPPORTED, who=Who.COUNCILLOR, by=by, at=at)


def _move_when_decided(
    held: Application, asks: Sequence[Ask], who: Who, *, by: Account, at: datetime
) -> None:
    now = decisions.outcome(standings(held, asks))
    if now == Answer.DECLINED:
        reasons = "\n\n".join(ask.decision.reason for ask in asks)
        move_application(held, Status.DECLINED, who=who, by=by, at=at, note=reasons, public_note=reasons)
    elif now == Answer.APPROVED and held.status == Status.CHECK:
        _approve(held, asks, who, by=by, at=at)
    else:
        _move_when_backed(held, asks, by=by, at=at)


def _approve(held: Application, asks: Sequence[Ask], who: Who, *, by: Account, at: datetime) -> None:
    """Promise the money of every approved ask. What one budget refuses, undoes the whole decision."""
    on = timezone.localdate(at)
    _may_promise(held, on)
    approved = [ask for ask in asks if ask.decision.answer == Answer.APPROVED]
    _still_fit(approved, on)
    for n, ask in enumerate(approved, 1):
        _commit(held, ask, n if len(approved) > 1 else 0, by=by, at=at, on=on)
    waiver = waiver_of(held)
    past = checks.although(findings_of(held), waiver.reason if waiver else "")
    move_application(held, Status.APPROVED, who=who, by=by, at=at, public_note="\n".join(past))


def _still_fit(approved: Sequence[Ask], on: date) -> None:
    """What was approved earlier must still keep the scheme now that it is promised: its dates, fences and smallest
    grant, which a no of the last councillor can break."""
    for ask in approved:
        fits = may_award(ask, ask.decision.amount_pence, on=on)
        if isinstance(fits, Denied):
            raise Refused(
                Denied(
                    _(
                        "This would be the last answer, and then the %(amount)s from %(holder)s cannot be awarded:"
                        " %(why)s If nothing else helps, an officer can decline the whole application: ask the"
                        " grants team."
                    )
                    % {
                        "amount": pounds(ask.decision.amount_pence),
                        "holder": ask.budget.councillor or ask.budget.place,
                        "why": fits.reason,
                    },
                    status=409,
                )
            )


def _commit(held: Application, ask: Ask, part: int, *, by: Account, at: datetime, on: date) -> None:
    """`part` numbers the awards of a joint grant, whose references must differ; 0 when it is the only one."""
    decision = ask.decision
    ask.award = commit_award(
        budget=ask.budget,
        organisation=held.organisation,
        title=held.title,
        purpose=held.summary,
        amount_pence=decision.amount_pence,
        decided_on=on,
        place=held.place,
        theme=held.theme,
        idea=held.idea,
        decided_by=decision.decided_name,
        reason=decision.reason,
        reference=f"{held.reference}/{part}" if part else held.reference,
        key=f"ask:{ask.pk}",
        by=by,
        at=at,
    )
    ask.save(update_fields=["award"])
