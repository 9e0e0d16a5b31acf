"""A check is of the application as it was that day: what the group changes afterwards is looked at again."""

from datetime import timedelta

import pytest

from budgets.grants import actions
from budgets.grants.actions import Found
from budgets.grants.enums import Answer, DocumentKind, Status, Verdict
from budgets.grants.models import Application
from budgets.grants.queries import desk_application, findings_of, folder_of, queue
from budgets.grants.rules import applications as pages
from budgets.grants.rules.checks import may_go_ahead
from engage.accounts.models import Account
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, a_principle, an_application, checked, with_role
from tests.budgets.grants.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ASKED, CHANGED, AGAIN, DECIDED = (NOW + timedelta(days=days) for days in (1, 2, 3, 4))


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path


@pytest.fixture
def officer() -> Account:
    return with_role("officer")


def asked(officer: Account, verdict: Verdict = Verdict.PASS) -> Application:
    """Checked, and then the group was asked for more."""
    made = checked(an_application(Status.CHECK), verdict)
    actions.ask_group(application=made, question="How many benches?", by=officer, at=ASKED)
    return fresh(made)


def fresh(application: Application) -> Application:
    return Application.objects.select_related("scheme", "organisation").get(pk=application.pk)


def lead_of(application: Application) -> Account:
    return application.organisation.members.get().account


def rewrite(application: Application) -> None:
    actions.save_page(
        application=application,
        page=pages.PROJECT,
        given={"title": application.title, "summary": "A statue of our chairman."},
        seen=folder_of(application).mark(pages.PROJECT),
        by=lead_of(application),
        at=CHANGED,
    )


def attach(application: Application) -> None:
    actions.add_document(
        application=application,
        kind=DocumentKind.QUOTE,
        name="quote.pdf",
        content=pdf(),
        by=lead_of(application),
        at=CHANGED,
    )


def answer(application: Application) -> Application:
    """Back at the check; what the scheme asks for beside is not what this is about."""
    Application.objects.filter(pk=application.pk).update(status=Status.CHECK, status_since=CHANGED)
    return fresh(application)


def decide(application: Application) -> Application:
    ask = application.asks.get()
    return actions.decide_ask(
        ask=ask,
        answer=Answer.APPROVED,
        amount_pence=500_00,
        reason="Neighbours asked.",
        no_interest=True,
        by=ask.budget.councillor.account,
        at=DECIDED,
    )


def check_again(application: Application, officer: Account, verdict: Verdict = Verdict.PASS) -> None:
    actions.check_application(
        application=application,
        found={a_principle(application.scheme): Found(verdict, "Seen.")},
        version=fresh(application).version,
        by=officer,
        at=AGAIN,
    )


@pytest.mark.parametrize("change", [rewrite, attach])
def test_what_the_group_changed_is_looked_at_again_before_money_is_promised(change, officer) -> None:
    made = asked(officer)
    change(made)
    made = answer(made)
    with pytest.raises(Refused, match="since an officer checked it: Last resort") as refused:
        decide(made)
    assert refused.value.denied.status == 409
    check_again(made, officer)
    assert decide(made).status == Status.APPROVED


def test_an_answer_alone_leaves_the_check_as_it_is(officer) -> None:
    assert decide(answer(asked(officer))).status == Status.APPROVED


def test_the_same_verdict_given_again_counts_from_now_and_its_override_is_given_again(officer) -> None:
    made = checked(an_application(Status.CHECK), Verdict.BLOCK)
    override = {
        "application": made,
        "principle": a_principle(made.scheme),
        "reason": "It burned down.",
        "by": with_role("administrator"),
    }
    actions.override_block(at=NOW, **override)
    actions.ask_group(application=made, question="How many benches?", by=officer, at=ASKED)
    rewrite(fresh(made))
    made = answer(made)
    with pytest.raises(Refused, match="Have it checked again first"):
        actions.override_block(at=AGAIN, **override)
    check_again(made, officer, Verdict.BLOCK)
    check = made.checks.get()
    assert (check.checked_at, check.checked_by, check.overridden_at) == (AGAIN, officer, None)
    with pytest.raises(Refused, match="found something that stops it"):
        decide(made)
    actions.override_block(at=AGAIN, **override)
    assert decide(made).status == Status.APPROVED


def test_a_slow_request_from_before_the_question_counts_as_after_it(officer) -> None:
    """Sent before the question, arrived after it: the words are newer than the check whatever its clock said."""
    made = asked(officer)
    actions.save_page(
        application=made,
        page=pages.PROJECT,
        given={"title": made.title, "summary": "A statue of our chairman."},
        seen=folder_of(made).mark(pages.PROJECT),
        by=lead_of(made),
        at=NOW - timedelta(days=1),
    )
    assert not may_go_ahead(findings_of(answer(made)))


def test_officers_and_councillor_see_which_verdicts_are_older(client, officer) -> None:
    made = asked(officer)
    rewrite(made)
    made = answer(made)
    assert queue().get(pk=made.pk).turn == "officer"
    client.force_login(officer)
    desk = client.get(f"/admin/applications/inspect/{made.pk}/").text
    assert "The group changed its application on 17 June 2026" in desk
    assert "Not checked since the change" in desk
    ask = made.asks.get()
    holder = with_role("councillor", ask.budget.councillor.account)
    client.force_login(holder)
    page = client.get(f"/grants/asks/{ask.pk}/").text
    assert "Pass, before the group changed it" in page
    assert "older than the group’s last change" in page
    check_again(made, officer)
    assert queue().get(pk=made.pk).turn == "councillor"
    client.force_login(officer)
    assert (
        "The group changed its application" not in client.get(f"/admin/applications/inspect/{made.pk}/").text
    )


def test_the_form_does_not_fill_in_what_is_outdated(client, officer) -> None:
    """Pressing Save alone confirms nothing."""
    made = asked(officer)
    rewrite(made)
    made = answer(made)
    principle = a_principle(made.scheme)
    client.force_login(officer)
    form = client.get(f"/admin/applications/inspect/{made.pk}/").context["check_form"]
    assert form[f"verdict_{principle.pk}"].initial == ""
    typed = {"version": made.version, f"verdict_{principle.pk}": "", f"note_{principle.pk}": "Seen."}
    assert client.post(f"/admin/applications/{made.pk}/check/", typed).status_code == 302
    found = desk_application(made.pk)
    assert found is not None
    assert not may_go_ahead(findings_of(found))
