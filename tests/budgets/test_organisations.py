"""Groups that money goes to."""

import pytest

from budgets import actions
from budgets.models import Organisation
from engage.kit.decisions import Refused

pytestmark = pytest.mark.django_db


def test_a_registered_group_gets_its_public_number_and_another_one_of_ours():
    charity = actions.register_organisation(name="Reading Room", charity_number="1110767", by=None)
    company = actions.register_organisation(name="Ltd", company_number="01234567", by=None)
    group = actions.register_organisation(name="Knitters", by=None)
    assert charity.identifier == "GB-CHC-1110767"
    assert company.identifier == "GB-COH-01234567"
    assert group.identifier.startswith("ENGAGE-")


def test_the_same_number_is_refused():
    actions.register_organisation(name="Reading Room", charity_number="1110767", by=None)
    with pytest.raises(Refused, match="already in the list"):
        actions.register_organisation(name="The Reading Room", charity_number="1110767", by=None)
    assert Organisation.objects.count() == 1


def test_its_name_can_be_mended():
    group = actions.register_organisation(name="Knitters", by=None)
    actions.change_organisation(organisation=group, name="Elm Knitters", by=None)
    group.refresh_from_db()
    assert group.name == "Elm Knitters"
