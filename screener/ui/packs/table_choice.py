"""Which table is looked at, and the map that says what its columns mean; what the two are, and where the guide is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.language import tr
from screener.places import forms_folder
from screener.ui.content import path_typed
from screener.ui.packs.in_table import InTable
from screener.ui.packs.parts import bare_card, column
from screener.ui.style.theme import scaled
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, LinkButton, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, FlowLayout, Halves, Notice
from screener.ui.widgets.visible import reveal

_WHAT = tr(
    "A table has a row for each record: CSV, TSV or Parquet; a folder of signed records is read as well. Its map is a "
    "YAML file that says which column answers which question, what codes stand for, and which pathway is meant. Both "
    "are read where they lie; nothing of them is copied, kept or logged."
)
_TABLES = "(*.csv *.tsv *.tab *.txt *.parquet *.pq)"
_BESIDE_FROM_PX = 720
_GUIDE = forms_folder() / "README.md"


class TableChoice(Card):
    """Two lines for two paths, ways to choose them, and a starting map where there is none yet."""

    count = Signal(object, object)
    """(path of the table, path of the map or None)"""
    new_map = Signal(object, object, str)
    """(path of the table, path of the map to be written, pathway)"""
    forget = Signal()
    open_folder = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Table and map"))
        what = bare_card(_WHAT)
        what.body.addWidget(label(_WHAT, "muted", wrap=True))
        self.body.addWidget(what)
        self.table = self._line(tr("Table"), tr("A file, or a folder of signed records"))
        file, folder = ActionButton(tr("Choose a table…")), ActionButton(tr("Choose a folder…"))
        file.clicked.connect(self._ask_table)
        folder.clicked.connect(self._ask_folder)
        self._add(tr("Table"), self.table, file, folder)
        self.map = self._line(tr("Map"), tr("A YAML file; a folder of signed records needs none"))
        chosen = ActionButton(tr("Choose a map…"))
        chosen.clicked.connect(self._ask_map)
        self._add(tr("Map"), self.map, chosen)
        self._add_start()
        self.notice = Notice("", "warning")
        self.body.addWidget(self.notice)
        self._add_deeds()

    # Building

    def _line(self, name: str, help_text: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setAccessibleDescription(help_text)
        line.setPlaceholderText(help_text)
        line.setMinimumWidth(scaled(180))
        line.returnPressed.connect(self._count)
        line.textChanged.connect(line.setToolTip)
        return line

    def _add(self, name: str, line: QLineEdit, *buttons: ActionButton) -> None:
        caption = label(name, "strong")
        caption.setBuddy(line)
        self.body.addWidget(caption)
        self.body.addWidget(Halves(line, _row(*buttons), _BESIDE_FROM_PX, shares=(5, 4)))

    def _add_start(self) -> None:
        caption = heading(tr("No map yet: begin one, for the pathway that the records are of"))
        self.pathway = DropDown(tr("Pathway of the new map"))
        start = ActionButton(tr("Write a starting map…"))
        start.setAccessibleDescription(tr("Made from the names of the table's columns, to be looked through"))
        start.clicked.connect(self._ask_new_map)
        self._start_part = column(caption, _row(self.pathway, start), gap_px=4)
        self.body.addWidget(self._start_part)

    def _add_deeds(self) -> None:
        self.run = ActionButton(tr("Count the records"), "Enter", "primary")
        self.run.clicked.connect(self._count)
        self._forget = ActionButton(tr("Put the table away"))
        self._forget.clicked.connect(self._put_away)
        guide = LinkButton(tr("The guide to maps"), tr("Open the folder of the guide to maps, README.md"))
        guide.clicked.connect(lambda: self.open_folder.emit(_GUIDE))
        self.body.addWidget(_row(self.run, self._forget, guide))

    # What is shown

    def show_table(self, state: InTable) -> None:
        """Show which table is looked at. What somebody has typed and not counted yet stays."""
        for line, path in ((self.table, state.table), (self.map, state.map)):
            if path is not None and path != path_typed(line.text()):
                line.setText(str(path))
        self.run.setEnabled(not state.working)
        reveal(self._forget, state.table is not None)
        reveal(self._start_part, state.counted is None or state.stopped)
        pack = state.pack
        options = [] if pack is None else [(one.title, one.id) for one in pack.pathways]
        if options != [(self.pathway.itemText(i), self.pathway.itemData(i)) for i in range(self.pathway.count())]:
            here = self.pathway.currentData()
            with QSignalBlocker(self.pathway):
                self.pathway.clear()
                for text, value in options:
                    self.pathway.addItem(text, value)
                self.pathway.show_value(here)

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # The user

    def _start(self) -> Path:
        named = path_typed(self.table.text())
        return named.parent if self.table.text().strip() else Path.home()

    def _ask_table(self) -> None:
        ask_path(self, Chosen.FILE, tr("Choose a table"), self._start(), self._take_table, f"{tr('Tables')} {_TABLES}")

    def _ask_folder(self) -> None:
        ask_path(self, Chosen.FOLDER, tr("Choose a folder of signed records"), self._start(), self._take_table)

    def _take_table(self, path: Path) -> None:
        self.table.setText(str(path))
        self.notice.show_text("")
        beside = path.with_name(f"{path.stem}.map.yaml")
        if not self.map.text().strip() and beside.is_file():
            self.map.setText(str(beside))

    def _ask_map(self) -> None:
        ask_path(self, Chosen.FILE, tr("Choose a map"), self._start(), self._take_map, f"{tr('Maps')} (*.yaml *.yml)")

    def _take_map(self, path: Path) -> None:
        self.map.setText(str(path))
        self.notice.show_text("")

    def _ask_new_map(self) -> None:
        if not self._has_table():
            return
        table = path_typed(self.table.text())
        start = table.with_name(f"{table.stem}.map.yaml")
        ask_path(self, Chosen.NEW_FILE, tr("Write a starting map"), start, self._write_map, f"{tr('Maps')} (*.yaml)")

    def _write_map(self, path: Path) -> None:
        self.new_map.emit(path_typed(self.table.text()), path, str(self.pathway.currentData() or ""))

    def _has_table(self) -> bool:
        named = bool(self.table.text().strip())
        self.notice.show_text("" if named else tr("Choose the table first: a file, or a folder of signed records."))
        if not named:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return named

    def _count(self) -> None:
        if not self.run.isEnabled() or not self._has_table():
            return
        table, named = path_typed(self.table.text()), self.map.text().strip()
        if not named and not table.is_dir():
            self.notice.show_text(tr("A table needs its map: choose one, or write a starting map and look through it."))
            self.map.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.count.emit(table, path_typed(named) if named else None)

    def _put_away(self) -> None:
        self.table.clear()
        self.map.clear()
        self.notice.show_text("")
        self.focus_first()
        self.forget.emit()


def _row(*parts: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap_px=10)
    for part in parts:
        flow.addWidget(part)
    return holder
