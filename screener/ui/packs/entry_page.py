"""What the pages of a rule, a question and a source have in common: news above, how it is written, ways from it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from screener.forms.library import Excerpt
from screener.language import tr
from screener.ui.packs.code import CodeBox
from screener.ui.packs.opened import Written
from screener.ui.widgets.controls import LinkButton, heading, label
from screener.ui.widgets.growing import GrowingPage
from screener.ui.widgets.layout import Card, FlowLayout, Notice
from screener.ui.widgets.speech import announce

_WITH_CASES = tr("With its worked cases"), tr("As written: with its worked cases")
_WITHOUT_CASES = tr("Without its worked cases"), tr("As written: without its worked cases")


class EntryPage(GrowingPage):
    """The right side of the browser while an entry is chosen."""

    go = Signal(str, str)
    """To an entry: kind and id."""
    open_folder = Signal(object)
    """The `Path` of a file whose folder somebody wants to see."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._said = ""
        self._first: QWidget = self
        """The first card, to be read."""
        self._news = Notice("", parent=self)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """Say something of this entry above it."""
        self._news.show_text(text)
        announce(self, text)

    # Parts

    def _news_of(self, said: str) -> Notice:
        """What there is to say of the entry first, and where more is said later."""
        self._news = Notice(said)
        return self._news

    def _written_card(self, written: Written) -> Card:
        """How it is written, or why that is not at hand."""
        excerpt = written.excerpt
        if excerpt is None:
            card = Card()
            card.setAccessibleName(tr("As written"))
            card.body.addWidget(heading(tr("As written")))
            card.body.addWidget(label(written.files, "muted", wrap=True))
            return card
        made = WrittenCard(excerpt)
        made.copied.connect(partial(self.say, tr("Copied as it is written.")))
        if excerpt.path is not None:
            made.add_deed(
                self._to_folder(tr("As written: open the folder of {file}").format(file=excerpt.file), excerpt.path)
            )
        return made

    def _to_folder(self, name: str, path: Path) -> LinkButton:
        made = LinkButton(tr("Open the folder"), name)
        made.clicked.connect(partial(self.open_folder.emit, path))
        return made

    def _copy_of(self, link: str) -> LinkButton:
        made = LinkButton(tr("Copy the link"), tr("Copy the link to the source: {link}").format(link=link))
        made.clicked.connect(partial(self._copy_link, link))
        return made

    def _copy_link(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        self.say(tr("Link copied. It is opened nowhere."))


class WrittenCard(Card):
    """An entry as its file has it, to be copied; the worked cases of a rule stand apart until they are wanted."""

    copied = Signal()

    def __init__(self, excerpt: Excerpt) -> None:
        super().__init__()
        self.setAccessibleName(tr("As written"))
        self._excerpt = excerpt
        self.body.addWidget(heading(tr("As written · {place}").format(place=excerpt.place)))
        self._code = CodeBox(tr("As written, {place}").format(place=excerpt.place))
        self._code.show_text(excerpt.text)
        self.body.addWidget(self._code)
        deeds = QWidget()
        self._deeds = FlowLayout(deeds, gap_px=4)
        if excerpt.cases:
            self._with_cases = LinkButton(*_WITH_CASES)
            self._with_cases.setCheckable(True)
            self._with_cases.toggled.connect(self._turn_cases)
            self.add_deed(self._with_cases)
        copy = LinkButton(tr("Copy"), tr("As written: copy"))
        copy.clicked.connect(self._copy)
        self.add_deed(copy)
        self.body.addWidget(deeds)

    def add_deed(self, link: LinkButton) -> None:
        """One more of the links below the text."""
        self._deeds.addWidget(link)

    def _turn_cases(self, opened: bool) -> None:
        cases = "\n".join(f"  {line}" if line else "" for line in self._excerpt.cases.splitlines())
        self._code.show_text(f"{self._excerpt.text}\n{cases}" if opened else self._excerpt.text)
        text, name = _WITHOUT_CASES if opened else _WITH_CASES
        self._with_cases.setText(text)
        self._with_cases.setAccessibleName(name)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.toPlainText())
        self.copied.emit()
