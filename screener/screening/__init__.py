"""One screening: its answers, steps, history, review."""
