"""A rehearsal as it is kept: what happened, in order, in a plain file that says that its patient is made up."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from screener.clock import Clock
from screener.forms.model import Pack
from screener.language import tr
from screener.refusals import why
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.text import WorldError

_KIND = "screener rehearsal "
FORMAT = "screener rehearsal 1"
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
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

    @property
    def key_was_seen(self) -> bool:
        """Whether somebody saw what there is to find: told before a class, or shown once the trainee had written."""
        return self.mode == "play" or any(isinstance(one, Wrote) for one in self.events)


MAX_BYTES = 20_000_000
"""A day of rehearsing is a small part of it."""
_OTHER = tr("Choose a file that a rehearsal was kept in.")


def text_of(rehearsal: Rehearsal) -> str:
    """A rehearsal as its file has it; the same rehearsal is the same text."""
    return json.dumps(rehearsal.model_dump(mode="json"), ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def read_rehearsal(file: Path) -> Rehearsal:
    """The rehearsal that a file holds. WorldError where it is none, or does not say that its patient is made up."""
    return rehearsal_of(_bytes(file), file.name)


def rehearsal_of(data: bytes, name: str) -> Rehearsal:
    """The rehearsal that these bytes hold; `name` is what the file is called where something is wrong with it."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise WorldError(tr("{name} holds no rehearsal: it cannot be read.").format(name=name), _OTHER) from None
    if not isinstance(raw, dict) or not str(raw.get("format", "")).startswith(_KIND):
        raise WorldError(tr("{name} holds no rehearsal.").format(name=name), _OTHER)
    if raw["format"] != FORMAT:
        raise WorldError(
            tr("{name} was kept by another version of Screener.").format(name=name),
            tr("Open it with the version that it was kept with."),
        )
    opening = raw.get("opening")
    if raw.get("made_up") is not True or not isinstance(opening, dict) or opening.get("made_up") is not True:
        raise WorldError(
            tr("{name} does not say that its patient is made up. It is not opened.").format(name=name), _OTHER
        )
    try:
        # What is read can be kept again as it is: half a character of a pair is no text, and infinity no number.
        json.dumps(raw, ensure_ascii=False, allow_nan=False).encode()
        found = Rehearsal.model_validate(raw)
        if datetime.fromisoformat(found.begun_at).tzinfo is None:
            raise ValueError("the moment knows no offset")
    except (ValidationError, ValueError, RecursionError) as wrong:
        raise WorldError(
            tr("{name} is not a whole rehearsal{where}.").format(name=name, where=_where(wrong)), _OTHER
        ) from None
    Opening.from_json(found.opening)
    return found


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise WorldError(tr("{name} cannot be read: {why}.").format(name=file.name, why=why(wrong)), _OTHER) from wrong
    if len(data) > MAX_BYTES:
        said = tr("{name} is larger than {max} MB: it holds no rehearsal.").format(
            name=file.name, max=MAX_BYTES // 1_000_000
        )
        raise WorldError(said, _OTHER)
    return data


def _where(wrong: Exception) -> str:
    """The place in the file that is not as it has to be, without what stands there."""
    if not isinstance(wrong, ValidationError):
        return ""
    place = " · ".join(str(part) for part in wrong.errors(include_url=False, include_input=False)[0]["loc"])
    return f" {tr('(see {place})').format(place=place[:80])}" if place else ""


def session_of(rehearsal: Rehearsal, pack: Pack, clock: Clock) -> Session:
    """The screening that the kept steps lead to. WorldError where this content has lost what it was begun with."""
    steps = [event.step for event in rehearsal.events if isinstance(event, Recorded)]
    return Session.replay(pack, Opening.from_json(rehearsal.opening), steps, clock)
