"""Groups that may be one under two names, with why: by `rules.likeness`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Lower

from budgets.grants.models import BankAccount, Signatory
from budgets.grants.rules.likeness import Sign, name_key
from budgets.models import Organisation
from engage.kit.secrets import marks

# By the letters they share in threes: far below what makes two names one, so that the rule sees all that may be.
NEAR = 0.25


@dataclass(frozen=True, slots=True)
class Alike:
    """Another group, and why it may be the same; the strongest sign first."""

    organisation: Organisation
    signs: list[Sign]


def groups_like(organisation: Organisation) -> list[Alike]:
    """The strongest first; five queries."""
    found: dict[int, set[Sign]] = {}
    for sign, others in {
        Sign.NUMBER: _with_its_numbers(organisation),
        Sign.BANK: _with_its_bank(organisation),
        Sign.NAME: _with_its_name(organisation),
        Sign.SIGNATORY: _with_its_signatories(organisation),
    }.items():
        for other in others:
            found.setdefault(other, set()).add(sign)
    found.pop(organisation.pk, None)
    known = Organisation.objects.in_bulk(found) if found else {}
    alike = [Alike(known[pk], [sign for sign in Sign if sign in signs]) for pk, signs in found.items()]
    return sorted(alike, key=lambda each: (list(Sign).index(each.signs[0]), each.organisation.name))


def _with_its_numbers(organisation: Organisation) -> Iterable[int]:
    same = Q(pk=None)
    for name in ("charity_number", "company_number"):
        if number := getattr(organisation, name):
            same |= Q(**{f"{name}__iexact": number})
    return Organisation.objects.filter(same).values_list("pk", flat=True)


def _with_its_bank(organisation: Organisation) -> Iterable[int]:
    """By marks of every key in use: another row may have been sealed with an older one."""
    mine = organisation.bank_accounts.only("sort_code", "number")
    known = {mark for each in mine for mark in marks(each.sort_code, each.number)}
    return BankAccount.objects.filter(mark__in=known).values_list("organisation_id", flat=True)


def _with_its_name(organisation: Organisation) -> list[int]:
    key = name_key(organisation.name)
    near = Q(near__gte=NEAR) | Q(name__icontains=max(key, key=len, default=organisation.name))
    others = Organisation.objects.annotate(near=TrigramSimilarity("name", organisation.name)).filter(near)
    return [pk for pk, name in others.values_list("pk", "name") if name_key(name) == key]


def _with_its_signatories(organisation: Organisation) -> Iterable[int]:
    mine = organisation.signatories.exclude(email="").values(address=Lower("email"))
    others = Signatory.objects.alias(address=Lower("email")).filter(address__in=mine)
    return others.values_list("organisation_id", flat=True)
