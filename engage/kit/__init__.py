"""The kit: money, decisions, guards, base pages and blocks that every part shares.

It imports nothing of ours, and refuses to know what a budget, an idea or a course is.
"""
