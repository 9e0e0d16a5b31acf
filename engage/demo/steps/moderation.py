"""What residents reported, what became of it, and what still waits for a moderator."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from engage.accounts.models import Account
from engage.demo.content import read
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, START
from engage.residents.models import Resident
from ideas.actions import (
    appeal_removal,
    comment_on_idea,
    keep,
    raise_flag,
    remove_comment,
    save_reason,
)
from ideas.models import Comment, Flag, Idea, ReasonTemplate
from ideas.queries import last_removal


def load_moderation(loaded: Loaded) -> None:
    """Through the verbs, each as if on its day."""
    content, rng = read("moderation"), Random("moderation")
    moderator = loaded.accounts["moderator"]
    _keep_first_posts(moderator)
    reasons = {
        row["title"]: save_reason(reason=ReasonTemplate(**row), by=moderator, at=START)
        for row in content["reason"]
    }
    for row in content["settled"]:
        _settle(loaded, row, reasons, rng)
    for row in content["waiting"]:
        comment = _comment(loaded, row, _people(loaded, rng, 1)[0])
        told = zip(_people(loaded, rng, len(row["reports"])), row["reports"], row["words"], strict=True)
        for number, (person, source, words) in enumerate(told):
            _report(comment.idea, comment, source, words, person, _at(row["on"], hours=3 + 2 * number))
    for row in content["idea_report"]:
        person = _people(loaded, rng, 1)[0]
        idea = loaded.ideas[row["idea"]]
        _report(idea, None, row["report"], row["words"], person, _at(row["on"], hours=4))
    _appeal(loaded, content["appeal"], reasons)


def _keep_first_posts(moderator: Account) -> None:
    """What rules noticed while the demo was loaded was looked at the same day."""
    for flag in Flag.objects.waiting().select_related("idea", "comment"):
        keep(idea=flag.idea, comment=flag.comment, by=moderator, at=flag.raised_at + timedelta(hours=4))


def _settle(loaded: Loaded, row: dict[str, Any], reasons: dict[str, ReasonTemplate], rng: Random) -> None:
    writer, reporter = _people(loaded, rng, 2)
    comment, moderator = _comment(loaded, row, writer), loaded.accounts["moderator"]
    _report(comment.idea, comment, row["report"], row.get("words", ""), reporter, _at(row["on"], hours=1))
    at = _at(row["on"], hours=1 + row["hours"])
    if row.get("kept"):
        keep(idea=comment.idea, comment=comment, by=moderator, at=at)
    else:
        remove_comment(
            comment=comment, reason=reasons[row["reason"]].text, why=row["why"], by=moderator, at=at
        )


def _appeal(loaded: Loaded, row: dict[str, Any], reasons: dict[str, ReasonTemplate]) -> None:
    author = Resident.objects.select_related("account").get(account=loaded.accounts["resident"])
    comment, remover = _comment(loaded, row, author), loaded.accounts["administrator"]
    at = _at(row["on"], hours=20)
    reason = reasons[row["reason"]].text
    remove_comment(comment=comment, reason=reason, why=row["why"], by=remover, at=at)
    removal = last_removal(comment.idea, comment)
    if removal is not None:
        appeal_removal(
            removal=removal, words=row["words"], by=loaded.accounts["resident"], at=at + timedelta(days=1)
        )


def _comment(loaded: Loaded, row: dict[str, Any], author: Resident) -> Comment:
    at = _at(row["on"])
    return comment_on_idea(idea=loaded.ideas[row["idea"]], author=author, text=row["text"], at=at)


def _report(idea: Idea, comment: Comment | None, source: str, words: str, by: Resident, at: datetime) -> None:
    raise_flag(idea=idea, comment=comment, source=source, words=words, by=by, at=at)


def _people(loaded: Loaded, rng: Random, count: int) -> list[Resident]:
    """Different residents, none of whom a visitor can be."""
    return rng.sample([each for each in loaded.residents if each.account_id is None], count)


def _at(day: date, *, hours: int = 0) -> datetime:
    """From nine in the morning of that day."""
    return datetime.combine(day, time(9), LONDON) + timedelta(hours=hours)
