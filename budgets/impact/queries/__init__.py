"""What pages ask about what money did: one object per page, the same number of queries however many rows there are."""

from budgets.impact.queries.asked import Asked, amounts_of, asked_of
from budgets.impact.queries.award import AwardImpact, Told, award_impact, outcome_of, words_of
from budgets.impact.queries.effect import Effect, effect_of
from budgets.impact.queries.statement import Statement, statement
from budgets.impact.queries.value_maps import (
    Mapped,
    as_rule,
    input_pence,
    line_as_rule,
    mapped,
    published_maps,
    rates,
    social_return,
    value_map_for_rule,
)
from budgets.impact.queries.where import KindShare, PlaceShare, WhereItWent, where_it_went

__all__ = [
    "Asked",
    "AwardImpact",
    "Effect",
    "KindShare",
    "Mapped",
    "PlaceShare",
    "Statement",
    "Told",
    "WhereItWent",
    "amounts_of",
    "as_rule",
    "asked_of",
    "award_impact",
    "effect_of",
    "input_pence",
    "line_as_rule",
    "mapped",
    "outcome_of",
    "published_maps",
    "rates",
    "social_return",
    "statement",
    "value_map_for_rule",
    "where_it_went",
    "words_of",
]
