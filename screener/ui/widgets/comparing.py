"""Parts of an entry as shipped and as they are here, side by side, with the words in which they differ."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.changes import Part
from screener.forms.marking import Runs, marked
from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import WrapLabel, label
from screener.ui.widgets.layout import Halves, hairline

_BESIDE_FROM_PX = 480
_AS_SHIPPED, _AS_HERE = tr("As shipped"), tr("As it is here")


def spoken_parts(parts: Iterable[Part]) -> str:
    """The same for a screen reader."""
    return "; ".join(
        tr("{name}: as shipped {shipped}, here {here}").format(name=part.name, shipped=part.shipped, here=part.here)
        for part in parts
    )


class Compared(QWidget):
    """Each part in two columns under one heading, or one below the other where there is little room."""

    def __init__(self, parts: Iterable[Part]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._head = Halves(label(_AS_SHIPPED, "small"), label(_AS_HERE, "small"), _BESIDE_FROM_PX)
        column.addWidget(self._head)
        self._captions: list[QWidget] = []
        for part in parts:
            column.addWidget(hairline())
            column.addWidget(label(part.name, "small-strong", wrap=True))
            there, here = marked(part.shipped, part.here)
            sides = self._side(_AS_SHIPPED, there), self._side(_AS_HERE, here)
            column.addWidget(Halves(*sides, _BESIDE_FROM_PX))

    def _side(self, caption: str, runs: Runs) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = label(caption, "small")
        self._captions.append(said)
        column.addWidget(said)
        text = WrapLabel()
        text.show_runs(runs)
        column.addWidget(text)
        column.addStretch(1)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= scaled(_BESIDE_FROM_PX)
        self._head.setVisible(beside)
        for caption in self._captions:
            caption.setVisible(not beside)
        super().resizeEvent(event)
