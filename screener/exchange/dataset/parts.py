"""Columns before they stand in a table: what each holds, in which type, under which codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from screener.forms.words import STATE_WORDS
from screener.rules.values import State

Cell = str | int | Decimal | date | time | datetime | None
"""What stands in a cell. None is an empty one: why it is empty says the state beside it."""
Type = Literal["text", "code", "number", "whole", "flag", "date", "time", "moment"]
TYPE_WORDS: dict[Type, str] = {
    "text": "text",
    "code": "code",
    "number": "number",
    "whole": "whole number",
    "flag": "0 or 1",
    "date": "date",
    "time": "time of day",
    "moment": "date and time",
}
Codes = tuple[tuple[str, str], ...]

HIDDEN, NOT_IN_FORM, NOT_READ, NOT_WORKED_OUT = "hidden", "not_in_form", "not_read", "not_worked_out"
STATES: Codes = (
    *((str(state), STATE_WORDS[state]) for state in State if state is not State.NOT_APPLICABLE),
    (HIDDEN, "not shown: another answer hides it"),
    (NOT_IN_FORM, "not among the questions of this screening: another pathway, or other content"),
    (NOT_WORKED_OUT, "worked out from other answers, which do not tell it"),
    (NOT_READ, "answered, in a way that the content at hand does not read: see the record"),
)
"""How a question can stand. Its value is there where the state is `answered`, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a question. `name` follows the question's id; the value alone has none."""

    name: str
    type: Type
    holds: str
    codes: Codes = ()
    unit: str = ""
    loinc: str = ""
    order: tuple[int | str, ...] = ()
    """Where it stands among the question's columns."""

    def column(self, of: str) -> str:
        return f"{of}.{self.name}" if self.name else of


STATE = Part("state", "code", "How the question stands", STATES, order=(0,))
ACCOUNTS = Part("accounts", "whole", "How many accounts were given, where there was more than one", order=(8,))
NOTE = Part("note", "text", "Notes to the answer", order=(9,))
