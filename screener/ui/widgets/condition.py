"""A condition on screen, part by part: in words alone, or with how each part stands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.conditions import LevelTree, Line
from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import WrapLabel, heading, label
from screener.ui.widgets.layout import clear

_SHOWN = {"met": tr("met"), "not met": tr("not met"), "not answered": tr("not answered")}
_LOOKS = {"met": "met", "not met": "not-met", "not answered": "not-answered"}
_STEP_PX = 18


class ConditionView(QWidget):
    """The lines of a condition, one below the other; what holds parts together stands before them."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._shown: object = None

    def show_trees(self, trees: Iterable[LevelTree]) -> None:
        """Show the condition of a rule, or those of its levels under their titles."""
        shown = tuple(trees)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        for tree in shown:
            if tree.title:
                self._column.addWidget(heading(tree.title))
            for line in tree.lines:
                self._column.addWidget(_line(line))


def _line(line: Line) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(scaled(_STEP_PX) * line.depth, 0, 0, 0)
    row.setSpacing(scaled(8))
    if line.standing is not None:
        badge = label(_SHOWN[line.standing])
        badge.setProperty("look", _LOOKS[line.standing])
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
    elif line.depth:
        row.addWidget(label("–", "muted"), 0, Qt.AlignmentFlag.AlignTop)
    said = WrapLabel()
    # "Stroke: yes" that is met by "yes" says so once; the badge says that it is met.
    found = "" if line.words.endswith(f": {line.found}") else line.found
    said.show_runs(((line.words, False), (": " if found else "", False), (found, True)))
    row.addWidget(said, 1)
    return holder


def spoken(trees: Iterable[LevelTree]) -> str:
    """A condition in one line, as a screen reader says it."""
    said = []
    for tree in trees:
        parts = [
            ": ".join(part for part in (line.words, _SHOWN[line.standing] if line.standing else "") if part)
            for line in tree.lines
        ]
        said.append(f"{tree.title}: {'; '.join(parts)}" if tree.title else "; ".join(parts))
    return ". ".join(said)
