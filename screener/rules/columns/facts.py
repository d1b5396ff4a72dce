"""What conditions over columns are evaluated against: the answers of many records as the logic sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from screener.rules.columns.column import Column, not_asked
from screener.rules.columns.states import Days
from screener.rules.expressions import Duration


class ColumnFacts:
    """The columns as the logic sees them, and the day of each visit. A question without a column is not asked."""

    __slots__ = ("_blank", "_starts", "columns", "days")

    def __init__(self, columns: Mapping[str, Column], days: Days) -> None:
        self.columns = dict(columns)
        self.days = days
        self._blank = not_asked(len(days))
        self._starts: dict[Duration, Days] = {}

    def __len__(self) -> int:
        return len(self.days)

    def of(self, question: str) -> Column:
        return self.columns.get(question, self._blank)

    def counted_back(self, length: Duration, work: Callable[[], Days]) -> Days:
        """Where a length ends that is counted back from the visit: worked out once for all that ask."""
        known = self._starts.get(length)
        if known is None:
            known = self._starts[length] = work()
        return known

    def day(self, row: int) -> date:
        return date.fromordinal(int(self.days[row]))
