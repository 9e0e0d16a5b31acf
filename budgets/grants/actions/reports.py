"""Reports: owed from the payment on, reminded of, written bit by bit, sent, and accepted or sent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Collection

from budgets.actions import add_photo, correct_outcome, report_outcome
from budgets.actions.common import restate, tells_results
from budgets.enums import EntryKind
from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application
from budgets.grants.actions.documents import discard_documents, keep_document
from budgets.grants.actions.recover import ask_back_unused, awards_of
from budgets.grants.enums import DocumentKind, Status
from budgets.grants.models import Application, Document, Report, ReportPhoto, Result
from budgets.grants.permissions import (
    may_accept_reports,
    may_send_report,
    may_write_report,
    not_for_the_group,
)
from budgets.grants.permissions.reports import lacking
from budgets.grants.rules import monitoring
from budgets.grants.rules.flow import Who
from budgets.models import Award, Entry, Outcome
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.councillors.permissions import may_promote_on
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of
from ideas.models import PICTURES_APART

PHOTOS_EACH = 6
STORY_LIMIT = 4000
NOTE_LIMIT = 1000
ALT_LIMIT = 200
# Money that is asked back puts no report off.
OWED = (Status.PAID, Status.REPORT_DUE, Status.REPORTED, Status.RECOVERING)


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What a group has written so far. `actual` and `notes` map the ids of expected outcomes to what became of them."""

    used_pence: int | None = None
    story: str = ""
    actual: Mapping[int, int] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)


# --- what is owed ----------------------------------------------------------------------------------------


def schedule_reports(*, application: Application, at: datetime) -> int:
    """Write down which reports a paid application owes; answers how many were new. Twice does nothing twice.

    Due the scheme's months after the last payment of any of its awards.
    """
    with writing(GRANT_REFUSALS):
        held = hold(application)
        if held.status not in OWED or held.reports.exists():
            return 0
        paid_on = _paid_on(held) or localdate(at)
        days = monitoring.due_dates(paid_on, held.scheme.monitoring_months)
        Report.objects.bulk_create(
            Report(application=held, due_on=day, final=day == days[-1]) for day in days
        )
    return len(days)


def _paid_on(application: Application) -> date | None:
    payments = Entry.objects.filter(award__ask__application=application, kind=EntryKind.PAY)
    found: date | None = payments.aggregate(last=Max("posted_on"))["last"]
    return found


def remind(*, report: Report, on: date, at: datetime) -> bool:
    """Take note that a report is due and that its group must be told, if so; answers whether there was news.

    The count of reminders moves in the same transaction as the line in the record that the group is told by. So none
    goes out twice; after days without a worker the group hears once, not four times.
    """
    with writing(GRANT_REFUSALS):
        held = hold(report.application)
        found = Report.objects.select_for_update().get(pk=report.pk)
        if found.sent_at is not None or held.status not in OWED:
            return False
        if found.due_on <= on and held.status in {Status.PAID, Status.REPORTED}:
            move_application(held, Status.REPORT_DUE, who=Who.CLOCK, by=None, at=at)
        reminders = monitoring.reminders_by(found.due_on, on)
        if reminders <= found.reminders:
            return False
        found.reminders, found.reminded_at = reminders, at
        found.save(update_fields=["reminders", "reminded_at"])
        record(
            events.REPORT_REMINDED,
            subject=held,
            actor=None,
            at=at,
            report=found.pk,
            days_over=monitoring.days_over(found.due_on, on),
        )
    return True


# --- the group writes ------------------------------------------------------------------------------------


def save_report(
    *, report: Report, words: ReportWords, by: Account, at: datetime, version: int | None = None
) -> Report:
    """Keep what was written so far. `version` is what `by` saw: refused (409) when a colleague saved since."""
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(may_write_report(by, held))
        _not_behind(held, version)
        _write(held, words)
    return held


def send_report(
    *, report: Report, words: ReportWords, by: Account, at: datetime, version: int | None = None
) -> Report:
    """Send a report that says everything; the application is reported. Refused (422) for what is missing."""
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(may_send_report(by, held))
        _not_behind(held, version)
        _write(held, words)
        expected = held.application.expected.count()
        paid = sum(award.spent_pence for award in awards_of(held.application))
        counted = held.results.count()
        require(monitoring.may_send(held.used_pence, paid, held.story, counted, expected))
        held.sent_at, held.sent_by, held.returned_note = at, by, ""
        held.save(update_fields=["sent_at", "sent_by", "returned_note"])
        if held.application.status not in {Status.REPORTED, Status.RECOVERING}:
            move_application(held.application, Status.REPORTED, who=Who.GROUP, by=by, at=at)
        record(events.REPORT_SENT, subject=held.application, actor=by, at=at, report=held.pk)
    return held


def add_receipt(*, report: Report, name: str, content: bytes, by: Account, at: datetime) -> Document:
    """A receipt or invoice, looked into like every document; officers and the group read it."""
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(may_write_report(by, held))
        return keep_document(
            held=held.application, kind=DocumentKind.RECEIPT, name=name, content=content, by=by, at=at
        )


def remove_receipt(*, report: Report, document_id: int, by: Account, at: datetime) -> None:
    """Take a receipt away that was added since the last report was sent. Twice is no harm."""
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(may_write_report(by, held))
        last_sent = held.application.reports.aggregate(last=Max("sent_at"))["last"]
        receipts = held.application.documents.filter(pk=document_id, kind=DocumentKind.RECEIPT)
        if last_sent:
            receipts = receipts.filter(added_at__gt=last_sent)
        for receipt in receipts:
            discard_documents([receipt])
            record(
                events.DOCUMENT_REMOVED,
                subject=held.application,
                actor=by,
                at=at,
                document=document_id,
                kind=receipt.kind,
            )


def add_report_photo(
    *, report: Report, file: Any, alt: str, consent: bool, by: Account, at: datetime
) -> ReportPhoto:
    """A picture of what the money did. `file` must be clean already (`engage.kit.uploads.PictureField`).

    Refused, and not kept, without words for people who cannot see it or without the consent of everybody in it.
    """
    missing = _("Say what the picture shows, for people who cannot see it.")
    words = words_of(alt, ALT_LIMIT, "alt", missing)
    if not consent:
        raise Refused(
            Denied(
                _("Only send a photo when everybody in it agreed that it is published. Ask them first."),
                status=422,
                field="consent",
            )
        )
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(may_write_report(by, held))
        if held.photos.count() >= PHOTOS_EACH:
            sentence = _("There are %(count)d photos, which is the most. Remove one before you add another.")
            raise Refused(Denied(sentence % {"count": PHOTOS_EACH}, status=409, field="file"))
        image = get_image_model().objects.create(
            title=words, description=words, file=file, uploaded_by_user=by, collection=_apart()
        )
        return ReportPhoto.objects.create(report=held, image=image, alt=words, consent=True)


def remove_report_photo(*, report: Report, photo_id: int, by: Account, at: datetime) -> None:
    """Take a picture away, file and all. Twice is no harm."""
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(may_write_report(by, held))
        photo = held.photos.select_related("image").filter(pk=photo_id).first()
        if photo is None:
            return
        storage, name = photo.image.file.storage, photo.image.file.name
        photo.delete()
        photo.image.delete()
        transaction.on_commit(lambda: storage.delete(name), robust=True)


# --- an officer reads ------------------------------------------------------------------------------------


def accept_report(*, report: Report, although: str = "", by: Account, at: datetime) -> Report:
    """Publish what a report says on the award, and go on: wait for the next, ask unused money back, or close.

    Refused (409) before an election, since it publishes: the sentence says from when on. A report that tells less than
    its group was asked is refused (422) without `although`, why less is enough: it is recorded, and public.
    """
    require(may_accept_reports(by))
    require(may_promote_on(localdate(at)))
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(not_for_the_group(by, held.application))
        _must_wait_for_an_answer(held)
        _must_tell_what_was_asked(held, although.strip()[:NOTE_LIMIT], by=by, at=at)
        held.accepted_at, held.accepted_by = at, by
        held.save(update_fields=["accepted_at", "accepted_by"])
        _publish(held, by=by, at=at)
        record(events.REPORT_ACCEPTED, subject=held.application, actor=by, at=at, report=held.pk)
        if held.final:
            _end(held, by=by, at=at)
    return held


def return_report(*, report: Report, note: str, by: Account, at: datetime) -> Report:
    """Send a report back with what is missing; the group goes on where it was."""
    require(may_accept_reports(by))
    words = words_of(note, NOTE_LIMIT, "note", _("Say what is missing, so that the group knows what to do."))
    with writing(GRANT_REFUSALS):
        held = _hold_report(report)
        require(not_for_the_group(by, held.application))
        _must_wait_for_an_answer(held)
        held.sent_at, held.returned_note = None, words
        held.save(update_fields=["sent_at", "returned_note"])
        if held.application.status == Status.REPORTED:
            move_application(held.application, Status.REPORT_DUE, who=Who.OFFICER, by=by, at=at, note=words)
        record(events.REPORT_RETURNED, subject=held.application, actor=by, at=at, report=held.pk)
    return held


def _must_tell_what_was_asked(held: Report, although: str, *, by: Account, at: datetime) -> None:
    missing = lacking(held)
    if missing and not although:
        raise Refused(Denied(" ".join(missing), status=422, field="although"))
    if missing:
        said = {"report": held.pk, "lacking": missing, "reason": although}
        record(events.REPORT_ACCEPTED_WITH_LESS, subject=held.application, actor=by, at=at, **said)


def _hold_report(report: Report) -> Report:
    """The report as it is now, held together with its application until the transaction ends."""
    application = hold(report.application)
    held = Report.objects.select_for_update().get(pk=report.pk)
    held.application = application
    return held


def _not_behind(held: Report, version: int | None) -> None:
    if version is not None and version != held.version:
        raise Refused(
            Denied(
                _(
                    "A colleague saved this report while you were writing. What you wrote is still below. Open the"
                    " report in a second tab, put together what should stay, and save again."
                ),
                status=409,
                field="version",
            )
        )


def _write(held: Report, words: ReportWords) -> None:
    held.used_pence, held.story = words.used_pence, words.story.strip()[:STORY_LIMIT]
    held.version = held.version + 1
    held.save(update_fields=["used_pence", "story", "version"])
    known = set(held.application.expected.values_list("pk", flat=True))
    held.results.exclude(expected__in=words.actual.keys()).delete()
    for number, actual in words.actual.items():
        if number in known:
            held.results.update_or_create(
                expected_id=number, defaults={"actual": actual, "note": words.notes.get(number, "")}
            )


def _must_wait_for_an_answer(held: Report) -> None:
    if held.sent_at is None or held.accepted_at is not None:
        sentence = _("This report was answered already, or is with the group. Reload the page.")
        raise Refused(Denied(sentence, status=409))


@tells_results
def told_with_its_partners(award: Award) -> bool:
    """The results of a joint grant are kept on the first of its awards, and are those of all."""
    return Outcome.objects.filter(award__ask__application__asks__award=award).exists()


def _publish(held: Report, *, by: Account, at: datetime) -> None:
    awards = awards_of(held.application)
    if not awards:
        return
    award, *partners = awards
    for result in held.results.select_related("expected"):
        _publish_result(award, result, by=by, at=at)
    said: dict[str, Any] = {"story": held.story, "on": localdate(at), "by": by, "at": at}
    before = award.outcomes.filter(measure=_story_title()).first()
    if before:
        correct_outcome(outcome=before, measure=before.measure, **said)
    else:
        report_outcome(award=award, measure=_story_title(), **said)
    for photo in held.photos.select_related("image"):
        add_photo(award=award, image=photo.image, alt=photo.alt, by=by, at=at)
    for partner in partners:
        restate(partner)


def _publish_result(award: Award, result: Result, *, by: Account, at: datetime) -> None:
    """A later report's number takes the place of an earlier one's: each counts from the start of the project."""
    said: dict[str, Any] = {
        "measure": result.expected.measure,
        "forecast": result.expected.number,
        "actual": result.actual,
        "story": result.note,
        "on": localdate(at),
        "by": by,
        "at": at,
    }
    before = award.outcomes.filter(measure=result.expected.measure).first()
    if before:
        correct_outcome(outcome=before, **said)
    else:
        report_outcome(award=award, **said)


def _story_title() -> str:
    return _("In the group’s words")


def _end(held: Report, *, by: Account, at: datetime) -> None:
    """The last report: what was not used is asked back, and without any the application is closed."""
    application = held.application
    if ask_back_unused(held=application, used_pence=held.used_pence or 0, by=by, at=at):
        return
    if application.status == Status.REPORTED:
        move_application(application, Status.CLOSED, who=Who.OFFICER, by=by, at=at)


def _apart() -> Collection:
    """Where pictures that people send are kept, out of the editors' library."""
    found: Collection | None = Collection.objects.filter(name=PICTURES_APART).first()
    return found or Collection.get_first_root_node().add_child(name=PICTURES_APART)
