"""The accounts that a visitor to the demo can sign in with, one for each role."""

from __future__ import annotations

from typing import NamedTuple


class SignIn(NamedTuple):
    """`role` is a key of `engage.accounts.roles.ROLES`."""

    role: str
    email: str
    password: str


PASSWORD = "tidewold-demo-2026"  # noqa: S105 -- printed by `make run`; these accounts exist in the demo only

SIGN_INS: list[SignIn] = [
    SignIn("resident", "resident@demo.example", PASSWORD),
    SignIn("representative", "group@demo.example", PASSWORD),
    SignIn("councillor", "councillor@demo.example", PASSWORD),
    SignIn("officer", "officer@demo.example", PASSWORD),
    SignIn("moderator", "moderator@demo.example", PASSWORD),
    SignIn("editor", "editor@demo.example", PASSWORD),
    SignIn("auditor", "auditor@demo.example", PASSWORD),
    SignIn("administrator", "admin@demo.example", PASSWORD),
]

# The public name behind each account; the councillor is one of content/councillors.toml.
PEOPLE: dict[str, str] = {
    "resident": "Maya Thirumalai",
    "representative": "Rowan Seacroft",
    "councillor": "Marek Wolniak",
    "officer": "Grace Ochieng-Snow",
    "moderator": "Dylan Marchbank",
    "editor": "Frances Gillespie-Orr",
    "auditor": "Judith Meggitt",
    "administrator": "Len Sowerby",
}
