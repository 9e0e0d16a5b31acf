"""Counting a ballot: pure functions from a frozen instance to a result that says why, for every project.

It needs numpy and nothing else of ours: no Django, no database, no clock. `python -m budgets.count FILE.pb` counts a
published file again anywhere, and the same input gives the same bytes whatever the order of its ballots.

    instance = read(content)                  from the bytes or the text of a `.pb` file; BadFile has line and reason
    instance = Instance.of(budget=…, projects=[Project(…)], ballots=[Ballot(…)], vote_type=…, unit=100)
    rule = parse("greedy")                    a preset or a whole line, see rule.py; str(rule) is the whole line again
    rule = sealed(rule, seed)                 with the seed of its lot, in hexadecimal: lot becomes lot:5f3c…
    rule = rule_of(instance)                  the rule that a file says it was counted by, or None; UnknownRule when
                                              its seed is not the promised one
    counted = count(instance, rule)           a Count: winners in order, cost, ties, and a Turn with its Fate for each
    reason(counted.rule, turn)                why, as words to translate with gaps; .said(money=…, project=…) fills them
    document(instance, counted)               the whole result as bytes, with hashes of what went in and came out
    turns_in(json.loads(result))              the turns that such a document holds
    write(instance, selected=…)               the instance as the text of a `.pb` file that reads back the same
    compare(instance, [rule, …])              what each rule would have funded, side by side
    by_place(instance, counted)               what each neighbourhood got and whose shares paid, never of a few

Amounts are whole minor units (pence), of which `unit` make one of the currency. All that decides is exact.
"""

from budgets.count.compare import Comparison, Side, compare
from budgets.count.counting import Count, Tie, count
from budgets.count.greedy import Fate, Turn
from budgets.count.groups import Payers, Place, by_place
from budgets.count.instance import Ballot, Instance, Project, VoteType
from budgets.count.pabulib import BadFile, read
from budgets.count.reasons import Reason, reason
from budgets.count.result import ENGINE, document, input_hash, turns_in
from budgets.count.rule import PRESETS, Rule, UnknownRule, drawn, mixed, parse, rule_of, sealed
from budgets.count.shares import Round, Shares
from budgets.count.writing import write

__all__ = [
    "ENGINE",
    "PRESETS",
    "BadFile",
    "Ballot",
    "Comparison",
    "Count",
    "Fate",
    "Instance",
    "Payers",
    "Place",
    "Project",
    "Reason",
    "Round",
    "Rule",
    "Shares",
    "Side",
    "Tie",
    "Turn",
    "UnknownRule",
    "VoteType",
    "by_place",
    "compare",
    "count",
    "document",
    "drawn",
    "input_hash",
    "mixed",
    "parse",
    "read",
    "reason",
    "rule_of",
    "sealed",
    "turns_in",
    "write",
]
