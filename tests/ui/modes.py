"""The ways in which every page has to stand: schemes, large text, a small window, right to left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from screener.ui.style.theme import Choice, Theme


@dataclass(frozen=True, slots=True)
class Mode:
    """How the program is dressed, and how large its window is."""

    name: str
    scheme: Choice = "light"
    text_scale: float = 1.0
    size: tuple[int, int] = (1440, 900)
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight

    def dress(self, application: QApplication) -> None:
        """Dress the application so; the window is resized by whoever has it."""
        application.setLayoutDirection(self.direction)
        theme = Theme.of(application)
        now = (theme.scheme, theme.text_scale, theme.mirrored)
        mirrored = self.direction == Qt.LayoutDirection.RightToLeft
        if not application.styleSheet() or now != (self.scheme, self.text_scale, mirrored):
            theme.apply(self.scheme, self.text_scale)

    @property
    def room(self) -> QSize:
        return QSize(*self.size)


MODES = {
    mode.name: mode
    for mode in (
        Mode("light"),
        Mode("dark", "dark"),
        Mode("contrast", "contrast"),
        Mode("large-text", text_scale=2.0),
        Mode("small-window", size=(1024, 768)),
        Mode("right-to-left", direction=Qt.LayoutDirection.RightToLeft),
    )
}
USUAL = MODES["light"]
LARGE_AND_SMALL = tuple(
    Mode(f"large-text, {width}x{height}", text_scale=2.0, size=(width, height))
    for width, height in ((1024, 768), (1280, 720), (1366, 768))
)
"""The largest text in the smallest windows. Not among the modes of every page: the review is measured in them."""
