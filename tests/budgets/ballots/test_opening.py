"""What opening asks of the money: that a budget can pay, and still has it when other ballots have theirs."""

import pytest
from wagtail.images import get_image_model

from budgets.ballots import actions
from budgets.ballots.actions import PotDetails
from budgets.ballots.display.browse import project_card
from budgets.ballots.models import Pot, Project
from budgets.ballots.queries import checklist, facts_of, shown
from budgets.ballots.queries.booth import rows_of
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import AFTER, NOW, a_counted_ballot, a_draft, an_officer
from tests.budgets.grants.factories import SchemeFactory, a_councillors_budget
from tests.factories import BudgetFactory, PlaceFactory
from tests.ideas.writing import picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return an_officer()


def test_two_ballots_do_not_share_out_the_same_money(officer):
    council = PlaceFactory(kind="council")
    BudgetFactory(place=council, allocated_pence=1_500_00)
    first = a_counted_ballot(by=officer, votes=[("P1",)], place=council)
    second = a_draft(by=officer, place=council)

    def held():
        return facts_of(second).pots[0].held

    assert held() == 1_000_00
    with pytest.raises(
        Refused, match=r"only £1,500 left\. Of this, £1,000 is for other ballots that are open"
    ):
        actions.open_ballot(ballot=second, by=officer, at=NOW)
    actions.publish_count(ballot=first, level="totals", reason="One vote.", by=officer, at=AFTER)
    assert held() == 600_00  # what won waits for its award; the rest is free again
    actions.award_winners(ballot=first, by=officer, at=AFTER)
    assert held() == 0
    with pytest.raises(Refused, match=r"only £900 left\.$"):
        actions.open_ballot(ballot=second, by=officer, at=NOW)


def test_money_that_groups_apply_for_is_not_put_to_a_vote(officer):
    ballot = a_draft(by=officer)
    budget = a_councillors_budget()
    Pot.objects.filter(ballot=ballot).update(budget=budget)
    assert not [item for item in checklist(ballot, NOW) if item.must]
    SchemeFactory()
    with pytest.raises(Refused, match=r"“Pot 0” cannot be paid from its budget\. In 2026–27 groups apply"):
        actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    pot = ballot.pots.get()
    details = PotDetails(name=pot.name, place=pot.place, amount_pence=pot.amount_pence, budget=budget)
    with pytest.raises(Refused, match="groups apply") as refused:
        actions.change_pot(pot=pot, details=details, by=officer, at=NOW)
    assert refused.value.denied.field == "budget"


def test_a_picture_is_shown_as_long_as_it_is_the_one_that_was_frozen(officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ballot = a_draft(by=officer)
    image = get_image_model().objects.create(title="A bench", file=picture())
    Project.objects.filter(ballot=ballot, key="P1").update(image=image, alt="A bench under a tree")
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)

    def shows():
        document = shown(ballot).document
        return project_card(document["projects"][0], rows_of(ballot), document)["picture"]

    assert shows()["alt"] == "A bench under a tree"
    get_image_model().objects.update(file_hash="0" * 40)  # as it is when another file is put in its place
    assert shows() is None
