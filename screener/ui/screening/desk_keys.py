"""The keys of an open screening: each does what it says, or nothing, and the palette offers the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.screening.session import Session
from screener.ui.actions import bind
from screener.ui.screening.inside import Room
from screener.ui.screening.offers import idle_actions

_ONCE_SIGNED = frozenset(("home", "chart_text", "report", "cover"))
"""Leaving, copying, printing and covering change nothing of a signed screening."""

_OF_THE_LIST = frozenset(
    (
        "time_critical", "still_open", "check", "review", "history", "rules", "hand_over", "chart_text", "report",
        "sign_part", "sign",
    )
)  # fmt: skip
"""What shows or says something of the list, or leads to where that is."""


@dataclass(frozen=True, slots=True)
class DeskState:
    """How an open screening stands now. `interview`: it is shown; `room`: what a page of another area shows."""

    signed: bool
    covered: bool
    confirmed: bool
    interview: bool
    room: Room | None
    critical: bool
    list_kept_back: bool = False


class DeskKeys(QObject):
    """Binds the deeds of a screening to their keys, and lets go on only what may be done as things stand."""

    def __init__(
        self,
        owner: QWidget,
        session: Session,
        deeds: Mapping[str, Callable[[], object]],
        state: Callable[[], DeskState],
        lift: Callable[[], object],
    ) -> None:
        """`lift`: what the key of the cover does while it is covered."""
        super().__init__(owner)
        self._session, self._deeds, self._state, self._lift = session, deeds, state, lift
        self._actions = {action_id: bind(owner, action_id, partial(self.do, action_id)) for action_id in deeds}
        self.refresh()

    def may(self, action_id: str) -> bool:
        """Not behind the cover, not before the person is confirmed, not once signed.

        The cover waits for nobody to be confirmed, and the report is printed once it is signed.
        """
        return _may(action_id, self._state())

    def do(self, action_id: str) -> None:
        """Do it, where it may be done now."""
        state = self._state()
        if _may(action_id, state):
            self._deeds[action_id]()
        elif _lifts(action_id, state):
            self._lift()

    def refresh(self) -> None:
        """Enable what does something here and now, and name what would be undone and done again."""
        state, history = self._state(), self._session.history
        idle = idle_actions(self._session, state.room, interview=state.interview, critical=state.critical)
        for action_id, action in self._actions.items():
            action.setEnabled(_lifts(action_id, state) or (_may(action_id, state) and action_id not in idle))
        for action_id, word, name in (("undo", tr("Undo"), history.undo_name), ("redo", tr("Redo"), history.redo_name)):
            self._actions[action_id].setText(f"{word} {name}" if name else word)


def _may(action_id: str, state: DeskState) -> bool:
    if state.signed and action_id not in _ONCE_SIGNED:
        return False
    if state.list_kept_back and action_id in _OF_THE_LIST:
        return False
    return not state.covered and (state.confirmed or action_id == "cover")


def _lifts(action_id: str, state: DeskState) -> bool:
    return action_id == "cover" and state.covered
