"""The same rules over columns: one array a question instead of one answer, for many records at once.

    states      how each record stands to a question, as small whole numbers
    column      what every column has; a column that holds nothing
    options     yes_no, choice and text; choices
    figures     numbers, what is worked out from them, dates, times, moments
    readings    repeated readings, as many a record as there are
    medicines   lists of medicines, each distinct entry once
    instruments items, total and further scores
    masks       two rails of truth, known to be YES and known to be NO, and strong Kleene logic over them
    facts       the columns as the logic sees them, and the day of each visit
    leaves      single tests; `comparing`, `spans`, `statistics`, `taking` and `scoring` are those of the kinds
    tree        conditions over columns: each distinct part once

A column of n records is a `state` for each and arrays of values that are read only where the state is ANSWERED. Nothing
is rounded: a number that does not fit its column's scale stands under `odd` with its row, and is judged by the very
functions that judge single answers. `Class.of(states, values)` makes a column of values as the live engine takes them;
a table fills the arrays itself. `column.value(row)` gives a value back.

Everything here loads numpy, so nothing that runs at a visit imports it.
"""
