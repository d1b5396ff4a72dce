"""The rail: themes in their order with ring, marks and count. Nothing in it jumps."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from screener.forms.model import Theme
from screener.language import tr
from screener.screening.progress import Progress, ThemeProgress
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import KeyButton, label, restyle
from screener.ui.widgets.heard import Heard
from screener.ui.widgets.layout import ScrollPage, plain
from screener.ui.widgets.marks import MarkCounts, ProgressRing

_FAR = 1000
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RailItem(Heard, KeyButton):
    """One theme: ring, title, marks, and how many of its questions are answered."""

    go = Signal(object, int)
    """An arrow key: 1 to the next one, -1 back; Home and End: as far as there is one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._small = False
        self._state: object = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.hear_toggles()
        self.setProperty("look", "rail-item")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(10)
        self._ring = ProgressRing()
        row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._title = label(theme.title, wrap=True)
        self._marks = MarkCounts()
        column.addWidget(self._title)
        column.addWidget(self._marks)
        row.addLayout(column, 1)
        self._count = label("", "small")
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        for child in (self._ring, self._title, self._marks, self._count):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        width = scaled(230)
        layout = self.layout()
        assert layout is not None
        height = layout.heightForWidth(self.width() if self.width() > 40 else width)
        return QSize(width, max(height, scaled(32)))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(36 if self._small else 120), self.sizeHint().height())

    def show_state(self, progress: ThemeProgress, marks: Mapping[str, int]) -> None:
        """Show how far the theme is; nothing is painted anew where nothing differs."""
        if (progress, marks) == self._state:
            return
        self._state = (progress, dict(marks))
        self._ring.show_share(progress.share)
        self._marks.show_counts(dict(marks))
        self._count.setText(f"{progress.settled}/{progress.shown}" if progress.shown else "–")
        recorded = (
            tr("{settled} of {shown} recorded").format(settled=progress.settled, shown=progress.shown)
            if progress.shown
            else tr("no question asked, as things stand")
        )
        words = f"{self.theme.title}: {recorded}"
        self.setAccessibleName(words + (f"; {self._marks.words}" if self._marks.words else ""))
        self.show_small(self._small)
        self.updateGeometry()

    def show_small(self, small: bool) -> None:
        """With little room only the ring is shown; the rest is its tip, and its name as ever."""
        for part in (self._title, self._count):
            part.setVisible(not small)
        self._marks.setVisible(not small and bool(self._marks.words))
        self.setToolTip(self.accessibleName() if small else "")
        self._small = small
        self.updateGeometry()

    def show_current(self, current: bool) -> None:
        """Tab comes to the theme that is open, and arrows go on from there."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self.setChecked(current)
        # Not by what is checked: of several of which one is chosen, the one before is unchecked by the next.
        level = "strong" if current else ""
        if self._title.property("level") != level:
            self._title.setProperty("level", level)
            restyle(self._title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        far = {Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR}
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and key in {**_STEPS, **far}:
            self.go.emit(self, {**_STEPS, **far}[key])
        else:
            super().keyPressEvent(event)


_SIDE_PX, _SMALL_SIDE_PX = 8, 4


class Rail(QWidget):
    """The themes of the pathway."""

    chosen = Signal(str)

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        # The rail's own edge stays in sight beside what stands in it.
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        page = ScrollPage("surface", 400, _SIDE_PX)
        page.body.setSpacing(2)
        title = label(tr("Themes"), "small-strong")
        title.setContentsMargins(10, 6, 0, 4)
        page.body.addWidget(title)
        self._items = {theme.id: RailItem(theme) for theme in themes}
        for item in self._items.values():
            item.clicked.connect(self._clicked)
            item.go.connect(self._go)
            page.body.addWidget(item)
        page.body.addStretch(1)
        column.addWidget(page, 1)
        self._page = page
        self._current: RailItem | None = None
        # Its own, so that it goes with the rail: it runs once everything shown has its place.
        self._placed = QTimer(self)
        self._placed.setSingleShot(True)
        self._placed.timeout.connect(self._bring_current)
        self._title = title
        self._foot = foot = plain("foot")
        foot_column = QVBoxLayout(foot)
        foot_column.setContentsMargins(20, 10, 12, 12)
        foot_column.setSpacing(2)
        self._totals = [label("", "small", wrap=True), label("", "small", wrap=True)]
        for made in self._totals:
            foot_column.addWidget(made)
        column.addWidget(foot)

    def show_small(self, small: bool) -> None:
        """Make do with a column of rings."""
        self._title.setVisible(not small)
        self._foot.setVisible(not small)
        # In a low window the scroll bar stands beside the rings, too.
        self._page.set_sides(_SMALL_SIDE_PX if small else _SIDE_PX)
        for item in self._items.values():
            item.show_small(small)

    def _clicked(self) -> None:
        item = self.sender()
        assert isinstance(item, RailItem)
        self.chosen.emit(item.theme.id)

    def _go(self, item: RailItem, by: int) -> None:
        """Arrows move and Space or Enter turns: nobody turns page after page on the way to a theme."""
        items = list(self._items.values())
        place = min(max(items.index(item) + by, 0), len(items) - 1)
        items[place].setFocus(Qt.FocusReason.TabFocusReason)

    def show_theme(self, theme_id: str) -> None:
        """Show which theme is open; with many themes the rail scrolls to it."""
        for name, item in self._items.items():
            item.show_current(name == theme_id)
        self._current = self._items[theme_id]
        self._bring_current()

    def _bring_current(self) -> None:
        if self._current is not None and self.isVisible():
            self._page.ensureWidgetVisible(self._current, 0, scaled(48))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._placed.start(0)

    def show_progress(self, progress: Progress, marks: Mapping[str, Mapping[str, int]]) -> None:
        """Rings and counts by theme; `marks` maps theme ids to counts by mark."""
        for name, item in self._items.items():
            item.show_state(progress.themes[name], marks.get(name, {}))
        self._totals[0].setText(
            tr("{total} of {total_2} recorded").format(total=progress.total("settled"), total_2=progress.total("shown"))
        )
        parts = [(progress.total("not_known"), tr("not known")), (progress.total("declined"), tr("declined"))]
        parts += [(progress.total("come_back"), tr("to come back to")), (progress.total("differing"), tr("differing"))]
        self._totals[1].setText(" · ".join(f"{count} {word}" for count, word in parts if count))
