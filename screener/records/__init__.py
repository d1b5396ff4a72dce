"""Signed records, and what the program asks of a store."""
