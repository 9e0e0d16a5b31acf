"""The pages on which somebody shows that they may vote: which way, and what is asked on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.ballots.display.browse import way_words
from budgets.ballots.enums import Proof
from budgets.ballots.forms.proof import Step
from budgets.ballots.models import Ballot
from budgets.ballots.queries import Verifier, identity_provider

SENT = frozenset({Proof.EMAIL.value, Proof.PHONE.value})


def ways(ballot: Ballot, verifiers: Sequence[Verifier]) -> list[dict[str, str]]:
    return [
        {**way_words(verifier), "url": reverse("ballots:prove", args=[ballot.pk, verifier.key])}
        for verifier in verifiers
    ]


def sent_url(ballot: Ballot, verifier: Verifier) -> str:
    return reverse("ballots:sent", args=[ballot.pk, verifier.key])


def again_url(ballot: Ballot, verifier: Verifier) -> str:
    """Where another code is sent; empty for ways that send none."""
    return reverse("ballots:prove", args=[ballot.pk, verifier.key]) if verifier.key in SENT else ""


def send_page(verifier: Verifier) -> dict[str, Any]:
    """Before a code is sent: where to."""
    if verifier.key == Proof.PHONE:
        words = {
            "title": _("Your mobile number"),
            "body": _("We text you a code that is good for one vote."),
        }
        return {"words": words, "send": _("Text me the code"), "stage": "prove"}
    words = {
        "title": _("Your email address"),
        "body": _("We send you a link that leads to the ballot paper."),
    }
    return {"words": words, "send": _("Send me the link"), "stage": "prove"}


def sign_in_page(url: str) -> dict[str, Any]:
    words = {
        "title": _("Sign in to vote"),
        "body": _("In this way your account shows who you are. What you choose is not kept with it."),
    }
    return {"words": words, "button": _("Sign in"), "url": url, "stage": "prove"}


def identity_page(ballot: Ballot) -> dict[str, Any]:
    provider = identity_provider()
    name = provider.name if provider else ""
    words = {
        "title": _("Show who you are: %(provider)s") % {"provider": name},
        "body": _(
            "You sign in there and come back here. We learn a number that stands for you, and keep it only in a form"
            " that nobody can read back. You get no account here. On a shared computer, sign out there when you have"
            " voted."
        ),
    }
    return {
        "words": words,
        "button": _("Go to %(provider)s") % {"provider": name},
        "url": reverse("ballots:identity_go", args=[ballot.pk]),
        "stage": "prove",
    }


def step_words(ballot: Ballot, verifier: Verifier, step: Step) -> dict[str, str]:
    """The title of the page and what stands below it."""
    if step.kind == "typed" and verifier.key in SENT:
        return {
            Proof.EMAIL: {
                "title": _("The code from our email"),
                "body": _(
                    "It is filled in if you followed the link. It is good for one visit, within two hours. The email"
                    " can take some minutes: look among the unwanted messages too."
                ),
            },
            Proof.PHONE: {
                "title": _("The code from our text message"),
                "body": _(
                    "It is filled in if you followed the link. It is good for one visit, within two hours."
                ),
            },
        }[Proof(verifier.key)]
    if step.kind == "place":
        return {
            "title": _("Where do you live?"),
            "body": _("You vote on the projects for there, and on those for all of %(place)s.")
            % {"place": ballot.place.name},
        }
    if step.kind == "tick":
        return {
            "title": _("May you vote?"),
            "body": _("People who live in %(place)s and are %(age)d or older may vote, once.")
            % {"place": ballot.place.name, "age": ballot.minimum_age},
        }
    words = way_words(verifier)
    return {"title": words["title"], "body": words["body"]}
