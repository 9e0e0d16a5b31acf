"""Supporting, declaring an interest, deciding: by whom, how much, and what follows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from budgets.actions import commit_award
from budgets.grants.actions import (
    ask_group,
    decide_ask,
    declare_interest,
    decline_application,
    override_block,
    support_ask,
    waive_reports,
)
from budgets.grants.enums import Answer, Capacity, Decides, Fence, SpendKind, Status, Verdict
from budgets.grants.models import Application, Ask, Decision, Report, RingFence, Scheme, Waiver
from budgets.models import Award, Budget
from engage.accounts.models import Account
from engage.councillors.models import PreElection
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import (
    NOW,
    a_councillors_budget,
    a_principle,
    an_application,
    checked,
    with_role,
)
from tests.factories import AccountFactory, BudgetFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THREADS = 10


@pytest.fixture
def officer() -> Account:
    return with_role("officer")


def ready(**fields) -> Application:
    """Checked, and waiting for its decision."""
    return checked(an_application(Status.CHECK, **fields))


def councillor_of(ask: Ask) -> Account:
    return ask.budget.councillor.account


def say(ask: Ask, answer: Answer = Answer.APPROVED, amount: int = 500_00, **more) -> Application:
    said = {"reason": "Neighbours asked for it.", "no_interest": True, "by": None, "at": NOW} | more
    said["by"] = said["by"] or councillor_of(ask)
    return decide_ask(ask=ask, answer=answer, amount_pence=amount, **said)


# --- support ---------------------------------------------------------------------------------------------


def test_support_moves_it_on_when_all_have_answered() -> None:
    made = an_application(budgets=[a_councillors_budget(), a_councillors_budget()])
    first, second = made.asks.all()
    assert support_ask(ask=first, by=councillor_of(first), at=NOW).status == Status.SUBMITTED
    assert support_ask(ask=second, by=councillor_of(second), at=NOW).status == Status.SUPPORTED


def test_one_no_and_one_yes_go_on_and_two_nos_end_it() -> None:
    made = an_application(budgets=[a_councillors_budget(), a_councillors_budget()])
    first, second = made.asks.all()
    assert say(first, Answer.DECLINED).status == Status.SUBMITTED
    assert support_ask(ask=second, by=councillor_of(second), at=NOW).status == Status.SUPPORTED
    alone = an_application().asks.get()
    assert say(alone, Answer.DECLINED).status == Status.DECLINED


def test_only_the_councillor_who_is_asked_supports_and_only_once() -> None:
    ask = an_application(budgets=[a_councillors_budget(), a_councillors_budget()]).asks.first()
    with pytest.raises(Refused, match="another budget than yours"):
        support_ask(ask=ask, by=with_role("councillor"), at=NOW)
    support_ask(ask=ask, by=councillor_of(ask), at=NOW)
    with pytest.raises(Refused, match="support this already"):
        support_ask(ask=ask, by=councillor_of(ask), at=NOW)


def test_a_councillor_who_acts_for_the_group_declares_it_instead() -> None:
    budget = a_councillors_budget()
    ask = an_application(budgets=[budget], lead=budget.councillor.account).asks.get()
    with pytest.raises(Refused, match="Declare your interest"):
        support_ask(ask=ask, by=councillor_of(ask), at=NOW)
    with pytest.raises(Refused, match="You act for this group"):
        say(ask, Answer.DECLINED)
    declare_interest(ask=ask, what="I chair it.", by=councillor_of(ask), at=NOW)


# --- an interest -----------------------------------------------------------------------------------------


def test_a_declared_interest_moves_the_decision_to_an_officer_for_good(officer) -> None:
    made = ready()
    ask = made.asks.get()
    with pytest.raises(Refused, match="only where they may not"):
        say(ask, by=officer)
    declare_interest(ask=ask, what="My sister leads it.", by=councillor_of(ask), at=NOW)
    with pytest.raises(Refused, match="You declared an interest"):
        say(Ask.objects.get())
    with pytest.raises(Refused, match="declared an interest already"):
        declare_interest(ask=Ask.objects.get(), what="Again.", by=councillor_of(ask), at=NOW)
    say(Ask.objects.get(), by=officer)
    decision = Decision.objects.get()
    assert (decision.capacity, decision.decided_by) == (Capacity.OFFICER, officer)
    assert Award.objects.get().decided_by == officer.get_full_name()


def test_after_the_decision_an_interest_changes_nothing() -> None:
    ask = ready().asks.get()
    say(ask)
    with pytest.raises(Refused, match="changes nothing here"):
        declare_interest(ask=Ask.objects.get(), what="Late.", by=councillor_of(ask), at=NOW)


def test_nobody_decides_without_saying_that_they_have_no_interest() -> None:
    with pytest.raises(Refused, match="Confirm that you have no interest") as refused:
        say(ready().asks.get(), no_interest=False)
    assert refused.value.denied.field == "no_interest"
    assert not Decision.objects.exists()


# --- deciding --------------------------------------------------------------------------------------------


def test_an_approval_makes_the_award_with_all_that_was_said() -> None:
    made = ready(title="Benches for the green")
    ask = made.asks.get()
    assert say(ask, amount=450_00).status == Status.APPROVED
    award = Award.objects.get()
    assert (award.awarded_pence, award.committed_pence) == (450_00, 450_00)
    assert (award.title, award.purpose, award.reference) == (made.title, made.summary, made.reference)
    assert (award.decided_by, award.reason) == (ask.budget.councillor.name, "Neighbours asked for it.")
    assert award.decided_on == date(2026, 6, 15)
    assert Ask.objects.get().award == award
    assert Budget.objects.get().remaining_pence == 9_550_00


def test_a_decision_is_made_once() -> None:
    ask = ready().asks.get()
    say(ask)
    with pytest.raises(Refused, match=r"nothing is decided about it now|decided already") as refused:
        say(ask)
    assert refused.value.denied.status == 409
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    ("amount", "sentence"), [(500_01, "The group asked for £500"), (0, "above £0"), (99_00, "smallest grant")]
)
def test_the_amount_fits_what_was_asked_and_the_scheme(amount, sentence) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        say(ready().asks.get(), amount=amount)
    assert refused.value.denied.field == "amount"
    assert not Decision.objects.exists()


def test_more_than_is_left_is_refused_and_leaves_nothing_behind() -> None:
    budget = a_councillors_budget(allocated_pence=400_00)
    ask = ready(budgets=[budget]).asks.get()
    with pytest.raises(Refused, match="£400 left"):
        say(ask)
    assert not Decision.objects.exists()
    assert Application.objects.get().status == Status.CHECK
    assert Budget.objects.get().committed_pence == 0


def test_a_ring_fence_keeps_its_money() -> None:
    budget = a_councillors_budget(allocated_pence=1_000_00)
    made = ready(budgets=[budget], spend_kind=SpendKind.REVENUE)
    RingFence.objects.create(scheme=made.scheme, kind=Fence.CAPITAL, amount_pence=700_00)
    with pytest.raises(Refused, match="only £300 of it"):
        say(made.asks.get())


@pytest.mark.parametrize("verdict", [None, Verdict.BLOCK])
def test_a_missing_check_or_a_block_stops_an_approval_and_not_a_no(verdict) -> None:
    made = an_application(Status.CHECK)
    a_principle(made.scheme)
    if verdict:
        checked(made, verdict)
    with pytest.raises(Refused, match=r"not checked yet|something that stops it"):
        say(made.asks.get())
    assert say(made.asks.get(), Answer.DECLINED).status == Status.DECLINED


def test_an_overridden_block_is_public() -> None:
    made = checked(an_application(Status.CHECK), Verdict.BLOCK)
    override_block(
        application=made,
        principle=a_principle(made.scheme),
        reason="The hall burned down.",
        by=with_role("administrator"),
        at=NOW,
    )
    say(made.asks.get())
    assert made.steps.get().public_note == (
        "Approved although the check stopped it at “Last resort”: The hall burned down."
    )


def test_an_overdue_report_of_the_group_stops_it_until_it_is_waived() -> None:
    made = ready()
    old = an_application(Status.REPORT_DUE, organisation=made.organisation)
    Report.objects.create(application=old, due_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="owes 1 report"):
        say(made.asks.get())
    waive_reports(application=made, reason="Papers lost.", by=with_role("administrator"), at=NOW)
    assert say(made.asks.get()).status == Status.APPROVED
    assert "Approved although the group owed a report: Papers lost." in made.steps.get().public_note
    assert Waiver.objects.count() == 1


def test_before_an_election_nothing_is_awarded_and_a_no_goes_on() -> None:
    PreElection.objects.create(
        name="Council elections", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)
    )
    with pytest.raises(Refused, match="before the election"):
        say(ready().asks.get())
    assert not Award.objects.exists()
    assert say(Ask.objects.get(), Answer.DECLINED).status == Status.DECLINED


def test_after_the_last_day_nothing_is_awarded() -> None:
    with pytest.raises(Refused, match="last day for decisions"):
        say(ready().asks.get(), at=datetime(2027, 3, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize("scheme", [{"decides": Decides.OFFICER}, {"officer_above_pence": 499_99}])
def test_where_the_scheme_says_so_an_officer_decides(officer, scheme) -> None:
    made = ready()
    Scheme.objects.update(**scheme)
    with pytest.raises(Refused, match="an officer decides about this amount"):
        say(made.asks.get())
    assert say(made.asks.get(), by=officer).status == Status.APPROVED


def test_an_officer_decides_about_the_fund_of_a_place(officer) -> None:
    made = ready(budgets=[BudgetFactory()])
    assert say(made.asks.get(), by=officer).status == Status.APPROVED


def test_an_officer_who_acts_for_the_group_does_not_decide(officer) -> None:
    made = ready(budgets=[BudgetFactory()], lead=officer)
    with pytest.raises(Refused, match="a colleague has to deal with it"):
        say(made.asks.get(), by=officer)


def test_no_reason_no_decision() -> None:
    with pytest.raises(Refused, match="Give your reason"):
        say(ready().asks.get(), reason=" ")


# --- several councillors ---------------------------------------------------------------------------------


def joint(**fields) -> tuple[Application, Ask, Ask]:
    made = ready(budgets=[a_councillors_budget(**fields), a_councillors_budget()])
    return (made, *made.asks.order_by("budget_id"))


def test_a_joint_grant_is_promised_when_the_last_one_has_decided() -> None:
    made, first, second = joint()
    assert say(first).status == Status.CHECK
    assert not Award.objects.exists()
    assert say(second, amount=300_00).status == Status.APPROVED
    assert [award.awarded_pence for award in Award.objects.order_by("pk")] == [500_00, 300_00]
    assert {award.reference for award in Award.objects.all()} == {
        f"{made.reference}/1",
        f"{made.reference}/2",
    }


def test_one_approval_is_enough_and_two_nos_end_it() -> None:
    made, first, second = joint()
    say(first, Answer.DECLINED)
    assert say(second).status == Status.APPROVED
    assert Award.objects.get().reference == made.reference
    _made, first, second = joint()
    say(first, Answer.DECLINED)
    assert say(second, Answer.DECLINED).status == Status.DECLINED
    assert Award.objects.count() == 1


def test_what_is_decided_and_waits_cannot_be_given_twice() -> None:
    _made, first, _second = joint(allocated_pence=800_00)
    say(first)
    other = ready(budgets=[first.budget]).asks.get()
    with pytest.raises(Refused, match="Award £300 or less"):
        say(other)
    assert say(other, amount=300_00).status == Status.APPROVED


def test_when_one_budget_has_nothing_left_nothing_of_the_joint_grant_is_written() -> None:
    _made, first, second = joint(allocated_pence=500_00)
    say(first)
    commit_award(
        budget=first.budget,
        organisation=OrganisationFactory(),
        title="Other",
        purpose="Other",
        amount_pence=100_00,
        decided_on=date(2026, 6, 15),
        by=None,
    )
    with pytest.raises(Refused, match=r"the £500 from .* has £400 left this year"):
        say(second)
    assert Award.objects.count() == 1
    assert Decision.objects.count() == 1
    assert Budget.objects.get(pk=second.budget_id).committed_pence == 0


def test_what_is_approved_in_part_cannot_be_rewritten(officer) -> None:
    made, first, second = joint()
    say(first, Answer.DECLINED)
    ask_group(application=made, question="Who owns the land?", by=officer, at=NOW)
    made, first, second = joint()
    say(first)
    with pytest.raises(Refused, match="Money is approved for this application as it stands") as refused:
        ask_group(application=made, question="Who owns the land?", by=officer, at=NOW)
    assert refused.value.denied.status == 409
    assert Application.objects.get(pk=made.pk).status == Status.CHECK
    assert say(second).status == Status.APPROVED


def test_what_waits_counts_against_the_ring_fences() -> None:
    made, first, second = joint()
    Application.objects.update(spend_kind=SpendKind.REVENUE)
    RingFence.objects.create(scheme=made.scheme, kind=Fence.CAPITAL, amount_pence=9_200_00)
    say(Ask.objects.get(pk=first.pk))
    other = ready(budgets=[first.budget], spend_kind=SpendKind.REVENUE).asks.get()
    with pytest.raises(Refused, match="only £300 of it"):
        say(other)
    assert say(other, amount=300_00).status == Status.APPROVED
    assert say(second).status == Status.APPROVED
    assert Budget.objects.get(pk=first.budget_id).committed_pence == 800_00


def test_what_was_approved_is_held_against_the_scheme_again_with_the_last_answer(officer) -> None:
    made, first, second = joint()
    say(first)
    RingFence.objects.create(scheme=made.scheme, kind=Fence.ENVIRONMENT, amount_pence=9_700_00)
    with pytest.raises(Refused, match=r"the £500 from .* cannot be awarded: .* only £300 of it") as refused:
        say(second, amount=200_00)
    assert refused.value.denied.status == 409
    late = datetime(2027, 3, 1, 12, tzinfo=UTC)
    with pytest.raises(Refused, match="cannot be awarded: The last day for decisions"):
        say(second, Answer.DECLINED, at=late)
    assert not Award.objects.exists()
    decline_application(application=made, reason="The year is over.", no_interest=True, by=officer, at=late)
    assert Application.objects.get().status == Status.DECLINED


def test_a_no_does_not_leave_less_than_the_smallest_grant() -> None:
    made = ready(budgets=[a_councillors_budget(), a_councillors_budget()], amount_pence=90_00)
    first, second = made.asks.order_by("budget_id")
    say(first, amount=60_00)
    with pytest.raises(Refused, match=r"the £60 from .* cannot be awarded: The smallest grant is £100"):
        say(second, Answer.DECLINED)
    assert not Award.objects.exists()
    assert say(second, amount=40_00).status == Status.APPROVED


# --- an officer says no to all of it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", [Status.SUBMITTED, Status.SUPPORTED, Status.CHECK, Status.MORE_INFORMATION]
)
def test_an_officer_declines_what_does_not_fit_the_rules(officer, status) -> None:
    made = an_application(status)
    decline_application(
        application=made, reason="Not for a political party.", no_interest=True, by=officer, at=NOW
    )
    assert Application.objects.get().status == Status.DECLINED
    decision = Decision.objects.get()
    assert (decision.answer, decision.capacity) == (Answer.DECLINED, Capacity.OFFICER)


def test_who_declines_it_all_has_no_interest_and_may_decide(officer) -> None:
    made = an_application(Status.CHECK)
    said = {"application": made, "reason": "Not for a political party.", "at": NOW}
    with pytest.raises(Refused, match="Confirm that you have no interest") as refused:
        decline_application(**said, no_interest=False, by=officer)
    assert refused.value.denied.field == "no_interest"
    checks_only = AccountFactory()
    checks_only.user_permissions.add(Permission.objects.get(codename="check_application"))
    with pytest.raises(Refused, match="Only the councillor whose budget it is, or a grants officer"):
        decline_application(**said, no_interest=True, by=Account.objects.get(pk=checks_only.pk))
    assert not Decision.objects.exists()


@pytest.mark.parametrize("status", [Status.APPROVED, Status.AGREEMENT])
def test_declining_after_the_approval_gives_the_money_back(officer, status) -> None:
    made = an_application(status)
    decline_application(
        application=made, reason="The group has dissolved.", no_interest=True, by=officer, at=NOW
    )
    assert Budget.objects.get().remaining_pence == 10_000_00
    assert made.steps.get().public_note == "The group has dissolved."


def test_what_is_paid_is_not_declined(officer) -> None:
    made = an_application(Status.PAID)
    with pytest.raises(Refused, match="cannot become"):
        decline_application(application=made, reason="Late.", no_interest=True, by=officer, at=NOW)
    assert not Decision.objects.exists()


# --- many at once ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_decisions_at_once_never_overspend_and_as_many_succeed_as_can_be_paid() -> None:
    budget = a_councillors_budget(allocated_pence=5_300_00)
    asks = [ready(budgets=[budget], amount_pence=500_00).asks.get() for _ in range(50)]
    by = budget.councillor.account

    def decide(ask: Ask) -> bool:
        try:
            decide_ask(
                ask=Ask.objects.select_related("application").get(pk=ask.pk),
                answer=Answer.APPROVED,
                amount_pence=500_00,
                reason="Yes.",
                no_interest=True,
                by=by,
                at=NOW,
            )
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        done = list(threads.map(decide, asks))
    budget.refresh_from_db()
    assert sum(done) == 10
    assert (budget.committed_pence, budget.remaining_pence) == (5_000_00, 300_00)
    assert Award.objects.count() == Decision.objects.count() == 10
    assert Application.objects.filter(status=Status.APPROVED).count() == 10


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_joint_grants_of_the_same_budgets_never_wait_for_each_other() -> None:
    budgets = [a_councillors_budget(), a_councillors_budget()]
    made = [ready(budgets=order) for order in (budgets, budgets[::-1]) * 6]
    asks = [ask for each in made for ask in each.asks.order_by("-pk")]

    def decide(ask: Ask) -> None:
        try:
            say(Ask.objects.select_related("application", "budget__councillor__account").get(pk=ask.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(decide, asks))
    assert Award.objects.count() == 24
    assert {each.committed_pence for each in Budget.objects.all()} == {6_000_00}
