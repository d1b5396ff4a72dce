"""A rehearsal as it is kept: what happened, in order, in a plain file that says that its patient is made up."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0)]
"""Since the rehearsal began, without its pauses."""


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Seconds


class Asked(_Event):
    """A question was put on the patient card. `fact` and `told`: the words that came out, where the story has some."""

    kind: Literal["asked"] = "asked"
    question: str
    to: str
    openly: bool = False
    alone: bool = False
    words: str = ""
    fact: str = ""
    told: int | None = None


class Shown(_Event):
    """A paper or bottle was asked for, and seen."""

    kind: Literal["shown"] = "shown"
    paper: str


class Figure(_Event):
    """Something was measured; `place` among the scenario's figures."""

    kind: Literal["measured"] = "measured"
    place: int


class Turned(_Event):
    """A theme was opened."""

    kind: Literal["turned"] = "turned"
    theme: str


class Recorded(_Event):
    """A step of the screening, as its journal has it."""

    kind: Literal["recorded"] = "recorded"
    step: dict[str, Any]


class Predicted(_Event):
    """What the class thinks is on the list, before it is shown."""

    kind: Literal["predicted"] = "predicted"
    words: str


class Uncovered(_Event):
    """The list was shown after the guesses."""

    kind: Literal["uncovered"] = "uncovered"


class Hinted(_Event):
    """A hint was asked for."""

    kind: Literal["hinted"] = "hinted"
    words: str


class BrokeIn(_Event):
    """The interruption of the scenario came."""

    kind: Literal["broke in"] = "broke in"


class Paused(_Event):
    """The rehearsal was put aside, to go on another time."""

    kind: Literal["paused"] = "paused"
    moment: str


class Wrote(_Event):
    """What the trainee wrote before the key was shown."""

    kind: Literal["wrote"] = "wrote"
    words: str


Event = Annotated[
    Asked | Shown | Figure | Turned | Recorded | Predicted | Uncovered | Hinted | BrokeIn | Paused | Wrote,
    Field(discriminator="kind"),
]


class Rehearsal(BaseModel):
    """Everything of one rehearsal. `made_up` can be nothing but true: the file is of no person.

    `opening`: as the screening's `Opening.to_json`. `cut_min`: the minutes that it was shortened to; None: all of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["screener rehearsal 1"] = "screener rehearsal 1"
    made_up: Literal[True] = True
    scenario: str
    scenario_hash: str
    """Of the scenario's file as it was when the rehearsal began."""
    mode: Literal["play", "practise"]
    cut_min: Literal[10, 20, 40] | None = None
    begun_at: str
    opening: dict[str, Any]
    given_before: tuple[str, ...] = ()
    """Questions that were answered before it began, because it was shortened."""
    events: tuple[Event, ...] = ()
    signed_at: Seconds | None = None
