"""What a table can be compared under: the shipped content, another pack, each option of a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.packs.in_table import NOTHING, PACK, SHIPPED, InTable, limit
from screener.ui.packs.links import TextLink
from screener.ui.widgets.bounded import Bounded
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import LinkButton, heading
from screener.ui.widgets.layout import KEPT_TOGETHER, FlowLayout


class ComparingWith(QWidget):
    """A list that is closed until it is wanted; each of its lines has the records counted under that as well."""

    chosen = Signal(str, object)
    """(under what, the folder of a pack or None)"""

    def __init__(self, state: InTable, names: Sequence[str] | None = None) -> None:
        """`names`: the parameters of one rule; None: all of the pack, and other packs."""
        super().__init__()
        self._state, self._names = state, names
        self.setProperty(KEPT_TOGETHER, True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        deeds = QWidget()
        flow = FlowLayout(deeds, gap_px=10)
        self._turn = LinkButton(tr("Compare with…"))
        self._turn.setCheckable(True)
        self._turn.toggled.connect(self._open)
        flow.addWidget(self._turn)
        if state.beside:
            back = LinkButton(tr("Compare no more"))
            back.clicked.connect(partial(self.chosen.emit, NOTHING, None))
            flow.addWidget(back)
        column.addWidget(deeds)
        # At large text there are more limits than a window is high.
        self._list = Bounded(deeds)
        self._lines = self._list.body
        self._lines.setSpacing(2)
        column.addWidget(self._list)
        self._list.hide()

    @property
    def offers(self) -> bool:
        """Whether there is anything to compare with."""
        return self._names is None or self._state.own or bool(self._names)

    def _open(self, opened: bool) -> None:
        """The list is made when somebody wants it."""
        if opened and not self._lines.count():
            self._fill()
        self._list.setVisible(opened)
        if opened:
            self._list.fit()
        self._turn.setText(tr("Close the list") if opened else tr("Compare with…"))
        self._turn.setAccessibleName(self._turn.text())

    def _fill(self) -> None:
        state = self._state
        assert state.pack is not None
        if state.own:
            self._lines.addWidget(self._link(tr("The shipped content"), "", SHIPPED))
        if self._names is None:
            other = TextLink(tr("Another pack, by its folder…"), tr("Compare with another pack, by its folder"))
            other.clicked.connect(self._ask)
            self._lines.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        for name, parameter in state.pack.parameters.items():
            if self._names is not None and name not in self._names:
                continue
            self._lines.addWidget(heading(parameter.title))
            options = QWidget()
            # Beside each other: the whole list is looked over at once.
            row = FlowLayout(options, gap_px=6)
            for option in parameter.options:
                row.addWidget(self._link(option.label, parameter.title, limit(name, option.id)))
            self._lines.addWidget(options)

    def _link(self, text: str, of: str, value: str) -> TextLink:
        words = f"{of}: {text}" if of else text
        made = TextLink(text, tr("Compare with {words}").format(words=words))
        made.clicked.connect(partial(self.chosen.emit, value, None))
        return made

    def _ask(self) -> None:
        start = Path.home() if self._state.other is None else self._state.other.parent
        ask_path(self, Chosen.FOLDER, tr("Choose a folder with a pack.yaml"), start, partial(self.chosen.emit, PACK))
