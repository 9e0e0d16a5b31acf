"""An application: begun, written page by page, sent, answered, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.grants import events
from budgets.grants.actions.agree import release_commitments
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application, touch
from budgets.grants.actions.documents import discard_documents
from budgets.grants.actions.group import GROUPS_EACH
from budgets.grants.enums import Status
from budgets.grants.models import Application, Ask, Cost, Expected, Funder, Message, Scheme
from budgets.grants.permissions import acts_for, terms_of
from budgets.grants.permissions.apply import may_change_amounts, may_send, may_withdraw, may_write
from budgets.grants.queries.apply import COLUMNS, ROW_COLUMNS, Folder, folder_of, held_by
from budgets.grants.rules import applications as rules
from budgets.grants.rules.flow import Who, may_move
from budgets.grants.rules.scheme import takes_applications
from budgets.models import Budget, Organisation
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals, writing
from engage.kit.text import in_reading_order
from engage.kit.words import words_of
from ideas.models import Idea

DRAFTS_EACH = GROUPS_EACH
BEGUN_TWICE = timedelta(minutes=10)
MESSAGE_LIMIT = 3000
ROWS: dict[str, tuple[Any, int]] = {
    rules.COUNCILLORS: (Ask, 20),
    rules.COSTS: (Cost, 40),
    rules.FUNDERS: (Funder, 20),
    rules.OUTCOMES: (Expected, 20),
}
_REFUSALS: Refusals = {
    **GRANT_REFUSALS,
    "application_ends_after_start": (_("It cannot end before it starts."), 422, "ends_on"),
    "expected_once": (_("You count this already. Change its number instead."), 409, None),
}


def begin_application(
    *,
    scheme: Scheme,
    organisation: Organisation,
    by: Account,
    at: datetime,
    idea: Idea | None = None,
) -> Application:
    """An empty application, or one that takes title, place and theme from an idea. Pressed twice, it is one."""
    require(acts_for(by, organisation))
    with writing(_REFUSALS):
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        today = timezone.localdate(at)
        if scheme.published_at is None or scheme.closes_on < today:
            words = _(
                "“%(scheme)s” takes no applications any more. Look on the grants page for the next one."
            )
            raise Refused(Denied(words % {"scheme": scheme}, status=409, field="scheme"))
        drafts = Application.objects.filter(organisation=organisation, status=Status.DRAFT)
        twin = drafts.filter(scheme=scheme, idea=idea, created_by=by, version=1)
        if begun := twin.filter(created_at__gt=at - BEGUN_TWICE).first():
            return begun
        if drafts.count() >= DRAFTS_EACH:
            words = _("Your group has %(count)d drafts. Send or delete one before you start another.")
            raise Refused(Denied(words % {"count": DRAFTS_EACH}, status=409))
        begun = Application.objects.create(
            scheme=scheme,
            organisation=organisation,
            idea=idea,
            title=idea.title[:140] if idea else "",
            place=idea.place if idea else None,
            theme=idea.theme if idea else None,
            created_by=by,
            created_at=at,
            status_since=at,
        )
        record(events.APPLICATION_BEGUN, subject=begun, actor=by, at=at)
    return begun


def save_page(
    *,
    application: Application,
    page: str,
    given: Mapping[str, Any],
    seen: str,
    by: Account,
    at: datetime,
) -> Application:
    """Keep what stands on one page. It may be incomplete: only sending asks for everything.

    `given` has the page's columns (`queries.apply.COLUMNS`), or `rows`: mappings with the columns of its rows.
    `seen` is the mark of the page when it was opened (`Folder.mark`): refused (409, field "seen") when a colleague
    has changed that page since. Other pages may be written at the same time.
    """
    with writing(_REFUSALS):
        held = hold(application)
        require(may_write(by, held))
        if page == rules.COUNCILLORS:
            require(may_change_amounts(held))
        before = held_by(held, page)
        if page in COLUMNS:
            changed = _save_columns(held, page, given, before, seen)
        else:
            changed = _save_rows(held, page, given["rows"], before, seen)
        if changed:
            touch(held, at=at)
            record(events.APPLICATION_SAVED, subject=held, actor=by, at=at, page=page)
    return held


def submit_application(*, application: Application, version: int, by: Account, at: datetime) -> Application:
    """Send it: whole, in time, within the scheme. It gets its reference, and the councillors it asks are told.

    Sent twice, it is sent once. `version` is what the sender read: refused (409) when a colleague changed it since.
    Refused (422) with the first thing that is missing; `Folder.faults` has them all.
    """
    with writing(_REFUSALS):
        held = hold(application)
        require(may_send(by, held))
        if held.status != Status.DRAFT and held.submitted_at is not None:
            return held
        require(may_move(Status(held.status), Status.SUBMITTED, Who.GROUP))
        # The scheme's row is held, so that two groups at once get two numbers, and its rules stay as they were read.
        held.scheme = Scheme.objects.select_for_update(no_key=True).get(pk=held.scheme_id)
        if held.version != version:
            raise Refused(
                Denied(
                    _("A colleague changed this application since you opened this page. Check it once more."),
                    status=409,
                    field="version",
                )
            )
        # Whether it is open comes first: who is too late need not mend anything.
        require(takes_applications(terms_of(held.scheme), on=timezone.localdate(at)))
        _complete(folder_of(held))
        held.reference, held.submitted_at = _next_reference(held.scheme), at
        held.save(update_fields=["reference", "submitted_at"])
        move_application(held, Status.SUBMITTED, who=Who.GROUP, by=by, at=at)
    return held


def answer_question(*, application: Application, words: str, by: Account, at: datetime) -> Message:
    """Answer what the officer asked; the application goes on being checked, and must still be whole."""
    with writing(_REFUSALS):
        held = hold(application)
        require(may_send(by, held))
        said = words_of(words, MESSAGE_LIMIT, "words", _("Write your answer."))
        newest = held.messages.filter(from_officer=False, body=said, at__gt=at - BEGUN_TWICE).first()
        if newest is not None and held.status == Status.CHECK:
            return newest
        require(may_move(Status(held.status), Status.CHECK, Who.GROUP))
        _complete(folder_of(held))
        message = Message.objects.create(application=held, author=by, body=said, at=at)
        record(events.MESSAGE_SENT, subject=held, actor=by, at=at, message=message.pk)
        move_application(held, Status.CHECK, who=Who.GROUP, by=by, at=at)
    return message


def withdraw_application(*, application: Application, why: str, by: Account, at: datetime) -> Application:
    """The group does not want the money any more. What was promised and not paid goes back to its budgets."""
    with writing(_REFUSALS):
        held = hold(application)
        if held.status == Status.WITHDRAWN:
            return held
        require(may_withdraw(by, held))
        release_commitments(held=held, by=by, at=at, on=timezone.localdate(at))
        move_application(held, Status.WITHDRAWN, who=Who.GROUP, by=by, at=at, note=why.strip()[:1000])
    return held


def delete_draft_application(*, application: Application, by: Account, at: datetime) -> None:
    """Throw away what was never sent, with its documents. Nobody can bring it back."""
    with writing(_REFUSALS):
        held = hold(application)
        require(may_write(by, held))
        if held.status != Status.DRAFT:
            words = _("This application was sent, so it is not deleted. You can withdraw it.")
            raise Refused(Denied(words, status=409))
        discard_documents(list(held.documents.all()))
        record(events.APPLICATION_DELETED, subject=held, actor=by, at=at)
        Application.objects.filter(pk=held.pk).delete()


# --- pages -----------------------------------------------------------------------------------------------


def _save_columns(
    held: Application, page: str, given: Mapping[str, Any], before: tuple[Any, ...], seen: str
) -> bool:
    fresh = {name: _fitting(held, name, given[name]) for name in COLUMNS[page]}
    if tuple(fresh.values()) == before:
        return False
    _unchanged_since(before, seen)
    starts, ends = (fresh.get(name, getattr(held, name)) for name in ("starts_on", "ends_on"))
    if starts and ends and ends < starts:
        raise Refused(Denied(_("It cannot end before it starts."), status=422, field="ends_on"))
    for name, value in fresh.items():
        setattr(held, name, value)
    held.save(update_fields=list(fresh))
    return True


def _save_rows(
    held: Application, page: str, rows: Sequence[Mapping[str, Any]], before: tuple[Any, ...], seen: str
) -> bool:
    model, most = ROWS[page]
    if len(rows) > most:
        words = _("There is room for %(most)d lines, and these are %(count)d. Put some together.")
        raise Refused(Denied(words % {"most": most, "count": len(rows)}, status=422))
    fresh = [{name: _fitting(model, name, row[name]) for name in ROW_COLUMNS[page]} for row in rows]
    if page == rules.COUNCILLORS:
        _of_this_year(held, fresh)
        fresh.sort(key=lambda row: row["budget_id"])
    if tuple(tuple(row.values()) for row in fresh) == before:
        return False
    _unchanged_since(before, seen)
    model.objects.filter(application=held).delete()
    model.objects.bulk_create(model(application=held, **row) for row in fresh)
    return True


def _of_this_year(held: Application, rows: Sequence[Mapping[str, Any]]) -> None:
    """Only budgets of councillors in the scheme's own year can be asked."""
    wanted = {row["budget_id"] for row in rows}
    known = Budget.objects.filter(pk__in=wanted, year=held.scheme.year, councillor__isnull=False)
    if known.count() != len(wanted):
        words = _("One of these budgets cannot be asked for money any more. Reload the page.")
        raise Refused(Denied(words, status=409, field="budget"))


def _unchanged_since(before: tuple[Any, ...], seen: str) -> None:
    if rules.mark_of(*before) != seen:
        raise Refused(
            Denied(
                _(
                    "A colleague changed this page while you were writing. Both texts are below:"
                    " put together what should stay, then save again."
                ),
                status=409,
                field="seen",
            )
        )


def _fitting(model: Any, name: str, value: Any) -> Any:
    """Text in signs that can be kept, no longer than its column; anything else as it is."""
    if not isinstance(value, str):
        return value
    text = in_reading_order(value).replace("\0", "").replace("\r\n", "\n").strip()
    limit = model._meta.get_field(name).max_length
    if limit and len(text) > limit:
        words = _("This is %(length)s characters long and there is room for %(limit)s. Make it shorter.")
        raise Refused(Denied(words % {"length": len(text), "limit": limit}, status=422, field=name))
    return text


# --- sending ---------------------------------------------------------------------------------------------


def _complete(folder: Folder) -> None:
    if folder.faults:
        first = folder.faults[0]
        raise Refused(Denied(first.words, status=422, field=first.page))


def _next_reference(scheme: Scheme) -> str:
    """One more than the highest of the year: a number is used once, and gaps do no harm."""
    start = f"G-{scheme.year}-"
    number = Cast(Substr("reference", len(start) + 1), IntegerField())
    taken = Application.objects.filter(reference__startswith=start)
    return rules.reference(scheme.year, (taken.aggregate(highest=Max(number))["highest"] or 0) + 1)
