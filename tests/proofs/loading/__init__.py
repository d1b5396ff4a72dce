"""Hostile and random inputs, and every place where the program reads what somebody else could have written."""
