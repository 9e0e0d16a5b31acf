"""Files of proxies and discount rates: all of a file or nothing, each wrong cell named."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from budgets.impact.enums import Licence
from budgets.impact.imports import add_shipped, import_values
from budgets.impact.models import DiscountRate, Proxy
from engage.kit.tables import BadFile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
HEAD = "Name,Unit,Value,Low,High,Prices of,In force from,Volunteer time,Source,Licence,Address\n"
GOOD = "Warm home,person and year,1250,,,2025,2025-04-01,no,Example survey,OGL-UK-3.0,https://example.org/\n"


def test_the_shipped_values_are_there_and_openly_licensed():
    Proxy.objects.all().delete()
    DiscountRate.objects.all().delete()
    add_shipped()
    add_shipped()
    wellbeing = Proxy.objects.get(unit="WELLBY")
    assert (wellbeing.pence, wellbeing.low_pence, wellbeing.high_pence, wellbeing.prices_of) == (
        13_000_00,
        10_000_00,
        16_000_00,
        2019,
    )
    wages = Proxy.objects.filter(volunteer_time=True).order_by("since")
    assert [(each.since, each.pence) for each in wages] == [
        (date(2024, 4, 1), 11_44),
        (date(2025, 4, 1), 12_21),
        (date(2026, 4, 1), 12_71),
    ]
    assert set(Proxy.objects.values_list("licence", flat=True)) == {Licence.OGL}
    rates = DiscountRate.objects.order_by("first_year")
    assert [(each.first_year, str(each.percent)) for each in rates] == [(1, "3.50"), (31, "3.00")]


def test_a_file_of_ones_own_adds_to_them_and_twice_changes_nothing():
    assert len(import_values(HEAD + GOOD, today=TODAY, by=None).added) == 1
    again = import_values(HEAD + GOOD, today=TODAY, by=None)
    assert (len(again.added), len(again.unchanged)) == (0, 1)
    assert Proxy.objects.get(name="Warm home").pence == 1_250_00


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GOOD.replace("1250", "lots"), "Line 3, column “Value”: expected an amount in pounds"),
        (GOOD.replace("1250", "0"), "Line 3, column “Value”: expected an amount above £0"),
        (GOOD.replace("1250,,", "1250,1300,1400"), "Line 3, column “Value”: expected a value between"),
        (GOOD.replace("1250,,", "1250,1000,"), "Line 3, column “High”: give both ends"),
        (
            GOOD.replace("OGL-UK-3.0", "All rights reserved"),
            "Line 3, column “Licence”: “All rights reserved”",
        ),
        (GOOD.replace("2025-04-01", "1 April"), "Line 3, column “In force from”: expected a date"),
        (GOOD.replace(",2025,", ",2031,"), "Line 3, column “Prices of”: expected a year from 1990 to 2026"),
        (GOOD.replace("https://", "http://"), "Line 3, column “Address”: expected an address that begins"),
        (GOOD.replace("Example survey", ""), "Line 3, column “Source”: this cell is empty"),
        (GOOD.replace("Warm home", "Cool home"), "Line 3: the same as line 2"),
        (GOOD.replace(",no,", ",perhaps,"), "Line 3, column “Volunteer time”: expected yes or no"),
    ],
)
def test_one_wrong_line_and_nothing_of_the_file_is_added(line, words):
    with pytest.raises(BadFile) as refused:
        import_values(HEAD + GOOD.replace("Warm", "Cool") + line, today=TODAY, by=None)
    assert words in str(refused.value)
    assert not Proxy.objects.filter(name="Cool home").exists()


def test_a_known_value_is_never_changed():
    import_values(HEAD + GOOD, today=TODAY, by=None)
    dearer = GOOD.replace("1250", "1300")
    other = GOOD.replace("Warm home", "Dry home")
    with pytest.raises(BadFile, match=r"Line 3: “Warm home, 2025-04-01” is here already with other figures"):
        import_values(HEAD + other + dearer, today=TODAY, by=None)
    assert not Proxy.objects.filter(name="Dry home").exists()
    import_values(HEAD + dearer.replace("2025-04-01", "2026-04-01"), today=TODAY, by=None)
    assert Proxy.objects.filter(name="Warm home").count() == 2


def test_rates_of_a_day_need_one_from_year_1():
    head = "In force from,From year,Per cent,Source,Address\n"
    with pytest.raises(BadFile, match="none that begins in year 1"):
        import_values(head + "2027-04-01,31,2.5,Guidance,https://example.org/\n", today=TODAY, by=None)
    import_values(head + "2027-04-01,1,2.5,Guidance,https://example.org/\n", today=TODAY, by=None)
    assert str(DiscountRate.objects.get(since=date(2027, 4, 1)).percent) == "2.50"


def test_the_command(tmp_path, capsys):
    file = tmp_path / "values.csv"
    file.write_text(HEAD + GOOD)
    call_command("import_values", file, "--dry-run")
    assert "1 added" in capsys.readouterr().out
    assert not Proxy.objects.filter(name="Warm home").exists()
    call_command("import_values", file)
    assert Proxy.objects.filter(name="Warm home").exists()
    file.write_text(HEAD)
    with pytest.raises(CommandError, match=r"Nothing was added\.\nThe file has only its headings"):
        call_command("import_values", file)
