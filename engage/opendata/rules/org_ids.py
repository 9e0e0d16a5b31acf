"""Identifiers of organisations, by the scheme of org-id.guide: `GB-CHC-1110767` is a register and a number in it."""

import re

from engage.opendata.rules.facts import Recipient

# The registers in which a group in the United Kingdom can be, and what a number in each looks like.
REGISTERS = {
    "GB-CHC": re.compile(
        r"\d{6,7}(-\d{1,3})?"
    ),  # Charity Commission for England and Wales; -1 is a linked charity
    "GB-SC": re.compile(r"SC\d{6}"),  # Scottish Charity Regulator
    "GB-NIC": re.compile(r"\d{6}"),  # Charity Commission for Northern Ireland
    "GB-COH": re.compile(r"[A-Z0-9]{2}\d{6}"),  # Companies House
    "GB-MPR": re.compile(r"[A-Z0-9]{4,8}"),  # Mutuals Public Register
    "GB-EDU": re.compile(r"\d{5,6}"),  # schools
    "GB-UKPRN": re.compile(r"\d{8}"),  # learning providers
    "GB-LAE": re.compile(r"[A-Z]{3}"),  # local authorities
    "GB-LAS": re.compile(r"[A-Z]{3}"),
    "GB-LAN": re.compile(r"[A-Z]{3}"),
    "GB-PLA": re.compile(r"[A-Z]{3}"),
    "GB-GOR": re.compile(r"[A-Z]{1,3}\d+"),  # government bodies
    "GB-NHS": re.compile(r"[A-Z0-9]{3,6}"),
    "GB-REV": re.compile(r"[A-Z0-9]{3,8}"),  # charities known to HMRC alone
    "GB-SHPE": re.compile(r"[A-Z]{0,2}\d{4,5}"),  # social housing providers
}
# Given by a funder who publishes with 360Giving to groups that are in no register.
GIVEN = re.compile(r"360G-[A-Za-z0-9_]+-.+")
# Given by this site to groups that are in no register; nobody outside knows it.
OWN = "ENGAGE-"


def recipient_id(recipient: Recipient, prefix: str) -> str:
    """The identifier to publish: the best public one, else one below the publisher's own 360Giving prefix.

    A group that was entered without a number and got one later is published under its number. Without a prefix, our
    own identifier stays as it is.
    """
    if not recipient.identifier.startswith(OWN):
        return recipient.identifier
    return (
        _charity_id(recipient.charity_number)
        or _company_id(recipient.company_number)
        or (f"{prefix}-ORG-{recipient.identifier.removeprefix(OWN)}" if prefix else recipient.identifier)
    )


def is_known(identifier: str) -> bool:
    """Whether an outside reader can tell from the identifier which register it is of, and the number can be one.

    Our own kind counts: it is published below the publisher's prefix as soon as there is one.
    """
    if identifier.startswith(OWN) or GIVEN.fullmatch(identifier):
        return True
    return any(
        form.fullmatch(identifier.removeprefix(f"{register}-"))
        for register, form in REGISTERS.items()
        if identifier.startswith(f"{register}-")
    )


def _charity_id(number: str) -> str:
    """Scottish numbers say so by their letters, those of Northern Ireland by NIC."""
    number = re.sub(r"\s", "", number).upper()
    if number.startswith("SC"):
        return f"GB-SC-{number}"
    if number.startswith("NIC"):
        return f"GB-NIC-{number.removeprefix('NIC')}"
    return f"GB-CHC-{number}" if number else ""


def _company_id(number: str) -> str:
    """Companies House numbers have eight places; people leave out the noughts at the front."""
    number = re.sub(r"\s", "", number).upper()
    return f"GB-COH-{number.zfill(8)}" if number else ""
