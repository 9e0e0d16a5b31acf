"""What has been loaded so far: each step reads what the steps before it left here."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.images.models import AbstractImage

from budgets.grants.models import Scheme
from budgets.models import Award, Organisation
from engage.accounts.models import Account
from engage.councillors.models import Councillor
from engage.kit.models import Theme
from engage.places.models import Place
from engage.residents.models import Resident
from ideas.models import Idea


@dataclass
class Loaded:
    """Keys are slugs, but `accounts` (roles), `ideas` (titles), `awards` (keys of plan.Grant), `schemes` (years)."""

    places: dict[str, Place] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    residents: list[Resident] = field(default_factory=list)
    councillors: dict[str, Councillor] = field(default_factory=dict)
    voices: dict[str, Resident] = field(default_factory=dict)
    images: dict[str, AbstractImage] = field(default_factory=dict)
    ideas: dict[str, Idea] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    awards: dict[str, Award] = field(default_factory=dict)
    schemes: dict[int, Scheme] = field(default_factory=dict)

    @property
    def officer(self) -> Account:
        return self.accounts["officer"]

    @property
    def editor(self) -> AbstractBaseUser:
        return self.accounts["editor"]
