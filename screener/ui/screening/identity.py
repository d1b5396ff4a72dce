"""Who this is about, the visit's facts beside it, and the confirmation that comes before a key answers anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from screener.language import WINDOW, tr, tr_n
from screener.screening.answers import INFORMANTS, PATIENT
from screener.screening.session import Session
from screener.screening.spoken_dates import parse
from screener.screening.steps import ROOMS, VisitField
from screener.ui.actions import BY_ID
from screener.ui.fields.base import share_undo
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.inline import InlineChoice, InlineLine
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal


def who_words(session: Session) -> tuple[str, str]:
    """Who a screening is about: reference, age and second mark, as they are shown and as they are read out."""
    mark, age = session.visit["second_mark"], session.answers.get("person.age")
    years = tr("{age} y").format(age=age.value) if age is not None and age.value is not None else ""
    second = tr("second mark {mark}").format(mark=mark) if mark else ""
    shown = " · ".join(part for part in (session.opening.reference, years, mark) if part)
    return shown, ", ".join(part for part in (session.opening.reference, years, second) if part)


class IdentityStrip(QWidget):
    """Reference, second mark and age; visit date, room and product, each changed where it stands."""

    confirmed = Signal()
    earlier_asked = Signal()
    said = Signal(str)
    """What became of something typed into the strip, for the page to show."""

    def __init__(self, controller: SessionController) -> None:
        super().__init__()
        self._controller = controller
        self.setProperty("look", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Identity"))
        row = FlowLayout(self, gap_px=8, last_at_end=True)
        row.setContentsMargins(16, 3, 12, 3)
        self._who = label("", "strong")
        row.addWidget(self._who)
        self.confirm = ActionButton(tr("This is the person"), "Enter", "primary")
        self.confirm.setAccessibleName(tr("This is the person: confirm"))
        self.confirm.clicked.connect(self._confirm)
        row.addWidget(self.confirm)
        self._date = self._line(tr("Visit date"), tr("day"), "visit_date")
        self._add(tr("Visit"), self._date, row)
        self._room = InlineChoice(tr("Who is in the room"), ROOMS, tr("who is in the room"))
        self._room.said.connect(self._room_said)
        self._since = label("", "muted")
        self._add(tr("Room"), self._room, row, self._since)
        self._speaking = InlineChoice(tr("Informant: who says so"), INFORMANTS, WINDOW.word(PATIENT))
        self._speaking.said.connect(self._speaker_said)
        self._add(tr("Informant"), self._speaking, row)
        opening = controller.session.opening
        self._recording = self._add(tr("Recording"), label(opening.clinician, "strong"), row)
        self._earlier = LinkButton("", tr("Records of this reference"))
        self._earlier.clicked.connect(self.earlier_asked)
        row.addWidget(self._earlier)
        controller.earlier_read.connect(self.show_earlier)
        self._product = self._line(tr("Product of this visit"), tr("not named"), "product")
        self._add(tr("Product"), self._product, row)
        for line in (self._date, self._room, self._speaking, self._product):
            share_undo(line, typing=line.isModified)
        self.show_earlier()
        self.refresh()

    def _add(self, caption: str, control: QWidget, row: FlowLayout, *more: QWidget) -> QWidget:
        pair = QWidget()
        inner = QHBoxLayout(pair)
        inner.setContentsMargins(6, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(label(caption, "muted"))
        for part in (control, *more):
            inner.addWidget(part)
        row.addWidget(pair)
        return pair

    def _line(self, name: str, placeholder: str, field: VisitField) -> InlineLine:
        line = InlineLine(name, placeholder)
        line.setProperty("field", field)
        line.editingFinished.connect(self._line_left)
        return line

    def show_earlier(self) -> None:
        """The way to earlier records of this reference, once there are any."""
        many = len(self._controller.earlier.sittings)
        said = tr_n("1 earlier record", "{n} earlier records", many)
        self._earlier.setText(said)
        self._earlier.setAccessibleName(tr("{said} of this reference").format(said=said))
        self._earlier.setToolTip(
            tr("{said} of this reference ({key_hint})").format(said=said, key_hint=BY_ID["history"].key_hint)
        )
        reveal(self._earlier, many > 0)

    # Confirmation

    def _confirm(self) -> None:
        self.confirm.hide()
        self.confirmed.emit()

    def ask(self) -> None:
        """Ask for the confirmation again: after unlocking, before signing."""
        self.confirm.show()
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def name_speaker(self) -> None:
        """Put the keyboard where it is said who speaks."""
        self._speaking.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What the user did

    def _room_said(self, text: str) -> None:
        self._controller.set_visit("room", text, origin=self)

    def _speaker_said(self, text: str) -> None:
        self._controller.set_informant(text)
        informant = WINDOW.word(self._controller.informant)
        self._say(tr("New answers are recorded as said by: {informant}.").format(informant=informant))

    def _line_left(self) -> None:
        line = self.sender()
        assert isinstance(line, InlineLine)
        field: VisitField = line.property("field")
        text = line.text().strip()
        if text == self._controller.session.visit[field]:
            return
        if field == "visit_date":
            self._day_said(text)
        else:
            self._controller.set_visit(field, text, origin=self)

    def _day_said(self, text: str) -> None:
        found = parse(text, self._controller.session.visit_date)
        if found is None or len(found) != 10:
            self._say(
                tr("“{text}” is no day: the visit date stays {visit_date}.").format(
                    text=text, visit_date=self._controller.session.visit["visit_date"]
                )
            )
            self._date.show_text(self._controller.session.visit["visit_date"])
            return
        self._controller.set_visit("visit_date", found, origin=self)
        self._date.show_text(found)
        self.say_day()

    def say_day(self) -> None:
        """What another visit date means, also where undo or redo brought it."""
        session = self._controller.session
        found = session.visit["visit_date"]
        said = tr("Visit date {found}: intervals are worked out again for this day.").format(found=found)
        if session.lapsed:
            said += " " + tr("Readings of before are shown as of their day, and no rule reads them.")
        self._say(said)

    def _say(self, text: str) -> None:
        announce(self, text)
        self.said.emit(text)

    # Showing

    def refresh(self) -> None:
        """Show the identity as the session holds it; a line that is being typed into is left alone."""
        session = self._controller.session
        mark = session.visit["second_mark"]
        shown, spoken = who_words(session)
        self._who.setText(shown)
        self._who.setAccessibleName(spoken)
        recording = tr("Recording: {clinician}").format(clinician=session.opening.clinician)
        self._who.setToolTip("\n".join((tr("Second mark: {mark}").format(mark=mark or tr("none")), recording)))
        self._who.setAccessibleDescription(recording)
        self._speaking.show_text(self._controller.informant)
        self._date.show_text(session.visit["visit_date"])
        self._product.show_text(session.visit["product"])
        self._room.show_text(session.visit["room"])
        since = session.rooms[-1].since[11:16] if session.rooms and session.rooms[-1].who else ""
        self._since.setText(tr("since {since}").format(since=since) if since else "")

    def show_narrow(self, narrow: bool) -> None:
        """On a narrow window who records gives way: it is told of beside who this is about, and by each answer.

        Who speaks never does: answers go on in that name.
        """
        self._recording.setVisible(not narrow)
