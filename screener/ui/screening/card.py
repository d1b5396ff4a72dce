"""One question on its card: the field, the states every question offers, who said it and when, a note."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget

from screener.forms.answering import doubts
from screener.forms.model import Question
from screener.forms.words import OWN_QUESTION, account_words, by_words, value_words
from screener.language import WINDOW, tr
from screener.rules.values import Kind, State
from screener.screening.answers import Entry, said_again
from screener.screening.following import ORIGINS
from screener.ui.fields import field_for, takes_width
from screener.ui.fields.base import Field, Setting, share_undo
from screener.ui.fields.typing import TextField
from screener.ui.key_switches import SingleKeys
from screener.ui.screening.accounts import STATES, AccountRows, OtherAccount
from screener.ui.screening.beside import BesideLine
from screener.ui.screening.calm import CalmMessages
from screener.ui.screening.card_keys import CardKeys
from screener.ui.screening.each_yes import EachYes
from screener.ui.screening.earlier import EarlierLine
from screener.ui.screening.elsewhere import read_elsewhere_words
from screener.ui.screening.from_file import FileLine
from screener.ui.screening.going_on import SpareEnter, goes_on_by_itself
from screener.ui.screening.jots import jot_words
from screener.ui.screening.last_session import LastSessionLine
from screener.ui.screening.none_at_all import NoneAtAll
from screener.ui.screening.one_line import OneLine, typed_with
from screener.ui.screening.one_offer import OneOffer
from screener.ui.screening.other_day import OtherDayLine
from screener.ui.screening.times import time_said
from screener.ui.session_controller import SessionController
from screener.ui.widgets.chips import Chip
from screener.ui.widgets.controls import LinkButton, Segmented, label, restyle
from screener.ui.widgets.layout import Card, FlowLayout, Notice
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import tab_stops
from screener.ui.widgets.unseen import answers_itself
from screener.ui.widgets.visible import keep_room, reveal


class QuestionCard(Card):
    """Shows one question as it stands and hears the user. It changes nothing itself: the controller does."""

    answered_by_key = Signal(str)
    """A key said all there is to say under this question: the keyboard is wanted on the next one."""
    grew = Signal()
    """Something on it that Tab comes to was made after the page."""

    def __init__(
        self, controller: SessionController, question: Question, setting: Setting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        if parent is not None:  # as wide as it will be: what stands in it finds its form at once
            self.resize(parent.width(), self.height())
        self.question = question
        self._controller, self._setting = controller, setting
        self.setAccessibleName(question.text)
        self._build_head()
        self._field: Field | None = None
        self._doubt = Notice("", "doubt")
        self._refusal = Notice("", "info")
        self.messages = CalmMessages(self)
        self._spare_enter = SpareEnter(self)
        self._accounts = AccountRows(controller, question)
        self._accounts.done.connect(self.take_focus)
        self._earlier = EarlierLine(controller, question)
        self._earlier.taken.connect(self.take_focus)
        self._file = FileLine(controller, question, self._earlier)
        self._file.taken.connect(self.take_focus)
        for line in (self._earlier, self._file):
            line.grew.connect(self.grew)
        self._at_once = self._build_at_once()
        self._last_session = self._build_last_session()
        self._other_day = OtherDayLine(controller, question) if question.kind is Kind.READINGS else None
        self._beside = self._build_beside()
        self._one_line = self._build_one_line()
        # Most cards never show these: they are made when they do.
        self._jots: QLabel | None = None
        self._note: QLineEdit | None = None
        self._why: QLabel | None = None
        self._other: OtherAccount | None = None
        self._pointer: Chip | None = None
        self._keys: CardKeys | None = None
        self._kept_notes: dict[str, str] = {}
        """The notes to answers that were taken back, each by who gave the answer."""
        if question.kind is Kind.DERIVED:
            self._derived = label("", "large")
            self.body.addWidget(self._derived)
            if question.why:
                self.body.addWidget(self._why_link(), 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._keys = self._build_field()
        lines: list[QWidget] = [line for line in (self._one_line, self._beside, self._other_day) if line is not None]
        for part in (*lines, *self._offers(), self._doubt, self._refusal, self._accounts):
            self.body.addWidget(part)
        self.refresh()

    # Building

    def _offers(self) -> list[QWidget]:
        """The quiet lines under the field, each with what it offers now."""
        lines = (self._at_once, self._last_session, self._earlier, self._file)
        return [line for line in lines if line is not None]

    def _build_head(self) -> None:
        self.body.addWidget(label(self.question.text, "strong", wrap=True))
        helping = self.question.help
        if self.question.kind is Kind.DERIVED:
            helping = helping or tr("Worked out from other answers; never typed.")
        if helping:
            self.body.addWidget(label(helping, "muted", wrap=True))
        if self.question.own:
            self.body.addWidget(label(WINDOW.word(OWN_QUESTION), "small", wrap=True))
        elsewhere = read_elsewhere_words(self._controller.session.rules, self.question.id)
        if elsewhere:
            self.body.addWidget(label(elsewhere, "small", wrap=True))
        self._room: QLabel | None = None
        if self.question.sensitive:
            self._room = label("", "small", wrap=True)
            self.body.addWidget(self._room)
            self._room.hide()
        self._head = self.body.count()
        """So many parts stand above the field and why it is asked."""

    def _build_field(self) -> CardKeys:
        """What is answered with, and the keys for it."""
        # Each part stands in its place before it is filled: what is put there when it is whole is dressed once more.
        field = field_for(self.question, self._setting, self) if takes_width(self.question) else None
        if field is not None:
            self.body.addWidget(field)
        holder = QWidget(self)
        self.body.addWidget(holder)
        flow = FlowLayout(holder, gap_px=10, last_at_end=True)
        if field is None:
            field = field_for(self.question, self._setting, holder)
            flow.addWidget(field)
        self._field = field
        field.said.connect(self._hear)
        field.refused.connect(self._refuse)
        field.done.connect(self._line_done)
        field.complete.connect(self._line_complete)
        if self._beside is not None:
            field.said_beside.connect(self._beside.hear)
        field.enter_ends = self._goes_on
        if isinstance(field, TextField):
            SingleKeys.current().changed.connect(field.show_keys)
            field.show_keys()
        self._states = Segmented(self.question.label, STATES, holder)
        self._states.user_chose.connect(self._hear_state)
        flow.addWidget(self._states)
        meta = QWidget(holder)
        flow.addWidget(meta)
        self._build_meta(meta)
        offers = (self._earlier, self._file, self._at_once, self._last_session)
        return CardKeys(field, self._states, *offers, self._take_back)

    def _build_at_once(self) -> OneOffer | None:
        """The line whose letter answers another question together with this one."""
        complete = self._controller.session.questions.get(self.question.complete or "")
        line: OneOffer
        if self.question.together:
            line = EachYes(self._controller, self.question)
        elif complete is not None:
            line = NoneAtAll(self._controller, self.question, complete)
        else:
            return None
        line.taken.connect(self.take_focus)
        return line

    def _build_last_session(self) -> LastSessionLine | None:
        course = self._controller.session.rules.pathway.course
        asked = course is not None and course.last_session is not None and course.last_session.had == self.question.id
        if not asked:
            return None
        line = LastSessionLine(self._controller, self.question)
        line.taken.connect(self.take_focus)
        return line

    def _build_beside(self) -> BesideLine | None:
        if self.question.kind is not Kind.READINGS:
            return None
        line = BesideLine(self._controller, self._setting.saturation)
        line.complete.connect(self._line_complete)
        return line

    def _build_one_line(self) -> OneLine | None:
        """The line in which what hangs on this question is typed with it."""
        detail = typed_with(self._controller.session, self.question)
        if detail is None:
            return None
        line = OneLine(self._controller, self.question, detail, self._setting)
        line.settled.connect(self.answered_by_key)
        line.complete.connect(self._spare_enter.wait)
        return line

    def _build_meta(self, meta: QWidget) -> None:
        row = QHBoxLayout(meta)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._said_by = label("", "small")
        row.addWidget(self._said_by)
        self._note_button = LinkButton(tr("Note"), tr("{label}: open the note").format(label=self.question.label))
        self._note_button.clicked.connect(self._open_note)
        row.addWidget(self._note_button)
        if self.question.why:
            row.addWidget(self._why_link())
        self._who_button = LinkButton(
            tr("Account"), tr("{label}: add another account").format(label=self.question.label)
        )
        self._who_button.clicked.connect(self._open_other)
        row.addWidget(self._who_button)
        # Their room is there before they are: the first key typed moves nothing.
        for shown in (self._said_by, self._note_button):
            keep_room(shown)
        words = f"{WINDOW.word(self._controller.informant).capitalize()}, 00:00"
        self._said_by.setMinimumWidth(self._said_by.fontMetrics().horizontalAdvance(words))
        self._said_by.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _why_link(self) -> LinkButton:
        link = LinkButton(tr("Why"), tr("{label}: why it is asked").format(label=self.question.label))
        link.clicked.connect(self._turn_why)
        return link

    def _note_line(self) -> QLineEdit:
        """The line for the note, at the card's foot; Tab comes to it last."""
        if self._note is None:
            stops = [*tab_stops(self)]
            line = self._note = QLineEdit()
            line.setPlaceholderText(tr("Note to this answer"))
            line.setAccessibleName(tr("{label}: note").format(label=self.question.label))
            line.editingFinished.connect(self._hear_note)
            share_undo(line, typing=line.isModified)
            self._put_in(line, self.body.count())
            QWidget.setTabOrder(stops[-1], line)
        return self._note

    # What the user did

    def _hear(self, raw: Any, typing: bool) -> None:
        if typing:
            self.messages.typed()
        by, entry = self._controller.informant, self._own_entry()
        own = entry if entry is not None and entry.by == by else None
        if raw is None and not typing and own is None and entry is not None and self._was_pressed_for(entry):
            self._controller.answer(self.question.id, said_again(entry), note=self._kept_notes.get(by) or None)
            return
        if raw is None:
            self._take_back()
            return
        note = self._kept_notes.get(by) if own is None else None
        self._controller.answer(self.question.id, raw, note=note or None, typing=typing, origin=self)

    def _was_pressed_for(self, entry: Entry) -> bool:
        """What is pressed is chosen because somebody else says so: whoever speaks now says the same."""
        pressed = self.question.kind in (Kind.YES_NO, Kind.CHOICE) or entry.state is not State.ANSWERED
        return pressed and entry.note not in ORIGINS

    def _take_back(self) -> None:
        by, entry = self._controller.informant, self._own_entry()
        # A note does not go with an answer that is taken back for a moment: it comes back with the next one that the
        # same informant gives. One that says where the answer was from goes with it.
        if entry is not None and entry.by == by and entry.note not in ORIGINS:
            self._kept_notes[by] = entry.note
        self._controller.clear(self.question.id, by=by, origin=self)

    def _hear_state(self, state: str | None) -> None:
        self._hear(None if state is None else {"state": state}, False)

    def _hear_note(self) -> None:
        entry = self._own_entry()
        text = self._note_line().text().strip()
        self._note_line().setModified(False)
        if entry is None or text in (entry.note, WINDOW.word(entry.note)):
            return
        self._controller.answer(self.question.id, said_again(entry), by=entry.by, note=text, origin=None)

    def _refuse(self, text: str) -> None:
        """Say what cannot be stored, and what stands instead: the screen never shows other than the record."""
        recorded, entry = self._controller.session.recorded.get(self.question.id), self._own_entry()
        accounts = recorded.given.accounts if recorded is not None else ()
        own = [account for account in accounts if entry is not None and account.by == entry.by]
        said = account_words(self.question, own[0], say=WINDOW) if own else ""
        stands = tr("What stands: {said}.").format(said=said) if said else tr("Nothing stands.")
        self.messages.say(
            self._refusal, tr("Not stored: {text} {stands}").format(text=text, stands=stands) if text else ""
        )

    def _turn_why(self) -> None:
        if self._why is None:
            self._why = label(self.question.why, "small", wrap=True)
            self._why.hide()
            self._put_in(self._why, self._head + (self._pointer is not None))
        self._why.setVisible(self._why.isHidden())

    def _put_in(self, part: QWidget, place: int) -> None:
        """At its place among the parts of the card: also for a screen reader, which goes by the order they came in."""
        after = self.body.itemAt(place)
        below = after.widget() if after is not None else self._other
        self.body.insertWidget(place, part)
        if below is not None:
            part.stackUnder(below)

    def _open_note(self) -> None:
        line = self._note_line()
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_other(self) -> None:
        if self._other is None:
            self._other = OtherAccount(self._controller, self.question, self._setting)
            self._other.closed.connect(self._close_other)
            self.body.insertWidget(self.body.indexOf(self._accounts), self._other)
            self._order_other(self._other)
        self._other.open()

    def _order_other(self, other: OtherAccount) -> None:
        """Tab goes on into it from what stands above it, and then to what stands below."""
        above = [self._who_button, *(stop for line in self._offers() for stop in tab_stops(line))]
        for before, after in pairwise((above[-1], *tab_stops(other))):
            QWidget.setTabOrder(before, after)

    def _close_other(self) -> None:
        assert self._other is not None
        self._other.hide()
        self.take_focus()

    # Showing

    def _own_entry(self) -> Entry | None:
        recorded = self._controller.session.recorded.get(self.question.id)
        if recorded is None:
            return None
        return recorded.entry_of(self._controller.informant) or recorded.entries[0]

    def refresh(self, *, origin: object = None) -> None:
        """Show the question as the session holds it. The field that the user is typing into is left alone."""
        self.show_jots()
        self.show_room()
        if self._field is None:
            self._show_derived()
            return
        entry = self._own_entry()
        answered = entry is not None and entry.state is State.ANSWERED
        own = entry is not None and entry.by == self._controller.informant
        typing = origin is self and ((answered and own) or self._field.unfinished is not None)
        if not typing:
            self._field.show_raw(entry.raw if entry is not None and answered else None)
            if answered or entry is None:
                self.messages.say(self._refusal, "")
        self._states.show_chosen(None if entry is None or answered else str(entry.state))
        self._show_meta(entry)
        self._show_doubts()
        self._accounts.refresh(self._controller.session.recorded.get(self.question.id))

    def show_jots(self) -> None:
        """Show the patient's own words that are linked to this question."""
        linked = [jot for jot in self._controller.session.jots.values() if jot.question == self.question.id]
        if self._jots is None and linked:
            self._jots = label("", "muted", wrap=True)
            self._put_in(self._jots, self.body.indexOf(self._accounts) + 1)
        if self._jots is not None:
            self._jots.setText("\n".join(jot_words(jot, self._controller.session.clock) for jot in linked))
            self._jots.setVisible(bool(linked))

    def show_room(self) -> None:
        """While somebody else is in the room, a sensitive question says so, and how it is put off."""
        if self._room is not None:
            room = WINDOW.word(self._controller.session.visit["room"])
            said = tr("In the room now: {room}. Come back keeps this question for later.").format(room=room)
            self._room.setText("" if self._private else said)
            reveal(self._room, not self._private)
        for line in (self._one_line, self._at_once, self._beside, self._other_day):
            if line is not None:
                line.refresh()
        self.show_earlier()

    @property
    def _private(self) -> bool:
        """Nobody is there who should not read what stands here."""
        return not self.question.sensitive or self._controller.session.alone

    def show_earlier(self) -> None:
        """What an earlier record or a file holds for it; kept back while a sensitive one could be read by others."""
        if self._last_session is not None:
            self._last_session.refresh()
        self._earlier.refresh(alone=self._private)
        self._file.refresh(alone=self._private)

    def _show_derived(self) -> None:
        answer = self._controller.session.facts.of(self.question.id)
        said = (
            value_words(self.question, answer.value, say=WINDOW)
            if answer.value is not None
            else tr("not worked out yet")
        )
        self._derived.setText(said)
        self._derived.setAccessibleName(f"{self.question.label}: {said}")

    def _show_meta(self, entry: Entry | None) -> None:
        by = by_words(entry.by, WINDOW) if entry is not None else ""
        # Not the rest of it in small letters: a record names its month.
        at = time_said(entry.at, self._controller.session.clock) if entry is not None else ""
        self._said_by.setText(f"{by[:1].upper()}{by[1:]}, {at}" if entry is not None else "")
        for shown in (self._said_by, self._note_button):
            shown.setVisible(entry is not None)
        note = self._note_line() if entry is not None and entry.note else self._note
        if note is None:
            return
        if entry is not None and not (note.hasFocus() and note.isModified()):
            note.setText(WINDOW.word(entry.note))
            note.setVisible(bool(entry.note) or note.hasFocus())
        elif entry is None:
            note.hide()

    def _show_doubts(self) -> None:
        given = self._controller.session.answers.get(self.question.id)
        found = (
            doubts(self.question, given.value, self._setting.visit_day(), WINDOW)
            if given is not None and given.value is not None
            else []
        )
        said = tr("Stored as typed; please look again: {found}").format(found="; ".join(found))
        self.messages.say(self._doubt, said if found else "")

    def point_out(self, words: str) -> None:
        """Mark this question, by a frame and these words over it, as the one that is spoken of; empty: no more."""
        if self._pointer is None:
            self._pointer = Chip("", kind="soft")
            self.body.insertWidget(0, self._pointer, 0, Qt.AlignmentFlag.AlignLeft)
        self._pointer.show_runs(((words, True),))
        self._pointer.setVisible(bool(words))
        self.setProperty("look", "card-pointed" if words else "card")
        self.setAccessibleDescription(words)
        restyle(self)

    # Keys

    @property
    def unfinished(self) -> Any:
        """What is typed here and cannot be stored; None while all of it is."""
        typed = self._one_line or self._field
        return typed.unfinished if typed is not None else None

    def show_unfinished(self, typed: Any) -> None:
        line = self._one_line or self._field
        if line is not None:
            line.show_unfinished(typed)

    def take_focus(self) -> None:
        """Put the keyboard on this question."""
        line = self._one_line if self._one_line is not None and self._one_line.offered else self._field
        target = line.first_focus() if line is not None else self
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def add_reading(self) -> bool:
        """Add a row where the question holds readings or medicines."""
        from screener.ui.fields.medicines import MedicinesField
        from screener.ui.fields.readings import ReadingsField

        if not isinstance(self._field, ReadingsField | MedicinesField):
            return False
        self._field.add_row()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before, beside = self._own_entry(), self._is_beside(QApplication.focusWidget())
        if self._field is None or not (self._opens(event) or (not beside and self._take_key(event))):
            super().keyPressEvent(event)
        elif self._goes_on() and self._is_settled(before):
            self.answered_by_key.emit(self.question.id)

    def _goes_on(self) -> bool:
        return goes_on_by_itself(self._controller.session)

    def _is_settled(self, before: Entry | None) -> bool:
        """Whether a key has just said all there is to say, and no two accounts are left that differ."""
        assert self._field is not None
        recorded, now = self._controller.session.recorded.get(self.question.id), self._own_entry()
        if recorded is None or now is None or now == before or recorded.given.differ:
            return False
        return now.state is not State.ANSWERED or now.carried is not None or self._field.is_whole(now.raw)

    def _line_done(self) -> bool:
        """Enter in a typed line goes on from an answer; what there is to say of the answer is said first."""
        assert self._field is not None
        entry = self._own_entry()
        if not self._goes_on():
            return False
        said = self.messages.say_at_once()
        if said:
            announce(self, said)
        elif entry is not None and entry.state is State.ANSWERED and self._field.unfinished is None:
            self.answered_by_key.emit(self.question.id)
            return True
        return False

    def _line_complete(self) -> None:
        """A time goes on with its last figure. Enter that is pressed all the same does nothing where one is then."""
        if self._line_done():
            self._spare_enter.wait()

    def _opens(self, event: QKeyEvent) -> bool:
        """Whether a key opened the note to the answer, or another account."""
        alt, key = event.modifiers() == Qt.KeyboardModifier.AltModifier, event.key()
        if alt and key == Qt.Key.Key_N and self._own_entry() is not None:
            self._open_note()
        elif alt and key == Qt.Key.Key_I:
            self._open_other()
        else:
            return False
        return True

    def where_answered(self, focus: QWidget, event: QKeyEvent) -> QWidget | None:
        """What would show the answer that a key gives while this control has the keyboard; None where it gives none."""
        if answers_itself(focus, event):
            return focus
        meant = None if self._keys is None or self._is_beside(focus) else self._keys.meant(event)
        return None if meant is None else meant.where

    def _is_beside(self, focus: QWidget | None) -> bool:
        """What is pressed on another account is no answer of whoever speaks."""
        return self._other is not None and focus is not None and self._other.isAncestorOf(focus)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Whether a key that no control of the card wanted was one of the card's own."""
        meant = None if self._keys is None else self._keys.meant(event)
        if meant is None:
            return False
        meant.do()
        return True
