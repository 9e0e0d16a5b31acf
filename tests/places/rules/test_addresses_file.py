"""Reading files of addresses: every mistake by line and column, and what was expected."""

import pytest

from engage.kit.tables import BadFile
from engage.places.rules.addresses_file import Columns, FoundAddress, read_addresses

DEGREES = Columns(text="Address", postcode="Postcode", latitude="Lat", longitude="Long")
METRES = Columns(postcode="Postcode", easting="East", northing="North")


def test_an_address_with_its_postcode() -> None:
    text = "Address,Postcode,Lat,Long\n 1  Elm Road ,qx1 2ab,53.35,-2.45\n,QX12AD,53.35,-2.44\n"
    assert read_addresses(text, columns=DEGREES) == [
        FoundAddress(2, "1 Elm Road", "QX12AB", 53.35, -2.45),
        FoundAddress(3, "QX1 2AD", "QX12AD", 53.35, -2.44),
    ]


def test_a_postcode_among_the_words_of_an_address() -> None:
    columns = Columns(text="Address", latitude="Lat", longitude="Long")
    found = read_addresses('Address,Lat,Long\n"1 Elm Road, QX1 2AB",53.35,-2.45\n', columns=columns)
    assert (found[0].text, found[0].postcode) == ("1 Elm Road, QX1 2AB", "QX12AB")


def test_metres_of_the_grid_in_a_file_without_headings() -> None:
    found = read_addresses(
        "QX1 2AB,10,384500,390000\nQX1 2AD,90,0,0\n", columns=METRES, headings="Postcode,PQ,East,North"
    )
    assert [(each.line, each.postcode) for each in found] == [(1, "QX12AB")]
    assert found[0].latitude == pytest.approx(53.406, abs=0.01)
    assert found[0].longitude == pytest.approx(-2.234, abs=0.01)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "Elm Road,QX1,53.35,-2.45",
            "Line 2, column “Postcode”: expected a postcode like SW1A 1AA, not “QX1”",
        ),
        (",,53.35,-2.45", "Line 2, column “Postcode”: this cell is empty and must not be"),
        ("Elm Road,QX1 2AB,north,-2.45", "Line 2, column “Lat”: expected a number, not “north”"),
        ("Elm Road,QX1 2AB,nan,-2.45", "Line 2, column “Lat”: expected a number, not “nan”"),
        ("Elm Road,QX1 2AB,53.35,", "Line 2, column “Long”: this cell is empty and must not be"),
        ("Elm Road,QX1 2AB,-2.45,53.35", "Line 2, column “Lat”: expected a latitude in degrees like 53.4123"),
        (
            "Elm Road,QX1 2AB,53.35,53.35",
            "Line 2, column “Long”: expected a longitude in degrees like -2.3456",
        ),
        ("x" * 201 + ",QX1 2AB,53.35,-2.45", "Line 2, column “Address”: expected at most 200 characters"),
        ("Elm Road,QX1 2AB,53.35", "Line 2: expected 4 cells like the heading line, found 3"),
    ],
)
def test_a_mistake_is_named(row: str, sentence: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_addresses(f"Address,Postcode,Lat,Long\n{row}\n", columns=DEGREES)
    assert sentence in str(bad.value)


def test_degrees_in_columns_of_metres() -> None:
    with pytest.raises(BadFile, match="column “East”: expected metres of the national grid"):
        read_addresses("Postcode,East,North\nQX1 2AB,-2.45,53.35\n", columns=METRES)


def test_the_same_row_twice() -> None:
    text = "Address,Postcode,Lat,Long\nElm Road,QX1 2AB,53.35,-2.45\nelm road,qx12ab,53.36,-2.45\n"
    with pytest.raises(BadFile, match="Line 3, column “Address”: the same address is already on line 2"):
        read_addresses(text, columns=DEGREES)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (Columns(latitude="Lat", longitude="Long"), "which column holds the address or the postcode"),
        (Columns(text="Address", latitude="Lat"), "one pair, both columns of it"),
        (Columns(text="Address", latitude="A", longitude="B", easting="C"), "one pair, both columns of it"),
        (Columns(text="Address", latitude="North", longitude="Long"), "the column “North” is missing"),
    ],
)
def test_columns_that_cannot_be(columns: Columns, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        read_addresses("Address,Lat,Long\nElm Road,53.35,-2.45\n", columns=columns)
