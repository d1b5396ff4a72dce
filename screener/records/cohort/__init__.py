"""A pack over a table of records: which columns are which questions, what came of each record, and how often."""
