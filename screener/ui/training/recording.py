"""Gives what a script records to a screening, the way that a person gives it."""

from __future__ import annotations

from collections.abc import Iterable

from screener.training.script import Record
from screener.ui.session_controller import SessionController


def give(controller: SessionController, records: Iterable[Record]) -> None:
    """Record accounts one after the other; as `screener.training.script.give`, through the window's one way."""
    for record in records:
        if record.alone:
            controller.clear(record.question)
        if record.raw is None:
            controller.clear(record.question, by=record.by)
        else:
            controller.answer(record.question, record.raw, by=record.by, note=record.note)
        if record.uses:
            controller.use_account(record.question, record.uses)
