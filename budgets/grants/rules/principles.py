"""The principles that a council starts from: what a new scheme says until the council says it in words of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Words


@dataclass(frozen=True, slots=True)
class StartingPrinciple:
    key: str
    title: Words
    meaning: Words
    question: Words


DEFAULTS = (
    StartingPrinciple(
        "last-resort",
        _("Last resort"),
        _(
            "This money is for what nobody else can pay for. The group has asked elsewhere first, or says why not."
        ),
        _("Could another budget, funder or the group itself pay for it, and has it asked them?"),
    ),
    StartingPrinciple(
        "policy-fit",
        _("It fits what the council wants to do"),
        _("It helps with one of the council’s published aims, and nothing in it works against one."),
        _(
            "Is it none of what is never paid for, which published aim does it help, and does anything in it work"
            " against the council’s policies?"
        ),
    ),
    StartingPrinciple(
        "value-for-money",
        _("Value for money and match funding"),
        _(
            "The price is fair, and the money brings in more: other funders, the group’s own money, volunteers’ time."
        ),
        _("Are the prices fair for what is bought, and what do others add for each pound of ours?"),
    ),
    StartingPrinciple(
        "audit",
        _("Every pound can be followed"),
        _(
            "The group has a bank account in its name and two people who sign, and it will show what the money bought."
        ),
        _("Are the group, its account and its two signatories in order, and can it show receipts?"),
    ),
    StartingPrinciple(
        "partnership",
        _("Partnership"),
        _("The people it is for, and the others it touches, were asked and work together on it."),
        _("Who was asked, who works together on it, and do the landowner and the neighbours agree?"),
    ),
    StartingPrinciple(
        "open-to-many",
        _("Open to many kinds of group"),
        _(
            "Any group may apply, small and new ones too, and what is paid for is open to everybody it is meant for."
        ),
        _(
            "Is it open to everybody it is meant for, and for no private profit, and no one party or faith alone?"
        ),
    ),
)
