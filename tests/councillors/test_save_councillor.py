"""Verbs for councillors: `save_councillor`, `remove_councillor`."""

import pytest

from engage.audit.models import Record
from engage.councillors.actions import remove_councillor, save_councillor
from engage.councillors.models import Councillor
from engage.kit.decisions import Refused
from tests.factories import AccountFactory, BudgetFactory, CouncillorFactory, TermFactory

pytestmark = pytest.mark.django_db


def test_a_new_councillor_has_an_address_and_a_record():
    first = save_councillor(by=None, name="Alex Example")
    second = save_councillor(by=None, name="Alex Example")
    assert (first.slug, second.slug) == ("alex-example", "alex-example-2")
    assert Record.objects.filter(event="COUNCILLOR_ADDED").count() == 2


def test_a_change_is_recorded_by_its_fields_and_keeps_the_address():
    alex = save_councillor(by=None, name="Alex Example", group="Independent")
    alex = save_councillor(by=None, councillor=alex, name="Alex Sample", group="Independent")
    assert (alex.name, alex.slug) == ("Alex Sample", "alex-example")
    assert Record.objects.get(event="COUNCILLOR_CHANGED").data == {"fields": ["name"]}


def test_the_same_again_is_no_change():
    alex = save_councillor(by=None, name="Alex Example")
    save_councillor(by=None, councillor=alex, name="Alex Example")
    assert not Record.objects.filter(event="COUNCILLOR_CHANGED").exists()


def test_an_account_belongs_to_one_councillor():
    account = AccountFactory()
    save_councillor(by=None, name="Alex Example", account=account)
    with pytest.raises(Refused, match="already belongs to another councillor"):
        save_councillor(by=None, name="Robin Example", account=account)


def test_who_may():
    with pytest.raises(Refused, match="Only officers and editors"):
        save_councillor(by=AccountFactory(), name="Alex Example")


def test_a_mistake_can_be_removed_with_its_terms():
    term = TermFactory()
    remove_councillor(by=None, councillor=term.councillor)
    assert not Councillor.objects.exists()
    assert Record.objects.filter(event="COUNCILLOR_REMOVED").exists()


def test_a_councillor_with_a_budget_stays():
    alex = CouncillorFactory()
    BudgetFactory(councillor=alex)
    with pytest.raises(Refused, match="End their terms instead"):
        remove_councillor(by=None, councillor=alex)
    assert Councillor.objects.filter(pk=alex.pk).exists()
