"""One trend on screen, wherever it stands: a chart, and beside it the same figures as a table."""
