"""What is always on screen during a screening: the top bar and the time-critical bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from screener.language import tr
from screener.screening.session import Session
from screener.screening.step_names import clipped
from screener.text import problem_words
from screener.ui.actions import BY_ID
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.layout import FlowLayout, clear
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.visible import reveal

NARROW_PX, SMALL_PX = 1180, 900
_SAVED_PX, _GAP_PX = 116, 10
"""What the save state takes at most while all is well."""
_UNDO_CHARACTERS, _REDO_CHARACTERS = 28, 20


def _row(widget: QWidget, top: int = 6, bottom: int = 6) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(16, top, 16, bottom)
    row.setSpacing(_GAP_PX)
    return row


class TopBar(QWidget):
    """Reference, pathway and profiles; the save state; the actions of the page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # As wide as the window: what it would rather have makes neither the window wider nor a line below it too low.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # Where there is no room for both, the actions stand below what says which screening it is.
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(16, 8, 16, 8)
        row = QHBoxLayout()
        row.setSpacing(10)
        self._halves.addLayout(row, 1)
        self._halves.setSpacing(10)
        self.home = LinkButton("Screener", tr("Screener: back to the list of screenings"))
        row.addWidget(self.home)
        pathway = session.rules.pathway
        self._chips = [chip(session.opening.reference, large=True), chip(pathway.short, large=True)]
        profiles = [session.pack.profile(p).short for p in session.rules.profiles if not session.pack.profile(p).always]
        self._chips.append(chip(" · ".join(profiles) or tr("general"), large=True))
        self._chips[1].setToolTip(f"{pathway.title}. {pathway.legal}")
        for made in self._chips:
            made.setMinimumWidth(0)
            row.addWidget(made)
        row.addStretch(1)
        self.undo, self.redo = LinkButton(""), LinkButton("")
        for link in (self.undo, self.redo):
            link.hide()
            row.addWidget(link)
        self.saved = label("", "muted")
        row.addWidget(self.saved)
        self._undo_name, self._redo_name, self._room_px = "", "", 0.0
        self._buttons: list[ActionButton] = []
        self._actions = QWidget()
        # Their keys give way first; what still has no room goes to a second row.
        self._action_row = FlowLayout(self._actions, gap_px=8, give_way=True)
        self._halves.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_actions(self, actions: list[tuple[str, str, object]]) -> None:
        """Put buttons up: (action id, look, slot)."""
        clear(self._action_row)
        self._buttons = []
        QWidget.setTabOrder(self.home, self.undo)
        QWidget.setTabOrder(self.undo, self.redo)
        before: QWidget = self.redo
        for action_id, look, slot in actions:
            declared = BY_ID[action_id]
            button = ActionButton(_SHORT.get(action_id, declared.text), declared.key_hint, look)
            button.clicked.connect(slot)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self._action_row.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
            self._buttons.append(button)
        self._fit_undo()

    def show_saved(self, status: SaveStatus) -> None:
        """Say what is on disk: the time of the last commit that returned, or why there is none."""
        text = {
            SaveState.NOTHING_YET: "",
            SaveState.WAITING: tr("Saving…"),
            SaveState.SAVED: tr("Saved {at}").format(at=status.at[11:19]),
            SaveState.FAILED: tr("Not saved"),
        }[status.state]
        self.saved.setText(text)
        # "Saving…" takes the room of what follows it: nothing beside it moves from key to key, nor is it cut.
        in_turn = tr("Saved {at}").format(at="00:00:00") if text else ""
        self.saved.setMinimumWidth(self.saved.fontMetrics().horizontalAdvance(in_turn))
        problem = status.problem
        self.saved.setToolTip(problem_words(problem) if problem is not None else "")
        self.saved.setProperty("level", "alarm" if status.state is SaveState.FAILED else "muted")
        from screener.ui.widgets.controls import restyle

        restyle(self.saved)

    def show_undo(self, undo: str | None, redo: str | None = None) -> None:
        """Offer to take back what was done last, and to do again what was taken back last; each by its name."""
        self._undo_name, self._redo_name = undo or "", redo or ""
        for link, word, action_id, name, most in (
            (self.undo, tr("Undo"), "undo", self._undo_name, _UNDO_CHARACTERS),
            (self.redo, tr("Redo"), "redo", self._redo_name, _REDO_CHARACTERS),
        ):
            link.setText(f"{word} {clipped(name, most)}" if name else "")
            link.setAccessibleName(f"{word} {name}" if name else "")
            link.setToolTip(f"{word} {name} ({BY_ID[action_id].key_hint})" if name else "")
        self._fit_undo()

    def _fit_undo(self) -> None:
        """Each has its place where there is room for it: nothing else on the bar is cut for it."""
        others = (self.home, *self._chips, *self._buttons)
        taken = scaled(_SAVED_PX) + sum(other.sizeHint().width() + _GAP_PX for other in others) + 4 * _GAP_PX
        room = self.width() - taken if self._room_px >= NARROW_PX else 0
        for link, name in ((self.undo, self._undo_name), (self.redo, self._redo_name)):
            wanted = link.sizeHint().width() + _GAP_PX
            link.setVisible(bool(name) and wanted <= room)
            room -= wanted

    def show_room(self, room_px: float) -> None:
        """With little room first the profiles give way. Where the actions stand below there is room for them again.

        There the reference gives way, which stands in the strip: then the profiles, then the pathway, where they must.
        """
        self._room_px = room_px
        self._fit_undo()
        wide = room_px >= SMALL_PX
        left = scaled(round(room_px)) - self.home.sizeHint().width() - scaled(_SAVED_PX) - 5 * _GAP_PX
        for chip_, from_px in zip(self._chips, (SMALL_PX, SMALL_PX, NARROW_PX), strict=True):
            fits = not wide and chip_ is not self._chips[0] and chip_.sizeHint().width() + _GAP_PX <= left
            chip_.setVisible(fits or room_px >= from_px)
            left -= (chip_.sizeHint().width() + _GAP_PX) * fits
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(way)
        # Beside what says which screening it is they are whole, and that gives way.
        across = QSizePolicy.Policy.Minimum if wide else QSizePolicy.Policy.Preferred
        self._actions.setSizePolicy(across, QSizePolicy.Policy.Preferred)


_SHORT = {
    "jot": tr("Jot"),
    "still_open": tr("Still open"),
    "check": tr("Back to check"),
    "review": tr("Review"),
    "cover": tr("Cover"),
    "back": tr("Back to themes"),
    "summary": tr("My summary"),
    "report": tr("Report preview"),
}


class TimeCriticalBar(QWidget):
    """Stands on every page while a time-critical item is listed, also after a response, until signing.

    Takes no focus.
    """

    go = Signal()
    card = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "alarm")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = _row(self, 4, 4)
        row.addWidget(Mark("time-critical"))
        self._text = label("", "strong")
        row.addWidget(self._text)
        row.addStretch(1)
        for text, action_id, signal in (
            (tr("Go to it"), "time_critical", self.go),
            (tr("Crisis card"), "crisis_card", self.card),
        ):
            button = LinkButton(f"{text}  {BY_ID[action_id].key_hint}", text)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say how many there are and how the response stands; nothing when there is none."""
        self._text.setText(text)
        self.setAccessibleName(text)
        reveal(self, bool(text))
