"""The record: what happened, who did it, and where published facts came from. Append-only.

It refuses to know what the things are that it records: it keeps their type, id and a few details.
"""
