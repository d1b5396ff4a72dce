"""What a theme's page says of questions that are not on it: waiting for their turn, or kept from being asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.screening.not_asked import NotAsked, not_asked
from screener.screening.session import Session
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import FlowLayout, clear


def _questions(count: int) -> str:
    return tr_n("1 question", "{n} questions", count)


def _reason(session: Session, group: NotAsked) -> str:
    """Why these questions are not asked: an answer, or one that nobody has given yet."""
    if not group.waiting:
        return tr("Because {answers}").format(answers="; ".join(group.because))
    decided_by = "; ".join(session.questions[question].label for question in group.decided_by)
    return tr("Waiting for {questions}").format(questions=decided_by)


class TurnLine(QWidget):
    """Sensitive questions come one at a time: how many are left, and the way to the next one or to all of them."""

    next_one = Signal()
    all_of_them = Signal()

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(self, gap_px=8)
        flow.setContentsMargins(scaled(16), 0, scaled(16), 0)
        self._said = label("", "small", wrap=True)
        self._next = LinkButton(tr("Next question"))
        self._next.clicked.connect(self.next_one)
        self._all = LinkButton(tr("All of them"))
        self._all.clicked.connect(self.all_of_them)
        for part in (self._said, self._next, self._all):
            flow.addWidget(part)

    def show_left(self, count: int) -> None:
        """Show how many wait for their turn; nothing when none does."""
        self._said.setText(
            tr("{count} more here, one at a time: each comes when the one before is settled.").format(count=count)
        )
        self._next.setAccessibleName(tr("Next question, this one stays open"))
        self._all.setAccessibleName(tr("All of them: {questions} more").format(questions=_questions(count)))
        self.setVisible(count > 0)


class NotAskedFoot(QWidget):
    """A quiet line at a theme's foot: how many of its questions are not asked; opened, which, and because of what."""

    go_to = Signal(str)

    def __init__(self, session: Session, theme_id: str) -> None:
        super().__init__()
        self._session, self._theme = session, theme_id
        self._shown: list[NotAsked] = []
        self._open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(16), scaled(4), scaled(16), 0)
        column.setSpacing(8)
        head = QWidget()
        flow = FlowLayout(head, gap_px=8)
        self._said = label("", "small", wrap=True)
        self.turn = LinkButton(tr("Which, and why"))
        self.turn.clicked.connect(self._turn)
        flow.addWidget(self._said)
        flow.addWidget(self.turn)
        column.addWidget(head)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        column.addLayout(self._body)

    def refresh(self) -> None:
        """Say what stands now. Where no question is asked at all, the reasons stand open."""
        groups = not_asked(self._session, self._theme)
        if not self._shown and groups and not self._session.shown_in(self._theme):
            self._open = True
        if groups != self._shown:
            self._shown = groups
            self._show()
        self.setVisible(bool(groups))

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        count = sum(len(group.questions) for group in self._shown)
        self._said.setText(
            tr_n(
                "1 question of this theme is not asked, as things stand.",
                "{n} questions of this theme are not asked, as things stand.",
                count,
            )
        )
        self.turn.setText(tr("Hide") if self._open else tr("Which, and why"))
        self.turn.setAccessibleName(
            tr("Hide which questions are not asked, and why")
            if self._open
            else tr("Which questions are not asked, and why")
        )
        clear(self._body)
        linked: set[str] = set()
        for group in self._shown if self._open else []:
            self._body.addWidget(self._group(group, [q for q in group.decided_by if q not in linked]))
            linked |= set(group.decided_by)

    def _group(self, group: NotAsked, deciding: list[str]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QWidget()
        flow = FlowLayout(head, gap_px=8)
        flow.addWidget(label(_reason(self._session, group), "small-strong", wrap=True))
        for question in deciding:
            if self._session.is_shown(question):
                flow.addWidget(self._link(question, alone=len(group.decided_by) == 1))
        column.addWidget(head)
        questions = self._session.questions
        kept = tr("{question} (its answer is kept)")
        names = " · ".join(
            kept.format(question=questions[q].label) if q in group.kept else questions[q].label for q in group.questions
        )
        column.addWidget(label(names, "small", wrap=True))
        return holder

    def _link(self, question: str, *, alone: bool) -> LinkButton:
        name = tr("Go to {label}").format(label=self._session.questions[question].label)
        link = LinkButton(tr("Go to it") if alone else name, name)
        link.setProperty("question", question)
        link.clicked.connect(self._asked_to_go)
        return link

    def _asked_to_go(self) -> None:
        link = self.sender()
        assert link is not None
        self.go_to.emit(link.property("question"))

    def take_focus(self) -> None:
        """Put the keyboard on the first thing that can be done here."""
        links = [link for link in self.findChildren(LinkButton) if link is not self.turn]
        (links[0] if links else self.turn).setFocus(Qt.FocusReason.TabFocusReason)
