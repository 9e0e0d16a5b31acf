"""Load the demo council: every step in one transaction, through the apps' own verbs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress

from django.db import transaction
from django.db.models import Model

from budgets.models import Award, Budget, Organisation
from cms.pages import NewsPage
from engage.accounts.models import Account
from engage.audit.actions import recorded_together
from engage.councillors.models import Councillor
from engage.demo.content import county
from engage.demo.loaded import Loaded
from engage.demo.quiet import all_or_nothing, check_books, quietly, referring
from engage.demo.signins import SIGN_INS
from engage.demo.steps import (
    answers,
    applications,
    ballots,
    calls,
    grants,
    ideas,
    impact,
    land,
    moderation,
    money,
    notices,
    pages,
    payments,
    people,
    pictures,
)
from engage.kit.progress import working
from engage.places.models import Place
from engage.residents.models import Resident
from ideas.models import Comment, Idea, Support

type Step = Callable[[Loaded], None]

STEPS: list[tuple[str, Step]] = [
    ("Places", land.load_land),
    ("Streets", land.load_streets),
    ("Themes", land.load_themes),
    ("Accounts", people.load_accounts),
    ("Residents", people.load_residents),
    ("Councillors", people.load_councillors),
    ("Pictures", pictures.load_pictures),
    ("Calls", calls.load_calls),
    ("Ideas", ideas.load_ideas),
    ("Comments", ideas.load_remarks),
    ("Supports", ideas.load_supports),
    ("Answers", answers.load_answers),
    ("Moderation", moderation.load_moderation),
    ("Notifications", notices.load_notices),
    ("Organisations", money.load_organisations),
    ("Budgets", money.load_budgets),
    ("Money for calls", calls.load_money_for_calls),
    ("Grant schemes", grants.load_schemes),
    ("Groups that apply", applications.load_groups),
    ("Awards", money.load_awards),
    ("Results", money.load_results),
    ("Reminders", grants.load_reminders),
    ("Payments", payments.load_payments),
    ("Published spending", payments.load_published_spending),
    ("Photos", money.load_photos),
    ("Impact", impact.load_impact),
    ("Words on results", impact.load_words),
    ("Ballots", ballots.load_ballots),
    ("Pages", pages.load_pages),
]
# Steps that show a bar of their own.
COUNTED = {
    "Councillors",
    "Pictures",
    "Ideas",
    "Comments",
    "Budgets",
    "Awards",
    "Results",
    "Photos",
    "Words on results",
    "Pages",
}
# What a site that people use already has at least one of.
TELLTALES: list[type[Model]] = [Place, Budget, Award, Organisation, Idea, Councillor, Resident, NewsPage]


def is_loaded() -> bool:
    """Whether this site holds the demo council."""
    return Place.objects.filter(gss_code=county()["council"]["code"]).exists()


def in_the_way() -> str:
    """What the database already holds that is not the demo's, in the words of its model; empty when nothing."""
    for model in TELLTALES:
        if model._default_manager.exists():
            return str(model._meta.verbose_name_plural)
    emails = [each.email for each in SIGN_INS]
    return str(Account._meta.verbose_name_plural) if Account.objects.filter(email__in=emails).exists() else ""


def load() -> dict[str, int]:
    """Everything or nothing. Answers how many of each thing there are now."""
    loaded = Loaded()
    try:
        with quietly(), transaction.atomic(), all_or_nothing():
            with referring():
                _take(loaded)
            check_books()
    except BaseException:
        _forget_files(loaded)
        raise
    return {
        str(model._meta.verbose_name_plural): model._default_manager.count()
        for model in (Place, Councillor, Budget, Award, Idea, Support, Comment)
    }


def _take(loaded: Loaded) -> None:
    for label, step in STEPS:
        with recorded_together(), nullcontext() if label in COUNTED else working(label):
            step(loaded)


def _forget_files(loaded: Loaded) -> None:
    """Pictures are files, which no transaction takes back."""
    portraits = [councillor.portrait for councillor in loaded.councillors.values() if councillor.portrait]
    for image in [*loaded.images.values(), *portraits]:
        with suppress(OSError):
            image.file.storage.delete(image.file.name)
