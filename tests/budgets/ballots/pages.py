"""What a voter’s browser does between the pages of the booth."""

import re
from typing import Any

from django.test import Client

from budgets.ballots.models import Ballot
from tests.budgets.ballots.factories import POSTCODE

RECEIPT = re.compile(r'receipt__code">([0-9A-Z-]{24})<')


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def carried(response: Any) -> dict[str, str]:
    """What the form of the page would send back: its hidden fields."""
    found = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", response.content.decode())
    pairs = [(re.search(r'name="([^"]+)"', each), re.search(r'value="([^"]*)"', each)) for each in found]
    return {name[1]: value[1] for name, value in pairs if name and value}


def url(ballot: Ballot, rest: str = "vote/paper/") -> str:
    return f"/ballots/{ballot.pk}/{rest}"


def by_roll(client: Client, ballot: Ballot, number: int = 0) -> Any:
    """The paper of elector AB-<number>."""
    start = client.get(url(ballot, "vote/"), follow=True)
    claim = {"number": f"AB {number}", "last_name": "o'sample", "postcode": POSTCODE.lower()}
    return client.post(url(ballot, "vote/roll/"), carried(start) | {"number": "0"} | claim)


def send(client: Client, ballot: Ballot, before: Any, step: str, **marks: Any) -> Any:
    kept = {name: value for name, value in carried(before).items() if name in {"visit", "ticket"}}
    return client.post(url(ballot), kept | {"step": step} | marks)


def receipt_of(response: Any) -> str:
    return RECEIPT.search(response.content.decode())[1]
