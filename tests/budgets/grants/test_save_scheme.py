"""Writing, publishing and copying a year's scheme."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from budgets.grants.actions import PrincipleFacts, SchemeFacts, copy_scheme, publish_scheme, save_scheme
from budgets.grants.actions.scheme import facts_of
from budgets.grants.enums import Verdict
from budgets.grants.models import Check, Scheme
from budgets.grants.permissions import may_ask, may_award, use_of
from engage.accounts.actions import give_roles
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, SchemeFactory, a_councillors_budget, an_application
from tests.factories import AccountFactory, AwardFactory

pytestmark = pytest.mark.django_db

FACTS = SchemeFacts(
    year=2026,
    title="Locality grants",
    allocation_pence=10_000_00,
    grant_min_pence=100_00,
    grant_max_pence=3_000_00,
    opens_on=date(2026, 4, 1),
    closes_on=date(2026, 12, 31),
    decide_by=date(2027, 2, 28),
    spend_by=date(2027, 3, 31),
    carry_over_percent=50,
    prohibited=["Party politics", "What was bought already"],
    monitoring_months=[6, 12],
    fences={"capital": 3_000_00},
    documents={"constitution": 0, "accounts": 500_00},
)


@pytest.fixture
def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return account


def test_a_new_scheme_has_the_usual_six_principles(officer) -> None:
    scheme = save_scheme(facts=FACTS, by=officer, at=NOW)
    assert [each.key for each in scheme.principles.all()] == [
        "last-resort",
        "policy-fit",
        "value-for-money",
        "audit",
        "partnership",
        "open-to-many",
    ]
    assert (scheme.published_at, scheme.version) == (None, 1)
    assert facts_of(Scheme.objects.get()) == replace(FACTS, principles=facts_of(scheme).principles)
    assert Record.objects.get(event="SCHEME_SAVED").actor_id == officer.pk


def test_only_officers_and_administrators_write_one() -> None:
    with pytest.raises(Refused, match="may not write the grant schemes"):
        save_scheme(facts=FACTS, by=AccountFactory(), at=NOW)
    assert not Scheme.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"grant_max_pence": 50_00}, "grant_max", "cannot be less than the smallest"),
        ({"grant_max_pence": 11_000_00}, "grant_max", "more than a budget has"),
        ({"closes_on": date(2026, 3, 1)}, "closes_on", "must follow each other"),
        ({"carry_over_percent": 101}, "carry_over_percent", "0 to 100"),
        ({"fences": {"capital": 6_000_00, "environment": 5_000_00}}, None, "come to £11,000"),
        ({"monitoring_months": []}, "monitoring_months", "after how many months"),
        ({"monitoring_months": [6, 6]}, "monitoring_months", "each once"),
        ({"monitoring_months": [0]}, "monitoring_months", "from 1 to 60"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(officer, changed, field, sentence) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        save_scheme(facts=replace(FACTS, **changed), by=officer, at=NOW)
    assert refused.value.denied.field == field
    assert refused.value.denied.status == 422
    assert not Scheme.objects.exists()


def test_one_scheme_a_year(officer) -> None:
    save_scheme(facts=FACTS, by=officer, at=NOW)
    with pytest.raises(Refused, match="There is a scheme for that year already"):
        save_scheme(facts=FACTS, by=officer, at=NOW)


def test_the_second_of_two_officers_hears_of_the_first(officer) -> None:
    scheme = save_scheme(facts=FACTS, by=officer, at=NOW)
    save_scheme(facts=replace(FACTS, title="Local grants"), scheme=scheme, version=1, by=officer, at=NOW)
    with pytest.raises(Refused, match="Somebody else saved this scheme") as refused:
        save_scheme(facts=replace(FACTS, title="Mine"), scheme=scheme, version=1, by=officer, at=NOW)
    assert (refused.value.denied.status, refused.value.denied.field) == (409, "version")
    assert Scheme.objects.get().title == "Local grants"


def test_saving_the_same_again_is_no_change(officer) -> None:
    scheme = save_scheme(facts=FACTS, by=officer, at=NOW)
    assert save_scheme(facts=FACTS, scheme=scheme, version=1, by=officer, at=NOW).version == 1
    assert Record.objects.filter(event="SCHEME_SAVED").count() == 1


def test_a_published_scheme_with_applications_changes_only_with_a_reason(officer) -> None:
    scheme = publish_scheme(scheme=save_scheme(facts=FACTS, by=officer, at=NOW), by=officer, at=NOW)
    more = replace(FACTS, grant_max_pence=4_000_00)
    scheme = save_scheme(facts=more, scheme=scheme, by=officer, at=NOW)  # nobody has applied yet
    an_application(scheme=scheme)
    with pytest.raises(Refused, match="Say why it changes") as refused:
        save_scheme(facts=FACTS, scheme=scheme, by=officer, at=NOW)
    assert refused.value.denied.field == "reason"
    with pytest.raises(Refused, match="stays the scheme of this year"):
        save_scheme(facts=replace(FACTS, year=2027), scheme=scheme, reason="Oh", by=officer, at=NOW)
    save_scheme(facts=FACTS, scheme=scheme, reason="The council voted for less.", by=officer, at=NOW)
    last = Record.objects.filter(event="SCHEME_SAVED").first()
    assert last.data["reason"] == "The council voted for less."
    assert last.data["fields"] == ["grant_max_pence"]


def test_principles_keep_their_numbers_and_a_used_one_stays(officer) -> None:
    scheme = save_scheme(facts=FACTS, by=officer, at=NOW)
    first, *others = scheme.principles.all()
    kept = [PrincipleFacts(p.title, p.meaning, p.question, pk=p.pk) for p in [*others, first]]
    save_scheme(
        facts=replace(FACTS, principles=[*kept[1:], PrincipleFacts("Last resort", "New.", "New?")]),
        scheme=scheme,
        by=officer,
        at=NOW,
    )
    keys = [each.key for each in scheme.principles.all()]
    assert keys == ["value-for-money", "audit", "partnership", "open-to-many", "last-resort", "last-resort-2"]
    Check.objects.create(
        application=an_application(scheme=scheme), principle=first, verdict=Verdict.PASS, checked_at=NOW
    )
    with pytest.raises(Refused, match="Applications were checked against") as refused:
        save_scheme(facts=replace(FACTS, principles=kept[1:2]), scheme=scheme, by=officer, at=NOW)
    assert refused.value.denied.status == 409
    assert scheme.principles.count() == 6


def test_publishing_twice_is_publishing_once(officer) -> None:
    scheme = save_scheme(facts=FACTS, by=officer, at=NOW)
    first = publish_scheme(scheme=scheme, by=officer, at=NOW)
    again = publish_scheme(scheme=scheme, by=officer, at=NOW + timedelta(days=1))
    assert first.published_at == again.published_at == NOW
    assert Record.objects.filter(event="SCHEME_PUBLISHED").count() == 1


def test_next_year_in_one_step(officer) -> None:
    scheme = publish_scheme(scheme=save_scheme(facts=FACTS, by=officer, at=NOW), by=officer, at=NOW)
    copy = copy_scheme(scheme=scheme, by=officer, at=NOW)
    assert (copy.year, copy.published_at, copy.opens_on, copy.spend_by) == (
        2027,
        None,
        date(2027, 4, 1),
        date(2028, 3, 31),
    )
    was, now = facts_of(scheme), facts_of(copy)
    for name in ("prohibited", "fences", "documents", "principles", "allocation_pence", "monitoring_months"):
        assert getattr(was, name) == getattr(now, name), name
    with pytest.raises(Refused, match="There is a scheme for 2027–28 already"):
        copy_scheme(scheme=scheme, by=officer, at=NOW)


def test_the_facts_of_the_books_are_asked(django_assert_num_queries) -> None:
    scheme = SchemeFactory()
    scheme.fences.create(kind="capital", amount_pence=9_000_00)
    budget = a_councillors_budget()
    AwardFactory(budget=budget, amount_pence=400_00)
    known = an_application("approved", budgets=[budget], amount_pence=600_00)
    ask = an_application(budgets=[budget], spend_kind="revenue", amount_pence=600_00).asks.get()
    revenue, capital = use_of(ask.application), use_of(known)
    with django_assert_num_queries(3):
        assert may_ask(scheme, [(budget, 600_00)], revenue, on=date(2026, 6, 1))
    assert "only £600 of it" in may_ask(scheme, [(budget, 600_01)], revenue, on=date(2026, 6, 1)).reason
    assert may_ask(scheme, [(budget, 3_000_00)], capital, on=date(2026, 6, 1))
    assert may_award(ask, 600_00, on=date(2026, 6, 1))
    assert not may_award(ask, 600_01, on=date(2026, 6, 1))
    assert "The smallest grant" in may_award(ask, 50_00, on=date(2026, 6, 1)).reason


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_instant_do_not_overwrite_each_other() -> None:
    officer = AccountFactory()
    give_roles(account=officer, roles=["officer"], at=NOW)
    scheme = save_scheme(facts=FACTS, by=officer, at=NOW)

    def save(number: int) -> bool:
        try:
            changed = replace(FACTS, title=f"Grants {number}")
            save_scheme(facts=changed, scheme=scheme, version=1, by=officer, at=datetime.now(NOW.tzinfo))
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(8))) == 1
