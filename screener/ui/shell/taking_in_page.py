"""Settings, Content: a form of another system, as it would be asked here, looked over before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.exchange.fhir.foreign.reading import Incoming
from screener.exchange.fhir.foreign.shapes import Remark
from screener.exchange.fhir.foreign.showing import Shown, shown
from screener.forms.findings import Finding
from screener.forms.model import Pack
from screener.language import tr, tr_n
from screener.text import WorldError, begun, problem_words
from screener.ui.content import folder_words, path_typed
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.widgets.choosing import CheckRow
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, heading, label
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.foot import Foot, above_foot
from screener.ui.widgets.group import BareGroup
from screener.ui.widgets.layout import Card, Notice, clear
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.working import Working

_FINDINGS = 6
_LOOK = tr("Look into the file")


class TakingInPage(QWidget):
    """First the file is looked into; what it would become is shown; then it is taken in whole, or not at all.

    What is shown can be long: the deed stays in reach at the foot.
    """

    look = Signal(object)
    """Which file is meant; `show_found` or `show_problem` answers."""
    take = Signal(object, object, bool)
    """(what was found, the pathways, whether its words are declared as its own)"""
    back = Signal()

    def __init__(self, pack: Pack, folder: str, start: Path) -> None:
        super().__init__()
        form = FormPage(
            tr("Take in a form"),
            tr(
                "A form of another system, as a FHIR R4 Questionnaire, becomes a theme of this clinic's own. It is "
                "read on this computer and nothing is fetched. What it would become is shown first; then it is written "
                "into {folder}."
            ).format(folder=folder),
            width_px=820,
        )
        self.setAccessibleName(form.accessibleName())
        self.notice = form.notice
        self._pack, self._start = pack, start
        self._found: Incoming | None = None
        self._boxes: dict[str, CheckRow] = {}
        self._declare: CheckRow | None = None
        self.file = text_line(540, placeholder=tr("a file that ends in .json"))
        self.file.textEdited.connect(self._forget)
        self.file.returnPressed.connect(self._look)
        choose = ActionButton(tr("Choose a file…"))
        choose.clicked.connect(self._ask)
        form.add(tr("Form"), self.file, beside=choose)
        self._stopping = QVBoxLayout()
        self._stopping.setSpacing(12)
        form.body.addLayout(self._stopping)
        holder = QWidget()
        self._about = QVBoxLayout(holder)
        self._about.setContentsMargins(0, 0, 0, 0)
        self._about.setSpacing(12)
        form.body.addWidget(holder)
        form.body.addStretch(1)
        self.working = Working()
        self._go = ActionButton(_LOOK, "Ctrl+Return", "primary")
        self._call_deed(_LOOK)
        self._go.clicked.connect(self._go_on)
        self._leave = ActionButton(tr("Back"), "Esc")
        self._leave.setShortcut("Esc")
        self._leave.clicked.connect(self.back)
        above_foot(self, form, Foot([self.working, self.notice], [self._leave, self._go]))

    # Which file

    def _ask(self) -> None:
        ask_path(self, Chosen.FILE, tr("Choose a form"), self._start, self._take_file, tr("Forms (*.json)"))

    def _take_file(self, path: Path) -> None:
        self.file.setText(folder_words(path))
        self._look()

    def _forget(self) -> None:
        """What was said of another file does not stand beside this one."""
        self._found, self._declare = None, None
        self._boxes.clear()
        clear(self._about)
        clear(self._stopping)
        self._call_deed(_LOOK)
        self.say("")

    def _call_deed(self, text: str) -> None:
        self._go.setText(text)
        self._go.setShortcut("Ctrl+Return")  # another text takes the shortcut away

    def _look(self) -> None:
        self._forget()
        if not self.file.text().strip():
            self.say(tr("Choose a form, or type where it lies."))
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._work(tr("Reading the form…"))
        self.look.emit(path_typed(self.file.text()))

    def _go_on(self) -> None:
        if self._found is None:
            self._look()
            return
        pathways = tuple(name for name, box in self._boxes.items() if box.isChecked())
        if not pathways:
            self.say(tr("Choose at least one pathway on which it is asked."))
            next(iter(self._boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._declare is not None and not self._declare.isChecked():
            self.say(tr("Some of its words advise or decide: declare them as the form's own, or change them there."))
            self._declare.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._work(tr("Checking the content with the new theme in it…"))
        self.take.emit(self._found, pathways, self._declare is not None)

    def _work(self, what: str) -> None:
        self.say("")
        self.working.begin(what)
        for part in (self._go, self.file):
            part.setEnabled(False)

    def _end(self) -> None:
        self.working.end()
        for part in (self._go, self.file):
            part.setEnabled(True)

    # What it would become

    def show_found(self, found: Incoming) -> None:
        """The form as it would be asked, with what is not as there in its place."""
        self._end()
        self._found = found
        self._about.addWidget(self._facts(found))
        self._about.addWidget(label(tr("Asked on"), "strong"))
        group = BareGroup(tr("Asked on"))
        rows = QVBoxLayout(group)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for pathway in self._pack.pathways:
            self._boxes[pathway.id] = CheckRow(pathway.title)
            rows.addWidget(self._boxes[pathway.id])
        self._about.addWidget(group)
        if found.advising:
            self._about.addWidget(self._words(found.advising))
        self._about.addWidget(heading(tr("As it will be asked")))
        for one in shown(found, self._pack):
            self._about.addWidget(_card(one))
        self._call_deed(tr("Take it in"))
        order_tab(self)
        counted = tr_n("1 question", "{n:,} questions", len(found.asked))
        announce(self, tr("{title}: {counted}. Nothing is written yet.").format(title=found.title, counted=counted))
        next(iter(self._boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self, found: Incoming) -> QWidget:
        card = Card()
        card.body.addWidget(label(found.title, "large", wrap=True))
        changes = sum(remark.changes for remark in found.all_remarks)
        kept = len(found.all_remarks) - changes
        pairs = [
            (tr("Published by"), found.publisher),
            (tr("Rights"), found.copyright or tr("The form names none. Who may use it is asked of its publisher.")),
            (tr("Questions"), f"{len(found.asked):,}"),
            (tr("Not as there"), tr_n("1 thing, named in its place", "{n:,} things, each named in its place", changes)),
            (tr("Kept as comments"), f"{kept:,}"),
        ]
        card.body.addLayout(fact_grid((name, text) for name, text in pairs if text))
        for remark in found.remarks:
            if remark.changes:
                card.body.addWidget(_said(remark))
        return card

    def _words(self, advising: Iterable[Finding]) -> QWidget:
        card = Card()
        words = [f"{one.message} ({one.place.file})" for one in advising]
        more = len(words) - _FINDINGS
        lines = words[:_FINDINGS] + ([tr_n("and 1 more", "and {n:,} more", more)] if more > 0 else [])
        said = tr("Nothing that this program shows advises or decides. In this form:")
        card.body.addWidget(Notice(f"{said} {'; '.join(lines)}", "warning"))
        self._declare = CheckRow(tr("Declare these words as the form's own: they are marked as such in the file"))
        card.body.addWidget(self._declare)
        return card

    def show_findings(self, found: Iterable[Finding]) -> None:
        """Why it was not taken in: what the content would have had to be mended for, above what it would become."""
        self._end()
        clear(self._stopping)
        cards = [finding_card(one) for one in [*found][:_FINDINGS]]
        for card in cards:
            self._stopping.addWidget(card)
        order_tab(self)
        self.say(tr("Nothing was written: with it the content could not be used."))
        announce(self, self.notice.text, urgent=True)
        if cards:
            # Once it has its place.
            QTimer.singleShot(0, cards[0], partial(cards[0].setFocus, Qt.FocusReason.OtherFocusReason))

    def say(self, text: str) -> None:
        """Say what is missing or went wrong."""
        self.notice.show_text(text)

    def show_problem(self, problem: WorldError) -> None:
        self._end()
        self.say(problem_words(problem))
        announce(self, problem.said)
        self.focus_first()

    def focus_first(self) -> None:
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)


def _card(one: Shown) -> QWidget:
    card = Card()
    asked = one.about or tr("Not asked here")
    card.setAccessibleName(f"{one.text} {asked}")
    card.body.addWidget(label(one.text, "strong" if one.about else "muted", wrap=True))
    lines = [asked]
    if one.when:
        lines.append(tr("Asked {when}").format(when=one.when))
    if one.help:
        lines.append(tr("Help: {text}").format(text=one.help))
    if one.kept:
        lines.append(tr_n("1 thing is kept as a comment", "{n:,} things are kept as comments", len(one.kept)))
    for line in lines:
        card.body.addWidget(label(line, "small", wrap=True))
    for remark in one.changes:
        card.body.addWidget(_said(remark))
    return card


def _said(remark: Remark) -> QWidget:
    """What is not as there, and where it stands in the file."""
    return Notice(f"{begun(remark.what)} ({remark.place.removeprefix('Questionnaire.')})")
