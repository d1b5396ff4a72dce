"""The codebook: a row for each column of each table, with what it is about, its words, codes, unit and states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.exchange.dataset.parts import STATES, TYPE_WORDS, Cell, Codes
from screener.exchange.dataset.plan import OUTCOMES, Column, Plan

HEADER = (
    "table",
    "column",
    "about",
    "theme",
    "label",
    "words",
    "kind",
    "holds",
    "type",
    "unit",
    "codes",
    "loinc",
    "pathways",
)
NOTE = "(note)"
_NOTES = (
    "An empty cell says nothing by itself: why it is empty says the column that ends with .state. A question has a "
    "value where its state is answered, and nowhere else.",
    "Where accounts differ, the one that the clinician named as used is told here; where none was named, the state is "
    "differing and there is no value. Every account stands in the record.",
    "One row is one screening; of a screening that was signed in parts it is the part that was signed last.",
    "In CSV a text that begins with = + - or @ has a ' before it, so that no spreadsheet works it out. Figures are "
    "never changed. In Parquet texts are as they were typed.",
)
_SAID_ONCE = {STATES: "states", OUTCOMES: "outcomes"}
"""Codes of so many columns that they stand among the notes."""
_REDACTED = (
    "Redacted: no reference, id, name, note or typed text, of every date its year alone; rows are in no order of time. "
    "What is left can still point to a person who is known otherwise."
)


def rows(plan: Plan, tables: Iterable[tuple[str, Iterable[Column]]]) -> Iterator[list[Cell]]:
    """The rows, notes first."""
    for note in _notes(plan):
        yield ["", NOTE, "", "", "", note, *[""] * 7]
    for table, columns in tables:
        for column in columns:
            yield _row(plan, table, column)


def _notes(plan: Plan) -> Iterator[str]:
    if plan.redacted:
        yield _REDACTED
    yield from _NOTES
    for codes, name in _SAID_ONCE.items():
        yield f"Codes of {name}: {_codes(codes)}"
    for pack, many in plan.packs.items():
        yield f"Made with pack {pack}: {many} of {plan.lines} screening{'' if plan.lines == 1 else 's'}."
    if plan.standing:
        yield plan.standing


def _row(plan: Plan, table: str, column: Column) -> list[Cell]:
    asked, part = column.asked, column.part
    rule = plan.pack.rules.get(column.of) if asked is None else None
    theme = asked.theme if asked is not None else "" if rule is None else plan.pack.theme_of[rule.id].title
    question = None if asked is None else plan.question(asked)
    label = asked.label if asked is not None else "" if rule is None else rule.title
    return [
        table,
        column.name,
        column.of,
        theme,
        label,
        asked.text if asked is not None else part.holds,
        "" if asked is None else str(asked.kind),
        part.holds,
        TYPE_WORDS[part.type],
        part.unit,
        f"{_SAID_ONCE[part.codes]}: see the notes" if part.codes in _SAID_ONCE else _codes(part.codes),
        "" if question is None else _loinc(plan, question.instrument, part.name),
        " ".join(sorted(plan.pathways.get(column.of, ()))),
    ]


def _codes(codes: Codes) -> str:
    return "; ".join(f"{code} = {words}" for code, words in codes)


def _loinc(plan: Plan, instrument: str | None, part: str) -> str:
    """The code that the content has for a score; beside the state the panel's."""
    found = next((one for one in plan.pack.instruments if one.id == instrument), None)
    if found is None:
        return ""
    return found.loinc.get("panel" if part == "state" else part.removeprefix("item."), "")
