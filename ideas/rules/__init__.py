"""Decisions about ideas: values in, values out; no database, no clock."""
