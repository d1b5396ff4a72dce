"""The window's own file as somebody else left it: the window stands all the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from screener.ui.app import build
from screener.ui.settings_file import FILE, settings_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    "content",
    [
        b"[window]\ngeometry=here\n",
        b"[window]\ngeometry=@Point(1 2)\n",
        b"[appearance]\ntext_scale=nan\nscheme=1, 2\n",
        b"[content]\nfolder=a\\x0 zero\n",
        b"\xff\xfe[",
        b"",
    ],
)
def test_a_file_that_somebody_else_wrote_keeps_no_window_from_standing(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, content: bytes
) -> None:
    """A place of the window that was a text, or a zero in the name of a folder, ended the program at its start."""
    (tmp_path / FILE).write_bytes(content)
    program = build(qapp, home=tmp_path)
    try:
        qtbot.addWidget(program.window)
        program.window.show()
        qtbot.waitUntil(lambda: program._content.open is not None, timeout=30_000)
    finally:
        program.shut()


@pytest.mark.parametrize(
    "written", [b"@Variant(\\0)", b"\\x40Variant(\\0)", b"@\\x56\\x0061riant(\\0)", b" " * 100_000]
)
def test_what_qt_would_build_without_end_is_set_aside(tmp_path: Path, written: bytes) -> None:
    """Qt takes all memory there is where such a value says so, and ends the program."""
    (tmp_path / FILE).write_bytes(b"[window]\ngeometry=" + written + b"\n")
    assert settings_of(tmp_path).allKeys() == []
    settings = settings_of(tmp_path)
    settings.setValue("appearance/scheme", "dark")
    settings.sync()
    assert settings_of(tmp_path).value("appearance/scheme") == "dark"
