"""An instrument's result as columns: each item, and of each score what is certain and what was written down."""

from __future__ import annotations

from typing import Any

from screener.exchange.dataset.parts import Cell, Part
from screener.exchange.dataset.rounding import rounded
from screener.forms.answering import read_value
from screener.forms.model import Question
from screener.rules.scores import TOTAL
from screener.rules.values import InstrumentResult

_SCORE = ("", ".low", ".high")


def instrument_fixed(question: Question) -> tuple[Part, ...]:
    """Every score and every item that the instrument has."""
    scoring = question.scoring
    if scoring is None:
        return ()
    scores = [instrument_part(question, f"{score}{end}") for score in scoring.scores for end in _SCORE]
    return (*scores, *(instrument_part(question, f"item.{item}") for item in scoring.items))


def instrument_part(question: Question, name: str) -> Part:
    """A column by its name: `item.3`, `total`, `total.low`, `total.high`, `total.given`."""
    scoring = question.scoring
    items, scores = ((), ()) if scoring is None else (tuple(scoring.items), tuple(scoring.scores))
    if name.startswith("item."):
        item = name.removeprefix("item.")
        title = "" if scoring is None else scoring.titles.get(item, "")
        return Part(name, "number", f"Item {item}{f': {title}' if title else ''}", order=(2, _place(items, item), name))
    score, _, end = name.partition(".")
    title = score if scoring is None else scoring.title_of(score)
    holds = {
        "": f"{title}: the figure, where what was recorded makes it certain",
        "low": f"{title}: the least that it can be",
        "high": f"{title}: the most that it can be",
        "given": f"{title}: as it was written down",
    }[end]
    order = (1, _place(scores, score), score, ("", "low", "high", "given").index(end))
    return Part(name, "number", holds, order=order)


def _place(known: tuple[str, ...], name: str) -> int:
    return known.index(name) if name in known else len(known)


def instrument_cells(question: Question, raw: Any) -> dict[str, Cell]:
    """What was recorded of it, and what its items make certain."""
    value = read_value(question, raw)
    assert isinstance(value, InstrumentResult)
    cells: dict[str, Cell] = {f"item.{item}": figure for item, figure in value.items}
    scoring = question.scoring
    main = TOTAL if scoring is None else scoring.main
    given = dict(value.scores) | ({} if value.total is None else {main: value.total})
    cells |= {f"{score}.given": figure for score, figure in given.items()}
    for score in () if scoring is None else scoring.scores:
        span = scoring.score(value, score) if scoring is not None else None
        if span is not None:
            low, high = rounded(span.low), rounded(span.high)
            cells |= {score: low if span.low == span.high else None, f"{score}.low": low, f"{score}.high": high}
    return cells
