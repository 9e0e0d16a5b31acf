"""What is new, as entries of an Atom feed. Nobody's name is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from engage.kit.feeds import Entry
from engage.kit.text import excerpt
from ideas.models import Call, Comment, Idea
from ideas.queries import IdeaNews

# From an address on this site to one that says where it is.
type Absolute = Callable[[str], str]


def idea_entries(ideas: Iterable[Idea], absolute: Absolute) -> list[Entry]:
    return [
        Entry(
            title=idea.title,
            address=absolute(idea.get_absolute_url()),
            text=idea.description,
            at=idea.suggested_at,
            changed_at=idea.edited_at,
            kinds=[str(thing) for thing in (idea.place, idea.theme, idea.call) if thing],
        )
        for idea in ideas
    ]


def call_entries(calls: Iterable[Call], absolute: Absolute) -> list[Entry]:
    """Calls that have been announced, with their places and themes."""
    return [
        Entry(
            title=call.title,
            address=absolute(call.get_absolute_url()),
            text=call.explanation,
            at=call.announced_at,
            kinds=[str(thing) for thing in (*call.places.all(), *call.themes.all())],
        )
        for call in calls
        if call.announced_at is not None
    ]


def news_entries(news: IdeaNews, absolute: Absolute) -> list[Entry]:
    """What has happened to one idea and what was said about it, newest first; it was suggested at the very end."""
    page = absolute(news.idea.get_absolute_url())
    changes = [
        Entry(
            title=_("Status: %(status)s") % {"status": change.get_status_display()},
            address=f"{page}#change-{change.pk}",
            text=change.reason,
            at=change.changed_at,
        )
        for change in news.changes
    ]
    answers = [
        Entry(
            title=_("The council's answer: %(verdict)s") % {"verdict": answer.get_verdict_display()},
            address=f"{page}#answer-{answer.pk}",
            text="\n\n".join(filter(None, [answer.answer, answer.reason])),
            at=answer.answered_at,
        )
        for answer in news.answers
        if answer.answered_at is not None
    ]
    comments = [_comment_entry(comment, page) for comment in news.comments]
    found = [*idea_entries([news.idea], absolute), *changes, *answers, *comments]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _comment_entry(comment: Comment, page: str) -> Entry:
    kind = _("Official answer") if comment.official else _("Comment")
    return Entry(
        title=_("%(kind)s: %(words)s") % {"kind": kind, "words": excerpt(comment.text, 60)},
        address=f"{page}#comment-{comment.pk}",
        text=comment.text,
        at=comment.written_at,
        changed_at=comment.edited_at,
    )
