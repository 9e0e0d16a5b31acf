"""What groups are asked to tell of what their grant did, in plain words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.impact.enums import Level
from budgets.impact.queries import Asked
from budgets.impact.rules.levels import From
from engage.kit.money import pounds

ASKED = {
    Level.COUNTS: gettext_lazy(
        "Numbers for what you said you would count, and what changed in your own words."
    ),
    Level.BEFORE_AND_AFTER: gettext_lazy(
        "At least one thing measured before and after: of how many people, and how you measured it."
    ),
    Level.VALUE_MAP: gettext_lazy("What each outcome is worth. We work that out together with you."),
}


def level_rows(amounts: From) -> list[dict[str, str]]:
    """For `summary_list`: from which amount on what is asked."""
    begins = {
        Level.COUNTS: _("Every grant"),
        Level.BEFORE_AND_AFTER: _("From %(amount)s") % {"amount": pounds(amounts.before_and_after)},
        Level.VALUE_MAP: _("From %(amount)s") % {"amount": pounds(amounts.value_map)},
    }
    same = _("The same, and:")
    return [
        {"label": begins[level], "text": str(words) if level == Level.COUNTS else f"{same} {words}"}
        for level, words in ASKED.items()
    ]


def asked_words(asked: Asked) -> dict[str, Any]:
    """For a group that applies or has been awarded money: what it tells us when the project is done."""
    return {
        "title": _("What you tell us afterwards"),
        "why": _("For a grant of %(amount)s we ask for this, in the last report at the latest:")
        % {"amount": pounds(asked.pence)},
        "lines": _lines_of(asked.level),
        "when": "" if asked.level == Level.COUNTS else _("So measure or ask once before you begin."),
    }


def report_words(asked: Asked, *, final: bool) -> dict[str, Any]:
    """For whoever writes a report, and whoever reads it: what it must say."""
    later = [] if final else _lines_of(asked.level)[1:]
    return {
        "title": _("What this report must say"),
        "why": _("For a grant of %(amount)s we ask for this:") % {"amount": pounds(asked.pence)},
        "lines": _lines_of(asked.level) if final else _lines_of(Level.COUNTS),
        "when": _("The last report also needs this: %(more)s") % {"more": " ".join(later)} if later else "",
    }


def lacking_words(asked: Asked) -> str:
    """What the last report lacks, as a sentence for the officer who reads it."""
    if asked.is_told:
        return ""
    missing = {
        Level.BEFORE_AND_AFTER: _(
            "For a grant of %(amount)s something measured before and after is asked for, and none is written down."
            " Write it down under Impact, Before and after (its result under the award first), or say why less is"
            " enough."
        ),
        Level.VALUE_MAP: _(
            "For a grant of %(amount)s a value map is asked for, and none of what really happened is published."
            " Publish it under Impact, Value maps, or say why less is enough."
        ),
    }
    return missing[asked.level] % {"amount": pounds(asked.pence)}


def _lines_of(level: Level) -> list[str]:
    order = list(Level)
    return [str(ASKED[each]) for each in order[: order.index(level) + 1]]
