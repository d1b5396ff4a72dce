"""Settings, Crisis card: the site's own wording, and beside it the card as F8 shows it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from screener.language import tr
from screener.ui.shell.setting import CLINIC, Kept, Section, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.crisis_card import LEAD, TITLE, card_lines
from screener.ui.widgets.layout import Card, Halves, ScrollPage, clear

CRISIS_CARD = Described(
    tr("Crisis card"),
    tr(
        "The site's own wording and numbers, shown by F8 during a screening. Left "
        "blank, the card says that it is blank."
    ),
    (),
    (tr("emergency, phone, number, hotline, suicide, preview"),),
)
_HEIGHT_PX = 190


class Preview(Card):
    """The card as it is shown during a screening, in the room that this page has for it."""

    def __init__(self) -> None:
        super().__init__("card", padding_px=12)
        self.setAccessibleName(tr("As F8 shows it"))
        self.body.addWidget(heading(tr("As F8 shows it")))
        page = ScrollPage("surface", 520, 8)
        self._page = page
        page.setAccessibleName(tr("The card"))
        page.body.setSpacing(8)
        page.body.addWidget(label(TITLE, "large"))
        page.body.addWidget(label(LEAD, "muted", wrap=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        page.body.addLayout(self._lines)
        page.body.addStretch(1)
        self.body.addWidget(page, 1)
        self._shown: list[tuple[str, str]] = []

    def show_text(self, text: str) -> None:
        """Show the card with this wording."""
        lines = card_lines(text)
        if lines == self._shown:
            return
        self._shown = lines
        clear(self._lines)
        for said, level in lines:
            self._lines.addWidget(label(said, level, wrap=True))


class CardSection(Section):
    """The wording of the site, with the card beside it as it will be read."""

    altered = Signal()

    def __init__(self, wording: str) -> None:
        super().__init__(tr("Crisis card"), CLINIC)
        self.edit = QPlainTextEdit(wording)
        self.edit.setAccessibleName(CRISIS_CARD.name)
        self.edit.setAccessibleDescription(CRISIS_CARD.explanation)
        self.edit.setTabChangesFocus(True)
        self.preview = Preview()
        self.preview.show_text(wording)
        for part in (self.edit, self.preview):
            # Nothing below moves while somebody types.
            part.setFixedHeight(scaled(_HEIGHT_PX))
        halves = Halves(self.edit, self.preview)
        halves.setFocusProxy(self.edit)
        kept = Kept(lambda: self.wording, self.edit.setPlainText, "", lambda text: text or tr("blank"))
        self._setting = self.add(Setting(CRISIS_CARD, halves, kept))
        self.edit.textChanged.connect(self._typed)
        self._setting.altered.connect(self.altered)

    @property
    def wording(self) -> str:
        """As it is kept: without blank ends."""
        return self.edit.toPlainText().strip()

    def show_wording(self, wording: str) -> None:
        """Show another wording; what is being typed stays where it is the same."""
        if wording != self.wording:
            self.edit.setPlainText(wording)

    def _typed(self) -> None:
        self.preview.show_text(self.edit.toPlainText())
        self._setting.look()
