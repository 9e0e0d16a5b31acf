"""Ideas, what became of them, what was said about them, and who supports them."""

from __future__ import annotations

from itertools import chain

from engage.accounts.models import Account
from engage.demo.loaded import Loaded
from engage.demo.plan import Change, Remark, Suggestion, remarks, suggestions
from engage.demo.steps.calls import call_for, replies_for, within_limits
from engage.kit.progress import track
from engage.residents.models import Resident
from ideas.actions import change_status, comment_on_idea, recount, suggest_idea
from ideas.models import Call, Comment, Idea, Support


def load_ideas(loaded: Loaded) -> None:
    """Each event in the order in which it happened, through the verbs that residents and officers use."""
    calls = list(Call.objects.prefetch_related("phases", "places", "themes", "questions"))
    for plan in track(suggestions(), "Ideas"):
        call = call_for(plan, calls)
        loaded.ideas[plan.title] = suggest_idea(
            author=loaded.residents[plan.author],
            title=plan.title,
            description=plan.text,
            at=plan.at,
            place=loaded.places[plan.division],
            theme=loaded.themes[plan.theme],
            call=call,
            replies=replies_for(plan, call),
            pin=plan.pin,
        )
    changes = sorted(
        ((change, plan) for plan in suggestions() for change in plan.changes), key=lambda pair: pair[0].at
    )
    for change, plan in track(changes, "Answers"):
        _change(loaded, change, plan)


def load_remarks(loaded: Loaded) -> None:
    every = [(title, remark) for title, each in remarks().items() for remark in each]
    for title, remark in track(every, "Comments"):
        said = _say(loaded, title, remark)
        for reply in remark.replies:
            _say(loaded, title, reply, parent=said)


def _say(loaded: Loaded, title: str, remark: Remark, parent: Comment | None = None) -> Comment:
    official = isinstance(remark.who, str)
    author: Resident = (
        loaded.voices[remark.who] if isinstance(remark.who, str) else loaded.residents[remark.who]
    )
    return comment_on_idea(
        idea=loaded.ideas[title],
        author=author,
        text=remark.text,
        stance=remark.stance,
        parent=parent,
        at=remark.at,
        official=official,
    )


def load_supports(loaded: Loaded) -> None:
    """Some thousands of rows at once; `recount` then makes the counters agree with them."""
    rows = chain.from_iterable(
        (
            Support(idea=loaded.ideas[plan.title], resident=loaded.residents[index], given_at=at)
            for index, at in plan.supporters
        )
        for plan in suggestions()
    )
    Support.objects.bulk_create(within_limits(rows), batch_size=2000)
    recount()
    fresh = Idea.objects.in_bulk([idea.pk for idea in loaded.ideas.values()])
    loaded.ideas = {title: fresh[idea.pk] for title, idea in loaded.ideas.items()}


def _change(loaded: Loaded, change: Change, plan: Suggestion) -> None:
    officer: Account = loaded.officer
    change_status(
        idea=loaded.ideas[plan.title], status=change.status, reason=change.reason, by=officer, at=change.at
    )
