"""What a ballot says, in the language in which it is written and in its others, while it is prepared."""

from __future__ import annotations

from collections import Counter

from budgets.ballots.models import Ballot
from budgets.ballots.models.translation import Thing
from budgets.ballots.rules.instructions import on_paper
from budgets.ballots.rules.languages import language

OF_A_PROJECT = ("title", "summary", "description", "assessment")


def words_to_translate(ballot: Ballot) -> dict[Thing, dict[str, str]]:
    """The ballot, its pots and its projects, each with the words that it has, by their name in a `Translation`."""
    own = {"title": ballot.title, "summary": ballot.summary}
    if ballot.on_paper:
        own["instructions"] = on_paper(ballot.kind, ballot.most, ballot.points)
    found: dict[Thing, dict[str, str]] = {ballot: own}
    found |= {pot: {"title": pot.name} for pot in ballot.pots.all()}
    found |= {each: {name: getattr(each, name) for name in OF_A_PROJECT} for each in ballot.projects.all()}
    return {thing: {name: text for name, text in said.items() if text} for thing, said in found.items()}


def translated(ballot: Ballot, code: str) -> dict[Thing, dict[str, str]]:
    """What is written in this language so far."""
    rows = ballot.translations.filter(language=code).select_related("ballot", "pot", "project")
    names = (*OF_A_PROJECT, "instructions")
    return {row.thing: {name: getattr(row, name) for name in names} for row in rows}


def untranslated(ballot: Ballot) -> dict[str, Counter[str]]:
    """Its other languages by their names, each with what is missing in it: how many titles, summaries and so on."""
    others = ballot.languages[1:]
    wanted = words_to_translate(ballot) if others else {}
    found: dict[str, Counter[str]] = {}
    for code in others:
        there = translated(ballot, code)
        missing = Counter(
            name for thing, said in wanted.items() for name in said if not there.get(thing, {}).get(name)
        )
        if missing:
            found[language(code).name] = missing
    return found
