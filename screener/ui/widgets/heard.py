"""Buttons that can be chosen, heard also when assistive technology chooses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QButtonGroup

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # it stands before the button that each one is


class Heard(_Button):
    """Says `clicked` for every deed of the user, whoever does it for them.

    A screen reader, a voice or a switch toggles a button where a hand clicks it: Qt then says `toggled` alone, and an
    answer would show that nobody recorded. What the program shows by `setChecked` is no deed.
    """

    _told = _under_a_hand = False

    def hear_toggles(self) -> None:
        """To be called once, when the button is made."""
        self.toggled.connect(self._toggled)

    def setChecked(self, on: bool) -> None:  # noqa: N802 - Qt's name
        before, self._told = self._told, True
        super().setChecked(on)
        self._told = before

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        self._under_a_hand = True
        super().nextCheckState()
        self._under_a_hand = False

    def _toggled(self, on: bool) -> None:
        group: QButtonGroup | None = self.group()
        exclusive = self.autoExclusive() if group is None else group.exclusive()
        # Of buttons that exclude each other one goes off because another comes on.
        if self._told or self._under_a_hand or (exclusive and not on):
            return
        self.clicked[bool].emit(on)  # type: ignore[index]
        if group is not None:
            group.idClicked.emit(group.id(self))
