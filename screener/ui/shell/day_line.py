"""The line over the list of a dose day: who, and what there is to record, with an echo of how it is understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.shorthand import Typed
from screener.language import tr, tr_n
from screener.records.browse import LastVisit
from screener.records.day_line import WORDS, DayLine, Deed, Moment, Whom, read_line
from screener.records.dose_day import PersonOfDay
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label, restyle
from screener.ui.widgets.search_line import SearchLine
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import keep_room

_CALLED = tr("Who, and what there is to record")
_HINT = tr("A part of a reference; behind it the second mark; behind that 140/88 75, {dose} or {leaving}").format(
    dose=WORDS[Deed.DOSE], leaving=WORDS[Deed.LEAVING]
)
_PAUSE_MS = 500
"""After so long without a key it is said how the line is understood."""
_NAMED = 4
"""More people than this are counted and not named."""
_LEAST_PX, _WIDE_PX = 220, 460


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the line names, whether its second mark was typed too, and what is told of them."""

    whom: Whom
    by_mark: bool
    tells: Typed | Moment | None = None


class TheLine(QWidget):
    """Reads as it is typed, and says what Enter would do before it does it."""

    entered = Signal(object, str)
    """`Meant`, and the line as it was typed: Enter was pressed, and it is clear whom it names and what it tells."""
    changed = Signal(str)
    """Another text stands in the line."""
    down = Signal()
    """On to the list."""

    def __init__(self, says_visit: Callable[[LastVisit], str]) -> None:
        """`says_visit`: what a visit of today would be begun with, in words."""
        super().__init__()
        self._says_visit = says_visit
        self._people: tuple[Whom, ...] | None = None
        self._read = DayLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.line = SearchLine()
        self.line.setAccessibleName(_CALLED)
        self.line.setPlaceholderText(_CALLED)
        self.line.setMinimumWidth(scaled(_LEAST_PX))
        self.line.setMaximumWidth(scaled(_WIDE_PX))
        self.line.textEdited.connect(self._edited)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self._enter)
        self.line.down.connect(self.down)
        self.line.installEventFilter(self)
        row.addWidget(self.line, 3)
        self._confirm = ActionButton(tr("This is the person"), "Enter", "primary")
        self._confirm.setAccessibleName(tr("This is the person: record it"))
        self._confirm.clicked.connect(self._confirmed)
        self._confirm.installEventFilter(self)
        keep_room(self._confirm)
        row.addWidget(self._confirm)
        row.addStretch(1)
        self._confirm.hide()
        column.addLayout(row)
        self._echo = label("", wrap=True)
        # Two lines from the start: what is typed moves nothing below.
        self._echo.ensurePolished()
        self._echo.setMinimumHeight(2 * self._echo.fontMetrics().lineSpacing())
        self._echo.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._echo)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self._show(_HINT, aside=True)

    def look_in(self, people: Iterable[Whom]) -> None:
        """From here on among these; where that changes what the line says, it is asked anew who this is."""
        before = self._read
        self._people = tuple(people)
        self._look()
        if self._read != before:
            self._ask_no_more()

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def take_typing_from(self, widgets: Iterable[QWidget]) -> None:
        """What is typed where the keyboard is on one of these is typed here."""
        for widget in widgets:
            widget.installEventFilter(self)

    def put_back(self, text: str, *, chosen: bool = False) -> None:
        """Have a text stand here that was not recorded, or that waited. `chosen`: what is typed next replaces it."""
        self.line.setText(text)
        if chosen:
            self.line.selectAll()
        self._look()

    def take_keyboard(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold_keyboard(self) -> None:
        """Have it stay here, be it at the question who this is."""
        if not self._confirm.hasFocus():
            self.take_keyboard()

    # Reading

    def _edited(self) -> None:
        self._ask_no_more()
        self._look()

    def _look(self) -> None:
        self._read = read_line(self.line.text(), self._people or ())
        typed = bool(self.line.text().strip())
        self._show(self._words() if typed else _HINT, aside=not typed)
        self._pause.start()

    def say(self, text: str) -> None:
        """What became of the line before, unless another one is typed by now."""
        if not self.line.text():
            self._show(text, aside=False)
        announce(self.line, text)

    def _show(self, text: str, *, aside: bool) -> None:
        """`aside`: a hint, and nothing that somebody typed is spoken of."""
        self._echo.setText(text)
        for part in (self.line, self._confirm):
            part.setAccessibleDescription(text)
        level = "small" if aside else ""
        if level != self._echo.property("level"):
            self._echo.setProperty("level", level)
            restyle(self._echo)

    def _say(self) -> None:
        if self.line.hasFocus() and self.line.text().strip():
            announce(self.line, self._echo.text())

    def _words(self) -> str:
        whom = self._read.whom
        if self._people is None:
            return tr("Looking through the records…")
        if not whom:
            return tr("Nobody of today, and nobody who was here in the last 60 days, has this in the reference.")
        if len(whom) > 1 and len({(one.reference, one.second_mark) for one in whom}) == 1:
            said = tr("{reference} stands in the list more than once: Down leads there, Enter opens the one you mean.")
            return said.format(reference=whom[0].reference)
        if len(whom) > 1:
            named = ", ".join(one.reference for one in whom[:_NAMED])
            more = len(whom) - _NAMED
            if more > 0:
                named = tr_n("{named} and 1 more", "{named} and {n} more", more, named=named)
            return tr("{named}: type more of the reference, or the second mark.").format(named=named)
        (one,) = whom
        who = " · ".join(part for part in (one.reference, one.second_mark) if part)
        return f"{who}. {self._deed(one)}"

    def _deed(self, one: Whom) -> str:
        """What Enter does, in words."""
        told = self._read.tells
        if self._read.unread:
            return tr("“{text}” is no second mark, no reading, and neither {dose} nor {leaving}.").format(
                text=self._read.unread, dose=WORDS[Deed.DOSE], leaving=WORDS[Deed.LEAVING]
            )
        if isinstance(one, LastVisit):
            return self._beginning(one)
        if one.record:
            return tr("Signed. Enter opens the record; nothing is recorded from here.")
        if told is None:
            known = tr("The second mark says who this is: Enter opens the screening.")
            return known if self._read.by_mark else tr("Enter opens the screening.")
        what = _told_words(told)
        if self._read.by_mark or not self._confirm.isHidden():
            return tr("Enter records: {what}.").format(what=what)
        return tr("Enter asks whether this is the person, then records: {what}.").format(what=what)

    def _beginning(self, visit: LastVisit) -> str:
        told = self._read.tells
        if told is not None and not _is_planned(told):
            return tr("Nothing is begun today: only a planned time can be told, as in {dose} 0930.").format(
                dose=WORDS[Deed.DOSE]
            )
        if not self._read.by_mark:
            return self._looked_over(visit)
        begins = tr("Enter begins today's visit: {visit}.").format(visit=self._says_visit(visit))
        planned = tr("Dose planned at {time}.").format(time=told.at) if isinstance(told, Moment) else ""
        return " ".join(part for part in (begins, planned) if part)

    def _looked_over(self, visit: LastVisit) -> str:
        """Without the second mark a visit is not begun from here."""
        if not visit.second_mark:
            plain = tr("Enter opens a new screening of today, to be looked over.")
            return plain if self._read.tells is None else tr("Without a second mark it is begun there, without a time.")
        if self._read.tells is None:
            return tr("Enter opens a new screening of today, to be looked over; with the second mark it begins.")
        return tr("With the second mark behind the reference it begins with this time.")

    # Doing

    def _enter(self) -> None:
        read = self._read
        if not self._is_clear:
            if self.line.text().strip():
                announce(self.line, self._echo.text(), urgent=True)
            return
        (one,), told = read.whom, read.tells
        if isinstance(one, LastVisit):
            self._go(Meant(one, read.by_mark, told))
        elif one.record:
            self._go(Meant(one, read.by_mark))
        elif told is None or read.by_mark:
            self._go(Meant(one, read.by_mark, told))
        else:
            self._confirm.show()
            self._look()
            self._confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_clear(self) -> bool:
        """Whether Enter does something: one person is named, and what is told can be."""
        read = self._read
        if len(read.whom) != 1 or read.unread:
            return False
        return isinstance(read.whom[0], PersonOfDay) or read.tells is None or (read.by_mark and _is_planned(read.tells))

    def _ask_no_more(self) -> None:
        """The keyboard is in the line again, if it was at that question."""
        if self._confirm.hasFocus():
            self.take_keyboard()
        self._confirm.hide()

    def _confirmed(self) -> None:
        (one,) = self._read.whom
        self._go(Meant(one, by_mark=True, tells=self._read.tells))

    def _go(self, meant: Meant) -> None:
        typed = self.line.text()
        self.line.clear()
        self._edited()
        self.entered.emit(meant, typed)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if watched in (self.line, self._confirm) and event.key() == Qt.Key.Key_Escape:
            return self._takes_back(event)
        if watched is self.line or event.type() != QEvent.Type.KeyPress:
            return False
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not plain or not event.text().strip() or not event.text().isprintable():
            return False
        self.take_keyboard()
        self.line.insert(event.text())
        self._edited()
        return True

    def _takes_back(self, event: QKeyEvent) -> bool:
        """Esc takes back the question who this is, then what is typed; on an empty line it is the page's."""
        if not self.line.text():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            if self.line.hasFocus():
                self.line.clear()
            self._edited()
        return True


def _is_planned(told: Typed | Moment) -> bool:
    return isinstance(told, Moment) and told.deed is Deed.DOSE and bool(told.at)


def _told_words(told: Typed | Moment) -> str:
    if isinstance(told, Moment):
        said = {
            Deed.DOSE: (tr("dose given now"), tr("dose given at {time}")),
            Deed.LEAVING: (tr("leaving now"), tr("leaving at {time}")),
        }
        now, at = said[told.deed]
        return at.format(time=told.at) if told.at else now
    beside = [] if told.saturation is None else [tr("saturation {percent} %").format(percent=told.saturation)]
    readings: Sequence[str] = (tr("reading {figures}").format(figures=told.words),)
    return ", ".join(chain(readings, beside))
