"""Money that is asked back: what was not used, or what nobody reported of. It comes in as refunds in the journal."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Q, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.actions import refund_award
from budgets.enums import EntryKind
from budgets.grants import events
from budgets.grants.actions.agree import release_commitments
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application
from budgets.grants.enums import Status
from budgets.grants.models import Application, Recovery
from budgets.grants.permissions import may_end_recovery, may_recover, not_for_the_group
from budgets.grants.rules.flow import Who
from budgets.grants.rules.monitoring import Paid, goes_on_as, shares, to_ask_back
from budgets.models import Award
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.money import pounds
from engage.kit.refusals import writing
from engage.kit.words import words_of

REASON_LIMIT = 1000


def ask_back(
    *,
    application: Application,
    amount_pence: int,
    reason: str,
    key: str = "",
    by: Account,
    at: datetime,
) -> list[Recovery]:
    """Ask for money back from all awards of an application, each for its share; it is recovering.

    Once money is paid, what is still promised is freed with it. Asked with the same `key` again, it is asked once.
    Refused (422) when it is nothing, or more than the group has and was not asked for yet.
    """
    require(may_recover(by))
    words = words_of(
        reason, REASON_LIMIT, "reason", _("Say why the money is asked back: the group reads it.")
    )
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(not_for_the_group(by, held))
        if key and (asked := _asked_with(key, held)):
            return asked
        awards = awards_of(held)
        paid = _paid(awards)
        _may_ask(amount_pence, sum(each.free for each in paid))
        if held.status == Status.AGREEMENT:
            release_commitments(held=held, by=by, at=at, on=localdate(at))
        return _ask(held, awards, shares(paid, amount_pence), words, key=key, by=by, at=at)


def ask_back_unused(*, held: Application, used_pence: int, by: Account, at: datetime) -> list[Recovery]:
    """For a held application whose last report was accepted: ask for what was not used and not asked back before."""
    awards = awards_of(held)
    over = to_ask_back(_paid(awards), used_pence)
    return _ask(held, awards, over, _("The last report says that it was not used."), by=by, at=at)


def book_refund(
    *,
    recovery: Recovery,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account,
    at: datetime,
) -> Recovery:
    """Book what came back as a refund in the journal. With the same `key` again, it is booked once."""
    require(may_recover(by))
    with writing(GRANT_REFUSALS):
        application, held = _hold_recovery(recovery)
        require(not_for_the_group(by, application))
        if key and _booked(key, held.award, amount_pence):
            return held
        if not 0 < amount_pence <= held.left_pence:
            raise _wrong_amount(
                _("%(left)s is still to come back. Book that, or less.") % {"left": pounds(held.left_pence)}
            )
        entry = refund_award(
            award=held.award, amount_pence=amount_pence, on=on, note=note, key=key, by=by, at=at
        )
        held.recovered_pence += amount_pence
        if not held.left_pence:
            held.ended_at = at
        held.save(update_fields=["recovered_pence", "ended_at"])
        record(
            events.MONEY_CAME_BACK,
            subject=application,
            actor=by,
            at=at,
            recovery=held.pk,
            entry=entry.pk,
            amount_pence=amount_pence,
        )
        _go_on_when_all_ended(application, by=by, at=at)
    return held


def end_recovery(*, recovery: Recovery, reason: str, by: Account, at: datetime) -> Recovery:
    """Let go what has not come back, with a reason that everybody can read; what came stays booked.

    Refused to whoever asked for it: two people agree that money of the council is given up.
    """
    words = words_of(reason, REASON_LIMIT, "reason", _("Say why the rest is not asked back any more."))
    with writing(GRANT_REFUSALS):
        application, held = _hold_recovery(recovery)
        require(may_end_recovery(by, held))
        require(not_for_the_group(by, application))
        held.ended_at, held.ended_by, held.ended_reason = at, by, words
        held.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        record(
            events.RECOVERY_ENDED,
            subject=application,
            actor=by,
            at=at,
            recovery=held.pk,
            left_pence=held.left_pence,
        )
        _go_on_when_all_ended(application, by=by, at=at)
    return held


def awards_of(application: Application) -> list[Award]:
    """Its awards, in the order of its asks: results are published on the first, so that nothing counts twice."""
    asks = application.asks.filter(award__isnull=False).select_related("award__budget").order_by("id")
    return [ask.award for ask in asks if ask.award is not None]


# --- steps ------------------------------------------------------------------------------------------------


def _paid(awards: list[Award]) -> list[Paid]:
    """What each has paid, asked back and let go, as the rules need it; one query."""
    left = F("amount_pence") - F("recovered_pence")
    sums = {
        found["award"]: found
        for found in Recovery.objects.filter(award__in=awards)
        .order_by()
        .values("award")
        .annotate(
            asked=Sum(left, filter=Q(ended_at=None), default=0),
            let_go=Sum(left, filter=Q(ended_at__isnull=False), default=0),
        )
    }
    nothing = {"asked": 0, "let_go": 0}
    found = [(award, sums.get(award.pk, nothing)) for award in awards]
    return [Paid(award.spent_pence, of["asked"], of["let_go"]) for award, of in found]


def _may_ask(amount_pence: int, free: int) -> None:
    if 0 < amount_pence <= free:
        return
    if free:
        words = _(
            "The group was paid %(free)s that is neither back nor asked back. Ask for that, or for less."
        )
        raise _wrong_amount(words % {"free": pounds(free)})
    raise _wrong_amount(
        _(
            "All that was paid is back, is already being asked back, or was let go. Look under “Money asked back”."
        )
    )


def _asked_with(key: str, held: Application) -> list[Recovery]:
    asked = Recovery.objects.filter(award__ask__application=held, key__startswith=f"{key}:")
    return list(asked.order_by("pk"))


def _booked(key: str, award: Award, amount_pence: int) -> bool:
    same = award.entries.filter(key=key, kind=EntryKind.REFUND, amount_pence=amount_pence)
    return same.exists()


def _ask(
    held: Application,
    awards: list[Award],
    amounts: list[int],
    reason: str,
    *,
    key: str = "",
    by: Account,
    at: datetime,
) -> list[Recovery]:
    asked = [
        Recovery.objects.create(
            award=award,
            amount_pence=amount,
            reason=reason,
            key=f"{key}:{award.pk}" if key else "",
            asked_by=by,
            asked_at=at,
        )
        for award, amount in zip(awards, amounts, strict=True)
        if amount
    ]
    if asked:
        if held.status != Status.RECOVERING:
            move_application(held, Status.RECOVERING, who=Who.OFFICER, by=by, at=at, note=reason)
        total = sum(recovery.amount_pence for recovery in asked)
        record(events.MONEY_ASKED_BACK, subject=held, actor=by, at=at, amount_pence=total)
    return asked


def _hold_recovery(recovery: Recovery) -> tuple[Application, Recovery]:
    """Both as they are now; the application first, as every verb does."""
    application = hold(Application.objects.get(asks__award=recovery.award_id))
    held = (
        Recovery.objects.select_for_update(of=("self",)).select_related("award__budget").get(pk=recovery.pk)
    )
    if held.ended_at is not None:
        raise Refused(
            Denied(_("Nothing is asked back here any more. Reload the page to see what came."), status=409)
        )
    return application, held


def _go_on_when_all_ended(held: Application, *, by: Account, at: datetime) -> None:
    """A grant does not end with its last recovery alone: reports that are owed stay owed."""
    awards = awards_of(held)
    still_open = Recovery.objects.filter(award__in=awards, ended_at=None)
    if held.status != Status.RECOVERING or still_open.exists():
        return
    last, today = held.reports.filter(final=True), localdate(at)
    to = goes_on_as(
        _paid(awards),
        reported=last.filter(accepted_at__isnull=False).exists() or not held.scheme.monitoring_months,
        due=held.reports.filter(sent_at=None, due_on__lte=today).exists(),
        sent=held.reports.filter(sent_at__isnull=False).exists(),
    )
    note = (
        ""
        if to == Status.CLOSED
        else _("Nothing is asked back any more. What became of the rest is still to tell.")
    )
    move_application(held, to, who=Who.OFFICER, by=by, at=at, note=note)


def _wrong_amount(sentence: str) -> Refused:
    return Refused(Denied(sentence, status=422, field="amount"))
