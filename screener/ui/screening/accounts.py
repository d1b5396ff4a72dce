"""Several accounts of one question: how they stand side by side, and the way to add another one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.model import Question
from screener.forms.words import account_words, by_words
from screener.language import WINDOW, tr
from screener.rules.values import State
from screener.screening.answers import INFORMANTS, Entry, Recorded
from screener.ui.fields import field_for
from screener.ui.fields.base import Setting
from screener.ui.screening.times import time_said
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import LinkButton, Segmented, label
from screener.ui.widgets.inline import InlineChoice
from screener.ui.widgets.layout import Card, FlowLayout, Notice, clear

STATES = (("not_known", tr("Not known")), ("declined", tr("Declined")), ("come_back", tr("Come back")))


class AccountRows(QWidget):
    """What each informant said, once there are two; which account is used is named here, and left open again."""

    done = Signal()
    """An account was named, left open or removed: the row that was pressed is gone, and the keyboard with it."""

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__()
        self._controller, self._question = controller, question
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def refresh(self, recorded: Recorded | None) -> None:
        """Show the accounts as the session holds them; nothing while there is one or none."""
        clear(self._column)
        if recorded is None or len(recorded.entries) < 2:
            self.hide()
            return
        given = recorded.given
        if given.differ:
            self._column.addWidget(Notice(tr("These accounts differ. Name the one used, or leave it open."), "doubt"))
        for entry, account in zip(recorded.entries, given.accounts, strict=True):
            self._column.addWidget(self._row(entry, account_words(self._question, account, say=WINDOW), recorded.used))
        self.show()

    def _row(self, entry: Entry, said: str, used: str | None) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=8, last_at_end=True)
        level = "strong" if entry.by == used else ""
        flow.addWidget(label(f"{by_words(entry.by, WINDOW).capitalize()}: {said}", level, wrap=True))
        at = time_said(entry.at, self._controller.session.clock)
        recorded = tr("{at}, recorded by {recorded_by}").format(at=at, recorded_by=entry.recorded_by)
        flow.addWidget(label(recorded, "small"))
        name = tr("{label}, account of {by}").format(label=self._question.label, by=by_words(entry.by, WINDOW))
        deeds = QWidget()
        row = QHBoxLayout(deeds)
        row.setContentsMargins(0, 0, 0, 0)
        if entry.by == used:
            row.addWidget(label(tr("Used"), "small-strong"))
            row.addWidget(
                self._link(tr("Leave it open"), tr("{name}: leave it open").format(name=name), entry.by, self._leave)
            )
        else:
            row.addWidget(self._link(tr("Use this account"), tr("{name}: use").format(name=name), entry.by, self._use))
        row.addWidget(self._link(tr("Remove"), tr("{name}: remove").format(name=name), entry.by, self._forget))
        flow.addWidget(deeds)
        return holder

    def _link(self, text: str, name: str, by: str, slot: Any) -> LinkButton:
        link = LinkButton(text, name)
        link.setProperty("by", by)
        link.clicked.connect(slot)
        return link

    def _use(self) -> None:
        button = self.sender()
        assert button is not None
        self._controller.use_account(self._question.id, button.property("by"))
        self.done.emit()

    def _leave(self) -> None:
        self._controller.use_account(self._question.id, None)
        self.done.emit()

    def _forget(self) -> None:
        button = self.sender()
        assert button is not None
        self._controller.clear(self._question.id, by=button.property("by"))
        self.done.emit()


class OtherAccount(Card):
    """Asks who else says something, and what: with the same kind of field as the question's own. Esc closes it."""

    closed = Signal()

    def __init__(self, controller: SessionController, question: Question, setting: Setting) -> None:
        super().__init__("info", padding_px=10)
        self._controller, self._question = controller, question
        self._shown_of = ""
        """Whose account the field shows."""
        self._waiting: tuple[Any, bool] | None = None
        """What was said last while nobody was named: the answer, and whether its typing went on."""
        self.setAccessibleName(tr("{label}: another account").format(label=question.label))
        asked = QWidget()
        top = FlowLayout(asked, gap_px=8, last_at_end=True)
        top.addWidget(label(tr("Another account, from"), "muted"))
        offered = [name for name in INFORMANTS if name != controller.informant]
        self._who = InlineChoice(
            tr("{label}: who says so").format(label=question.label), offered, tr("partner, chart, colleague…")
        )
        self._who.setProperty("look", "")
        self._who.said.connect(self._named)
        top.addWidget(self._who)
        close = LinkButton(tr("Done"), tr("{label}: done with the other account").format(label=question.label))
        close.clicked.connect(self.closed)
        top.addWidget(close)
        self.body.addWidget(asked)
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=12)
        # Its controls are called otherwise than the question's own, which stand on the same card.
        called = tr("{label}, other account").format(label=question.label)
        self._field = field_for(question.model_copy(update={"short": called}), setting)
        self._field.said.connect(self._hear)
        self._field.refused.connect(self._refuse)
        self._states = Segmented(called, STATES)
        self._states.user_chose.connect(self._hear_state)
        flow.addWidget(self._field)
        flow.addWidget(self._states)
        self.body.addWidget(holder)
        self._notice = Notice("")
        self.body.addWidget(self._notice)

    def open(self) -> None:
        """Begin with an empty account, and the keyboard on who says it."""
        self._who.show_text("")
        self._field.show_raw(None)
        self._states.show_chosen(None)
        self._notice.show_text("")
        self._waiting, self._shown_of = None, ""
        self.show()
        self._who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hear(self, raw: Any, typing: bool) -> None:
        who = self._who.value
        self._waiting = None
        if not who:
            self._waiting = None if raw is None else (raw, typing)
            self._notice.show_text("" if raw is None else tr("Who says so? It is kept once that is named."))
            return
        self._notice.show_text("")
        if raw is None:
            self._controller.clear(self._question.id, by=who)
            return
        self._controller.answer(self._question.id, raw, by=who, typing=typing, origin=self)
        entry = self._entry(who)
        self._states.show_chosen(None if entry is None or entry.state is State.ANSWERED else str(entry.state))

    def _named(self, who: str) -> None:
        """What was said before anybody was named is kept now; of somebody else what stands of them is shown."""
        if who and self._waiting is not None:
            self._hear(*self._waiting)
        elif who != self._shown_of:
            entry = self._entry(who)
            answered = entry is not None and entry.state is State.ANSWERED
            self._field.show_raw(entry.raw if entry is not None and answered else None)
            self._states.show_chosen(None if entry is None or answered else str(entry.state))
        self._shown_of = who

    def _hear_state(self, state: str | None) -> None:
        self._field.show_raw(None)
        self._hear(None if state is None else {"state": state}, False)

    def _entry(self, who: str) -> Entry | None:
        recorded = self._controller.session.recorded.get(self._question.id)
        return recorded.entry_of(who) if recorded is not None else None

    def _refuse(self, text: str) -> None:
        self._notice.show_text(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
