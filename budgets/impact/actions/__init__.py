"""What can be done: one file per journey; verbs are imported from here."""

from budgets.impact.actions.before_after import measure_before_after, remove_before_after
from budgets.impact.actions.levels import set_levels
from budgets.impact.actions.proxies import add_proxies, add_rates
from budgets.impact.actions.value_maps import (
    add_input,
    add_line,
    begin_value_map,
    change_input,
    change_line,
    change_value_map,
    publish_value_map,
    remove_input,
    remove_line,
    take_back_value_map,
)
from budgets.impact.actions.words import Said, say_of_outcome, take_back_word, take_words

__all__ = [
    "Said",
    "add_input",
    "add_line",
    "add_proxies",
    "add_rates",
    "begin_value_map",
    "change_input",
    "change_line",
    "change_value_map",
    "measure_before_after",
    "publish_value_map",
    "remove_before_after",
    "remove_input",
    "remove_line",
    "say_of_outcome",
    "set_levels",
    "take_back_value_map",
    "take_back_word",
    "take_words",
]
