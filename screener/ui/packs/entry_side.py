"""The right side of the browser: the entry that is chosen, what stands where there is none, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.packs.findings_page import FindingsHere
from screener.ui.packs.opened import READING, Shown, ShownQuestion, ShownRule
from screener.ui.packs.parts import ENTRY_WORDS
from screener.ui.packs.question_page import QuestionPage
from screener.ui.packs.rule_page import RulePage
from screener.ui.packs.source_page import SourcePage
from screener.ui.packs.table_page import TablePage
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import Notice, plain

_OF_LISTS = {"finding": tr("findings"), "table": tr("the table")}
"""What is called a page that is a list itself."""


class EntrySide(QWidget):
    """Shows one page at a time. Links on it lead to other entries, and it remembers where from."""

    go = Signal(str, str)
    open_folder = Signal(object)
    back_wanted = Signal()
    list_wanted = Signal()
    turned = Signal()
    """Another page, another way back, or another place to try a rule: other keys do something now."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._before: list[tuple[str, str]] = []
        """Where links led away from."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._the_way())
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.rule, self.question, self.source = RulePage(now), QuestionPage(), SourcePage()
        self.findings, self.table = FindingsHere(), TablePage()
        self.nothing = Nothing()
        self.rule.trying_changed.connect(self.turned)
        for page in (self.rule, self.question, self.source, self.findings, self.table):
            page.go.connect(self.go)
            page.open_folder.connect(self.open_folder)
            self._stack.addWidget(page)
        self._stack.addWidget(self.nothing)
        self._stack.setCurrentWidget(self.nothing)
        self.show_way(alone=False)

    def _the_way(self) -> QWidget:
        self._way = plain("page")
        inside = QHBoxLayout(self._way)
        inside.setContentsMargins(24, 10, 24, 0)
        self._to_list = LinkButton(tr("To the list"))
        self._to_list.clicked.connect(self.list_wanted)
        self.back = LinkButton("")
        self.back.clicked.connect(self.back_wanted)
        for link in (self._to_list, self.back):
            inside.addWidget(link)
        inside.addStretch(1)
        return self._way

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        assert shown is not None
        return shown

    # Pages

    def show_entry(self, shown: Shown, said: str = "") -> None:
        """Show an entry, made anew only where something of it is other than shown; `said` stands above it."""
        if isinstance(shown, ShownRule):
            self.rule.show_rule(shown, said)
            self._put(self.rule)
        elif isinstance(shown, ShownQuestion):
            self.question.show_question(shown, said)
            self._put(self.question)
        else:
            self.source.show_source(shown, said)
            self._put(self.source)

    def show_findings(self) -> None:
        """Show what is wrong with the files, as it is now."""
        self.findings.refresh()
        self._put(self.findings)

    def show_counts(self) -> None:
        """Show how often each rule would be listed in a table."""
        self._put(self.table)

    def narrow(self, kind: str, words: str) -> str:
        """Narrow a page that is a list itself; how much is left of it, in words."""
        page = self.table if kind == "table" else self.findings
        page.narrow(words)
        return page.counted

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.nothing.show_text(tr("Nothing is chosen"), tr("Choose an entry from the list."))
        self._put(self.nothing)

    def show_gone(self, kind: str, name: str, said: str) -> None:
        """What is chosen is not there; `said`: what came of it, where that is known."""
        text = said or tr("The content that is open does not have the {entry_words} {name}.").format(
            entry_words=ENTRY_WORDS[kind], name=name
        )
        self.nothing.show_text(tr("{name} is not in the content").format(name=name), text)
        self._put(self.nothing)

    def _put(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
        self.turned.emit()

    def focus_page(self) -> None:
        """To what is first to be read."""
        focus = getattr(self.page, "focus_first", None)
        if callable(focus):
            focus()

    # The way back

    def remember(self, kind: str, name: str) -> None:
        """A link leads away from this entry."""
        self._before.append((kind, name))
        self.turned.emit()

    def forget(self) -> None:
        """The user goes a way of his own: no link led here."""
        self._before.clear()
        self.turned.emit()

    def take_back(self) -> tuple[str, str] | None:
        """The entry from which the last link led away; None where none did."""
        before = self._before.pop() if self._before else None
        self.turned.emit()
        return before

    @property
    def leads_back(self) -> bool:
        """Whether a link led to what is shown."""
        return bool(self._before)

    def show_way(self, *, alone: bool) -> None:
        """The links above what is shown: to the list where it stands `alone`, and to where a link led from."""
        self._to_list.setVisible(alone)
        if self._before:
            said = tr("Back to {before}").format(before=self._before[-1][1] or _OF_LISTS.get(self._before[-1][0], ""))
            self.back.setText(said)
            self.back.setAccessibleName(said)
        self.back.setVisible(bool(self._before))
        self._way.setVisible(alone or bool(self._before))


class Nothing(QWidget):
    """What stands where nothing is chosen, or where what was chosen is gone."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(8)
        self._title = label(READING, "title", wrap=True)
        column.addWidget(self._title)
        self._notice = Notice("")
        column.addWidget(self._notice)
        column.addStretch(1)

    def show_text(self, title: str, text: str) -> None:
        """Say what is not there, and why."""
        self._title.setText(title)
        self._notice.show_text(text)
        self.setAccessibleName(title)
