"""The readings that an item under review can depend on: for each phase a chart, and the same figures in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.answering import Account, Given
from screener.forms.model import Question
from screener.forms.words import by_words, reading_words
from screener.language import WINDOW, tr
from screener.rules.readings import in_phase
from screener.rules.values import Reading, Readings
from screener.ui.fields.base import Limit
from screener.ui.fields.chart import ReadingsChart
from screener.ui.fields.readings import said_of
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Card, Halves

_BESIDE_PX = 480


class ReadingsCard(Card):
    """Shows what was recorded, and in the chart the lines of the sources, named by whose they are.

    Where accounts differ, each of them stands here under the name of who gave it.
    """

    def __init__(self, question: Question, given: Given, limits: Sequence[Limit]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Figures: {title}").format(title=question.label))
        for account in given.accounts if given.differ else (given.effective,):
            who = f" · {by_words(account.by, WINDOW)}" if given.differ else ""
            self.body.addWidget(heading(question.label + who))
            for phase, readings in by_phase(Readings(readings_in(account))):
                self.body.addWidget(_chart_and_words(question.label + who, phase, readings, limits))


def readings_in(account: Account) -> tuple[Reading, ...]:
    """The readings of one account; none where it holds no value."""
    return account.value.items if isinstance(account.value, Readings) else ()


def by_phase(readings: Readings) -> Iterator[tuple[str | None, tuple[Reading, ...]]]:
    """The phases in which something was taken, each with its readings as rules read them."""
    phases = list(dict.fromkeys(reading.phase for reading in readings.items if reading.phase is not None))
    groups = [(phase, in_phase(readings, phase)) for phase in phases]
    rest = tuple(reading for reading in readings.items if not any(reading in group for _, group in groups))
    if rest:
        yield None, rest
    yield from groups


def _chart_and_words(name: str, phase: str | None, readings: tuple[Reading, ...], limits: Sequence[Limit]) -> Halves:
    counted, figures, spread = said_of(readings, phase)
    chart = ReadingsChart(name, limits)
    chart.show_readings(readings, f"{counted}: {figures}")
    said = [label(counted, "small", wrap=True), label(figures, "figure", wrap=True)]
    said += [label(spread, "small", wrap=True)] if spread else []
    said += [label(reading_words(reading, say=WINDOW), "muted", wrap=True) for reading in readings]
    return Halves(_column(chart), _column(*said), from_px=_BESIDE_PX)


def _column(*parts: QWidget) -> QWidget:
    """Parts one below the other, from the top."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return holder
