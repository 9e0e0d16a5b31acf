"""What moderation shows: words that are quoted, and the yearly figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.text import paragraphs
from ideas.display.discuss import author_name
from ideas.models import Comment
from ideas.queries import ModeratedYear


def quoted(comment: Comment) -> dict[str, Any]:
    """For the `comment` component: the words whatever became of them, and nothing that can be done with them."""
    return {
        "author": author_name(comment),
        "body_html": paragraphs(comment.text),
        "at": comment.written_at,
        "official": comment.official,
    }


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
