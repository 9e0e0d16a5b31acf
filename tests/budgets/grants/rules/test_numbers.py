"""Numbers of groups and of bank accounts, as the page of rules says."""

import pytest

from budgets.grants.rules.numbers import (
    PublicNumber,
    account_number,
    charity_number,
    company_number,
    sort_code,
)
from engage.kit.decisions import Denied
from tests.budgets.grants.rules.test_applications import table


@pytest.mark.parametrize(("typed", "register", "kept", "identifier"), table("Numbers of groups"))
def test_charity_numbers_on_the_page(typed, register, kept, identifier) -> None:
    found = charity_number(typed)
    if kept == "refused":
        assert isinstance(found, Denied)
        assert found.field == "charity_number"
    else:
        assert found == PublicNumber(kept, identifier)


@pytest.mark.parametrize(
    "typed", ["", "1" * 9, "1110767-", "12345678", "ABC", "2O2918", "١١١٠٧٦٧", "1110767-1234"]
)
def test_what_no_register_writes_is_no_charity_number(typed) -> None:
    assert isinstance(charity_number(typed), Denied)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("01234567", "01234567"), ("1234567", "01234567"), ("ce 012345", "CE012345"), ("NI123456", "NI123456")],
)
def test_company_numbers(typed, kept) -> None:
    assert company_number(typed) == PublicNumber(kept, f"GB-COH-{kept}")


@pytest.mark.parametrize("typed", ["", "12345", "123456789", "CE12345", "ABC12345"])
def test_what_is_no_company_number(typed) -> None:
    assert isinstance(company_number(typed), Denied)


def test_bank_numbers_however_they_are_parted() -> None:
    assert sort_code("20-00-00") == sort_code("20 00 00") == sort_code("200000") == "200000"
    assert account_number("5577 9911") == "55779911"
    assert account_number("5577991") == "05577991"


@pytest.mark.parametrize("typed", ["", "20-00-0", "20000a", "2000000", "٢٠٠٠٠٠"])
def test_what_is_no_sort_code(typed) -> None:
    assert isinstance(sort_code(typed), Denied)


@pytest.mark.parametrize("typed", ["", "123456", "123456789", "1234567x", "١٢٣٤٥٦٧٨"])
def test_what_is_no_account_number(typed) -> None:
    assert isinstance(account_number(typed), Denied)
