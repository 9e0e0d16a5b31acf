"""What groups and officers are told about grants: the kinds of news, what they are about, and who hears of what.

Each function may run twice for the same happening (see `engage.notifications.hearing`). Never put a word that somebody
wrote, or anything of a bank account, into `data`.
"""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Capacity, RunStatus, Status
from budgets.grants.models import Application, Ask, BankAccount, Payment, PaymentRun, Report
from budgets.grants.permissions import standings
from budgets.grants.queries import asks_of, findings_of, whole_applications
from budgets.grants.rules.checks import may_go_ahead
from budgets.grants.rules.decisions import capacity
from budgets.grants.rules.flow import PUBLIC_NAMES
from budgets.models import Award, Organisation
from engage.kit.happenings import Happening
from engage.kit.money import pounds
from engage.notifications.actions import notify
from engage.notifications.enums import Channel
from engage.notifications.kinds import About, Data, Kind, Topic, TopicKind, register, register_topic
from engage.residents.models import Resident
from engage.residents.queries import staff_with

YOUR_GROUP = _("Groups you act for")
TO_DO = _("Grants you work on")


def _payment_words(data: Data) -> dict[str, str]:
    return {"amount": pounds(data["amount_pence"]), "reference": data["reference"]}


def _report_words(data: Data) -> dict[str, str]:
    """How many days are left, or over, on the day of the reminder."""
    over = data["days_over"]
    if over == 0:
        return {"when": gettext("Your report is due today")}
    if over < 0:
        return {"when": ngettext("Report due in %(n)s day", "Report due in %(n)s days", -over) % {"n": -over}}
    words = ngettext("Your report is %(n)s day late", "Your report is %(n)s days late", over)
    return {"when": words % {"n": over}}


def _amount_words(data: Data) -> dict[str, str]:
    return {"amount": pounds(data["amount_pence"])}


register(
    Kind(
        key="grant_paid",
        group=YOUR_GROUP,
        label=_("Money is paid to your group"),
        title=_(
            "%(amount)s was paid for “%(topic)s”. Look for %(reference)s on your group’s bank statement."
        ),
        values=_payment_words,
        default=Channel.NOW,
    ),
    Kind(
        key="bank_confirmed",
        group=YOUR_GROUP,
        label=_("Your group’s bank details are confirmed"),
        title=_("The bank details of %(topic)s are confirmed. The group can be paid."),
        default=Channel.NOW,
    ),
    Kind(
        key="bank_refused",
        group=YOUR_GROUP,
        label=_("Your group’s bank details are refused"),
        title=_("The bank details of %(topic)s were not accepted. See why, and enter them again."),
        default=Channel.NOW,
    ),
    Kind(
        key="report_soon",
        group=YOUR_GROUP,
        label=_("A report about a grant is due, or overdue"),
        title=_("%(when)s: tell us what “%(topic)s” did."),
        values=_report_words,
        default=Channel.NOW,
    ),
    Kind(
        key="report_returned",
        group=YOUR_GROUP,
        label=_("A report of your group’s is sent back"),
        title=_("Your report about “%(topic)s” is sent back, because something is missing. See what."),
        default=Channel.NOW,
    ),
    Kind(
        key="report_accepted",
        group=YOUR_GROUP,
        label=_("A report of your group’s is accepted"),
        title=_("Your report about “%(topic)s” is accepted and published. Thank you."),
        default=Channel.NOW,
    ),
    Kind(
        key="money_asked_back",
        group=YOUR_GROUP,
        label=_("Money is asked back from your group"),
        title=_("%(amount)s of the grant for “%(topic)s” is asked back. See why, and how to pay."),
        values=_amount_words,
        default=Channel.NOW,
    ),
    Kind(
        key="report_to_read",
        group=TO_DO,
        label=_("A group sends a report"),
        title=_("A report about “%(topic)s” waits to be read."),
        default=Channel.NOW,
        needs="grants.accept_report",
    ),
    Kind(
        key="bank_to_confirm",
        group=TO_DO,
        label=_("Bank details wait for a second person"),
        title=_("Confirm the bank details of %(topic)s. Nothing is paid to the group until then."),
        default=Channel.NOW,
        needs="grants.confirm_bank",
    ),
    Kind(
        key="run_to_approve",
        group=TO_DO,
        label=_("A payment run waits for approval"),
        title=_("%(topic)s waits for somebody to approve it."),
        default=Channel.NOW,
        needs="grants.approve_run",
    ),
    Kind(
        key="run_to_pay",
        group=TO_DO,
        label=_("A payment run is approved and waits to be paid"),
        title=_("%(topic)s is approved. A third person takes the bank file out and records it as paid."),
        default=Channel.NOW,
        needs="grants.pay_run",
    ),
)


# --- what it is about ------------------------------------------------------------------------------------


def _awards(numbers: Collection[int]) -> dict[int, About]:
    found = Award.objects.filter(pk__in=numbers).select_related("place", "budget")
    return {award.pk: About(award.title, award.get_absolute_url()) for award in found}


def _groups(numbers: Collection[int]) -> dict[int, About]:
    """Leads to where the group's members enter and see their bank details."""
    found = Organisation.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {pk: About(name, reverse("grants:bank", args=[pk])) for pk, name in found}


def _details(numbers: Collection[int]) -> dict[int, About]:
    found = BankAccount.objects.filter(pk__in=numbers).values_list("pk", "organisation__name")
    return {pk: About(name, reverse("staff_bankaccounts:inspect", args=[pk])) for pk, name in found}


def _runs(numbers: Collection[int]) -> dict[int, About]:
    found = PaymentRun.objects.filter(pk__in=numbers)
    return {run.pk: About(str(run), reverse("staff_paymentruns:inspect", args=[run.pk])) for run in found}


def _grants_to_report(numbers: Collection[int]) -> dict[int, About]:
    """Leads to where the group writes its report."""
    found = Application.objects.filter(pk__in=numbers).values_list("pk", "title")
    return {pk: About(title, reverse("grants:report", args=[pk])) for pk, title in found}


def _reports_to_read(numbers: Collection[int]) -> dict[int, About]:
    found = Report.objects.filter(pk__in=numbers).values_list("pk", "application__title")
    return {pk: About(title, reverse("staff_reports:inspect", args=[pk])) for pk, title in found}


NO_GRANT = _("A grant that is no longer here")
register_topic(TopicKind("grant_report", _grants_to_report, gone=NO_GRANT, open=False))
register_topic(TopicKind("report_to_read", _reports_to_read, gone=NO_GRANT, open=False))
register_topic(TopicKind("paid_award", _awards, gone=_("A grant that is no longer here"), open=False))
register_topic(TopicKind("group_bank", _groups, gone=_("A group that is no longer here"), open=False))
register_topic(
    TopicKind("bank_details", _details, gone=_("Bank details that are no longer here"), open=False)
)
register_topic(TopicKind("payment_run", _runs, gone=_("A payment run that is no longer here"), open=False))


# --- who hears of what -----------------------------------------------------------------------------------


def members_of(organisation_id: int) -> set[int]:
    """Everybody who acts for a group, as residents."""
    return set(
        Resident.objects.filter(account__memberships__organisation=organisation_id).values_list(
            "pk", flat=True
        )
    )


def new_details(happening: Happening) -> None:
    """Those who may confirm them; not whoever entered them."""
    number = happening.data["account"]
    if BankAccount.objects.filter(pk=number, confirmed_at=None, refused_at=None).exists():
        notify(
            kind="bank_to_confirm",
            topic=("bank_details", number),
            at=happening.at,
            to_followers=False,
            also=staff_with("grants.confirm_bank", but_not=[happening.actor_id]),
        )


def details_confirmed(happening: Happening) -> None:
    _tell_group(happening, "bank_confirmed")


def details_refused(happening: Happening) -> None:
    _tell_group(happening, "bank_refused")


def _tell_group(happening: Happening, kind: str) -> None:
    notify(
        kind=kind,
        topic=("group_bank", happening.subject_id),
        at=happening.at,
        to_followers=False,
        also=members_of(happening.subject_id),
    )


def run_made(happening: Happening) -> None:
    _ask(happening, RunStatus.DRAFT, "run_to_approve", "grants.approve_run")


def run_approved(happening: Happening) -> None:
    _ask(happening, RunStatus.APPROVED, "run_to_pay", "grants.pay_run")


def _ask(happening: Happening, status: RunStatus, kind: str, permission: str) -> None:
    """Those who may do the next step; nobody who did one before."""
    run = PaymentRun.objects.filter(pk=happening.subject_id, status=status).first()
    if run is not None:
        notify(
            kind=kind,
            topic=("payment_run", run.pk),
            at=happening.at,
            to_followers=False,
            also=staff_with(permission, but_not=[run.created_by_id, run.approved_by_id]),
        )


def run_paid(happening: Happening) -> None:
    """Each group hears of its own payment, with what its bank statement says."""
    for payment in Payment.objects.filter(run=happening.subject_id, entry__isnull=False).select_related(
        "award"
    ):
        notify(
            kind="grant_paid",
            topic=("paid_award", payment.award_id),
            at=happening.at,
            data={"amount_pence": payment.amount_pence, "reference": payment.reference},
            key=str(payment.pk),
            to_followers=False,
            also=members_of(payment.award.organisation_id),
        )


def report_reminded(happening: Happening) -> None:
    """Everybody who acts for the group, unless the report was sent in the meantime."""
    if Report.objects.filter(pk=happening.data["report"], sent_at=None).exists():
        _tell_of_report(happening, "report_soon", {"days_over": happening.data["days_over"]})


def report_sent(happening: Happening) -> None:
    """Those who accept reports."""
    notify(
        kind="report_to_read",
        topic=("report_to_read", happening.data["report"]),
        at=happening.at,
        to_followers=False,
        also=staff_with("grants.accept_report", but_not=[happening.actor_id]),
    )


def report_returned(happening: Happening) -> None:
    _tell_of_report(happening, "report_returned")


def report_accepted(happening: Happening) -> None:
    _tell_of_report(happening, "report_accepted")


def money_asked_back(happening: Happening) -> None:
    _tell_of_report(happening, "money_asked_back", {"amount_pence": happening.data["amount_pence"]})


def _tell_of_report(happening: Happening, kind: str, data: Data | None = None) -> None:
    application = Application.objects.filter(pk=happening.subject_id).first()
    if application is not None:
        notify(
            kind=kind,
            topic=("grant_report", application.pk),
            at=happening.at,
            data=data,
            key=str(happening.data.get("report", "")),
            to_followers=False,
            also=members_of(application.organisation_id),
        )


# --- from the first yes to the decision ------------------------------------------------------------------

ASKED = _("Grants asked of your budget")


def _application_status(data: Data) -> dict[str, str]:
    return {"status": str(PUBLIC_NAMES[Status(data["status"])])}


register(
    Kind(
        key="grant_moved",
        group=YOUR_GROUP,
        label=_("An application of your group’s moves on"),
        title=_("“%(topic)s” is now: %(status)s"),
        values=_application_status,
        default=Channel.NOW,
    ),
    Kind(
        key="grant_question",
        group=YOUR_GROUP,
        label=_("The council asks about an application of your group’s"),
        title=_("There is a question about “%(topic)s”. Answer it, so that it can go on."),
        default=Channel.NOW,
    ),
    Kind(
        key="grant_approved",
        group=YOUR_GROUP,
        label=_("An application of your group’s is approved"),
        title=_("“%(topic)s” is approved. Two of your signatories sign the agreement next."),
        default=Channel.NOW,
    ),
    Kind(
        key="grant_asked",
        group=ASKED,
        label=_("A group asks for money from your budget"),
        title=_("A group asks for your support: “%(topic)s”"),
        default=Channel.NOW,
        needs="grants.decide_ask",
    ),
    Kind(
        key="grant_to_decide",
        group=ASKED,
        label=_("A grant is checked and yours to decide"),
        title=_("“%(topic)s” is checked. It is yours to decide."),
        default=Channel.NOW,
        needs="grants.decide_ask",
    ),
    Kind(
        key="grant_to_check",
        group=TO_DO,
        label=_("An application waits to be checked"),
        title=_("“%(topic)s” waits to be checked."),
        default=Channel.DAILY,
        needs="grants.check_application",
    ),
    Kind(
        key="grant_assigned",
        group=TO_DO,
        label=_("An application is assigned to you"),
        title=_("You are asked to check “%(topic)s”"),
        default=Channel.NOW,
        needs="grants.check_application",
    ),
    Kind(
        key="grant_answered",
        group=TO_DO,
        label=_("A group answers your question"),
        title=_("The group of “%(topic)s” has answered."),
        default=Channel.NOW,
        needs="grants.check_application",
    ),
    Kind(
        key="grant_officer_decides",
        group=TO_DO,
        label=_("A grant waits for an officer’s decision"),
        title=_("“%(topic)s” waits for an officer’s decision, because its councillor may not decide."),
        default=Channel.NOW,
        needs="grants.decide_as_officer",
    ),
)


def _titles(numbers: Collection[int], address: str) -> dict[int, About]:
    found = Application.objects.filter(pk__in=numbers).values_list("pk", "title")
    return {pk: About(title, reverse(address, args=[pk])) for pk, title in found}


def _own_applications(numbers: Collection[int]) -> dict[int, About]:
    return _titles(numbers, "grants:application")


def _agreements(numbers: Collection[int]) -> dict[int, About]:
    return _titles(numbers, "grants:agreement")


def _on_desks(numbers: Collection[int]) -> dict[int, About]:
    return _titles(numbers, "staff_applications:inspect")


def _asks(numbers: Collection[int]) -> dict[int, About]:
    found = Ask.objects.filter(pk__in=numbers).values_list("pk", "application__title")
    return {pk: About(title, reverse("grants:ask", args=[pk])) for pk, title in found}


for _key, _find in {
    "own_application": _own_applications,
    "agreement": _agreements,
    "application_desk": _on_desks,
    "ask": _asks,
}.items():
    register_topic(TopicKind(_key, _find, gone=NO_GRANT, open=False))

_TOLD_TO_THE_GROUP = {
    Status.SUPPORTED: ("grant_moved", "own_application"),
    Status.CHECK: ("grant_moved", "own_application"),
    Status.DECLINED: ("grant_moved", "own_application"),
    Status.MORE_INFORMATION: ("grant_question", "own_application"),
    Status.APPROVED: ("grant_approved", "agreement"),
}


def application_moved(happening: Happening) -> None:
    """The group hears where its application is; councillors and officers when it comes to them."""
    application = Application.objects.filter(pk=happening.subject_id).first()
    start, to = Status(happening.data["from"]), Status(happening.data["to"])
    if application is None:
        return
    if to in _TOLD_TO_THE_GROUP:
        kind, about = _TOLD_TO_THE_GROUP[to]
        people = members_of(application.organisation_id) - residents_of([happening.actor_id])
        _tell(happening, kind, (about, application.pk), people, {"status": to.value})
    if to == Status.SUBMITTED:
        for ask in application.asks.select_related("budget__councillor"):
            _tell(happening, "grant_asked", ("ask", ask.pk), _holder_of(ask))
    elif to == Status.SUPPORTED:
        _tell_officers(happening, "grant_to_check", "grants.check_application")
    elif (start, to) == (Status.MORE_INFORMATION, Status.CHECK) and application.officer_id:
        mine = residents_of([application.officer_id])
        _tell(happening, "grant_answered", ("application_desk", application.pk), mine)


def application_assigned(happening: Happening) -> None:
    """The officer; not whoever took it themselves."""
    people = residents_of([happening.data["officer"]]) - residents_of([happening.actor_id])
    _tell(happening, "grant_assigned", ("application_desk", happening.subject_id), people)


def application_checked(happening: Happening) -> None:
    """Once the check is complete, or a councillor declared an interest after it: whoever decides hears so."""
    found = whole_applications().filter(pk=happening.subject_id, status=Status.CHECK).first()
    if found is None or not may_go_ahead(findings_of(found)):
        return
    asks = asks_of(found)
    for ask, how in zip(asks, standings(found, asks), strict=True):
        if how.answer is None and capacity(how) == Capacity.COUNCILLOR:
            _tell(happening, "grant_to_decide", ("ask", ask.pk), _holder_of(ask))
        elif how.answer is None:
            _tell_officers(happening, "grant_officer_decides", "grants.decide_as_officer")


def _tell_officers(happening: Happening, kind: str, permission: str) -> None:
    people = staff_with(permission, but_not=[happening.actor_id])
    _tell(happening, kind, ("application_desk", happening.subject_id), people)


def _tell(
    happening: Happening, kind: str, topic: Topic, people: Collection[int], data: Data | None = None
) -> None:
    if people:
        notify(kind=kind, topic=topic, at=happening.at, data=data, to_followers=False, also=people)


def _holder_of(ask: Ask) -> set[int]:
    councillor = ask.budget.councillor
    return residents_of([councillor.account_id]) if councillor else set()


def residents_of(accounts: Collection[int | None]) -> set[int]:
    known = [pk for pk in accounts if pk]
    return set(Resident.objects.filter(account__in=known).values_list("pk", flat=True))
