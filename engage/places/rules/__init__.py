"""Decisions about areas: values in, values out; no database, no clock."""
