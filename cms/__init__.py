"""The frame around everything: editorial pages, site settings, navigation, search, blocks that embed live data.

It knows every app and nobody knows it. It refuses to hold a fact of its own: what it shows of budgets, ideas and
courses it asks them for each time.
"""
