"""The play of a scenario: what a presenter goes through step by step, and what is recorded after so many steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from screener.forms.answering import informant
from screener.screening.answers import PATIENT, as_typed
from screener.screening.change import Change
from screener.screening.session import Session
from screener.training.amounts import briefly
from screener.training.scenario import Answers, Release

Cut = Literal[10, 20, 40]
CHART = "chart or letter"
"""The informant of what can be read on a paper."""
ALONE = "alone"
"""What stands as the room while nobody but the patient is there."""


class Kind(StrEnum):
    """What happens in a step."""

    OPENING = "opening"
    """The patient's first line."""
    TURN = "turn"
    """A theme is opened; what is ordinary in it is answered."""
    SAID = "said"
    """Words of the story come out."""
    ROOM = "room"
    """Somebody is asked to leave, or comes back."""
    PAPER = "paper"
    """A paper or a bottle is shown."""
    MEASURED = "measured"
    """A figure comes off the cuff or the scale."""
    BROKE_IN = "broke in"
    """The interruption."""
    DISCUSS = "discuss"
    """A pause with a question for the class."""
    PREDICT = "predict"
    """A pause in which the class says what it thinks is on the list."""
    END = "end"
    """Everything was said; the debrief follows."""


@dataclass(frozen=True, slots=True)
class Record:
    """One account as it is written down: a value, or `{"state": ...}`; None takes that account back.

    `uses`: the account that holds from then on, where they differ. `alone`: everything else recorded before goes.
    """

    question: str
    raw: Any
    by: str = PATIENT
    note: str = ""
    uses: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What happens with one press of a key, and what the presenter sees of it.

    `title`: of the fact, the theme, the paper or the figure. `cue`: the question as it is asked, or what the author
    asks at an interruption. `words`: what is said, by `by`, or can be read. `note`: the author's own. `room`: who
    else is there. `records`: what is written down, in this order.
    """

    kind: Kind
    title: str = ""
    cue: str = ""
    words: str = ""
    by: str = ""
    note: str = ""
    theme: str = ""
    room: str = ""
    records: tuple[Record, ...] = ()
    fact: str = ""
    told: int | None = None
    when: Release | None = None
    paper: str = ""
    place: int | None = None
    """Of a figure, among the scenario's figures."""
    minute: int | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions under which something is written down."""
        return tuple(dict.fromkeys(record.question for record in self.records))


@dataclass(frozen=True, slots=True)
class State:
    """What stands after so many steps: the answers as a scenario writes them, the open theme, who is in the room."""

    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    theme: str = ""
    room: str = ""


@dataclass(frozen=True)
class Script:
    """The whole play of a scenario, or of a shortened one. `before`: what is recorded when it begins."""

    scenario: str
    cut: Cut | None
    room: str
    before: tuple[Record, ...]
    steps: tuple[Step, ...]

    def state(self, number: int) -> State:
        """What stands after the first so many steps. Going back is the state of fewer."""
        return self._states[number]

    @cached_property
    def _states(self) -> tuple[State, ...]:
        held = Held()
        held.take(self.before)
        found = [State(held.answers, "", self.room)]
        for step in self.steps:
            held.take(step.records)
            found.append(State(held.answers, step.theme, step.room))
        return tuple(found)

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that are opened, in the order in which they first are."""
        return tuple(dict.fromkeys(step.theme for step in self.steps if step.kind is Kind.TURN))

    def jump(self, theme: str) -> int:
        """After how many steps a theme has just been opened first. KeyError where it never is."""
        for number, step in enumerate(self.steps, start=1):
            if step.kind is Kind.TURN and step.theme == theme:
                return number
        raise KeyError(theme)

    @property
    def given_before(self) -> tuple[str, ...]:
        """The questions that are answered before it begins."""
        return tuple(dict.fromkeys(record.question for record in self.before))


class Held:
    """Accounts by question and informant, as a screening holds them."""

    def __init__(self) -> None:
        self._accounts: dict[str, dict[str, Record]] = {}
        self._used: dict[str, str] = {}

    @property
    def answers(self) -> Mapping[str, Any]:
        """Everything held, by question, as a scenario writes answers."""
        return MappingProxyType(
            {
                name: briefly([_account(record) for record in accounts.values()], self._used.get(name))
                for name, accounts in self._accounts.items()
            }
        )

    def accounts(self, question: str) -> Mapping[str, Record]:
        """What is held under one question, by informant."""
        return self._accounts.get(question, {})

    def take(self, records: Iterable[Record]) -> None:
        for record in records:
            self._one(record)

    def _one(self, record: Record) -> None:
        name = record.question
        if record.alone:
            self._accounts.pop(name, None)
            self._used.pop(name, None)
        accounts = self._accounts.setdefault(name, {})
        before = accounts.get(record.by)
        said_before = before is not None and (before.raw, before.note) == (record.raw, record.note)
        if not said_before and (record.by not in accounts or self._used.get(name) == record.by):
            # As in a screening: a choice among accounts is asked anew when one comes or changes.
            self._used.pop(name, None)
        if record.raw is None:
            accounts.pop(record.by, None)
        else:
            accounts[record.by] = record
        if not accounts:
            del self._accounts[name]
        elif record.uses:
            self._used[name] = record.uses


def _account(record: Record) -> dict[str, Any]:
    said = record.raw if is_state(record.raw) else {"value": record.raw}
    return {"by": record.by, **said} | ({"note": record.note} if record.note else {})


def is_state(raw: Any) -> bool:
    """Whether an answer is a state in place of a value."""
    return isinstance(raw, Mapping) and "state" in raw


def records_of(question: str, raw: Any, by: str = PATIENT) -> list[Record]:
    """An answer as a scenario writes it, as records: one, or one for each account."""
    if isinstance(raw, Mapping) and "accounts" in raw:
        accounts = list(raw["accounts"])
        return [
            Record(
                question,
                as_typed(one["value"]) if "value" in one else {"state": one["state"]},
                one["by"],
                one.get("note") or "",
                uses=(raw.get("used") or "") if place == len(accounts) - 1 else "",
                alone=place == 0,
            )
            for place, one in enumerate(accounts)
        ]
    if is_state(raw):
        return [Record(question, {"state": raw["state"]}, informant({"by": by, **raw}), raw.get("note") or "")]
    return [Record(question, as_typed(raw), by)]


def give(session: Session, records: Iterable[Record]) -> list[Change]:
    """Write records down in a screening, one after the other; the changes, each of which one undo takes back."""
    found: list[Change] = []
    for record in records:
        if record.alone:
            found.append(session.clear(record.question))
        if record.raw is None:
            found.append(session.clear(record.question, by=record.by))
        else:
            found.append(session.answer(record.question, record.raw, by=record.by, note=record.note))
        if record.uses:
            found.append(session.use_account(record.question, record.uses))
    return [change for change in found if change]
