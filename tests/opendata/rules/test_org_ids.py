"""Which identifier an organisation is published under, and which identifiers outsiders know."""

import pytest

from engage.opendata.rules.org_ids import is_known, recipient_id
from tests.opendata.rules.made import recipient


@pytest.mark.parametrize(
    ("changed", "published"),
    [
        ({"identifier": "GB-CHC-1110767"}, "GB-CHC-1110767"),
        ({"identifier": "X-OTHER-1"}, "X-OTHER-1"),
        ({}, "360G-tidewold-ORG-0042"),
        ({"charity_number": "1110767"}, "GB-CHC-1110767"),
        ({"charity_number": "sc 012345"}, "GB-SC-SC012345"),
        ({"charity_number": "NIC100002"}, "GB-NIC-100002"),
        ({"company_number": "123456"}, "GB-COH-00123456"),
        ({"charity_number": "1110767", "company_number": "123456"}, "GB-CHC-1110767"),
    ],
)
def test_the_best_public_identifier_is_published(changed, published):
    assert recipient_id(recipient(**changed), "360G-tidewold") == published


def test_without_a_prefix_our_own_identifier_stays():
    assert recipient_id(recipient(), "") == "ENGAGE-0042"


@pytest.mark.parametrize(
    "identifier",
    [
        "GB-CHC-1110767",
        "GB-CHC-216401-2",
        "GB-COH-SC012345",
        "GB-SC-SC012345",
        "GB-LAE-TDW",
        "360G-x-ORG-1",
        "ENGAGE-1",
    ],
)
def test_identifiers_of_known_registers_are_known(identifier):
    assert is_known(identifier)


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "X-DEMO-1",
        "GB-CHC-",
        "GB-CHC-12",
        "GB-CHC-abc",
        "GB-COH-1",
        "CHC-1110767",
        "360G-x",
        "gb-chc-1110767",
    ],
)
def test_others_are_not(identifier):
    assert not is_known(identifier)
