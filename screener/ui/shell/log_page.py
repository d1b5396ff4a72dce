"""The audit log: who did what when, found by person, deed, day and word; everything checked; taken out as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from screener.language import WINDOW, tr, tr_n
from screener.rules.values import PartialDate
from screener.screening.spoken_dates import parse
from screener.store.audit import AuditLine, AuditPage, Wanted
from screener.store.deed_words import KINDS, name_of, sentence
from screener.text import WorldError, problem_words
from screener.ui.actions import bind
from screener.ui.shell.audit_table import AuditModel, AuditTable, TableFrame, about, when
from screener.ui.style.theme import scaled
from screener.ui.widgets.captioned import captioned
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.hints import hold_hint
from screener.ui.widgets.layout import EmptyState, FlowLayout, Notice, ScrollPage, plain
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

ALL_BUT_ANSWERS = "-answer"
_TYPING_PAUSE_MS = 250
PAGE_LINES = 200
_WIDEST_PX, _TABLE_PX = 6000, 190


@dataclass(frozen=True, slots=True)
class May:
    """What the open account may do here besides reading."""

    references: bool
    """See which reference a line is about."""
    erase: bool


class LogPage(QWidget):
    """One table with its filters; the chosen line stands whole below it."""

    wanted = Signal(object)
    """What is to be shown: a `Wanted`."""
    more = Signal(object)
    """The next page: a `Wanted` with its `before`."""
    check = Signal()
    take_out = Signal(object)
    """The lines that are shown, as a `Wanted`, into a file."""
    erase = Signal()
    closed = Signal()

    def __init__(self, people: Sequence[tuple[str, str]], may: May, today: date) -> None:
        """`people`: every account there is or was, as (name, id)."""
        super().__init__()
        self._may, self._today = may, today
        self._subject, self._about = "", ""
        self._shown: Wanted | None = None
        self.setAccessibleName(tr("Audit log"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        # Where text is large and the window small, the page scrolls and the table keeps room for some lines.
        page = ScrollPage("page", _WIDEST_PX, 16)
        self._column = page.body
        self._column.setSpacing(10)
        column.addWidget(page, 1)
        self._column.addWidget(self._filters(people))
        self._column.addWidget(self._of_screening())
        self.notice = Notice("")
        self.warning = Notice("", "warning")
        self._column.addWidget(self.notice)
        self._column.addWidget(self.warning)
        self.model = AuditModel(self)
        self.model.wanted.connect(self._ask_for_more)
        self.table = AuditTable(self.model)
        self.table.chosen.connect(self._show_line)
        self.table.opened.connect(self._open_line)
        self._empty = QWidget()
        self._empty_column = QVBoxLayout(self._empty)
        self._stack = QStackedWidget()
        self._framed = TableFrame(self.table)
        self._framed.setMinimumHeight(scaled(_TABLE_PX))
        self._stack.addWidget(self._framed)
        self._stack.addWidget(self._empty)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._foot())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._ask)
        bind(self, "search", self.words.setFocus)

    # Building

    def _head(self) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label(tr("Audit log"), "large"))
        self._count = label("", "muted")
        row.addWidget(self._count)
        deeds = QWidget()
        inner = FlowLayout(deeds, gap_px=8)
        inner.setContentsMargins(0, 0, 0, 0)
        self._check = ActionButton(tr("Check everything"))
        self._check.clicked.connect(self._ask_to_check)
        self._take_out = ActionButton(tr("Save as a table…"))
        self._take_out.clicked.connect(self._ask_to_take_out)
        back = ActionButton(tr("Back"), "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.closed)
        buttons = [self._check, self._take_out]
        if self._may.erase:
            erase = ActionButton(tr("Erase what is kept under a reference…"))
            erase.clicked.connect(self.erase)
            buttons.append(erase)
        for button in (*buttons, back):
            inner.addWidget(button)
        row.addWidget(deeds)
        return head

    def _filters(self, people: Sequence[tuple[str, str]]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=12)
        flow.setContentsMargins(0, 0, 0, 0)
        self.person = DropDown(tr("Person"), [(tr("Everybody"), ""), *people])
        self.person.activated.connect(self._ask)
        kinds = [(name_of(kind, WINDOW), kind) for kind in KINDS]
        self.kind = DropDown(
            tr("Deed"), [(tr("Every deed"), ""), (tr("All but answers saved"), ALL_BUT_ANSWERS), *kinds]
        )
        self.kind.activated.connect(self._ask)
        self.since, self.until, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        self.since.setPlaceholderText("2026-11-23")
        self.until.setPlaceholderText(tr("today"))
        self.words.setPlaceholderText(
            tr("name, deed, key…") if not self._may.references else tr("reference, name, deed…")
        )
        for line in (self.since, self.until):
            line.editingFinished.connect(self._ask)
        self.words.textEdited.connect(self._type)
        self.words.returnPressed.connect(self._ask)
        named = (
            (tr("Person"), self.person, 180),
            (tr("Deed"), self.kind, 240),
            (tr("From day"), self.since, 130),
            (tr("To day"), self.until, 130),
            (tr("Words in it"), self.words, 220),
        )
        for name, control, width in named:
            if isinstance(control, QLineEdit):
                hold_hint(control, width)
            else:
                control.setFixedWidth(scaled(width))
            flow.addWidget(captioned(name, control, level="small", whole_width=True))
        self._clear = LinkButton(tr("Show all lines"))
        self._clear.clicked.connect(self.show_all)
        self._clearing = captioned("", self._clear, level="small")
        flow.addWidget(self._clearing)
        reveal(self._clearing, False)
        return holder

    def _of_screening(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        flow.setContentsMargins(0, 0, 0, 0)
        self._subject_said = label("", "strong", wrap=True)
        flow.addWidget(self._subject_said)
        others = LinkButton(tr("Every screening again"), tr("Every screening again"))
        others.clicked.connect(self._leave_screening)
        flow.addWidget(others)
        self._subject_row = holder
        reveal(holder, False)
        return holder

    def _foot(self) -> QWidget:
        self._line = ReadCard("", padding_px=12)
        self._line.body.setSpacing(4)
        self._sentence = label("", "strong", wrap=True)
        self._facts = label("", "muted", wrap=True)
        self._details = label("", "small", wrap=True)
        for made in (self._sentence, self._facts, self._details):
            self._line.body.addWidget(made)
        self._whole = LinkButton(tr("Everything about this screening"))
        self._whole.clicked.connect(self._follow)
        self._line.body.addWidget(self._whole, 0, Qt.AlignmentFlag.AlignLeft)
        reveal(self._line, False)
        return self._line

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is asked for

    def begin(self) -> None:
        """Ask for the first lines."""
        self._ask()

    def show_all(self) -> None:
        """Every filter away."""
        self.person.show_value("")
        self.kind.show_value("")
        for line in (self.since, self.until, self.words):
            line.clear()
        self._leave_screening()

    def _type(self) -> None:
        self._typing.start()

    def _leave_screening(self) -> None:
        self._subject, self._about = "", ""
        reveal(self._subject_row, False)
        self._ask()

    def _open_line(self, line: AuditLine) -> None:
        if line.screening:
            self._subject, self._about = line.screening, about(line)
            self._subject_said.setText(tr("Everything about {about}").format(about=self._about))
            reveal(self._subject_row, True)
            self._ask()

    def _follow(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None:
            self._open_line(line)
            self.focus_first()

    def _ask(self) -> None:
        self._typing.stop()
        since, until = self._day(self.since, tr("From day")), self._day(self.until, tr("To day"))
        if since is None or until is None:
            return
        kind = str(self.kind.currentData())
        found = Wanted(
            accounts=(str(self.person.currentData()),) if self.person.currentData() else (),
            deeds=(kind,) if kind not in ("", ALL_BUT_ANSWERS) else (),
            without=("answer",) if kind == ALL_BUT_ANSWERS else (),
            since=since[0],
            until=until[1],
            subject=self._subject,
            words=self.words.text().strip(),
            limit=PAGE_LINES,
        )
        self.warning.show_text("")
        reveal(self._clearing, found != Wanted(subject=self._subject, limit=PAGE_LINES))
        if found != self._shown:
            self._shown = found
            self.wanted.emit(found)

    def _day(self, line: QLineEdit, name: str) -> tuple[str, str] | None:
        """The first and the last day that was meant; None where it is no date, which is said."""
        text = line.text().strip()
        if not text:
            return "", ""
        found = parse(text, self._today)
        if found is None:
            self.warning.show_text(
                tr("{name}: “{text}” is not read as a date. Write it as 2026-11-23, 3w or March 2026.").format(
                    name=name, text=text
                )
            )
            return None
        day = PartialDate.parse(found)
        return day.first.isoformat(), day.last.isoformat()

    def _ask_for_more(self, before: int) -> None:
        if self._shown is not None:
            self.more.emit(replace(self._shown, before=before))

    # What came

    def show_lines(self, wanted: Wanted, page: AuditPage) -> None:
        """Show what was found; what was asked for before something else was is not shown any more."""
        if self._shown is None or replace(wanted, before=None) != self._shown:
            return
        if wanted.before is not None:
            self.model.add(page)
        else:
            self.model.begin(page)
            self._show_empty(bool(page.lines))
            if page.lines:
                self.table.selectRow(0)
            else:
                self._show_line(None)
        count = self.model.rowCount()
        said = tr_n("1 line, latest first", "{n} lines, latest first", count)
        self._count.setText(said if self.model.ends else tr("{said}, more below").format(said=said))
        self._take_out.setEnabled(count > 0)

    def _show_empty(self, there: bool) -> None:
        if there:
            self._stack.setCurrentWidget(self._framed)
            return
        while (item := self._empty_column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        said = tr("No line of the log fits all that is chosen above.")
        self._empty_column.addWidget(EmptyState(tr("Nothing found"), said))
        self._empty_column.addStretch(1)
        self._stack.setCurrentWidget(self._empty)

    def _show_line(self, line: AuditLine | None) -> None:
        reveal(self._line, line is not None)
        if line is None:
            return
        offset = line.at[23:] or line.at[19:]
        facts = (
            tr("Line {number}").format(number=line.number),
            f"{when(line)} {offset}".strip(),
            line.name or line.account,
            name_of(line.deed, WINDOW),
            about(line),
        )
        self._sentence.setText(sentence(line, WINDOW))
        self._facts.setText(" · ".join(part for part in facts if part))
        details = json.dumps(dict(line.details), ensure_ascii=False, sort_keys=True) if line.details else ""
        self._details.setText(
            tr("As it stands in the log: {deed} {details}").format(deed=line.deed, details=details).strip()
        )
        self._whole.setVisible(bool(line.screening))
        self._whole.setAccessibleName(tr("Everything about this screening, {about}").format(about=about(line)))
        said = (sentence(line, WINDOW), self._facts.text(), self._details.text())
        self._line.setAccessibleName(" ".join(said))

    # Checking, taking out

    def _ask_to_check(self) -> None:
        self._check.setEnabled(False)
        self.warning.show_text("")
        self._tell(tr("Checking every row of both logs and every signature…"))
        self.check.emit()

    def show_checked(self, good: bool, text: str) -> None:
        """Say what came of checking everything."""
        self._check.setEnabled(True)
        if good:
            self._tell(text)
        else:
            self.notice.show_text("")
            self.warning.show_text(text)
            announce(self, text, urgent=True)

    def _ask_to_take_out(self) -> None:
        if self._shown is not None:
            self.take_out.emit(self._shown)

    def _tell(self, text: str) -> None:
        self.notice.show_text(text)
        announce(self, text)

    def show_problem(self, problem: WorldError) -> None:
        """Say what the store could not do."""
        self._check.setEnabled(True)
        self.notice.show_text("")
        self.warning.show_text(problem_words(problem))
        announce(self, problem.said)
