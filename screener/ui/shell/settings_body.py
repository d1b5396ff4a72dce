"""The sections of Settings under one another, with a list of them at the left where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from screener.language import tr
from screener.ui.shell.setting import Section
from screener.ui.shell.setting_search import Matches, find
from screener.ui.shell.settings_group import GroupHead
from screener.ui.shell.settings_rail import SettingsRail
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import ActionButton
from screener.ui.widgets.layout import EmptyState, Notice, ScrollPage
from screener.ui.widgets.tab_order import enter

_ONE_COLUMN_PX = 900
"""Below this width of text there is no list of sections beside the page."""


class SettingsBody(QWidget):
    """Turns to sections, narrows to what a search finds, and knows which section is in sight."""

    every_one = Signal()
    """Somebody wants to see every setting again."""

    def __init__(self, said: str, *groups: tuple[GroupHead, Sequence[Section]]) -> None:
        """`said` stands above the first group; a group is its head and the sections below it."""
        super().__init__()
        self.page = ScrollPage("page", 820, 32)
        self.page.body.addWidget(Notice(said))
        again = ActionButton(tr("Show every setting"), "Esc")
        again.clicked.connect(self.every_one)
        searched = tr("Names, explanations and choices were searched, also for words that are spelt nearly so.")
        self._nothing = EmptyState(tr("No setting is called so"), searched, again)
        self._nothing.hide()
        self.page.body.addWidget(self._nothing)
        self.sections = [section for _, sections in groups for section in sections]
        self._heads = {sections[0].where: head for head, sections in groups}
        for head, sections in groups:
            for part in (head, *sections):
                self.page.body.addWidget(part)
        self.page.body.addStretch(1)
        self._rail = SettingsRail([(section.title, section.where) for section in self.sections])
        self._rail.chosen.connect(self.show_section)
        self._rail.entered.connect(self.enter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self.page, 1)
        self._turning = False
        self.page.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def parts(self) -> tuple[QWidget, QWidget]:
        """As they read: the list of sections, then the page."""
        return self._rail, self.page

    # Searching

    def narrow(self, typed: str) -> Matches:
        """Show what these words find, or everything where there are none; what was found."""
        held = [(section, section.entries()) for section in self.sections]
        entries = [entry for _, of_section in held for entry in of_section]
        matches = find(typed, [described for _, described in entries])
        found = {entries[place][0] for place in matches.places} if typed.strip() else None
        for section, of_section in held:
            section.show_found([part for part, _ in of_section], found)
        shown = self._shown()
        for where, head in self._heads.items():
            head.setVisible(any(section.where == where for section in shown))
        self._rail.show_found(None if found is None else {section.title for section in shown})
        self._nothing.setVisible(not shown)
        self.page.verticalScrollBar().setValue(0)
        return matches

    def enter_first(self) -> None:
        """The keyboard goes to the first control of what is shown."""
        for section in self._shown()[:1]:
            self._focus_in(section)

    def _shown(self) -> list[Section]:
        return [section for section in self.sections if not section.isHidden()]

    # The place on the page

    @property
    def section(self) -> str:
        """The title of the section that is in sight."""
        bar, shown = self.page.verticalScrollBar(), self._shown()
        if not shown:
            return ""
        if bar.maximum() and bar.value() == bar.maximum():
            return shown[-1].title
        line = bar.value() + scaled(120)
        above = [section for section in shown if self._top_of(section) <= line]
        return (above or shown[:1])[-1].title

    def show_section(self, title: str) -> None:
        """Bring a section to the head of the page."""
        for section in self._shown():
            if section.title == title:
                self._turning = True
                self.page.verticalScrollBar().setValue(self._top_of(section) - scaled(16))
                self._turning = False
                self._rail.show_current(title)

    def show_section_soon(self, title: str) -> None:
        """As soon as the page has been laid out."""
        QTimer.singleShot(0, self, lambda: self.show_section(title))

    def enter(self, title: str) -> None:
        """Bring a section to the head of the page, and the keyboard to its first control."""
        for section in self._shown():
            if section.title == title:
                self._focus_in(section)
        self.show_section(title)

    def keep_in_sight(self) -> None:
        """Larger text moves everything: what has the keyboard stays in sight."""
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.page.isAncestorOf(focus):
            self.page.ensureWidgetVisible(focus, 20, scaled(72))

    def _focus_in(self, section: Section) -> None:
        shown = [setting.control for setting in section.settings if setting.isVisibleTo(section)]
        enter((shown or [section])[0])

    def _top_of(self, section: Section) -> int:
        inside = self.page.widget()
        return section.mapTo(inside, QPoint(0, 0)).y() if inside is not None else 0

    def _scrolled(self) -> None:
        if not self._turning:
            self._rail.show_current(self.section)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._rail.setVisible(unscaled(event.size().width()) >= _ONE_COLUMN_PX)
        self._rail.fit()
        super().resizeEvent(event)
