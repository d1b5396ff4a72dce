"""What is wrong with the open folder, by file and line, each with the way to the entry that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.browsing import holds
from screener.forms.findings import Finding
from screener.forms.library import Library
from screener.language import tr, tr_n
from screener.ui.packs.logic_card import Logic
from screener.ui.packs.parts import bare_card
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.layout import FlowLayout, Notice, ScrollPage
from screener.ui.widgets.tab_order import order_tab, tab_stops
from screener.ui.widgets.working import Working

MOST_SHOWN = 100
_TYPING_PAUSE_MS = 250


@dataclass(frozen=True, slots=True)
class FoundAt:
    """One finding, the rule that it speaks of where it is known, and its file where there is one."""

    finding: Finding
    rule: str = ""
    path: Path | None = None


class FindingsHere(ScrollPage):
    """The findings of the last reading, what stops the files first, and the way to run every worked case."""

    go = Signal(str, str)
    open_folder = Signal(object)
    run_cases = Signal()

    def __init__(self) -> None:
        super().__init__("page", 980, 28)
        self.setAccessibleName(tr("Findings"))
        self._read: tuple[Finding, ...] = ()
        self._of_cases: tuple[Finding, ...] = ()
        self._files: Library | None = None
        self._running = False
        self._words = ""
        self._shown: tuple[list[FoundAt], int] = ([], 0)
        """The findings that stand here, and how many more there are."""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._narrowed)
        self.body.addWidget(label(tr("Findings"), "title"))
        self._lead = bare_card("")
        self._lead_text = label("", wrap=True)
        self._lead.body.addWidget(self._lead_text)
        self.body.addWidget(self._lead)
        deeds = QWidget()
        flow = FlowLayout(deeds, gap_px=10)
        self.run = ActionButton(tr("Run every worked case"))
        self.run.clicked.connect(self.run_cases)
        flow.addWidget(self.run)
        self.body.addWidget(deeds)
        self._cases = Notice("")
        self.body.addWidget(self._cases)
        self._logic = Logic()
        self._logic_sign = Working()
        self.body.addWidget(self._logic_sign)
        self._logic_said = label("", "muted", wrap=True)
        self.body.addWidget(self._logic_said)
        self._inside = self._cards(self._shown)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)

    # What there is to show

    def take(self, findings: Iterable[Finding], lead: str) -> None:
        """What the last reading found, and what it means; they are shown by `refresh`."""
        self._read = tuple(dict.fromkeys(findings))
        self._lead_text.setText(lead)
        self._lead.setAccessibleName(lead)

    def take_files(self, files: Library) -> None:
        """The files that findings stand in. What worked cases came to in others is no more."""
        self._files = files
        self._of_cases = ()
        if not self._running:
            self._cases.show_text("")

    def say_cases(self, text: str, findings: Iterable[Finding] = (), *, running: bool = False) -> None:
        """Say what came of all worked cases, or that they are being run."""
        self._of_cases, self._running = tuple(findings), running
        self._cases.show_text(text)
        self.run.setEnabled(not running)

    def take_logic(self, logic: Logic) -> str:
        """How far the logic checks have come; what is to be said once, when they are through."""
        was, self._logic = self._logic, logic
        if logic.running:
            if not self._logic_sign.text:
                self._logic_sign.begin(tr("Logic checks of {of} rules are under way").format(of=logic.of))
            self._logic_sign.show_share(len(logic.checked) / logic.of)
        else:
            self._logic_sign.end()
        self._logic_said.setVisible(not logic.running)
        self._logic_said.setText(_logic_words(logic))
        return _logic_words(logic) if was.running and not logic.running and logic.of else ""

    def narrow(self, words: str) -> None:
        """Leave those in which all these words stand; they are shown once nothing more is typed."""
        if words != self._words:
            self._words = words
            self._typing.start()

    @property
    def counted(self) -> str:
        """How many findings there are, and how many of them are left."""
        every, left = len(self._all()), len(self._left())
        if not every:
            return tr("No findings")
        many = tr_n("1 finding", "{n} findings", every)
        return many if left == every else tr("{left} of {many}").format(left=left, many=many)

    def _all(self) -> list[Finding]:
        return list(dict.fromkeys([*self._read, *self._logic.findings, *self._of_cases]))

    def _left(self) -> list[Finding]:
        return [one for one in self._all() if holds(f"{one.place} {one.message}".casefold(), self._words)]

    # What is shown

    def _narrowed(self) -> None:
        if not self.isHidden():
            self.refresh()

    def refresh(self) -> None:
        """Show what there is now. Where it is what is shown already, nothing is made anew."""
        self._typing.stop()
        left = sorted(self._left(), key=lambda one: not one.stops)
        shown = ([self._found_at(one) for one in left[:MOST_SHOWN]], max(0, len(left) - MOST_SHOWN))
        if shown == self._shown:
            return
        self._shown = shown
        focus = self.window().focusWidget()
        had = focus.accessibleName() if self._inside.isAncestorOf(focus) else None
        before, self._inside = self._inside, self._cards(shown)
        self.body.replaceWidget(before, self._inside)
        self._inside.show()
        order_tab(self)
        if had is not None:
            self._give_keyboard(had)
        before.hide()
        before.deleteLater()

    def _cards(self, shown: tuple[list[FoundAt], int]) -> QWidget:
        found, more = shown
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for number, one in enumerate(found, start=1):
            column.addWidget(self._entry(one, number))
        if not found:
            said = tr(
                "What is wrong in a file stands here, with its line. Worked cases are run when somebody asks for it."
            )
            column.addWidget(label(said, "muted", wrap=True))
        if more:
            said = tr("{more} more are not shown here; the command “screener check” prints them all.").format(more=more)
            column.addWidget(label(said, "muted", wrap=True))
        return holder

    def _found_at(self, finding: Finding) -> FoundAt:
        if self._files is None:
            return FoundAt(finding)
        return FoundAt(finding, self._files.rule_at(finding), self._files.path_of(finding))

    def _give_keyboard(self, name: str) -> None:
        """To what is called as that which had it, else to the first thing that is to be read."""
        alike = (one for one in tab_stops(self._inside) if one.accessibleName() == name)
        next(alike, self._lead).setFocus(Qt.FocusReason.OtherFocusReason)

    def _entry(self, one: FoundAt, number: int) -> QWidget:
        card = finding_card(one.finding)
        links = QWidget()
        flow = FlowLayout(links, gap_px=4)
        if one.rule:
            to = LinkButton(
                tr("Go to {rule}").format(rule=one.rule),
                tr("Finding {number}: go to the rule {rule}").format(number=number, rule=one.rule),
            )
            to.clicked.connect(partial(self.go.emit, "rule", one.rule))
            flow.addWidget(to)
        if one.path is not None:
            opened = LinkButton(
                tr("Open the folder"),
                tr("Finding {number}: open the folder of {file}").format(number=number, file=one.finding.place.file),
            )
            opened.clicked.connect(partial(self.open_folder.emit, one.path))
            flow.addWidget(opened)
        if one.rule or one.path is not None:
            card.body.addWidget(links)
        return card

    def focus_first(self) -> None:
        self._lead.setFocus(Qt.FocusReason.OtherFocusReason)


def _logic_words(logic: Logic) -> str:
    """What came of the logic checks, or why they do not run."""
    if not logic.of:
        return logic.why
    found = tr_n("1 finding", "{n} findings", len(logic.findings)) if logic.findings else tr("no findings")
    said = tr("Logic checks of {of} rules: {found}.").format(of=logic.of, found=found)
    if not logic.justified:
        return said
    meant = tr_n(
        "1 more is meant so, with its reason beside the rule.",
        "{n} more are meant so, with their reasons beside the rules.",
        logic.justified,
    )
    return f"{said} {meant}"
