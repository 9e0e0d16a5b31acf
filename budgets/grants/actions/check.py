"""The officer's part: take an application on, check it principle by principle, ask the group, go past a block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application
from budgets.grants.enums import Status, Verdict
from budgets.grants.models import Application, Check, Message, Principle, Waiver
from budgets.grants.permissions import may_check, may_override, may_work_queue, standings
from budgets.grants.queries import asks_of
from budgets.grants.rules import decisions as rules
from budgets.grants.rules.flow import Who
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of

REASON, QUESTION = 1000, 3000


@dataclass(frozen=True, slots=True)
class Found:
    """What an officer found about one principle, and why when it is not a plain pass."""

    verdict: Verdict
    note: str = ""


def take_on(*, application: Application, reason: str = "", by: Account, at: datetime) -> Application:
    """Begin the check. Without every councillor's support it needs a reason, which everybody can read."""
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_check(by, held))
        if held.status == Status.SUBMITTED:
            if not rules.backed(standings(held, asks_of(held))) and not reason.strip():
                raise _refused(_("Say why it is checked before every councillor has answered."), "reason")
            early = _("Checked before every councillor had answered: %(reason)s") % {"reason": reason.strip()}
            said = early if reason.strip() else ""
            move_application(held, Status.SUPPORTED, who=Who.OFFICER, by=by, at=at, public_note=said)
        move_application(held, Status.CHECK, who=Who.OFFICER, by=by, at=at)
        if held.officer_id is None:
            _assign(held, by, by=by, at=at)
    return held


def assign_application(
    *, application: Application, officer: Account | None, by: Account, at: datetime
) -> None:
    """Give it to a colleague, take it, or put it back for anybody (None)."""
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_work_queue(by))
        if officer is not None and not (decision := may_check(officer, held)):
            assert isinstance(decision, Denied)
            raise _refused(
                _("%(name)s may not check this application. Choose somebody else.") % {"name": officer},
                "officer",
            )
        _assign(held, officer, by=by, at=at)


def check_application(
    *, application: Application, found: Mapping[Principle, Found], version: int, by: Account, at: datetime
) -> None:
    """Write down what was found; principles left out stay as they were.

    Refused when somebody else changed the application since `version`. A verdict that changes loses its override, and
    so does one that is given again because the group has changed its application.
    """
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_check(by, held))
        _while_checked(held)
        if held.version != version:
            raise _refused(
                _(
                    "Somebody else changed this application while you were checking. What you typed is still here:"
                    " look at what is new, then save again."
                ),
                status=409,
            )
        before = {check.principle_id: check for check in held.checks.all()}
        for principle, finding in found.items():
            _write(held, principle, finding, before.get(principle.pk), by=by, at=at)
        _changed(held)


def override_block(
    *, application: Application, principle: Principle, reason: str, by: Account, at: datetime
) -> None:
    """Let it go on although the check blocked it at this principle. Public, with the reason."""
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_override(by, held))
        _while_checked(held)
        check = held.checks.filter(principle=principle, verdict=Verdict.BLOCK).first()
        if check is None:
            raise _refused(_("Nothing is blocked here any more. Reload the page."), status=409)
        if check.is_outdated(held.changed_at):
            raise _refused(
                _(
                    "The group has changed its application since this was checked. Have it checked again first."
                ),
                status=409,
            )
        if check.checked_by_id == by.pk:
            raise _refused(
                _("You made this check, so somebody else must override it. Ask a colleague."), status=409
            )
        check.overridden_by, check.overridden_at, check.override_reason = by, at, _reason(reason)
        check.save(update_fields=["overridden_by", "overridden_at", "override_reason"])
        _changed(held)
        record(events.CHECK_OVERRIDDEN, subject=held, actor=by, at=at, principle=principle.key)


def waive_reports(*, application: Application, reason: str, by: Account, at: datetime) -> None:
    """Let a group with an overdue report be given money all the same. Public, with the reason."""
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_override(by, held))
        _while_checked(held)
        Waiver.objects.update_or_create(
            application=held, defaults={"reason": _reason(reason), "by": by, "at": at}
        )
        _changed(held)
        record(events.REPORT_WAIVED, subject=held, actor=by, at=at)


def ask_group(*, application: Application, question: str, by: Account, at: datetime) -> None:
    """Ask the group for more; until it answers, it is its turn, and it may change its words.

    Refused once money was approved for the words as they stand.
    """
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_check(by, held))
        require(rules.may_be_rewritten(standings(held, asks_of(held))))
        words = words_of(question, QUESTION, "question", _("Write what you need to know."))
        Message.objects.create(application=held, author=by, from_officer=True, body=words, at=at)
        record(events.MESSAGE_SENT, subject=held, actor=by, at=at)
        move_application(held, Status.MORE_INFORMATION, who=Who.OFFICER, by=by, at=at, note=words)


def _write(
    held: Application, principle: Principle, finding: Found, old: Check | None, *, by: Account, at: datetime
) -> None:
    if finding.verdict != Verdict.PASS and not finding.note.strip():
        raise _refused(_("Say why it is not a plain pass."), f"note_{principle.pk}")
    outdated = old is not None and old.is_outdated(held.changed_at)
    if old is not None and not outdated and (old.verdict, old.note) == (finding.verdict, finding.note):
        return
    fresh = {"verdict": finding.verdict, "note": finding.note, "checked_by": by, "checked_at": at}
    if old is None or outdated or old.verdict != finding.verdict:
        fresh |= {"overridden_by": None, "overridden_at": None, "override_reason": ""}
    Check.objects.update_or_create(application=held, principle=principle, defaults=fresh)
    record(
        events.PRINCIPLE_CHECKED,
        subject=held,
        actor=by,
        at=at,
        principle=principle.key,
        verdict=finding.verdict.value,
    )


def _assign(held: Application, officer: Account | None, *, by: Account, at: datetime) -> None:
    held.officer = officer
    held.save(update_fields=["officer"])
    _changed(held)
    record(
        events.APPLICATION_ASSIGNED, subject=held, actor=by, at=at, officer=officer.pk if officer else None
    )


def _changed(held: Application) -> None:
    Application.objects.filter(pk=held.pk).update(version=F("version") + 1)
    held.version += 1


def _while_checked(held: Application) -> None:
    if held.status != Status.CHECK:
        raise _refused(
            _("This application is “%(is)s”, so it is not being checked now. Reload the page.")
            % {"is": held.get_status_display()},
            status=409,
        )


def _reason(text: str) -> str:
    return words_of(text, REASON, "reason", _("Say why it should go ahead all the same."))


def _refused(sentence: str, field: str | None = None, *, status: int = 422) -> Refused:
    return Refused(Denied(sentence, status=status, field=field))
