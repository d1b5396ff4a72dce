"""One setting, and a section of them: each with its name, what it does, and the way back to how the program comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.shell.setting_search import Described
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import Card
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import enter
from screener.ui.widgets.visible import keep_room

COMPUTER, CLINIC = tr("This computer"), tr("This clinic")
"""Where a setting is kept: in a file of this computer, or in the records."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a setting stands and is put otherwise; what the program comes with; and how a value is said."""

    read: Callable[[], Any]
    put: Callable[[Any], object]
    """As if the user had chosen it."""
    comes_as: Any
    say: Callable[[Any], str]


class Setting(Card):
    """A name, what it does, a control, and at the right a link that resets it and afterwards takes that back.

    What the program comes with is said in words. Nothing moves when the link appears.
    """

    altered = Signal()
    """It stands otherwise now, by whatever deed."""

    def __init__(self, described: Described, control: QWidget, kept: Kept | None = None) -> None:
        super().__init__()
        self.described, self.kept = described, kept
        self.control = control
        self._before: tuple[Any, Any] | None = None
        """How it stood before it was reset, and how it stood after."""
        head = QHBoxLayout()
        head.setSpacing(10)
        caption = label(described.name, "strong", wrap=True)
        head.addWidget(caption, 1)
        self.reset = LinkButton(tr("Reset"))
        self.reset.clicked.connect(self._turn)
        keep_room(self.reset)
        self.reset.hide()
        self.body.setSpacing(6)
        if kept is not None:
            head.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        explained = " ".join(part for part in (described.explanation, self._comes_as()) if part)
        if explained:
            self.body.addWidget(label(explained, "muted", wrap=True))
        # A list stands at its own width; everything else takes the card's.
        at_left = isinstance(control, QComboBox)
        self.body.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if at_left else Qt.AlignmentFlag(0))
        self.look()

    def _comes_as(self) -> str:
        return (
            ""
            if self.kept is None
            else tr("The program comes with: {say}.").format(say=self.kept.say(self.kept.comes_as))
        )

    @property
    def is_usual(self) -> bool:
        """Whether it stands as the program comes."""
        return self.kept is None or self.kept.read() == self.kept.comes_as

    def look(self) -> None:
        """Look how the setting stands now, and say so to whoever listens."""
        if self.kept is None:
            return
        stands = self.kept.read()
        if self._before is not None and stands != self._before[1]:
            self._before = None
        if self._before is None:
            text, hint, name = tr("Reset"), tr("Reset to {value}"), tr("{name}: reset to {value}")
            value = self.kept.say(self.kept.comes_as)
        else:
            text = tr("Undo the reset")
            hint, name = tr("Undo the reset, back to {value}"), tr("{name}: undo the reset, back to {value}")
            value = self.kept.say(self._before[0])
        self.reset.setText(text)
        self.reset.setToolTip(hint.format(value=value))
        self.reset.setAccessibleName(name.format(name=self.described.name, value=value))
        self.reset.setVisible(self._before is not None or not self.is_usual)
        self.altered.emit()

    def _turn(self) -> None:
        if self._before is not None:
            self.take_back()
        else:
            self.go_back_to_usual()
        # The link may be gone now: the keyboard stays with the setting.
        if not self.reset.isVisible():
            enter(self.control)

    def go_back_to_usual(self) -> None:
        """As the program comes; how it stood is remembered until it is put otherwise."""
        assert self.kept is not None, "a setting without a usual value offers no way back to it"
        before = self.kept.read()
        self._before = (before, self.kept.comes_as)
        self.kept.put(self.kept.comes_as)
        self.look()
        announce(self, f"{self.described.name}: {self.kept.say(self.kept.comes_as)}")

    def take_back(self) -> None:
        """As it stood before it was reset."""
        assert self.kept is not None, "a setting without a usual value was never reset"
        if self._before is not None:
            before, self._before = self._before[0], None
            self.kept.put(before)
            self.look()
            announce(self, f"{self.described.name}: {self.kept.say(before)}")


class Section(QWidget):
    """A title, what holds for all of it, and its entries; hides what a search does not find."""

    def __init__(self, title: str, where: str, lead: str = "") -> None:
        super().__init__()
        self.title, self.where = title, where
        self.setAccessibleName(f"{title}, {where}")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, scaled(12))
        self.column.setSpacing(10)
        self.column.addWidget(label(title, "large", wrap=True))
        self._lead = label(lead, "muted", wrap=True) if lead else None
        if self._lead is not None:
            self.column.addWidget(self._lead)
        self._fixed: list[tuple[QWidget, Described]] = []

    def add(self, setting: Setting) -> Setting:
        """A setting, below those that are there."""
        self.column.addWidget(setting)
        return setting

    def add_part(self, part: QWidget, described: Described) -> None:
        """A part of the section that is no single choice, with the words by which it is found."""
        self.column.addWidget(part)
        self._fixed.append((part, described))

    @property
    def settings(self) -> list[Setting]:
        """Its settings, as they are shown."""
        return self.findChildren(Setting)

    def entries(self) -> list[tuple[QWidget, Described]]:
        """Everything that can be searched."""
        own = [(setting, setting.described) for setting in self.settings]
        return [
            (part, Described(said.name, said.explanation, said.choices, (*said.also, self.title)))
            for part, said in (*own, *self._fixed)
        ]

    def show_found(self, parts: Sequence[QWidget], found: set[QWidget] | None) -> None:
        """Show those of its parts that were found, or all of them; without any the section is gone."""
        for part in parts:
            part.setVisible(found is None or part in found)
        if self._lead is not None:
            self._lead.setVisible(found is None)
        self.setVisible(found is None or any(part in found for part in parts))
