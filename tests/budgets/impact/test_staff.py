"""Officers write a value map in the back office, from the empty map to the published one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.impact.models import BeforeAfter, DiscountRate, Levels, Proxy, ValueInput, ValueLine, ValueMap
from budgets.impact.queries import value_map_for_rule
from engage.accounts.actions import give_roles
from tests.budgets.impact.test_import_values import GOOD, HEAD
from tests.budgets.impact.worth import NOON, begun, claimed, cooking_club, green_book, proxy
from tests.factories import AccountFactory, AwardFactory

pytestmark = pytest.mark.django_db

LINE = {
    "name": "People who cook at home",
    "who": "People who came",
    "quantity": "20",
    "deadweight": "25",
    "displacement": "10",
    "attribution": "30",
    "drop_off": "40",
    "years": "3",
    "reasons": "Asked before and after.",
}


@pytest.fixture
def officer(client):
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOON)
    client.force_login(account)
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


def test_from_the_empty_map_to_the_published_one(officer):
    green_book()
    award = AwardFactory(paid_pence=1_000_00)
    answer = officer.post(
        reverse("staff_value_maps:add"),
        {
            "award": award.pk,
            "kind": "actual",
            "valued_on": "2026-09-01",
            "first_year_discounted": "yes",
            "asked": "Everybody who came.",
        },
    )
    value_map = ValueMap.objects.get()
    desk = reverse("staff_value_maps:inspect", args=[value_map.pk])
    assert (answer.status_code, answer["Location"]) == (302, desk)
    assert "no outcome yet" in words(officer.get(desk))
    officer.post(reverse("staff_value_maps:line", args=[value_map.pk]), LINE | {"proxy": proxy().pk})
    officer.post(
        reverse("staff_value_maps:input", args=[value_map.pk]),
        {"what": "The hall", "kind": "goods", "pence": "650"},
    )
    shown = words(officer.get(desk))
    assert "£5,247.55 of value today from £1,650 put in: £3.18 for each £1 (from £1.35 to £6.73)" in shown
    officer.post(reverse("staff_value_maps:publish", args=[value_map.pk]))
    value_map.refresh_from_db()
    assert value_map.published_at
    assert "Take back to change it" in words(officer.get(desk))
    officer.post(reverse("staff_value_maps:take_back", args=[value_map.pk]), {"reason": "Counted twice."})
    value_map.refresh_from_db()
    assert value_map.published_at is None


@pytest.mark.parametrize("missing", ["deadweight", "displacement", "attribution", "drop_off"])
def test_an_empty_box_is_refused_by_name(officer, missing):
    value_map = begun()
    answer = officer.post(
        reverse("staff_value_maps:line", args=[value_map.pk]), LINE | {"proxy": proxy().pk, missing: ""}
    )
    name = missing.replace("_", "-")
    assert answer.status_code == 422
    assert f"Enter the {name}. 0 is an answer, an empty box is not." in words(answer)
    assert not ValueLine.objects.exists()


def test_lines_and_inputs_are_changed_and_removed(officer):
    value_map = cooking_club(published=False)
    line, given = ValueLine.objects.get(), ValueInput.objects.get()
    pk = value_map.pk
    officer.post(
        reverse("staff_value_maps:change_line", args=[pk, line.pk]),
        LINE | {"proxy": line.proxy_id, "deadweight": "50"},
    )
    officer.post(
        reverse("staff_value_maps:change_input", args=[pk, given.pk]),
        {"what": "The hall", "kind": "goods", "pence": "500"},
    )
    found = value_map_for_rule(value_map)
    assert (found.inputs_pence, str(found.lines[0].deadweight)) == (1_500_00, "50.00")
    officer.post(reverse("staff_value_maps:remove_line", args=[pk, line.pk]))
    officer.post(reverse("staff_value_maps:remove_input", args=[pk, given.pk]))
    assert not ValueLine.objects.exists()
    assert not ValueInput.objects.exists()


def test_hours_without_what_one_is_worth_are_refused(officer):
    value_map = begun()
    answer = officer.post(
        reverse("staff_value_maps:input", args=[value_map.pk]),
        {"what": "Cooks", "kind": "time", "hours": "40"},
    )
    assert answer.status_code == 422
    assert "Give hours and what one of them is worth" in words(answer)


def test_a_published_map_is_not_changed(officer):
    value_map = cooking_club()
    line = ValueLine.objects.get()
    answer = officer.post(
        reverse("staff_value_maps:change_line", args=[value_map.pk, line.pk]),
        LINE | {"proxy": line.proxy_id, "deadweight": "0"},
    )
    assert answer.status_code == 409
    officer.post(reverse("staff_value_maps:remove_line", args=[value_map.pk, line.pk]))
    assert str(ValueLine.objects.get().deadweight) == "25.00"


def test_before_and_after_and_levels(officer):
    outcome = claimed()
    facts = {
        "outcome": outcome.pk,
        "question": "How sure are you?",
        "unit": "points of 10",
        "before": "4.1",
        "after": "6.8",
        "people": "18",
        "higher_is_better": "on",
        "how": "On paper.",
    }
    officer.post(reverse("staff_before_after:add"), facts)
    measured = BeforeAfter.objects.get()
    officer.post(reverse("staff_before_after:edit", args=[measured.pk]), facts | {"after": "6.2"})
    assert str(BeforeAfter.objects.get().after) == "6.20"
    officer.post(reverse("staff_before_after:delete", args=[measured.pk]))
    assert not BeforeAfter.objects.exists()
    for name in ("before_after", "levels", "proxies", "rates", "value_maps"):
        assert officer.get(reverse(f"staff_{name}:index")).status_code == 200
    assert not Levels.objects.exists()


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("values.csv", text.encode(), content_type="text/csv")


def test_a_file_of_values_goes_in_whole_or_not_at_all(officer):
    address = reverse("staff_proxies:add")
    bad = HEAD + GOOD + GOOD.replace("Warm home", "Dry home").replace("OGL-UK-3.0", "Mine")
    answer = officer.post(address, {"file": upload(bad)})
    assert answer.status_code == 422
    assert "Line 3, column “Licence”: “Mine” is not an open licence" in words(answer)
    assert not Proxy.objects.filter(name="Warm home").exists()
    assert officer.post(address, {"file": upload(HEAD + GOOD)}).status_code == 302
    assert Proxy.objects.get(name="Warm home").pence == 1_250_00


def test_a_file_of_rates(officer):
    text = "In force from,From year,Per cent,Source,Address\n2027-04-01,1,2.5,Guidance,https://example.org/\n"
    assert officer.post(reverse("staff_rates:add"), {"file": upload(text)}).status_code == 302
    assert DiscountRate.objects.filter(percent="2.5").exists()
