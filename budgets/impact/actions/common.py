"""The sentences of what the database refuses."""

from django.utils.translation import gettext_lazy as _

from engage.kit.refusals import Refusals

REFUSALS: Refusals = {
    "value_map_once_per_kind": (
        _("This award already has such a value map. Change that one instead."),
        409,
        "kind",
    ),
    "value_map_says_who_was_asked": (
        _("Say who was asked, and how: a value map without the people it is about is a guess."),
        422,
        "asked",
    ),
    "value_line_shares": (_("Each percentage is a number from 0 to 100."), 422, None),
    "value_line_amounts": (_("The quantity is 0 or more, the duration from 1 to 75 years."), 422, None),
    "value_line_gives_reasons": (
        _("Say how you know: where each of these percentages comes from."),
        422,
        "reasons",
    ),
    "value_input_money_or_hours": (
        _("Give hours and what one of them is worth for volunteers’ time, and an amount for all else."),
        422,
        "pence",
    ),
    "before_after_somebody_asked": (_("Say how many were asked or measured."), 422, "people"),
    "before_after_says_how": (_("Say what was measured, and how."), 422, "how"),
    "levels_in_order": (
        _("Both amounts are above £0, and a value map is not asked for below “before and after”."),
        422,
        "value_map_pence",
    ),
    "word_against_says_why": (_("Choose why you disagree."), 422, "doubt"),
    "discount_rate_not_negative": (_("A rate is 0 or more, and its first year 1 or more."), 422, "percent"),
}
