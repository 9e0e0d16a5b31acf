"""Councillors: the people elected, and the terms they serve for a place. It refuses to know their budgets."""
