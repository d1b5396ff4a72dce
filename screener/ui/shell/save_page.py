"""Writing something into a file: what is in it, where it goes, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.text import WorldError
from screener.ui.content import folder_words, is_there, path_typed
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, CheckRow, label
from screener.ui.widgets.messages import Notice
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal


@dataclass(frozen=True, slots=True)
class Writing:
    """What is to be written: what the page says of it, the name that is offered, its ending, a box to tick."""

    title: str
    lead: str
    name: str
    suffix: str
    kind: str
    """As the dialog of the system calls such files."""
    tick: str = ""
    tick_help: str = ""


class SavePage(FormPage):
    """Asks for a place. A file that is there is replaced only when that was asked for twice, also one written here."""

    save = Signal(object, bool)
    """(path, whether the box is ticked)"""
    closed = Signal()

    def __init__(self, writing: Writing) -> None:
        super().__init__(writing.title, writing.lead)
        self._writing = writing
        self._may_replace: Path | None = None
        self._written: tuple[Path, bool] | None = None
        """What was written last: where, and whether the box was ticked."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.path = text_line(520)
        self.path.setText(folder_words(Path(folder) / writing.name))
        self.path.textChanged.connect(self._path_changed)
        self.path.returnPressed.connect(self._go)
        self.add(tr("Save as"), self.path, tr("A file that ends with {suffix}.").format(suffix=writing.suffix))
        self.tick = CheckRow(writing.tick)
        self.tick.setAccessibleDescription(writing.tick_help)
        said = label(writing.tick_help, "small", wrap=True)
        reveal(said, bool(writing.tick_help))
        ticked = QWidget()
        rows = QVBoxLayout(ticked)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.tick)
        rows.addWidget(said)
        self.body.addWidget(ticked)
        reveal(ticked, bool(writing.tick))
        self.done = Notice("")
        self.body.addWidget(self.done)
        self._button = ActionButton(tr("Write the file"), "Enter", "primary")
        self._button.clicked.connect(self._go)
        choose = ActionButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.clicked.connect(self.closed)
        self.finish(self._button, choose, self._back)
        self._back.setShortcut("Esc")

    def _choose(self) -> None:
        files = f"{self._writing.kind} (*{self._writing.suffix})"
        ask_path(self, Chosen.NEW_FILE, self._writing.title, path_typed(self.path.text()), self._take, files)

    def _take(self, path: Path) -> None:
        self.path.setText(str(path))
        # The dialog asked before it named a file that is there; it knew nothing of an ending that is put to it here.
        self._may_replace = path if self._chosen() == path else None

    def _chosen(self) -> Path:
        path = path_typed(self.path.text())
        ending = self._writing.suffix
        return path if path.name.lower().endswith(ending) else path.with_name(f"{path.name}{ending}")

    def _go(self) -> None:
        if not self._button.isEnabled():
            return
        if not path_typed(self.path.text()).name:
            self.say(tr("Write where the file goes."))
            return
        path = self._chosen()
        if is_there(path) and path != self._may_replace:
            self._may_replace = path
            said = (
                tr("{name} is written, as it is asked for here. Write once more to replace it, or give another name.")
                if self._written == (path, self.tick.isChecked())
                else tr("{name} is there already. Write once more to replace it, or give another name.")
            ).format(name=path.name)
            self.say(said)
            announce(self, said)
            return
        self._let(False)
        self.say("")
        self.done.show_text(tr("Writing…"))
        self.save.emit(path, self.tick.isChecked())

    def show_so_far(self, text: str) -> None:
        """Say how far the writing is."""
        self.done.show_text(text)

    def show_written(self, path: Path) -> None:
        """Say where it is now."""
        self._let(True)
        # Enter once more would write it again, with another line in the audit log: that is asked as of any file.
        self._may_replace, self._written = None, (path, self.tick.isChecked())
        said = tr("Written: {path}").format(path=folder_words(path))
        self.done.show_text(said)
        announce(self, said)
        self._back.setText(tr("Done"))
        self._back.setShortcut("Esc")  # a new text takes a button's key away

    def show_problem(self, problem: WorldError) -> None:
        """Say why nothing was written."""
        self._let(True)
        self.done.show_text("")
        super().show_problem(problem)
        announce(self, problem.said)

    def _path_changed(self, text: str) -> None:
        self.path.setToolTip(text)
        self._may_replace = None

    def _let(self, possible: bool) -> None:
        """One file at a time."""
        self._button.setEnabled(possible)
