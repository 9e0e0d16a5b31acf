"""Pure decisions: when a digest goes out, what belongs together in it."""
