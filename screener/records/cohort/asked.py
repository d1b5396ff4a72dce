"""One question of a map, ready to be read: the columns that it is read from, and how."""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.model import Question
from screener.records.cohort.medicine_cells import MedicineCells
from screener.records.cohort.told import Read


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its columns, in the order that `read` takes their texts."""

    question: Question
    columns: tuple[str, ...]
    read: Read
    medicines: MedicineCells | None = None

    @property
    def width(self) -> int:
        return len(self.columns)
