"""What is always on screen during a screening: top bar, identity strip, time-critical bar, standing line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from screener.forms.model import Pack
from screener.records.record import standing_line
from screener.screening.session import Session
from screener.screening.spoken_dates import parse
from screener.screening.steps import VisitField
from screener.ui.actions import BY_ID
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.marks import Mark

ROOMS = ("", "alone", "with partner or family", "with support person", "with interpreter", "by video")


def _row(widget: QWidget, top: int = 6, bottom: int = 6) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(16, top, 16, bottom)
    row.setSpacing(10)
    return row


class TopBar(QWidget):
    """Reference, pathway and profiles; the save state; the actions of the page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = _row(self, 8, 8)
        self.home = LinkButton("Screener", "Screener: back to the list of screenings")
        row.addWidget(self.home)
        pathway = session.rules.pathway
        self._chips = [chip(session.opening.reference, large=True), chip(pathway.short, large=True)]
        profiles = [session.pack.profile(p).short for p in session.rules.profiles if not session.pack.profile(p).always]
        self._chips.append(chip(" · ".join(profiles) or "general", large=True))
        self._chips[1].setToolTip(f"{pathway.title}. {pathway.legal}")
        for made in self._chips:
            made.setMinimumWidth(0)
            row.addWidget(made)
        row.addStretch(1)
        self.saved = label("", "muted")
        self.saved.setAccessibleName("Save state")
        row.addWidget(self.saved)
        self._buttons: list[ActionButton] = []
        self._actions = QWidget()
        self._action_row = QHBoxLayout(self._actions)
        self._action_row.setContentsMargins(0, 0, 0, 0)
        self._action_row.setSpacing(8)
        row.addWidget(self._actions)

    def show_actions(self, actions: list[tuple[str, str, object]]) -> None:
        """Put buttons up: (action id, look, slot)."""
        from screener.ui.widgets.layout import clear

        clear(self._action_row)
        for action_id, look, slot in actions:
            declared = BY_ID[action_id]
            button = ActionButton(_SHORT.get(action_id, declared.text), declared.key_hint, look)
            button.clicked.connect(slot)
            self._action_row.addWidget(button)

    def show_saved(self, status: SaveStatus) -> None:
        """Say what is on disk: the time of the last commit that returned, or why there is none."""
        text = {
            SaveState.NOTHING_YET: "",
            SaveState.WAITING: "Saving…",
            SaveState.SAVED: f"Saved {status.at[11:19]}",
            SaveState.FAILED: "Not saved",
        }[status.state]
        self.saved.setText(text)
        problem = status.problem
        self.saved.setToolTip(f"{problem.said} {problem.next_step}" if problem is not None else "")
        self.saved.setProperty("level", "alarm" if status.state is SaveState.FAILED else "muted")
        from screener.ui.widgets.controls import restyle

        restyle(self.saved)

    def show_narrow(self, narrow: bool) -> None:
        """On a narrow window the profiles give way; they stand in the identity strip's tool tip and the report."""
        self._chips[2].setVisible(not narrow)


_SHORT = {
    "jot": "Jot",
    "still_open": "Still open",
    "review": "Review",
    "cover": "Cover",
    "back": "Back to themes",
    "summary": "My summary and plan",
    "report": "Report preview",
}


class IdentityStrip(QWidget):
    """Who this is about, to be confirmed before a key answers anything; visit date, room, product, recorder."""

    confirmed = Signal()

    def __init__(self, controller: SessionController) -> None:
        super().__init__()
        self._controller = controller
        self.setProperty("look", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Identity")
        row = _row(self, 3, 3)
        session = controller.session
        self._who = label("", "strong")
        row.addWidget(self._who)
        self._date = self._line("Visit date", 96, "visit_date")
        row.addWidget(label("Visit", "muted"))
        row.addWidget(self._date)
        row.addWidget(label("Room", "muted"))
        self._room = QComboBox()
        self._room.setEditable(True)
        self._room.addItems(list(ROOMS))
        self._room.setAccessibleName("Who is in the room")
        self._room.activated.connect(self._room_chosen)
        room_line = self._room.lineEdit()
        assert room_line is not None
        room_line.setPlaceholderText("who is in the room")
        room_line.editingFinished.connect(self._room_chosen)
        row.addWidget(self._room)
        self._recording = label(f"Recording: {session.opening.clinician}, {session.opening.role}", "muted")
        row.addWidget(self._recording)
        row.addStretch(1)
        self.confirm = ActionButton("This is the person: confirm", "Enter", "primary")
        self.confirm.clicked.connect(self._confirm)
        row.addWidget(self.confirm)
        row.addWidget(label("Product", "muted"))
        self._product = self._line("Product of this visit", 190, "product")
        row.addWidget(self._product)
        self.refresh()

    def _line(self, name: str, width_px: int, field: VisitField) -> QLineEdit:
        from screener.ui.style.theme import scaled

        line = QLineEdit()
        line.setAccessibleName(name)
        line.setProperty("field", field)
        line.setMaximumWidth(scaled(width_px))
        line.editingFinished.connect(self._line_left)
        return line

    def _confirm(self) -> None:
        self.confirm.hide()
        self.confirmed.emit()

    def ask(self) -> None:
        """Ask for the confirmation again: after unlocking, before signing."""
        self.confirm.show()
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _room_chosen(self) -> None:
        self._controller.set_visit("room", self._room.currentText().strip(), origin=self)

    def _line_left(self) -> None:
        line = self.sender()
        assert isinstance(line, QLineEdit)
        field: VisitField = line.property("field")
        text = line.text().strip()
        if field == "visit_date":
            found = parse(text, self._controller.session.visit_date)
            if found is None or len(found) != 10:
                self.refresh()
                return
            text = found
        self._controller.set_visit(field, text, origin=self)

    def refresh(self) -> None:
        session = self._controller.session
        mark = session.visit["second_mark"]
        age = session.answers.get("person.age")
        years = f" · {age.value} y" if age is not None and age.value is not None else ""
        self._who.setText(f"{session.opening.reference}{years}" + (f" · second mark {mark}" if mark else ""))
        for line, field in ((self._date, "visit_date"), (self._product, "product")):
            if not line.hasFocus():
                line.setText(session.visit[field])  # type: ignore[index]
        if not self._room.hasFocus():
            self._room.setCurrentText(session.visit["room"])

    def show_narrow(self, narrow: bool) -> None:
        self._recording.setVisible(not narrow)


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
            ("Go to it", "time_critical", self.go),
            ("Crisis card", "crisis_card", self.card),
        ):
            button = LinkButton(f"{text}  {BY_ID[action_id].key_hint}", text)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say how many there are and how the response stands; nothing when there is none."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class StandingLine(QWidget):
    """The line at the foot of every screen: pack, how much of it was re-read, and what the list is not."""

    def __init__(self, pack: Pack | None = None) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = _row(self, 3, 3)
        self._text: QLabel = label("", "small")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._text, 1)
        if pack is not None:
            self.show_pack(pack)

    def show_pack(self, pack: Pack) -> None:
        self._text.setText(standing_line(pack))
        self._text.setToolTip(standing_line(pack))
        self.setAccessibleName(standing_line(pack))
