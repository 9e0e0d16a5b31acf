"""Residents confirm or dispute what a group says it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from budgets.impact import events
from budgets.impact.actions.common import REFUSALS
from budgets.impact.enums import Says
from budgets.impact.models import Tally, Word
from budgets.models import Outcome
from engage.audit.actions import record
from engage.kit.refusals import writing
from engage.residents.models import Resident

COLUMNS = {Says.CONFIRM: "confirmed", Says.DISPUTE: "disputed"}
HAPPENED = {Says.CONFIRM: events.OUTCOME_CONFIRMED, Says.DISPUTE: events.OUTCOME_DISPUTED}


@dataclass(frozen=True, slots=True)
class Said:
    """One resident's word, and when it was said."""

    resident: Resident
    says: str
    doubt: str
    at: datetime


def say_of_outcome(
    *, outcome: Outcome, resident: Resident, says: str, doubt: str = "", at: datetime
) -> Tally:
    """One word for each resident and outcome; saying something else changes it, saying the same changes nothing."""
    return take_words(outcome=outcome, said=[Said(resident, says, doubt, at)])


def take_words(*, outcome: Outcome, said: Sequence[Said]) -> Tally:
    """What several residents say of one outcome, each of them once: the same as one after the other, in fewer steps."""
    with writing(REFUSALS):
        tally = _held(outcome)
        people = [each.resident for each in said]
        there = Word.objects.select_for_update().filter(outcome=outcome, resident__in=people)
        words = {word.resident_id: word for word in there}
        new = [each for each in said if not _is_said(words.get(each.resident.pk), each)]
        if not new:
            return tally
        before = {pk: word.says for pk, word in words.items()}
        _write(outcome, words, new)
        for each in new:
            _count(tally, before.get(each.resident.pk), each.says)
            # Who said it is the resident's own: the record counts, and names nobody.
            happened = HAPPENED[Says(each.says)]
            record(happened, subject=outcome.award, actor=None, at=each.at, outcome=outcome.pk)
        tally.save(update_fields=list(COLUMNS.values()))
    return tally


def _is_said(word: Word | None, said: Said) -> bool:
    return word is not None and (word.says, word.doubt) == (said.says, said.doubt)


def _write(outcome: Outcome, there: Mapping[int, Word], said: Sequence[Said]) -> None:
    fresh: list[Word] = []
    for each in said:
        known = there.get(each.resident.pk)
        word = known or Word(outcome=outcome, resident=each.resident)
        word.says, word.doubt, word.said_at = each.says, each.doubt, each.at
        if known is None:
            fresh.append(word)
        else:
            word.save(update_fields=["says", "doubt", "said_at"])
    Word.objects.bulk_create(fresh)


@transaction.atomic
def take_back_word(*, outcome: Outcome, resident: Resident, at: datetime) -> Tally:
    """Where there was none, nothing changes."""
    tally = _held(outcome)
    word = Word.objects.filter(outcome=outcome, resident=resident).first()
    if word is not None:
        word.delete()
        _count(tally, word.says, None)
        tally.save(update_fields=list(COLUMNS.values()))
        record(events.OUTCOME_WORD_TAKEN_BACK, subject=outcome.award, actor=None, at=at, outcome=outcome.pk)
    return tally


def _held(outcome: Outcome) -> Tally:
    """The outcome's counters, made when nobody said anything yet; held so that words are counted one by one."""
    tallies = Tally.objects.select_for_update()
    if held := tallies.filter(outcome=outcome).first():
        return held
    Tally.objects.bulk_create([Tally(outcome=outcome)], ignore_conflicts=True)
    return tallies.get(outcome=outcome)


def _count(tally: Tally, before: str | None, after: str | None) -> None:
    """On the held counters; they are still to be saved."""
    for says, step in ((before, -1), (after, +1)):
        if says is not None:
            name = COLUMNS[Says(says)]
            setattr(tally, name, getattr(tally, name) + step)
