"""The window around a screening: first start, unlocking, the list of screenings, beginning one, settings."""
