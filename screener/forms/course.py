"""The course of a day with a dose, as content: which answers tell it, and when a source has something measured next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from screener.forms.content import Content, DottedId, Id, Text

Phase = Literal["screening", "before", "about_40_min", "leaving"]


class Due(Content):
    """A reading that a source names for so many minutes after the dose."""

    phase: Phase
    after_min: Annotated[int, Field(gt=0, le=24 * 60)]
    products: Annotated[tuple[str, ...], Field(min_length=1)]
    """Options of the course's `product`: the products that the source speaks of."""
    asked_whether: DottedId | None = None
    """A yes_no that asks whether it was measured: a recorded reading answers it."""
    asked_at: DottedId | None = None
    """A datetime that asks when it was measured: the time of the recorded reading answers it."""
    around_min: Annotated[int, Field(ge=0, le=60)] = 0
    """So many minutes before and after that moment a new reading is offered as this one: a choice of the form."""
    source: Id
    at: str = ""
    """The place in the source."""
    basis: str = ""
    says: Text
    """What the source says of it, in our words."""


Part = Literal["systolic", "diastolic"]


class LastSession(Content):
    """The questions on the readings of the last session: an earlier record that holds them is offered there."""

    had: DottedId
    """A yes_no: whether there was one with readings before and after the dose."""
    before: Mapping[Part, DottedId]
    """Numbers: the pressure before the dose, the lowest where there are several readings."""
    highest: Mapping[Part, DottedId]
    """Numbers: the highest after it."""


class WithoutMedicines(Content):
    """What somebody who takes no medicine at all is not asked again: a whole list without one answers it."""

    list: DottedId
    """The medicines."""
    complete: DottedId
    """A yes_no: whether that is all."""
    answers: Annotated[Mapping[DottedId, Id], Field(min_length=1)]
    """Choices, each with the option that says that there is no such medicine."""


class Course(Content):
    """The questions that tell how far a dose day has come. A pathway that has one is a dose-day pathway.

    What is due after the dose stands in `due` alone: where nothing does, nothing is due.
    """

    readings: DottedId
    given_at: DottedId
    """When the dose was given."""
    left_at: DottedId
    """When the person left."""
    product: DottedId
    """A choice: what was given."""
    names: Mapping[str, tuple[Text, ...]] = Field(default_factory=dict)
    """Options of `product`, each with what the product of a visit is called that answers it with them."""
    planned_at: DottedId | None = None
    """A datetime, which is typed in one line with the yes_no above it: when the dose is planned."""
    saturation: DottedId | None = None
    """A number in percent: a figure with a percent sign behind a reading is recorded here."""
    without_medicines: WithoutMedicines | None = None
    last_session: LastSession | None = None
    due: tuple[Due, ...] = ()

    def named(self, product: str) -> str | None:
        """The option that the product of a visit, as it is written there, answers `product` with."""
        wanted = product.strip().casefold()
        return next((name for name, texts in self.names.items() if wanted in map(str.casefold, texts)), None)
