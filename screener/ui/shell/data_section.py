"""Settings, Where the data lies: the program's folder on this computer, what is in it and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.content import folder_words
from screener.ui.data_place import NOT_IN_IT, Lying
from screener.ui.shell.backups_page import size_words
from screener.ui.shell.setting import COMPUTER, Section
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.layout import FlowLayout, clear
from screener.ui.widgets.messages import Notice
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce

_LEAD = tr("Everything that this program keeps lies in one folder of this computer.")
_MADE_UP = tr("With a made-up patient nothing is kept: what is typed is gone when the window is closed.")


class DataSection(Section):
    """Says where the folder is at once; what lies in it is read beside the window and shown then."""

    open_folder = Signal(object)
    """A `Path`."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(tr("Where the data lies"), COMPUTER)
        self._folder = folder
        self._card = ReadCard(_LEAD if folder is not None else _MADE_UP, padding_px=16)
        self._card.body.addWidget(label(_LEAD if folder is not None else _MADE_UP, "muted", wrap=True))
        self._facts = QVBoxLayout()
        self._card.body.addLayout(self._facts)
        self.add_part(
            self._card,
            Described(
                self.title,
                f"{_LEAD} {NOT_IN_IT}",
                (),
                (tr("folder, files, disk, size, path, vault"),),
            ),
        )
        if folder is None:
            return
        self._card.body.addWidget(label(NOT_IN_IT, "muted", wrap=True))
        self.said = Notice("")
        self._card.body.addWidget(self.said)
        self._card.body.addWidget(self._deeds())
        self._fill([(tr("Folder"), folder_words(folder)), (tr("Size"), tr("looking through the folder…"))])

    def _deeds(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        show = ActionButton(tr("Open this folder"))
        show.clicked.connect(self._open)
        copy = ActionButton(tr("Copy its path"))
        copy.clicked.connect(self._copy)
        for button in (show, copy):
            flow.addWidget(button)
        return holder

    def show_lying(self, lying: Sequence[Lying]) -> None:
        """Show what lies in the folder."""
        if self._folder is None:
            return
        whole = sum(one.size for one in lying)
        facts = [(tr("Folder"), folder_words(self._folder)), (tr("Size"), size_words(whole))]
        self._fill([*facts, *((one.name, f"{size_words(one.size)}. {one.what}") for one in lying)])

    def show_unread(self, why: str) -> None:
        """Say why it is not known what lies in the folder."""
        if self._folder is not None:
            self._fill([(tr("Folder"), folder_words(self._folder)), (tr("Size"), why)])

    def say(self, text: str) -> None:
        """Say what came of a deed."""
        self.said.show_text(text)
        announce(self, text)

    def _fill(self, facts: list[tuple[str, str]]) -> None:
        clear(self._facts)
        self._facts.addLayout(fact_grid(facts, 160))
        self._card.setAccessibleName("; ".join([_LEAD, *(f"{name}: {text}" for name, text in facts), NOT_IN_IT]))

    def _open(self) -> None:
        self.open_folder.emit(self._folder)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))
        self.say(tr("Copied: {folder}").format(folder=self._folder))
