"""One widget for each answer kind; `field_for` finds it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from screener.forms.model import Question
from screener.rules.values import Kind
from screener.ui.fields.base import Field, Setting
from screener.ui.fields.choosing import ChoiceField, ChoicesField, is_column
from screener.ui.fields.instrument import InstrumentField
from screener.ui.fields.medicines import MedicinesField
from screener.ui.fields.readings import ReadingsField
from screener.ui.fields.typing import DateField, DateTimeField, NumberField, TextField, TimeField

FIELDS: dict[Kind, Callable[[Question, Setting, QWidget | None], Field]] = {
    Kind.YES_NO: ChoiceField,
    Kind.CHOICE: ChoiceField,
    Kind.CHOICES: ChoicesField,
    Kind.NUMBER: NumberField,
    Kind.DATE: DateField,
    Kind.TIME: TimeField,
    Kind.DATETIME: DateTimeField,
    Kind.TEXT: TextField,
    Kind.READINGS: ReadingsField,
    Kind.MEDICINES: MedicinesField,
    Kind.INSTRUMENT: InstrumentField,
}
"""Derived values are shown by the card."""


_WIDE = (
    Kind.READINGS,
    Kind.TEXT,
    Kind.CHOICES,
    Kind.MEDICINES,
    Kind.INSTRUMENT,
    Kind.DATE,
    Kind.DATETIME,
)


def takes_width(question: Question) -> bool:
    """Whether its widget takes the whole width, with what was understood beside it: what else is said stands below.

    A column of options does too: what stood beside it would stand in the middle of nowhere.
    """
    return question.kind in _WIDE or (question.kind is Kind.CHOICE and is_column(question))


def field_for(question: Question, setting: Setting, parent: QWidget | None = None) -> Field:
    """The widget that shows and hears one question."""
    return FIELDS[question.kind](question, setting, parent)
