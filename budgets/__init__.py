"""Budgets: locality budgets and their journal, awards to groups, payments, outcomes.

Every pound is moved by an Entry and by nothing else; the database refuses what would overspend. It refuses to
know how pages are edited (cms) and who is told (reactions list that).
"""
