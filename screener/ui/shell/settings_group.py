"""The head of a group of settings: where they are kept, when they hold, and the way back for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from screener.language import tr
from screener.ui.shell.setting import CLINIC, COMPUTER, Setting
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import hairline
from screener.ui.widgets.messages import Notice
from screener.ui.widgets.speech import announce

LEADS = {
    COMPUTER: tr("Kept in a file of this computer, for everybody who works at it. It holds at once."),
    CLINIC: tr(
        "Kept in these records, for every account that opens them. It holds once it is "
        "saved; the audit log says who changed what."
    ),
}


class GroupHead(QWidget):
    """A title, where the settings below are kept, and a line for what came of a reset."""

    def __init__(self, where: str, *, first: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0 if first else scaled(8), 0, 0)
        column.setSpacing(6)
        if not first:
            column.addWidget(hairline())
            column.addSpacing(scaled(8))
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        self.row.addWidget(label(where, "title", wrap=True), 1)
        column.addLayout(self.row)
        column.addWidget(label(LEADS[where], "muted", wrap=True))
        self.said = Notice("")
        column.addWidget(self.said)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the link of a group says, and what is said of a reset."""

    link: str
    done: str
    nothing: str


_WORDS = {
    COMPUTER: _Words(
        tr("Reset everything of this computer"),
        tr("As the program comes now: {names}."),
        tr("Everything of this computer is as the program comes already."),
    ),
    CLINIC: _Words(
        tr("Reset everything of this clinic"),
        tr("As the program comes, once it is saved: {names}."),
        tr("Everything of this clinic is as the program comes already."),
    ),
}


class ResettingHead(GroupHead):
    """One link resets all settings of the group, and afterwards takes that back."""

    def __init__(
        self,
        where: str,
        settings: Callable[[], Sequence[Setting]],
        content: ContentReset = lambda: None,
        *,
        first: bool = False,
    ) -> None:
        """`content`: beside the settings, the way back to the shipped content."""
        super().__init__(where, first=first)
        self._settings, self._content = settings, content
        self._reset: list[Setting] = []
        self._took_content: Callable[[], object] | None = None
        self._words = _WORDS[where]
        self.link = LinkButton(self._words.link)
        self.link.clicked.connect(self._turn)
        self.row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignBottom)

    def _turn(self) -> None:
        if self._reset or self._took_content is not None:
            self._take_back()
        else:
            self._go_back()

    def _go_back(self) -> None:
        self._reset = [setting for setting in self._settings() if not setting.is_usual]
        for setting in self._reset:
            setting.go_back_to_usual()
        self._took_content = self._content()
        names = [setting.described.name for setting in self._reset]
        names += [tr("Content")] if self._took_content is not None else []
        if names:
            self._say(self._words.done.format(names=", ".join(names)), tr("Undo this reset"))
        else:
            self._say(self._words.nothing)

    def _take_back(self) -> None:
        for setting in self._reset:
            if isValid(setting):  # other content asks for other figures
                setting.take_back()
        if self._took_content is not None:
            self._took_content()
        self._reset, self._took_content = [], None
        self._say(tr("As it was before the reset."))

    def _say(self, text: str, link: str = "") -> None:
        self.link.setText(link or self._words.link)
        self.link.setAccessibleName(link or self._words.link)
        self.said.show_text(text)
        announce(self, text)


ContentReset = Callable[[], "Callable[[], object] | None"]
"""Goes back to the shipped content and returns the way back from there; None where it is the shipped one already."""
