"""Rules and sources: what the open content holds, with its words, its files, its cases and a place to try."""
