"""A ballot in another of its languages: the words of the ballot itself, its pots and its projects, until it opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import events
from budgets.ballots.actions.common import BALLOT_REFUSALS, hold, require_phase
from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot, Pot, Project, Translation
from budgets.ballots.models.translation import Thing
from budgets.ballots.permissions import may_prepare
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of

LIMITS = {"title": 120, "summary": 2000, "description": 4000, "assessment": 4000, "instructions": 2000}


def put_into_language(
    *, ballot: Ballot, language: str, words: Mapping[Thing, Mapping[str, str]], by: Account, at: datetime
) -> int:
    """All words in one language, in place of those before; what is empty is left out. Answers how many have words.

    Each word by its name in `LIMITS`; a pot has a title alone. The database refuses things of another ballot.
    """
    with writing(BALLOT_REFUSALS):
        require(may_prepare(by))
        held = hold(ballot)
        require_phase(held, {Phase.DRAFT}, at)
        if language not in held.languages[1:]:
            raise Refused(Denied(_("This ballot is not held in this language. Choose it first."), status=409))
        rows = [
            _row(held, thing, language, said)
            for thing, said in words.items()
            if any(text.strip() for text in said.values())
        ]
        held.translations.filter(language=language).delete()
        Translation.objects.bulk_create(rows)
        held.revision += 1
        held.save(update_fields=["revision"])
        record(events.BALLOT_CHANGED, subject=held, actor=by, at=at, language=language)
    return len(rows)


def field_of(name: str, thing: Thing) -> str:
    """What the form calls these words, so that a refusal stands beside them."""
    return f"{name}_ballot" if isinstance(thing, Ballot) else f"{name}_{thing._meta.model_name}_{thing.pk}"


def _row(held: Ballot, thing: Thing, language: str, said: Mapping[str, str]) -> Translation:
    title = words_of(
        said.get("title", ""),
        LIMITS["title"],
        field_of("title", thing),
        gettext_lazy("Give the title in this language."),
    )
    others = {name: said.get(name, "").strip() for name in LIMITS if name != "title"}
    return Translation(
        ballot=held,
        project=thing if isinstance(thing, Project) else None,
        pot=thing if isinstance(thing, Pot) else None,
        language=language,
        title=title,
        **others,
    )
