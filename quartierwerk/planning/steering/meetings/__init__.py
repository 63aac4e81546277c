"""Planning a meeting: when, where, of which group; cancelling it."""
