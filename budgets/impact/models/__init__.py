from budgets.impact.models.before_after import BeforeAfter
from budgets.impact.models.levels import Levels
from budgets.impact.models.proxy import Proxy
from budgets.impact.models.rate import DiscountRate
from budgets.impact.models.value_map import ValueInput, ValueLine, ValueMap
from budgets.impact.models.word import Tally, Word

__all__ = [
    "BeforeAfter",
    "DiscountRate",
    "Levels",
    "Proxy",
    "Tally",
    "ValueInput",
    "ValueLine",
    "ValueMap",
    "Word",
]
