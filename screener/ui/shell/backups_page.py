"""Backups: made now, made when the window closes, where they lie, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr
from screener.store.archive import BackupLine, Manifest
from screener.text import WorldError, moment
from screener.ui.actions import bind
from screener.ui.choices import KEPT_NUMBERS, BackupChoices
from screener.ui.content import folder_words, path_typed
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.shell.half_written import STANDS_AS_LEFT, Filling
from screener.ui.widgets.choosing import CheckRow
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, LinkButton, Segmented, label
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.layout import EmptyState, Notice, clear, hairline
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.working import Working

_SHOWN = 20
_SAME_DISK = tr(
    "This folder is on the same disk as the records: a disk that fails takes both. "
    "A folder on another disk, or one that is copied elsewhere, outlives it."
)
TRIED = tr("It was tried: everything in it was read and proved whole.")


@dataclass(frozen=True, slots=True)
class Shown:
    """How backups are to be made, as it is typed and chosen on the page."""

    folder: str
    keep: str
    daily: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup and its bytes."""

    line: BackupLine
    size: int


class BackupsPage(FormPage):
    """Making one is for everybody; how they are made is a choice of the clinic."""

    make = Signal()
    save = Signal(object)
    back = Signal()

    def __init__(
        self,
        choices: BackupChoices,
        *,
        may_choose: bool,
        choosers: Sequence[str],
        same_disk: Callable[[Path], bool],
        usual: BackupChoices,
    ) -> None:
        """`usual`: as the program comes."""
        lead = tr(
            "A backup is one encrypted file with everything that is kept here. It gets its "
            "name only after it was unpacked on trial and everything in it was read and "
            "proved whole."
        )
        super().__init__(tr("Backups"), lead, width_px=820)
        self.filling = Filling("backups", self.title.text())
        self._choices, self._same_disk, self._usual = choices, same_disk, usual
        self._latest = label(tr("Looking for backups…"), "strong", wrap=True)
        self.body.addWidget(self._latest)
        row = QHBoxLayout()
        row.setSpacing(10)
        self._make = ActionButton(tr("Back up now"), "Ctrl+B", "primary")
        bind(self, "back_up", self._go)
        self._make.clicked.connect(self._go)
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.setShortcut("Esc")
        self._back.clicked.connect(self.back)
        row.addWidget(self._make)
        row.addWidget(self._back)
        row.addStretch(1)
        self.body.addLayout(row)
        self.working, self.done = Working(), Notice("")
        for part in (self.working, self.done, self.notice):
            self.body.addWidget(part)
        self.body.addWidget(label(tr("How they are made"), "large"))
        self._disk = Notice("")
        self._may_choose = may_choose
        if may_choose:
            self._choosing()
        else:
            who = ", ".join(choosers)
            self.body.addWidget(
                label(tr("Changed by those who administer these records: {who}.").format(who=who), "muted", wrap=True)
            )
            self.body.addWidget(self._facts())
            self.body.addWidget(self._disk)
        self.body.addWidget(label(tr("Backups in this folder"), "large"))
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self._first = self._make
        self._say_disk(choices.folder)

    def _choosing(self) -> None:
        self.folder = text_line(560)
        self.folder.setText(folder_words(self._choices.folder))
        self.folder.textChanged.connect(self.folder.setToolTip)
        self.folder.editingFinished.connect(self._folder_named)
        choose = ActionButton(tr("Choose a folder…"))
        choose.clicked.connect(self._ask)
        self.add(tr("Folder"), self.folder, beside=choose)
        self.body.addWidget(self._disk)
        self.daily = CheckRow(tr("Each day when the window is closed, if anything was done since the last one"))
        self.daily.setChecked(self._choices.daily)
        self.add(tr("Daily"), self.daily)
        self.daily.setAccessibleName(tr("Daily: {text}").format(text=self.daily.text()))
        self._keep = Segmented(tr("Automatic ones kept"), [(str(n), str(n)) for n in KEPT_NUMBERS], always=True)
        self._keep.show_chosen(str(self._choices.keep))
        lead = tr("Older automatic ones are removed when a new one has been made. Those made by hand stay.")
        self.add(tr("Automatic ones kept"), self._keep, lead)
        usual = _in_words(self._usual)
        self.body.addWidget(label(tr("The program comes with: {say}.").format(say=usual), "muted", wrap=True))
        self._save = ActionButton(tr("Save"))
        self._save.clicked.connect(self._keep_choices)
        self._reset = LinkButton(tr("Reset"))
        self._reset.setAccessibleName(tr("{name}: reset to {value}").format(name=tr("How they are made"), value=usual))
        self._reset.clicked.connect(self._go_back_to_usual)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._save)
        row.addWidget(self._reset)
        row.addStretch(1)
        self.body.addLayout(row)

    # What is not saved

    @property
    def written(self) -> Shown | None:
        """What was changed and is not saved."""
        if not self._may_choose:
            return None
        shown = Shown(self.folder.text().strip(), self._keep.chosen or "", self.daily.isChecked())
        kept = self._choices
        return None if shown == Shown(folder_words(kept.folder), str(kept.keep), kept.daily) else shown

    def take_up(self, written: Shown) -> None:
        """Have what was changed and not saved stand here again, and say so; not for one who may not choose any more."""
        if self._may_choose:
            self.folder.setText(written.folder)
            self._folder_named()
            self._keep.show_chosen(written.keep)
            self.daily.setChecked(written.daily)
            self.left.show_text(STANDS_AS_LEFT)

    def _facts(self) -> QWidget:
        facts = (
            (tr("Folder"), folder_words(self._choices.folder)),
            (tr("Daily"), tr("when the window is closed") if self._choices.daily else tr("no")),
            (tr("Automatic ones kept"), str(self._choices.keep)),
        )
        card = ReadCard("; ".join(f"{name}: {text}" for name, text in facts))
        card.body.addLayout(fact_grid(facts))
        return card

    # What there is

    def show_lines(self, lines: Sequence[Listed]) -> None:
        """Show the backups of these records in the folder, latest first."""
        clear(self._list)
        if not lines:
            self._latest.setText(tr("There is no backup of these records in this folder yet."))
            self._list.addWidget(
                EmptyState(tr("No backups yet"), tr("The first one stands here when it has been made."))
            )
        else:
            made = lines[0].line.manifest
            self._latest.setText(tr("The latest backup was made {made_at}.").format(made_at=moment(made.made_at)))
            self._list.addWidget(_table(lines[:_SHOWN]))
            if len(lines) > _SHOWN:
                self._list.addWidget(label(tr("and {count} older ones").format(count=len(lines) - _SHOWN), "muted"))
        order_tab(self)

    def show_progress(self, done: int, of: int) -> None:
        """How far making one is: written up to the half, tried from there on."""
        share = done / of if of else 0.0
        if share >= 1:
            self.working.say(tr("Proving that everything in it is whole…"))
        elif share >= 0.5:
            self.working.say(tr("Trying the backup…"))
        self.working.show_share(share)

    def show_made(self, name: str) -> None:
        """It has been made."""
        self._over()
        self.done.show_text(tr("Made {name}. {tried}").format(name=name, tried=TRIED))
        announce(self, self.done.text)
        self._make.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_saved(self, choices: BackupChoices) -> None:
        """The clinic's choices are kept."""
        self._choices = choices
        self.filling = Filling(self.filling.form, self.filling.title)
        self.left.show_text("")
        self._save.setEnabled(True)
        self.done.show_text(tr("Saved."))
        announce(self, tr("Saved."))

    def show_problem(self, problem: WorldError) -> None:
        """Say why there is no new backup, or why a choice was not kept."""
        self._over()
        super().show_problem(problem)
        announce(self, problem.said)

    def _over(self) -> None:
        self.working.end()
        self.notice.show_text("")
        self.done.show_text("")
        for button in (self._make, self._back, getattr(self, "_save", None)):
            if button is not None:
                button.setEnabled(True)

    # What the person did

    def _go(self) -> None:
        if self._make.isEnabled():
            self._over()
            self._make.setEnabled(False)
            self.working.begin(tr("Making a backup… Going back leaves it undone."))
            self.make.emit()

    def _ask(self) -> None:
        ask_path(self, Chosen.FOLDER, tr("Choose a folder for backups"), path_typed(self.folder.text()), self._take)

    def _take(self, folder: Path) -> None:
        self.folder.setText(folder_words(folder))
        self._folder_named()

    def _folder_named(self) -> None:
        """Only once it is typed: a disk in a network may take a moment to answer."""
        if self.folder.text().strip():
            self._say_disk(path_typed(self.folder.text()))

    def _say_disk(self, folder: Path) -> None:
        self._disk.show_text(_SAME_DISK if self._same_disk(folder) else "")

    def _go_back_to_usual(self) -> None:
        """Shown, and kept once it is saved."""
        self.folder.setText(folder_words(self._usual.folder))
        self.daily.setChecked(self._usual.daily)
        self._keep.show_chosen(str(self._usual.keep))
        self._folder_named()
        self.say("")
        self.done.show_text(tr("As the program comes, once it is saved: {names}.").format(names=_in_words(self._usual)))
        announce(self, self.done.text)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_choices(self) -> None:
        folder = path_typed(self.folder.text())
        self.done.show_text("")
        if not folder.is_absolute():
            self.say(tr("The folder is a whole path, such as /media/backups/screener."))
            self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.say("")
        self._save.setEnabled(False)
        self.save.emit(BackupChoices(folder, int(self._keep.chosen or self._choices.keep), self.daily.isChecked()))


def size_words(size: int) -> str:
    """How many bytes, in a unit that reads well."""
    for unit, many in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if size >= many:
            return f"{size / many:.1f} {unit}"
    return tr("{max} kB").format(max=max(1, round(size / 1000)))


def _in_words(choices: BackupChoices) -> str:
    daily = tr("when the window is closed") if choices.daily else tr("off: only by hand")
    facts = (folder_words(choices.folder), daily, str(choices.keep))
    names = (tr("Folder"), tr("Daily"), tr("Automatic ones kept"))
    return "; ".join(f"{name}: {fact}" for name, fact in zip(names, facts, strict=True))


def how_words(manifest: Manifest) -> str:
    """Whether a backup was made each day, or by somebody."""
    return tr("daily") if manifest.automatic else tr("by hand")


def _table(lines: Sequence[Listed]) -> ReadCard:
    heads = (tr("Made"), tr("Screenings"), tr("Signed records"), tr("Size"), tr("How"), tr("File"))
    rows = [
        (
            moment(one.line.manifest.made_at),
            f"{one.line.manifest.screenings:,}",
            f"{one.line.manifest.records:,}",
            size_words(one.size),
            how_words(one.line.manifest),
            one.line.path.name,
        )
        for one in lines
    ]
    card = ReadCard("; ".join(_said(row) for row in rows), padding_px=14)
    card.body.setContentsMargins(14, 8, 14, 10)
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(6)
    for place, head in enumerate(heads):
        grid.addWidget(label(head, "small"), 0, place)
    for number, row in enumerate(rows):
        grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(heads))
        for place, text in enumerate(row):
            shown = label(text, "muted" if place == len(row) - 1 else "", wrap=place == len(row) - 1)
            grid.addWidget(shown, 2 * number + 2, place)
    grid.setColumnStretch(len(heads) - 1, 1)
    card.body.addLayout(grid)
    return card


def _said(row: Sequence[str]) -> str:
    made, screenings, records, size, how, name = row
    return tr("made {made}, {screenings} screenings, {records} signed records, {size}, {how}, {name}").format(
        made=made, screenings=screenings, records=records, size=size, how=how, name=name
    )
