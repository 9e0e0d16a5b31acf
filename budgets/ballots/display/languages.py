"""A ballot in the languages it was set up with: their names, and its words in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgets.ballots.rules.languages import Language, language

SPOKEN = ("summary", "description", "assessment")


def languages_of(document: Mapping[str, Any]) -> list[Language]:
    """In the order of the ballot: the first is the one in which it was written."""
    return [language(code) for code in document["languages"] or ["en"]]


def in_language(words: Mapping[str, Any], wanted: Language, first: Language) -> dict[str, Any]:
    """A project, a pot, or the ballot itself, with its words in this language as far as there are any, and which.

    `original` is the title by which the count and the result know it, where another stands on the page. `language` is
    that of the title or name, `spoken` has the other words' own: what has no translation stays as it was written.
    """
    told = {name: said for name, said in words["words"].get(wanted.code, {}).items() if said}
    spoken = {name: wanted if name in told else first for name in SPOKEN}
    if not told:
        return {**words, "language": first, "spoken": spoken, "original": words.get("frozen_title", "")}
    return {
        **words,
        **told,
        "language": wanted,
        "spoken": spoken,
        "original": words.get("frozen_title") or words.get("title") or words["name"],
    }


@dataclass(frozen=True, slots=True)
class Worded:
    """A whole ballot in one language: `named` are its own words, `pots` and `projects` those of each by its key.

    `switch` leads to the other languages; it is empty when there are none.
    """

    language: Language
    named: Mapping[str, Any]
    pots: Mapping[str, Mapping[str, Any]]
    projects: Mapping[str, Mapping[str, Any]]
    switch: tuple[Language, ...]


def words_in(document: Mapping[str, Any], asked: str) -> Worded:
    found = languages_of(document)
    first = found[0]
    here = next((each for each in found if each.code == asked), first)
    return Worded(
        here,
        in_language(document, here, first),
        {pot["key"]: in_language(pot, here, first) for pot in document["pots"]},
        {project["key"]: in_language(project, here, first) for project in document["projects"]},
        tuple(found) if len(found) > 1 else (),
    )
