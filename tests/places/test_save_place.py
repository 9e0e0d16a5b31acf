"""`save_place`: the tree, the path, the boundary and what is worked out from it."""

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.places.actions import Change, remove_place, save_place
from engage.places.models import Boundary, Place
from tests.factories import AccountFactory, BudgetFactory
from tests.places.shapes import square

pytestmark = pytest.mark.django_db


def save(name="Mill", kind="ward", **facts):
    return save_place(by=None, kind=kind, name=name, **facts)


@pytest.fixture
def council() -> Place:
    return save("Anyshire", "council", gss_code="E10000099").place


def test_a_new_place_has_a_path_a_slug_and_a_record(council: Place):
    mill = save("Mill Hill", parent=council).place
    assert mill.path == f"{council.path}{mill.pk}/"
    assert mill.slug == "mill-hill"
    assert Record.objects.get(subject_type="places.place", subject_id=mill.pk).event == "PLACE_ADDED"


def test_the_same_again_changes_nothing(council: Place):
    mill = save("Mill", parent=council, gss_code="E05000001", boundary=square()).place
    records = Record.objects.count()
    again = save("Mill", parent=council, gss_code="E05000001", boundary=square(), place=mill)
    assert again.change is Change.UNCHANGED
    assert Record.objects.count() == records


def test_a_renamed_place_keeps_its_address():
    mill = save("Mill").place
    renamed = save("Mill and Dale", place=mill)
    assert (renamed.change, renamed.place.slug) == (Change.CHANGED, "mill")


def test_slugs_are_told_apart_by_kind_and_then_by_number():
    slugs = [save("Sale", kind).place.slug for kind in ("locality", "ward", "ward", "ward")]
    assert slugs == ["sale", "sale-ward", "sale-ward-2", "sale-ward-3"]


def test_a_name_without_letters_still_gets_an_address():
    assert save("…").place.slug == "ward"


def test_moving_a_place_carries_everything_below_it_along(council: Place):
    north, south = (
        save("North", "locality", parent=council).place,
        save("South", "locality", parent=council).place,
    )
    mill = save("Mill", parent=north).place
    parish = save("Mill Green", "parish", parent=mill).place
    other = save("Dale", parent=north).place
    save("Mill", parent=south, place=mill)
    parish.refresh_from_db()
    other.refresh_from_db()
    assert parish.path == f"{south.path}{mill.pk}/{parish.pk}/"
    assert other.path == f"{north.path}{other.pk}/"
    assert set(Place.objects.within(south)) == {south, mill, parish}


def test_a_place_cannot_be_part_of_its_own_part(council: Place):
    north = save("North", "locality", parent=council).place
    mill = save("Mill", parent=north).place
    with pytest.raises(Refused, match="North cannot be part of Mill"):
        save("North", "locality", parent=mill, place=north)
    with pytest.raises(Refused, match="Mill cannot be part of Mill"):
        save("Mill", parent=mill, place=mill)


def test_there_is_one_council_at_the_top(council: Place):
    with pytest.raises(Refused, match="There is already a council: Anyshire"):
        save("Othershire", "council")
    with pytest.raises(Refused, match="top of the tree"):
        save("Anyshire", "council", place=council, parent=save("Mill").place)


def test_a_code_belongs_to_one_place():
    save("Mill", gss_code="E05000001")
    with pytest.raises(Refused, match="The code E05000001 already belongs to Mill"):
        save("Dale", gss_code="E05000001")


def test_a_boundary_is_measured_and_drawn():
    here = save(boundary=square()).place.boundary
    assert here.outline.startswith("M")
    assert here.west < here.label_x < here.east
    assert here.north < here.label_y < here.south
    assert here.hectares == pytest.approx(7_400, rel=0.01)  # 11.13 km × 6.65 km


def test_neighbours_are_drawn_again_when_one_changes():
    mill = save("Mill", boundary=square()).place
    before = Boundary.objects.get(place=mill).outline
    wiggly = square(1)
    wiggly["coordinates"][0].insert(4, [-2.4, 53.35])
    save("Dale", boundary=wiggly)
    save("Mill", boundary=square(0, size=0.2), place=mill)
    assert Boundary.objects.get(place=mill).outline != before


def test_no_boundary_given_leaves_the_one_there_is():
    mill = save(boundary=square()).place
    assert save("Mill", place=mill).change is Change.UNCHANGED
    assert Boundary.objects.get(place=mill).geometry == square()


def test_a_bad_boundary_is_refused_and_nothing_is_written():
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    with pytest.raises(Refused, match="crosses or touches itself") as refused:
        save(boundary=bow_tie)
    assert (refused.value.denied.field, refused.value.denied.status) == ("boundary", 422)
    assert not Place.objects.exists()


def test_who_may(django_user_model):
    with pytest.raises(Refused, match="Only officers and administrators"):
        save_place(by=AccountFactory(), kind="ward", name="Mill")
    boss = django_user_model.objects.create_superuser("boss@example.org")
    place = save_place(by=boss, kind="ward", name="Mill").place
    assert Record.objects.get(subject_id=place.pk, event="PLACE_ADDED").actor_id == boss.pk


def test_a_place_with_money_cannot_be_removed():
    budget = BudgetFactory()
    with pytest.raises(Refused, match="cannot be removed"):
        remove_place(by=None, place=budget.place)
    mistake = save("Mistake", boundary=square()).place
    remove_place(by=None, place=mistake)
    assert not Place.objects.filter(name="Mistake").exists()
