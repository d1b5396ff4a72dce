"""What would change a rule's outcome: worked out when somebody asks, one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.buttons import LinkButton
from screener.ui.widgets.layout import clear
from screener.ui.widgets.speech import announce
from screener.ui.widgets.text import heading, label
from screener.ui.widgets.visible import reveal


class WouldChange(QWidget):
    """A link; asked for, the lines below it, until what they were worked out for is another."""

    def __init__(self, find: Callable[[], Sequence[str]] | None = None) -> None:
        super().__init__()
        self._find = find
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(3)
        self.ask = LinkButton(tr("What would change it"))
        self.ask.setAccessibleDescription(
            tr("Other answers to one question, or to two, under which it comes out otherwise")
        )
        self.ask.clicked.connect(self._turn)
        column.addWidget(self.ask)
        self._found = QWidget()
        self._lines = QVBoxLayout(self._found)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(3)
        column.addWidget(self._found)
        reveal(self._found, False)

    def use(self, find: Callable[[], Sequence[str]]) -> None:
        """What it is asked for is another: what was found before is taken away."""
        self._find = find
        self._close()

    @property
    def lines(self) -> list[str]:
        """What is shown; nothing until somebody asked."""
        found = [item.widget() for place in range(self._lines.count()) if (item := self._lines.itemAt(place))]
        return [widget.text() for widget in found[1:] if widget is not None]  # type: ignore[attr-defined]

    def _turn(self) -> None:
        if self._lines.count():
            self._close()
            return
        if self._find is None:
            return
        head = heading(tr("With other answers"))
        head.setContentsMargins(0, scaled(6), 0, 0)
        self._lines.addWidget(head)
        lines = self._find()
        for line in lines:
            self._lines.addWidget(label(line, wrap=True))
        reveal(self._found, True)
        self.ask.setText(tr("Hide what would change it"))
        self.ask.setAccessibleName(self.ask.text())
        announce(self, ". ".join(lines[:3]))

    def _close(self) -> None:
        clear(self._lines)
        reveal(self._found, False)
        self.ask.setText(tr("What would change it"))
        self.ask.setAccessibleName(self.ask.text())
