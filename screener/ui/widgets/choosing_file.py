"""The system's dialog for a file or a folder, without a loop of its own: it goes with the page that asked."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from screener.language import tr


class Chosen(Enum):
    """What is chosen: something that is there, or a file that is to be written."""

    FOLDER = QFileDialog.FileMode.Directory
    FILE = QFileDialog.FileMode.ExistingFile
    NEW_FILE = QFileDialog.FileMode.AnyFile


def ask_path(
    page: QWidget, what: Chosen, title: str, start: Path, then: Callable[[Path], object], files: str = ""
) -> None:
    """Ask for a path, and do something with it once it is chosen; nothing where the dialog is left.

    `start`: the folder that is shown first, or the file that is offered. `files`: which ones are shown, as the system
    writes it: "Table (*.csv)". Before a file is replaced the dialog has asked.
    """
    new = what is Chosen.NEW_FILE
    dialog = QFileDialog(page, title, str(start.parent if new else start), files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(what.value)
    if new:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(start.name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
