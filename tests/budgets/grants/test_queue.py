"""The officers' queue and the desk of one application."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.grants import display, queries
from budgets.grants.enums import Decides, Status, Verdict
from budgets.grants.models import Application, Check, Decision, Interest, Report, Scheme, Waiver
from budgets.grants.rules.checks import Overlap
from budgets.models import Award
from tests.budgets.grants.factories import (
    NOW,
    SchemeFactory,
    a_councillors_budget,
    a_group,
    a_principle,
    an_application,
    checked,
    with_role,
)
from tests.factories import AwardFactory, BudgetFactory, IdeaFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
INDEX = "/admin/applications/"


@pytest.fixture
def officer():
    return with_role("officer")


@pytest.fixture
def client(client, officer):
    client.force_login(officer)
    return client


def address(name: str, *args) -> str:
    return reverse(f"staff_applications:{name}", args=args)


def desk(client, made: Application):
    return client.get(address("inspect", made.pk))


# --- whose turn ------------------------------------------------------------------------------------------


def of_every_kind() -> None:
    for status in Status:
        if status != Status.DRAFT:
            an_application(status)
    checked(an_application(Status.CHECK))
    checked(an_application(Status.CHECK), Verdict.BLOCK)
    overridden = checked(an_application(Status.CHECK), Verdict.BLOCK)
    Check.objects.filter(application=overridden).update(overridden_at=NOW, override_reason="Fine.")
    checked(an_application(Status.CHECK, budgets=[BudgetFactory()]))
    an_application(Status.SUBMITTED, budgets=[BudgetFactory()])
    for status in (Status.SUBMITTED, Status.CHECK):
        conflicted = checked(an_application(status))
        Interest.objects.create(ask=conflicted.asks.get(), what="I chair it.", declared_at=NOW)
    Report.objects.create(
        application=an_application(Status.REPORTED),
        due_on=NOW,
        sent_at=NOW,
        used_pence=0,
        story="It went well.",
    )


@pytest.mark.parametrize("scheme", [{}, {"officer_above_pence": 400_00}, {"decides": Decides.OFFICER}])
@pytest.mark.slow
def test_the_database_says_whose_turn_it_is_as_the_rule_does(scheme) -> None:
    of_every_kind()
    Scheme.objects.update(**scheme)
    found = list(queries.queue())
    assert len(found) == len(Status) - 1 + 8
    assert {each.turn for each in found} == {"", "group", "councillor", "officer", "payer"}
    for each in found:
        assert each.turn == (display.turn_of(each).who or ""), (each.status, display.turn_of(each))


def test_what_waits_for_officers_comes_first_and_drafts_are_not_there(client) -> None:
    an_application(Status.DRAFT, title="A draft")
    an_application(Status.PAID, title="Paid")
    an_application(Status.SUPPORTED, title="To take on")
    rows = client.get(INDEX).context["object_list"]
    assert [each.title for each in rows] == ["To take on", "Paid"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("turn=officer", {"Mine", "Theirs"}),
        ("turn=councillor", {"New"}),
        ("whose=me", {"Mine"}),
        ("whose=others", {"Theirs"}),
        ("whose=nobody", {"New"}),
        ("status=submitted", {"New"}),
        ("q=theirs", {"Theirs"}),
    ],
)
def test_the_queue_is_filtered(client, officer, query, titles) -> None:
    an_application(Status.SUPPORTED, title="Mine", officer=officer)
    an_application(Status.SUPPORTED, title="Theirs", officer=with_role("officer"))
    an_application(Status.SUBMITTED, title="New")
    rows = client.get(f"{INDEX}?{query}").context["object_list"]
    assert {each.title for each in rows} == titles


def test_a_row_says_the_age_and_the_next_step(client) -> None:
    an_application(Status.SUPPORTED)
    page = client.get(INDEX).content.decode()
    assert "Take it on and check it" in page
    assert " days" in page


@pytest.mark.slow
def test_queue_and_desk_take_as_many_queries_for_thirty_as_for_one(client) -> None:
    def measured(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    made = checked(an_application(Status.CHECK))
    an_application(Status.SUBMITTED, budgets=[made.asks.get().budget])  # so that there is one to compare
    paths = [INDEX, address("inspect", made.pk)]
    for path in paths:
        client.get(path)
    before = [measured(path) for path in paths]
    for _ in range(29):
        checked(
            an_application(
                Status.CHECK, budgets=[made.asks.get().budget, a_councillors_budget()], amount_pence=200_00
            )
        )
    assert [measured(path) for path in paths] == before


# --- other grants beside it ------------------------------------------------------------------------------


def reasons(made: Application) -> dict[str, list[Overlap]]:
    return {each.thing.title: each.reasons for each in queries.beside(queries.desk_application(made.pk))}


@pytest.mark.slow
def test_overlapping_grants_are_shown_with_the_reason() -> None:
    group, idea, budget = a_group(), IdeaFactory(), a_councillors_budget()
    made = an_application(
        Status.CHECK,
        organisation=group,
        idea=idea,
        budgets=[budget],
        title="Benches for the green",
        summary="Oak.",
    )
    others = {"summary": "Nothing alike whatsoever.", "place": None}
    an_application(Status.DRAFT, organisation=group, title="A draft of theirs", **others)
    an_application(Status.PAID, organisation=group, title="Paid to them", budgets=[budget], **others)
    an_application(
        Status.CLOSED, organisation=group, title="Last year", scheme=SchemeFactory(year=2025), **others
    )
    an_application(Status.SUBMITTED, idea=idea, title="Grew from it", **others)
    an_application(Status.SUBMITTED, title="Benches for the greens", **others)
    an_application(Status.SUBMITTED, title="Oak trees", summary="Oak.", place=None)
    an_application(Status.SUBMITTED, title="Zip wire", summary="Zip.", place=made.place, budgets=[budget])
    an_application(Status.SUBMITTED, title="Elsewhere", **others)
    assert reasons(made) == {
        "Grew from it": [Overlap.IDEA, Overlap.OTHER_BUDGET],
        "Paid to them": [Overlap.GROUP_THIS_YEAR],
        "Benches for the greens": [Overlap.TITLE, Overlap.OTHER_BUDGET],
        "Oak trees": [Overlap.PURPOSE, Overlap.OTHER_BUDGET],
        "Last year": [Overlap.GROUP_BEFORE, Overlap.OTHER_BUDGET],
        "Zip wire": [Overlap.PLACE_AND_COUNCILLOR],
    }
    assert next(iter(reasons(made))) == "Grew from it"


def test_awards_of_before_are_compared_too() -> None:
    made = an_application(Status.CHECK, title="Benches for the green")
    AwardFactory(title="Benches for the greens", purpose="Other.", budget=BudgetFactory(year=2024))
    AwardFactory(title="Theirs", purpose="Other.", organisation=made.organisation, budget=BudgetFactory())
    AwardFactory(title="Nothing", purpose="Other.", organisation=OrganisationFactory())
    found = reasons(made)
    assert set(found) == {"Benches for the greens", "Theirs"}
    assert Overlap.GROUP_THIS_YEAR in found["Theirs"]


# --- the desk --------------------------------------------------------------------------------------------


def test_the_desk_has_everything_on_one_screen(client) -> None:
    made = checked(an_application(Status.CHECK), Verdict.WARN)
    old = an_application(Status.REPORT_DUE, organisation=made.organisation, title="The old fence")
    Report.objects.create(application=old, due_on=date(2026, 5, 1))
    page = desk(client, made).content.decode()
    for said in (
        made.organisation.name,
        made.need,
        "£500",
        "Last resort?",
        "Sam Sample",
        "…9911, confirmed",
        "The old fence",
        "same group, this year",
        "owes a report that is overdue",
    ):
        assert said in page


def test_the_desk_says_what_is_never_paid_for_above_the_check(client) -> None:
    made = an_application(Status.CHECK)
    assert "Never paid for" not in desk(client, made).content.decode()
    Scheme.objects.update(prohibited=["Fireworks & flares"])
    page = desk(client, made).content.decode()
    assert page.index("Never paid for") < page.index("Fireworks &amp; flares") < page.index("The check")


def test_nobody_outside_the_grants_team_reads_it(client) -> None:
    made = an_application(Status.CHECK)
    for role in ("councillor", "editor", "moderator"):
        client.force_login(with_role(role))
        assert desk(client, made).status_code in {302, 403}
        assert client.get(INDEX).status_code in {302, 403}


def test_an_officer_of_the_group_is_told_and_gets_no_form(client, officer) -> None:
    made = an_application(Status.CHECK, lead=officer)
    answer = desk(client, made)
    assert answer.context["check_form"] is None
    assert "You act for this group" in answer.content.decode() or "You entered" in answer.content.decode()


def test_a_draft_has_no_desk(client) -> None:
    assert desk(client, an_application(Status.DRAFT)).status_code == 404


def test_from_taking_on_to_a_question(client, officer) -> None:
    made = an_application(Status.SUPPORTED)
    principle = a_principle(made.scheme)
    assert client.post(address("take", made.pk), {"reason": ""}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.officer) == (Status.CHECK, officer)
    typed = {
        "version": made.version,
        f"verdict_{principle.pk}": "warn",
        f"note_{principle.pk}": "One quote only.",
    }
    assert client.post(address("check", made.pk), typed).status_code == 302
    assert Check.objects.get().note == "One quote only."
    answer = client.post(address("check", made.pk), typed | {f"note_{principle.pk}": "My words."})
    assert answer.status_code == 409
    assert "My words." in answer.content.decode()
    assert client.post(address("ask", made.pk), {"question": "Who owns the land?"}).status_code == 302
    assert Application.objects.get().status == Status.MORE_INFORMATION


def test_a_note_that_is_missing_is_asked_for_beside_its_field(client) -> None:
    made = an_application(Status.CHECK)
    principle = a_principle(made.scheme)
    answer = client.post(
        address("check", made.pk), {"version": made.version, f"verdict_{principle.pk}": "block"}
    )
    assert answer.status_code == 422
    assert "Say why it is not a plain pass." in answer.content.decode()


def test_an_administrator_overrides_and_waives(client) -> None:
    made = checked(an_application(Status.CHECK), Verdict.BLOCK)
    client.force_login(with_role("administrator"))
    principle = a_principle(made.scheme)
    assert address("override", made.pk, principle.pk) in desk(client, made).content.decode()
    assert client.post(address("override", made.pk, principle.pk), {"reason": "Fine."}).status_code == 302
    assert client.post(address("waive", made.pk), {"reason": "Lost."}).status_code == 302
    assert Check.objects.get().override_reason == "Fine."
    assert Waiver.objects.get().reason == "Lost."


def test_an_officer_does_neither(client) -> None:
    made = checked(an_application(Status.CHECK), Verdict.BLOCK)
    principle = a_principle(made.scheme)
    assert client.post(address("override", made.pk, principle.pk), {"reason": "Fine."}).status_code == 403
    assert client.post(address("waive", made.pk), {"reason": "Lost."}).status_code == 403


def test_an_officer_decides_where_the_councillor_may_not(client) -> None:
    made = checked(an_application(Status.CHECK))
    ask = made.asks.get()
    assert address("decide", made.pk, ask.pk) not in desk(client, made).content.decode()
    Interest.objects.create(ask=ask, what="I chair it.", declared_at=NOW)
    assert address("decide", made.pk, ask.pk) in desk(client, made).content.decode()
    said = {"answer": "approved", "amount": "500", "reason": "It fits.", "no_interest": ""}
    assert client.post(address("decide", made.pk, ask.pk), said).status_code == 422
    assert client.post(address("decide", made.pk, ask.pk), said | {"no_interest": "on"}).status_code == 302
    assert Award.objects.get().awarded_pence == 500_00


def test_an_officer_declines_and_assigns(client, officer) -> None:
    made = an_application(Status.SUBMITTED)
    assert client.post(address("assign", made.pk), {"officer": officer.pk}).status_code == 302
    said = {"reason": "Not a group."}
    assert client.post(address("decline", made.pk), said).status_code == 422
    assert client.post(address("decline", made.pk), said | {"no_interest": "on"}).status_code == 302
    found = Application.objects.get()
    assert (found.officer, found.status) == (officer, Status.DECLINED)
    assert Decision.objects.get().reason == "Not a group."
