"""The gallery: who there is to rehearse with, by their first words, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.training.files import Kept
from screener.training.library import Entry
from screener.training.scenario import CUTS_MIN, LEVELS
from screener.ui.training.kept_list import KeptList
from screener.ui.training.tiles import LEVEL_WORDS, UnusableCard, tile
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, LinkButton, Segmented, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.hints import hold_hint
from screener.ui.widgets.layout import EmptyState, FlowLayout, Halves, Notice, ScrollPage, clear
from screener.ui.widgets.search_line import SearchLine
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

Wanted = Literal["practise", "play", "sheets"]
"""What somebody wants with a patient."""
_ALL = "all"
_LEAD = tr(
    "Each is made up. Nothing here says what is to be found: that is what the rehearsal is for. What is rehearsed is "
    "kept in plain files of its own, never with records."
)
_OF_TITLES = tr("For the trainer: a title can say what is to be found.")


class GalleryPage(ScrollPage):
    """Shows the patients by their first words only: nothing here gives away what is to be found.

    A trainer, who knows the scenarios, can have their titles shown too, which can give it away.
    """

    wanted = Signal(str, object, object)
    """(`Wanted`, `Entry`, minutes that it is cut to or None)"""
    first_look = Signal()
    again = Signal()
    """The folders are to be read again."""
    choose_folder = Signal(object)
    show_folder = Signal()
    undo = Signal()
    """What was taken off the list of kept rehearsals is wanted back."""

    def __init__(self, pathways: Mapping[str, str], own_folder: Path, said: str = "", *, undo: bool = False) -> None:
        super().__init__("page", 1180, 32)
        self.setAccessibleName(tr("Made-up patients"))
        self._pathways, self._own_folder = pathways, own_folder
        self._entries: Sequence[Entry] | None = None
        self._of_kept: Sequence[Kept] = ()
        self.body.addWidget(self._head())
        self.body.addWidget(label(_LEAD, "muted", wrap=True))
        back = LinkButton(tr("Undo"))
        back.clicked.connect(self.undo)
        reveal(back, undo)
        self.notice = Notice(said, action=back)
        self.body.addWidget(self.notice)
        self.kept = KeptList()
        self.body.addWidget(self.kept)
        self.body.addWidget(self._filters())
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.body.addLayout(self._list)
        self.body.addWidget(self._foot())
        self.body.addStretch(1)
        self._list.addWidget(label(tr("Reading who there is…"), "muted"))

    # Building

    def _head(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap_px=8, last_at_end=True)
        row.addWidget(label(tr("Made-up patients"), "page"))
        look = ActionButton(tr("First look: a half-filled patient"))
        look.setAccessibleDescription(tr("To look around in a screening; nothing of it is kept."))
        look.clicked.connect(self.first_look)
        row.addWidget(look)
        return holder

    def _filters(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap_px=12)
        self.search = SearchLine()
        self.search.setAccessibleName(tr("Search made-up patients"))
        self.search.textEdited.connect(self._show)
        row.addWidget(self.search)
        self.pathway = DropDown(tr("Pathway"), [(tr("Every pathway"), _ALL)])
        self.pathway.activated.connect(self._show)
        row.addWidget(self.pathway)
        levels = [(_ALL, tr("Every level")), *((level, LEVEL_WORDS[level]) for level in LEVELS)]
        self.level = Segmented(tr("Level"), levels, always=True)
        self.level.show_chosen(_ALL)
        self.level.user_chose.connect(self._show)
        row.addWidget(self.level)
        cuts = [(_ALL, tr("Whole visit")), *((str(cut), tr("{cut} min").format(cut=cut)) for cut in CUTS_MIN)]
        self.length = Segmented(tr("How long"), cuts, always=True)
        self.length.show_chosen(_ALL)
        row.addWidget(self.length)
        self.titles = QCheckBox(tr("Show titles"))
        self.titles.setAccessibleDescription(_OF_TITLES)
        self.titles.setToolTip(_OF_TITLES)
        self.titles.toggled.connect(self._turn_titles)
        row.addWidget(self.titles)
        self._hint_search()
        return holder

    def _hint_search(self) -> None:
        titled = self.titles.isChecked()
        self.search.setPlaceholderText(tr("Search title or first words…") if titled else tr("Search first words…"))
        hold_hint(self.search, 220)

    def _turn_titles(self) -> None:
        self._hint_search()
        self._show()
        self.show_kept(self._of_kept)

    def _foot(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading(tr("Your own scenarios")))
        said = tr(
            "Read from {folder}. A scenario is a file that a trainer writes; what is wrong with one is shown here."
        )
        column.addWidget(label(said.format(folder=self._own_folder), "small", wrap=True))
        deeds = QWidget()
        row = FlowLayout(deeds, gap_px=8)
        for text, deed in (
            (tr("Show the folder"), self.show_folder.emit),
            (tr("Choose another folder…"), self._choose),
            (tr("Read again"), self.again.emit),
        ):
            button = ActionButton(text)
            button.clicked.connect(deed)
            row.addWidget(button)
        column.addWidget(deeds)
        return holder

    def _choose(self) -> None:
        ask_path(self, Chosen.FOLDER, tr("Choose a folder of scenarios"), self._own_folder, self.choose_folder.emit)

    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # What there is

    @property
    def cut_min(self) -> int | None:
        """The minutes that a rehearsal is to be shortened to; None for the whole visit."""
        return int(self.length.chosen) if self.length.chosen not in (None, _ALL) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show who there is."""
        self._entries = entries
        found = {entry.scenario.pathway for entry in entries if entry.scenario is not None}
        chosen = self.pathway.currentData()
        while self.pathway.count() > 1:
            self.pathway.removeItem(1)
        for name in [name for name in self._pathways if name in found]:
            self.pathway.addItem(self._pathways[name], name)
        self.pathway.show_value(chosen)
        self._show()

    def show_kept(self, kept: Sequence[Kept]) -> None:
        """Show what was put aside or done before."""
        self._of_kept = kept
        there = {one.scenario.id: one.scenario for one in self._entries or () if one.scenario is not None}
        self.kept.show_kept(kept, there, titled=self.titles.isChecked())

    def say(self, text: str) -> None:
        """Say something at the top of the page."""
        self.notice.show_text(text)

    def _show(self) -> None:
        if self._entries is None:
            return
        clear(self._list)
        shown = [entry for entry in self._entries if entry.usable and self._is_wanted(entry)]
        for place in range(0, len(shown), 2):
            pair = [self._tile(entry) for entry in shown[place : place + 2]]
            self._list.addWidget(Halves(pair[0], pair[1] if len(pair) > 1 else QWidget(), from_px=720))
        if not shown:
            self._list.addWidget(self._nothing())
        unusable = [entry for entry in self._entries if not entry.usable]
        if unusable:
            self._list.addWidget(heading(tr("Cannot be used as they are")))
            for entry in unusable:
                self._list.addWidget(UnusableCard(entry))
        announce(self, tr_n("{n} patient", "{n} patients", len(shown)))

    def _tile(self, entry: Entry) -> QWidget:
        assert entry.scenario is not None
        pathway = self._pathways.get(entry.scenario.pathway, entry.scenario.pathway)
        wanted = partial(self._ask_for, entry)
        return tile(entry, pathway, wanted, titled=self.titles.isChecked())

    def _ask_for(self, entry: Entry, wanted: Wanted) -> None:
        self.wanted.emit(wanted, entry, self.cut_min)

    def _is_wanted(self, entry: Entry) -> bool:
        scenario = entry.scenario
        assert scenario is not None
        words = self.search.text().strip().casefold()
        title = scenario.title if self.titles.isChecked() else ""
        return (
            self.pathway.currentData() in (_ALL, scenario.pathway)
            and self.level.chosen in (_ALL, scenario.level)
            and words in f"{title}\n{scenario.opening_line}".casefold()
        )

    def _nothing(self) -> QWidget:
        if not any(entry.usable for entry in self._entries or ()):
            return EmptyState(tr("Nobody here yet"), tr("No scenario in the folders can be used as it is."))
        button = ActionButton(tr("Show everybody"))
        button.clicked.connect(self._show_everybody)
        return EmptyState(tr("Nobody found"), tr("No made-up patient matches this search."), button)

    def _show_everybody(self) -> None:
        self.search.clear()
        self.pathway.show_value(_ALL)
        self.level.show_chosen(_ALL)
        self._show()
        self.focus_first()
