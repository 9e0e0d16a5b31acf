"""The accounts that a visitor to the demo can sign in with: one for each role, and three officers for a payment."""

from __future__ import annotations

from typing import NamedTuple


class SignIn(NamedTuple):
    """`who` is what they are called here and in `PEOPLE`; `role` is a key of `engage.accounts.roles.ROLES`."""

    who: str
    email: str
    password: str
    role: str


PASSWORD = "tidewold-demo-2026"  # noqa: S105 -- printed by `make run`; these accounts exist in the demo only

SIGN_INS: list[SignIn] = [
    SignIn("resident", "resident@demo.example", PASSWORD, "resident"),
    SignIn("representative", "group@demo.example", PASSWORD, "representative"),
    SignIn("councillor", "councillor@demo.example", PASSWORD, "councillor"),
    # A payment takes three people: who makes it up, who approves it, and who pays it.
    SignIn("officer", "officer@demo.example", PASSWORD, "officer"),
    SignIn("approver", "approver@demo.example", PASSWORD, "officer"),
    SignIn("payer", "payer@demo.example", PASSWORD, "officer"),
    SignIn("moderator", "moderator@demo.example", PASSWORD, "moderator"),
    SignIn("editor", "editor@demo.example", PASSWORD, "editor"),
    SignIn("auditor", "auditor@demo.example", PASSWORD, "auditor"),
    SignIn("administrator", "admin@demo.example", PASSWORD, "administrator"),
]


class Voter(NamedTuple):
    """What the electoral roll asks for."""

    number: str
    last_name: str
    postcode: str


# The resident, on the electoral roll of the open vote, who has not voted yet.
VOTER = Voter("TW-90001", "Thirumalai", "QX9 9QX")

# The public name behind each account; the councillor is one of content/councillors.toml.
PEOPLE: dict[str, str] = {
    "resident": "Maya Thirumalai",
    "representative": "Rowan Seacroft",
    "councillor": "Marek Wolniak",
    "officer": "Grace Ochieng-Snow",
    "approver": "Winifred Aldous",
    "payer": "Tomasz Hallgarth",
    "moderator": "Dylan Marchbank",
    "editor": "Frances Gillespie-Orr",
    "auditor": "Judith Meggitt",
    "administrator": "Len Sowerby",
}
