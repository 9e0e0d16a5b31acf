"""The accounts that a visitor to the demo can sign in with, one for each role."""

from __future__ import annotations

from typing import NamedTuple


class SignIn(NamedTuple):
    """`role` is a slug of `engage.accounts`; `person` is the public name that the account goes by."""

    role: str
    email: str
    password: str
    person: str


PASSWORD = "tidewold-demo-2026"  # noqa: S105 -- printed by `make run`; these accounts exist in the demo only

SIGN_INS: list[SignIn] = [
    SignIn("resident", "resident@demo.example", PASSWORD, "Maya Thirumalai"),
    SignIn("representative", "group@demo.example", PASSWORD, "Rowan Seacroft"),
    SignIn("councillor", "councillor@demo.example", PASSWORD, "Marek Wolniak"),
    SignIn("officer", "officer@demo.example", PASSWORD, "Grace Ochieng-Snow"),
    SignIn("moderator", "moderator@demo.example", PASSWORD, "Dylan Marchbank"),
    SignIn("editor", "editor@demo.example", PASSWORD, "Frances Gillespie-Orr"),
    SignIn("auditor", "auditor@demo.example", PASSWORD, "Judith Meggitt"),
    SignIn("administrator", "admin@demo.example", PASSWORD, "Len Sowerby"),
]
