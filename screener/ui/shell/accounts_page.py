"""Accounts: who may open these records and what each may do; the printed recovery key; another key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.language import WINDOW, tr
from screener.store.accounts import AccountLine
from screener.store.roles import title_of
from screener.text import WorldError, problem_words
from screener.ui.actions import bind
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.layout import FlowLayout, Notice, ScrollPage, clear
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab


class AccountsPage(ScrollPage):
    """For those who administer. Every deed has a page of its own; afterwards its result is said here."""

    add = Signal()
    change = Signal(object)
    reset = Signal(object)
    remove = Signal(object)
    """Each with the `AccountLine`."""
    passphrase = Signal()
    sheet = Signal()
    rotate = Signal()
    back = Signal()

    def __init__(self, me: str, said: str = "", *, attention: bool = False) -> None:
        super().__init__("page", 860, 48, centred=True)
        self._me = me
        self.setAccessibleName(tr("Accounts"))
        self.body.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(label(tr("Accounts"), "page"), 1)
        self._add = ActionButton(tr("Add an account"), "Ctrl+N", "primary")
        bind(self, "add_account", self.add.emit)
        self._add.clicked.connect(self.add)
        head.addWidget(self._add)
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.setShortcut("Esc")
        self._back.clicked.connect(self.back)
        head.addWidget(self._back)
        self.body.addLayout(head)
        lead = tr(
            "Who may open these records, and what each may do. Every account has a "
            "passphrase and a signing key of its own; what was signed stays checkable when "
            "an account is removed."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        self.notice = Notice(said, "warning" if attention else "info")
        self.body.addWidget(self.notice)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        self.body.addLayout(self._cards)
        self._gone = LinkButton("")
        self._gone.setCheckable(True)
        self._gone.toggled.connect(self._show_gone)
        self._gone.hide()
        self.body.addWidget(self._gone, 0, Qt.AlignmentFlag.AlignLeft)
        self._removed = ReadCard("", padding_px=14)
        self._removed.hide()
        self.body.addWidget(self._removed)
        self.body.addSpacing(8)
        self._keys()
        self.body.addStretch(1)
        if said:
            announce(self, said)

    def _keys(self) -> None:
        self.body.addWidget(label(tr("Recovery key and encryption"), "large"))
        lead = tr(
            "The recovery key on the printed sheet opens these records when every "
            "passphrase is forgotten. The records are encrypted with one key, which each "
            "account finds with its own passphrase."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        for text, signal in ((tr("New recovery sheet…"), self.sheet), (tr("Encrypt with a new key…"), self.rotate)):
            button = ActionButton(text)
            button.clicked.connect(signal)
            flow.addWidget(button)
        self.body.addWidget(holder)

    def focus_first(self) -> None:
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_lines(self, lines: Sequence[AccountLine]) -> None:
        """Show every account there is, and fold those that there were."""
        clear(self._cards)
        for line in lines:
            if line.until is None:
                self._cards.addWidget(self._card(line))
        gone = [line for line in lines if line.until is not None]
        self._gone.setText(tr("Removed accounts: {count}").format(count=len(gone)))
        self._gone.setAccessibleName(self._gone.text())
        self._gone.setAccessibleDescription(tr("Shows who they were and until when"))
        self._gone.setVisible(bool(gone))
        clear(self._removed.body)
        said = [
            tr("{name}, {role}, {day} to {day_2}").format(
                name=line.name, role=_role(line), day=_day(line.since), day_2=_day(line.until or "")
            )
            for line in gone
        ]
        self._removed.setAccessibleName("; ".join(said))
        for text in said:
            self._removed.body.addWidget(label(text, "muted", wrap=True))
        order_tab(self)

    def show_problem(self, problem: WorldError) -> None:
        self.notice.show_text(problem_words(problem))

    def _show_gone(self, shown: bool) -> None:
        self._removed.setVisible(shown)

    def _card(self, line: AccountLine) -> ReadCard:
        mine = line.id == self._me
        said = (
            tr("{name}, {role}; open now; since {day}; key {fingerprint}")
            if mine
            else tr("{name}, {role}; since {day}; key {fingerprint}")
        )
        card = ReadCard(
            said.format(name=line.name, role=_role(line), day=_day(line.since), fingerprint=line.fingerprint)
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(line.name, "large", wrap=True), 0)
        head.addWidget(chip(WINDOW.word(line.role)))
        if line.administers and line.role != "administrator":
            head.addWidget(chip(tr("administers")))
        if mine:
            head.addWidget(chip(tr("open now"), kind="dashed"))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(scaled(3) + 2, 0, 0, 0)  # on the line of the links below, which keep room for a ring
        words.setSpacing(6)
        words.addLayout(head)
        words.addWidget(
            label(
                tr("Since {day} · signs with key {fingerprint}").format(
                    day=_day(line.since), fingerprint=line.fingerprint
                ),
                "small",
                wrap=True,
            )
        )
        card.body.addLayout(words)
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=4)
        deeds = [(tr("Change…"), tr("Change {name}"), self.change)]
        if mine:
            deeds.append((tr("Change passphrase…"), tr("Change the passphrase of {name}"), self.passphrase))
        else:
            deeds += [
                (tr("Reset passphrase…"), tr("Reset the passphrase of {name}"), self.reset),
                (tr("Remove…"), tr("Remove {name}"), self.remove),
            ]
        for text, name, signal in deeds:
            link = LinkButton(text, name.format(name=line.name))
            link.clicked.connect(signal.emit if signal is self.passphrase else partial(signal.emit, line))
            flow.addWidget(link)
        card.body.addWidget(holder)
        return card


def _role(line: AccountLine) -> str:
    return title_of(line.role, administers=line.administers)


def _day(moment: str) -> str:
    return moment[:10]
