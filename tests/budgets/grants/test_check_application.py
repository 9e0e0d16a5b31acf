"""The officer's part: taking on, assigning, checking, overriding, waiving, asking."""

from datetime import date

import pytest

from budgets.grants.actions import (
    Found,
    ask_group,
    assign_application,
    check_application,
    override_block,
    take_on,
    waive_reports,
)
from budgets.grants.enums import Status, Verdict
from budgets.grants.models import Application, Check, Interest, Report, Waiver
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import (
    NOW,
    a_councillors_budget,
    a_principle,
    an_application,
    checked,
    with_role,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return with_role("officer")


@pytest.fixture
def administrator():
    return with_role("administrator")


def at_check(**fields) -> Application:
    return an_application(Status.CHECK, **fields)


def test_an_officer_takes_on_what_is_supported_and_it_is_theirs(officer) -> None:
    made = an_application(Status.SUPPORTED)
    take_on(application=made, by=officer, at=NOW)
    made.refresh_from_db()
    assert (made.status, made.officer) == (Status.CHECK, officer)


def test_what_is_not_supported_yet_is_taken_on_with_a_reason_that_is_public(officer) -> None:
    made = an_application(Status.SUBMITTED)
    with pytest.raises(Refused, match="before every councillor has answered"):
        take_on(application=made, by=officer, at=NOW)
    take_on(application=made, reason="The councillor is ill.", by=officer, at=NOW)
    made.refresh_from_db()
    assert made.status == Status.CHECK
    assert "Checked before every councillor had answered: The councillor is ill." in {
        step.public_note for step in made.steps.all()
    }


def test_a_declared_interest_needs_no_support(officer) -> None:
    made = an_application(Status.SUBMITTED)
    Interest.objects.create(ask=made.asks.get(), what="My sister leads it.", declared_at=NOW)
    assert take_on(application=made, by=officer, at=NOW).status == Status.CHECK


def test_nobody_checks_for_a_group_they_act_for_or_what_they_entered(officer) -> None:
    for made in (
        an_application(Status.SUPPORTED, lead=officer),
        _entered_by(officer),
    ):
        with pytest.raises(Refused, match="a colleague has to deal with it"):
            take_on(application=made, by=officer, at=NOW)
        with pytest.raises(Refused, match="may not check"):
            assign_application(application=made, officer=officer, by=with_role("officer"), at=NOW)


def _entered_by(officer) -> Application:
    made = an_application(Status.SUPPORTED)
    Application.objects.filter(pk=made.pk).update(created_by=officer)
    return made


def test_a_resident_cannot_check(officer) -> None:
    with pytest.raises(Refused, match="Only grants officers"):
        take_on(application=an_application(Status.SUPPORTED), by=with_role("resident"), at=NOW)


def test_it_is_given_to_a_colleague_and_back_to_anybody(officer) -> None:
    made, colleague = at_check(), with_role("officer")
    assign_application(application=made, officer=colleague, by=officer, at=NOW)
    assert Application.objects.get().officer == colleague
    assign_application(application=made, officer=None, by=officer, at=NOW)
    assert Application.objects.get().officer is None


def test_a_check_is_written_down_and_can_be_changed(officer) -> None:
    made = at_check()
    principle = a_principle(made.scheme)
    found = {principle: Found(Verdict.WARN, "One quote only.")}
    check_application(application=made, found=found, version=made.version, by=officer, at=NOW)
    assert Check.objects.get().checked_by == officer
    found = {principle: Found(Verdict.PASS)}
    check_application(application=made, found=found, version=made.version + 1, by=officer, at=NOW)
    assert Check.objects.get().verdict == Verdict.PASS


def test_a_warning_needs_a_note(officer) -> None:
    made = at_check()
    principle = a_principle(made.scheme)
    with pytest.raises(Refused, match="not a plain pass") as refused:
        check_application(
            application=made, found={principle: Found(Verdict.BLOCK)}, version=1, by=officer, at=NOW
        )
    assert refused.value.denied.field == f"note_{principle.pk}"
    assert not Check.objects.exists()


def test_two_officers_at_once_notice_each_other(officer) -> None:
    made = at_check()
    found = {a_principle(made.scheme): Found(Verdict.PASS)}
    check_application(application=made, found=found, version=1, by=officer, at=NOW)
    with pytest.raises(Refused, match="Somebody else changed this application") as refused:
        check_application(application=made, found=found, version=1, by=with_role("officer"), at=NOW)
    assert refused.value.denied.status == 409


def test_a_block_is_overridden_by_somebody_else_with_a_reason(officer, administrator) -> None:
    made = checked(at_check(), Verdict.BLOCK)
    principle = a_principle(made.scheme)
    with pytest.raises(Refused, match="Only an administrator"):
        override_block(application=made, principle=principle, reason="Fine.", by=officer, at=NOW)
    override_block(application=made, principle=principle, reason="Fine.", by=administrator, at=NOW)
    assert Check.objects.get().override_reason == "Fine."


def test_nobody_overrides_their_own_check(administrator) -> None:
    made = checked(at_check(), Verdict.BLOCK)
    Check.objects.update(checked_by=administrator)
    with pytest.raises(Refused, match="somebody else must override"):
        override_block(
            application=made, principle=a_principle(made.scheme), reason="Fine.", by=administrator, at=NOW
        )


def test_a_new_verdict_loses_the_override(officer, administrator) -> None:
    made = checked(at_check(), Verdict.BLOCK)
    principle = a_principle(made.scheme)
    override_block(application=made, principle=principle, reason="Fine.", by=administrator, at=NOW)
    for version, verdict in ((2, Verdict.WARN), (3, Verdict.BLOCK)):
        found = {principle: Found(verdict, "Look.")}
        check_application(application=made, found=found, version=version, by=officer, at=NOW)
    assert (Check.objects.get().overridden_at, Check.objects.get().override_reason) == (None, "")


def test_nothing_is_overridden_where_nothing_is_blocked(administrator) -> None:
    made = checked(at_check(), Verdict.WARN)
    with pytest.raises(Refused, match="Nothing is blocked"):
        override_block(
            application=made, principle=a_principle(made.scheme), reason="Fine.", by=administrator, at=NOW
        )


def test_an_overdue_report_is_waived_with_a_reason(administrator) -> None:
    made = at_check()
    old = an_application(Status.REPORT_DUE, organisation=made.organisation)
    Report.objects.create(application=old, due_on=date(2026, 5, 1))
    waive_reports(application=made, reason="The flood took their papers.", by=administrator, at=NOW)
    assert Waiver.objects.get().reason == "The flood took their papers."


def test_the_group_is_asked_and_it_is_its_turn(officer) -> None:
    made = at_check()
    ask_group(application=made, question="Who owns the land?", by=officer, at=NOW)
    made.refresh_from_db()
    assert made.status == Status.MORE_INFORMATION
    message = made.messages.get()
    assert message.from_officer
    assert message.body == made.steps.get().note == "Who owns the land?"


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.MORE_INFORMATION, Status.APPROVED])
def test_nothing_is_checked_before_and_after(officer, status) -> None:
    made = an_application(status, budgets=[a_councillors_budget()])
    with pytest.raises(Refused, match="not being checked now"):
        check_application(
            application=made,
            found={a_principle(made.scheme): Found(Verdict.PASS)},
            version=1,
            by=officer,
            at=NOW,
        )
