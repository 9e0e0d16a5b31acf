"""A ballot in another of its languages: the words of the ballot itself and of its projects, until it opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import events
from budgets.ballots.actions.common import BALLOT_REFUSALS, hold, require_phase
from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot, Translation
from budgets.ballots.permissions import may_prepare
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of

LIMITS = {"title": 120, "summary": 2000, "description": 4000}


def put_into_language(
    *, ballot: Ballot, language: str, words: Mapping[int | None, Mapping[str, str]], by: Account, at: datetime
) -> int:
    """All words in one language, in place of those before; what is empty is left out. Answers how many have words.

    `words` are by the project's row, None for the ballot itself.
    """
    with writing(BALLOT_REFUSALS):
        require(may_prepare(by))
        held = hold(ballot)
        require_phase(held, {Phase.DRAFT}, at)
        if language not in held.languages[1:]:
            raise Refused(Denied(_("This ballot is not held in this language. Choose it first."), status=409))
        projects = set(held.projects.values_list("pk", flat=True))
        rows = [
            _row(held, number, language, said)
            for number, said in words.items()
            if (number is None or number in projects) and any(text.strip() for text in said.values())
        ]
        held.translations.filter(language=language).delete()
        Translation.objects.bulk_create(rows)
        held.revision += 1
        held.save(update_fields=["revision"])
        record(events.BALLOT_CHANGED, subject=held, actor=by, at=at, language=language)
    return len(rows)


def _row(held: Ballot, project: int | None, language: str, said: Mapping[str, str]) -> Translation:
    title = words_of(
        said.get("title", ""),
        LIMITS["title"],
        f"title_{project or 'ballot'}",
        gettext_lazy("Give the title in this language."),
    )
    return Translation(
        ballot=held,
        project_id=project,
        language=language,
        title=title,
        summary=said.get("summary", "").strip(),
        description=said.get("description", "").strip(),
    )
