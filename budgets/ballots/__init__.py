"""Ballots: money put to a public vote. Set up, opened, cast online and on paper, closed, counted and published.

It knows who may vote and who has voted, and what was chosen, and refuses to know both of the same person. It counts
with `budgets.count` and moves money only through the verbs of `budgets.actions`.
"""
