"""What moderation shows: words that are quoted, and the yearly figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.moments import end
from engage.kit.text import paragraphs
from ideas.display.discuss import author_name
from ideas.models import Comment, Flag, Idea
from ideas.queries import Author, ModeratedYear, Waiting


def quoted(comment: Comment) -> dict[str, Any]:
    """For the `comment` component: the words whatever became of them, and nothing that can be done with them."""
    return {
        "author": author_name(comment),
        "body_html": paragraphs(comment.text),
        "at": comment.written_at,
        "official": comment.official,
    }


def quoted_thing(idea: Idea, comment: Comment | None = None) -> dict[str, Any]:
    """What was said in full and where, for the back office. `key` names it in a form."""
    thing = comment or idea
    return {
        "key": f"comment-{comment.pk}" if comment else f"idea-{idea.pk}",
        "kind": _("Comment") if comment else _("Idea"),
        "idea": idea.title,
        "url": f"{idea.words_url}#comment-{comment.pk}" if comment else idea.words_url,
        "author": str(thing.author) if thing.author else _("A resident"),
        "official": comment is not None and comment.official,
        "at": comment.written_at if comment else idea.suggested_at,
        "held": thing.held_at is not None,
        "body_html": paragraphs(comment.text if comment else idea.description),
    }


def waiting_row(waiting: Waiting) -> dict[str, Any]:
    """One row of the queue: the thing, why it is there, and who wrote it."""
    author = waiting.author
    return {
        **quoted_thing(waiting.idea, waiting.comment),
        "place": waiting.idea.place.name,
        "call": waiting.idea.call.title if waiting.idea.call else "",
        "since": waiting.flags[0].raised_at,
        "flags": [flag_row(flag) for flag in waiting.flags],
        "number": author.resident.pk if author else None,
        "history": _history(author) if author else "",
        "can_be_blocked": author is not None and author.blocked_until is None,
    }


def flag_row(flag: Flag) -> dict[str, Any]:
    return {
        "source": flag.get_source_display(),
        "words": flag.words,
        "by": str(flag.raised_by) if flag.raised_by else "",
        "at": flag.raised_at,
    }


def _history(author: Author) -> str:
    """Posts so far, how many were removed, and whether they are blocked, as one sentence each."""
    posts = ngettext("%(n)d post so far.", "%(n)d posts so far.", author.posts) % {"n": author.posts}
    removed = (
        ngettext("%(n)d was removed.", "%(n)d were removed.", author.removed) % {"n": author.removed}
        if author.removed
        else _("None was removed.")
    )
    blocked = _("Blocked until %(end)s.") % {"end": end(author.blocked_until)} if author.blocked_until else ""
    return " ".join(filter(None, (posts, removed, blocked)))


def moderation_table(years: Sequence[ModeratedYear]) -> dict[str, Any]:
    """For the `stat_table` component: a year a row."""
    return {
        "columns": [
            _("Year"),
            _("Reports"),
            _("Looked at and kept"),
            _("Removed"),
            _("Put back"),
            _("Appeals"),
            _("Appeals that were right"),
            _("Blocks"),
            _("Half were settled within"),
        ],
        "numeric_columns": list(range(1, 9)),
        "rows": [
            [
                year.year,
                *(
                    f"{number:,}"
                    for number in (
                        year.reports,
                        year.kept,
                        year.removed,
                        year.put_back,
                        year.appeals,
                        year.appeals_upheld,
                        year.blocks,
                    )
                ),
                time_words(year.median),
            ]
            for year in years
        ],
    }


def removal_reasons_table(years: Sequence[ModeratedYear]) -> dict[str, Any]:
    """For the `stat_table` component: a rule a row, a year a column."""
    rules = sorted({rule for year in years for rule in year.removed_because})
    return {
        "columns": [_("Rule"), *(str(year.year) for year in years)],
        "numeric_columns": list(range(1, len(years) + 1)),
        "rows": [[rule, *(f"{year.removed_because.get(rule, 0):,}" for year in years)] for rule in rules],
    }


def time_words(time: timedelta | None) -> str:
    """To the minute below an hour, to the hour below two days, else to the day."""
    if time is None:
        return "–"
    minutes = max(1, round(time / timedelta(minutes=1)))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
