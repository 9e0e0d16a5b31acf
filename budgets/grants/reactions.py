"""What follows: who is told."""

from budgets.grants import events, group_notices, notices
from budgets.grants.actions import schedule_reports
from budgets.grants.enums import Status
from budgets.grants.models import Application
from engage.kit.happenings import Happening
from engage.kit.jobs import later
from engage.notifications.hearing import hears

hears(events.BANK_ENTERED)(notices.new_details)
hears(events.BANK_ENTERED)(group_notices.details_entered)
hears(events.GROUP_REGISTERED, events.BANK_ENTERED)(group_notices.looked_like_another)
hears(events.MEMBER_JOINED, events.MEMBER_LEFT)(group_notices.people_changed)
hears(events.SIGNATORY_WAITS)(group_notices.signatory_waits)
hears(events.SIGNATORY_SETTLED)(group_notices.signatory_settled)
hears(events.GROUP_CLAIMED)(group_notices.claimed)
hears(events.GROUP_CLAIM_SETTLED)(group_notices.claim_settled)
hears(events.BANK_CONFIRMED)(notices.details_confirmed)
hears(events.BANK_REFUSED)(notices.details_refused)
hears(events.APPLICATION_MOVED)(notices.application_moved)
hears(events.APPLICATION_ASSIGNED)(notices.application_assigned)
hears(events.PRINCIPLE_CHECKED, events.CHECK_OVERRIDDEN, events.INTEREST_DECLARED)(
    notices.application_checked
)
hears(events.RUN_MADE)(notices.run_made)
hears(events.RUN_APPROVED)(notices.run_approved)
hears(events.RUN_PAID, in_worker=True)(notices.run_paid)
hears(events.REPORT_REMINDED, in_worker=True)(notices.report_reminded)
hears(events.REPORT_SENT)(notices.report_sent)
hears(events.REPORT_RETURNED)(notices.report_returned)
hears(events.REPORT_ACCEPTED)(notices.report_accepted)
hears(events.MONEY_ASKED_BACK)(notices.money_asked_back)


@hears(events.APPLICATION_MOVED)
def owe_reports(happening: Happening) -> None:
    """What was paid is reported; the daily round finds whatever is missed here."""
    if happening.data["to"] == Status.PAID:
        application = Application.objects.filter(pk=happening.subject_id).first()
        if application is not None:
            schedule_reports(application=application, at=happening.at)


@hears(events.APPLICATION_MOVED, events.ASKED_TO_SIGN)
def mail_whoever_signs(happening: Happening) -> None:
    if happening.data.get("to", Status.APPROVED) == Status.APPROVED:
        later("grants.ask_to_sign", application_id=happening.subject_id)


@hears(events.SIGNATORY_SETTLED)
def mail_whoever_signs_now(happening: Happening) -> None:
    """What the group was given waits for them."""
    if happening.data["accepted"]:
        signing = Application.objects.filter(organisation=happening.subject_id, status=Status.APPROVED)
        for number in signing.values_list("pk", flat=True):
            later("grants.ask_to_sign", application_id=number)


@hears(events.MEMBER_INVITED)
def mail_the_invitations(happening: Happening) -> None:
    later("grants.invite", once=True)
