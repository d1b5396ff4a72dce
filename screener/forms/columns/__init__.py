"""A pathway's rules over many records at once: answers as columns, what is shown, and every rule's outcome.

    answers      `Batch`, the recorded answers of n records by question, and `from_answers`, which makes one of records
    seen         the columns as the logic sees them: display conditions, derived values, lists that are not all
    deriving     each formula over columns
    evaluation   `ColumnRules`, the rules of a pathway under its profiles, and `Outcomes`, a matrix of rules and records

A table is made a `Batch` by filling the columns that its map names: `blank(question, records)` gives the class that a
question's answers stand in (see `screener.rules.columns`), and a question without a column is not asked. An outcome is
the live engine's for every record: `tests/forms/test_columns_agree.py` holds the two together.
"""
