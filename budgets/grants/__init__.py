"""Grants from locality budgets: the scheme, who applies, who checks and decides, how it is paid and what was reported.

It moves money only through the verbs of `budgets.actions`. It knows nothing of social value (`budgets.impact`).
"""
