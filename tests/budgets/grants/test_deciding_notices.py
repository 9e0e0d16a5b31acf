"""Who is told on the way of an application to its decision."""

import pytest

from budgets.grants.actions import (
    Found,
    ask_group,
    assign_application,
    check_application,
    decide_ask,
    declare_interest,
    move_application,
    support_ask,
    take_on,
)
from budgets.grants.enums import Answer, Status, Verdict
from budgets.grants.models import Application, Ask
from budgets.grants.rules.flow import Who
from engage.notifications.models import News
from engage.residents.models import Resident
from tests.budgets.grants.factories import (
    NOW,
    a_councillors_budget,
    a_principle,
    an_application,
    checked,
    with_role,
)
from tests.factories import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do a verb; answers who is told what by it."""

    def run(verb, **arguments) -> dict[str, set[Resident]]:
        known = set(News.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            verb(at=NOW, **arguments)
        fresh = News.objects.exclude(pk__in=known)
        return {news.kind: set(Resident.objects.filter(pk__in=news.also)) for news in fresh}

    return run


@pytest.fixture
def councillor() -> Resident:
    return ResidentFactory(account=with_role("councillor"))


@pytest.fixture
def officer() -> Resident:
    return ResidentFactory(account=with_role("officer"))


@pytest.fixture
def lead() -> Resident:
    return ResidentFactory()


@pytest.fixture
def made(councillor, lead):
    def make(status: Status, **fields) -> Application:
        return an_application(
            status, budgets=[a_councillors_budget(councillor.account)], lead=lead.account, **fields
        )

    return make


def test_the_councillor_hears_of_an_ask_and_officers_when_it_is_supported(
    told, made, councillor, officer, lead
) -> None:
    application = made(Status.SUBMITTED)
    Application.objects.update(status=Status.DRAFT)
    application.status = Status.DRAFT
    move = {"held": application, "to": Status.SUBMITTED, "who": Who.GROUP, "by": lead.account}
    assert told(move_application, **move) == {"grant_asked": {councillor}}
    supported = told(support_ask, ask=Ask.objects.get(), by=councillor.account)
    assert supported == {"grant_moved": {lead}, "grant_to_check": {officer}}


def test_group_and_officer_hear_of_the_question_and_the_answer(told, made, officer, lead) -> None:
    application = made(Status.CHECK, officer=officer.account)
    asked = told(ask_group, application=application, question="Who owns it?", by=officer.account)
    assert asked == {"grant_question": {lead}}
    held = Application.objects.get()
    answered = told(move_application, held=held, to=Status.CHECK, who=Who.GROUP, by=lead.account)
    assert answered["grant_answered"] == {officer}


def test_whoever_decides_hears_once_the_check_is_complete(told, made, councillor, officer) -> None:
    application = made(Status.CHECK)
    both = [a_principle(application.scheme), a_principle(application.scheme, "Audit")]
    half = told(
        check_application,
        application=application,
        found={both[0]: Found(Verdict.PASS)},
        version=1,
        by=officer.account,
    )
    assert half == {}
    whole = told(
        check_application,
        application=application,
        found={each: Found(Verdict.WARN, "Look.") for each in both},
        version=2,
        by=officer.account,
    )
    assert whole == {"grant_to_decide": {councillor}}


def test_after_a_declared_interest_officers_hear(told, made, councillor, officer) -> None:
    application = checked(made(Status.CHECK))
    said = {"ask": application.asks.get(), "what": "I chair it.", "by": councillor.account}
    assert told(declare_interest, **said) == {"grant_officer_decides": {officer}}


@pytest.mark.parametrize(
    ("answer", "kind"), [(Answer.APPROVED, "grant_approved"), (Answer.DECLINED, "grant_moved")]
)
def test_the_group_hears_what_was_decided(told, made, councillor, lead, answer, kind) -> None:
    ask = checked(made(Status.CHECK)).asks.get()
    said = {"amount_pence": 500_00, "reason": "Yes.", "no_interest": True, "by": councillor.account}
    assert told(decide_ask, ask=ask, answer=answer, **said) == {kind: {lead}}


def test_an_officer_hears_what_a_colleague_gives_them_and_not_what_they_take(
    told, made, officer, lead
) -> None:
    colleague = ResidentFactory(account=with_role("officer"))
    application = made(Status.SUPPORTED)
    given = told(assign_application, application=application, officer=officer.account, by=colleague.account)
    assert given == {"grant_assigned": {officer}}
    other = an_application(
        Status.SUPPORTED,
        budgets=[application.asks.get().budget],
        organisation=application.organisation,
    )
    assert told(take_on, application=other, by=officer.account) == {"grant_moved": {lead}}
