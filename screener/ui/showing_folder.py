"""A folder, shown by the system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from screener.language import tr
from screener.ui.content import folder_words


def show_folder(folder: Path, say: Callable[[str], object]) -> None:
    """Have the system show a folder; the path is said where it cannot."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        say(
            tr("The system shows no folders here. The folder is {folder_words}.").format(
                folder_words=folder_words(folder)
            )
        )
