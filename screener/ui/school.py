"""The training window: made-up patients beside the clinic's window, and no vault in reach."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from screener.clock import Clock
from screener.language import tr
from screener.places import forms_folder
from screener.refusals import why
from screener.text import WorldError, problem_words
from screener.ui.actions import ACTIONS, DOSE_DAY, HOME, KEEPING, OF_REFERENCE, RULES, SETTINGS, bind
from screener.ui.appearance import Appearance
from screener.ui.commands import Commands, Room
from screener.ui.content import Content
from screener.ui.debriefing import Debriefing
from screener.ui.handing_over import HandingOver
from screener.ui.jobs import Jobs
from screener.ui.kept_rehearsals import KeptRehearsals
from screener.ui.shell.window import MainWindow
from screener.ui.showing_folder import show_folder
from screener.ui.standing import standing_words
from screener.ui.style.sheet import training_sheet
from screener.ui.style.tokens import TRAINING
from screener.ui.training.gallery import GalleryPage, Wanted
from screener.ui.widgets.layout import StripedBanner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from screener.forms.model import Pack
    from screener.training.files import Kept
    from screener.training.kept import Rehearsal
    from screener.training.library import Entry
    from screener.ui.practice import Practice
    from screener.ui.presenting import Presenting
    from screener.ui.screening.workspace import Workspace

BANNER = tr("TRAINING · made-up patient · nothing here is kept with real records")
_OF_A_CLINIC = frozenset(
    (HOME, DOSE_DAY, KEEPING, OF_REFERENCE, RULES, SETTINGS, "lock", "read_again", "rules", "training")
)
"""Actions that this window has not, by their part of the window or their id."""
_FOLDER = "training/folder"
OWN_FOLDER = "scenarios"
"""In the user's folder: a trainer's own scenarios."""


class School(QObject):
    """Composes the training window. It is given content, a clock and a folder, and never anything of a clinic."""

    ended = Signal()
    """The window is closed; whoever made it lets go."""

    def __init__(self, content: Content, appearance: Appearance, settings: QSettings, clock: Clock, home: Path) -> None:
        super().__init__()
        self._content, self._clock, self._home, self._settings = content, clock, home, settings
        self._entries: dict[str, Entry] = {}
        self.window = MainWindow(settings, StripedBanner(BANNER), name="training")
        self.window.setWindowTitle(tr("Screener · training"))
        self._theme = appearance.theme
        self._theme.changed.connect(self._dress)
        self._dress()
        self.jobs = Jobs("training", self)
        self._kept = KeptRehearsals(home, self.jobs, self._say, self)
        self._kept.forget()
        self._debriefing = Debriefing(self.window, self.jobs, clock, self._say, self)
        self._debriefing.closed.connect(self.show_gallery)
        self._debriefing.again.connect(self._once_more)
        self._debriefing.replay.connect(self._replay)
        self.workspace: Workspace | None = None
        self.practice: Practice | None = None
        self.presenting: Presenting | None = None
        self._stage: QWidget | None = None
        """The page that the screening stands on."""
        self.window.turned.connect(self._turned)
        self.window.closed.connect(self._closed)
        self._over = False
        window = self.window
        for action_id, slot in (
            ("keys", self._show_keys),
            ("quit", window.close),
            ("appearance", partial(appearance.next_scheme, window)),
            ("text_larger", partial(appearance.resize_text, window, 1)),
            ("text_smaller", partial(appearance.resize_text, window, -1)),
        ):
            bind(window, action_id, slot, inside=False)
        self._commands = Commands(window, lambda: self)
        if content.pack is not None:
            self.show_gallery()
        else:
            content.opened.connect(self.show_gallery)

    def _dress(self) -> None:
        self.window.setStyleSheet(training_sheet(TRAINING[self._theme.scheme], mirrored=self._theme.mirrored))

    def show(self) -> None:
        """Bring the window up; one that is open already comes to the front."""
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _show_keys(self) -> None:
        from screener.ui.shell.keys import KeysPage

        self.window.say_opening()
        page = KeysPage([one for one in ACTIONS if one.where not in _OF_A_CLINIC and one.id not in _OF_A_CLINIC])
        page.closed.connect(self.window.close_over)
        self.window.show_over(page)

    # What the palette asks

    def is_home(self, page: QWidget) -> bool:
        """Whether a page is the gallery."""
        return isinstance(page, GalleryPage)

    @property
    def is_handed_over(self) -> bool:
        """The screen is in the patient's hands."""
        return self.workspace is not None and any(one.is_away for one in self.workspace.findChildren(HandingOver))

    def ways(self) -> list[Room]:
        """No room of a clinic is in reach from here."""
        return []

    @property
    def pack(self) -> Pack:
        found = self._content.pack
        assert found is not None, "nothing is rehearsed without content"
        return found

    def _say(self, problem: WorldError) -> None:
        self.window.say_below(problem_words(problem))

    # The patients

    @property
    def own_folder(self) -> Path:
        """Where a trainer's own scenarios are: chosen on the page, else in the user's folder."""
        chosen = self._settings.value(_FOLDER)
        return Path(chosen) if isinstance(chosen, str) and chosen and "\0" not in chosen else self._home / OWN_FOLDER

    def show_gallery(self, said: str = "") -> None:
        """Who there is to rehearse with, and what was kept."""
        pack = self.pack
        titles = {pathway.id: pathway.title for pathway in pack.pathways}
        page = GalleryPage(titles, self.own_folder, said, undo=bool(said) and self._kept.can_undo)
        page.first_look.connect(self.show_first_look)
        page.wanted.connect(self._begin)
        page.again.connect(self.show_gallery)
        page.choose_folder.connect(self._choose_folder)
        page.show_folder.connect(partial(self._show_folder, page))
        page.undo.connect(partial(self._kept.undo, self.show_gallery))
        page.kept.go_on.connect(self._go_on)
        page.kept.debrief.connect(self._debrief_kept)
        page.kept.make.connect(self._make_scenario)
        page.kept.remove.connect(self._remove)
        self.window.show_page(page)
        self.window.say_standing(standing_words(pack))
        shown = self.window.while_shown
        self.jobs.submit(self._read_entries, shown(page, partial(self._show_entries, page)), self._say)

    def _read_entries(self) -> list[Entry]:
        from screener.training.library import entries

        shipped, own = forms_folder() / "scenarios", self.own_folder
        return entries(self.pack, shipped, own, beside_its_own=self._content.origin == "shipped")

    def _show_entries(self, page: GalleryPage, found: list[Entry]) -> None:
        self._entries = {one.scenario.id: one for one in found if one.scenario is not None and one.usable}
        page.show_entries(found)
        self._kept.read(self.window.while_shown(page, page.show_kept))

    def _choose_folder(self, folder: Path) -> None:
        self._settings.setValue(_FOLDER, str(folder))
        self.show_gallery()

    def _show_folder(self, page: GalleryPage) -> None:
        folder = self.own_folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            page.say(tr("The folder cannot be made: {why}.").format(why=why(wrong)))
            return
        show_folder(folder, page.say)

    def _remove(self, kept: Kept) -> None:
        self._kept.remove(kept, partial(self.show_gallery, tr("Removed from the kept rehearsals.")))

    def _make_scenario(self, kept: Kept) -> None:
        """Out of a kept rehearsal, into the trainer's own folder, where the list says what is still to be written."""
        rehearsal, page, folder = kept.rehearsal, self.window.page, self.own_folder
        assert rehearsal is not None, "only of what can be read a scenario is made"

        def make() -> str:
            from screener.training.authoring import free_file, make_scenario, write_new
            from screener.training.kept import session_of

            file = free_file(folder, rehearsal)
            made = make_scenario(rehearsal, session_of(rehearsal, self.pack, self._clock), file.stem, folder)
            write_new(file, made.text)
            return file.name

        said = tr("{file} is in your own folder. Until it is whole, it stands in the list with what is to be written.")
        self.jobs.submit(
            make, self.window.while_shown(page, lambda name: self.show_gallery(said.format(file=name))), self._say
        )

    # Rehearsing

    def _begin(self, wanted: Wanted, entry: Entry, cut_min: int | None) -> None:
        """What was chosen for a patient."""
        if wanted == "sheets":
            self._debriefing.show_sheets(entry, self.pack, cut_min)
        else:
            {"practise": self.practise, "play": self.play}[wanted](entry, cut_min)

    def play(self, entry: Entry, cut_min: int | None) -> None:
        """The story, step by step, before a class."""
        from screener.training.scenario import CUTS_MIN
        from screener.ui.presenting import Presenting

        cut = next((one for one in CUTS_MIN if one == cut_min), None)
        made = Presenting(
            self.window,
            entry,
            self.pack,
            self.jobs,
            self._settings,
            self._theme,
            self._clock,
            cut,
        )
        made.ended.connect(self._played)
        self.presenting = made
        self.workspace, self._stage = made.workspace, made.page
        made.open()

    def _played(self, rehearsal: Rehearsal | None) -> None:
        self.presenting = None
        if rehearsal is None:
            self.show_gallery()
        else:
            self.show_debrief(rehearsal, self._kept.keep(rehearsal))

    def _keep(self, presenting: Presenting) -> None:
        """The window is closed over a play: what was told is kept, to be debriefed another time."""
        presenting.shut()
        if presenting.play.begun:
            self._kept.keep(presenting.rehearsal)

    def practise(self, entry: Entry, cut_min: int | None) -> None:
        """A new rehearsal, from its first minute."""
        from screener.training.beginning import begin

        self._open_practice(entry, begin(entry, self.pack, self._clock, cut_min), None)

    def _go_on(self, kept: Kept) -> None:
        """A rehearsal that was put aside, where it was left."""
        rehearsal = kept.rehearsal
        assert rehearsal is not None, "only what can be read is gone on with"
        entry = self._entries[rehearsal.scenario]
        said = []
        if entry.hash != rehearsal.scenario_hash:
            said.append(tr("The scenario was changed since this rehearsal began: from here on it is as it is now."))
        if rehearsal.opening["pack"]["hash"] != self.pack.hash:
            said.append(tr("It was begun under other content: its rules are those of today."))
        self._open_practice(entry, rehearsal, kept.file, " ".join(said))

    def _open_practice(self, entry: Entry, rehearsal: Rehearsal, file: Path | None, said: str = "") -> None:
        from screener.training.files import file_for
        from screener.ui.practice import Practice

        assert entry.scenario is not None
        where = file or file_for(self._kept.folder, rehearsal)
        try:
            practice = Practice(entry.scenario, rehearsal, where, self.window, self.pack, self.jobs, self._clock)
        except WorldError as problem:
            self._say(problem)
            return
        practice.left.connect(partial(self.show_gallery, tr("Put aside: it is among the kept rehearsals.")))
        practice.over.connect(partial(self._debrief, practice))
        self.practice, self.workspace, self._stage = practice, practice.workspace, practice.page
        self.window.show_page(practice.page)
        if said:
            practice.workspace.above.go_on(said)

    # The debrief

    def _debrief(self, practice: Practice) -> None:
        self.show_debrief(practice.diary.rehearsal, practice.diary.file)

    def _debrief_kept(self, kept: Kept) -> None:
        if kept.rehearsal is not None:
            self.show_debrief(kept.rehearsal, kept.file)

    def show_debrief(self, rehearsal: Rehearsal, file: Path) -> None:
        """What comes after: the conversation in its order, beside what was recorded."""
        scenario = self._entries[rehearsal.scenario].scenario
        assert scenario is not None
        self._debriefing.open(scenario, rehearsal, file, self.pack)

    def _once_more(self, scenario: str) -> None:
        self.practise(self._entries[scenario], None)

    def _replay(self, rehearsal: Rehearsal) -> None:
        """From a moment on, in a file of its own."""
        self._open_practice(self._entries[rehearsal.scenario], rehearsal, None, tr("Replayed from this moment on."))

    # The first look

    def show_first_look(self) -> None:
        """One made-up patient, half filled, in the middle of a screening; nothing of it is kept anywhere."""
        from screener.screening.session import Session
        from screener.training.library import FIRST_LOOK
        from screener.training.rehearsal import fill, opening, read_patient
        from screener.ui.rehearsing import rehearse

        try:
            patient = read_patient(forms_folder() / "scenarios" / FIRST_LOOK)
            begun = opening(patient, self.pack, self._clock, tr("You"))
        except WorldError as problem:
            self._say(problem)
            return
        session = Session(self.pack, begun, self._clock)
        fill(session, patient.answers, patient.jots)
        session.history.done.clear()
        workspace = rehearse(session, self.jobs, window=self.window)
        workspace.left.connect(self.show_gallery)
        self.workspace = self._stage = workspace
        self.window.show_page(workspace)

    def _turned(self) -> None:
        """A screening whose page has gone is open no more."""
        if self.workspace is not None and self._stage is not None and not self.window.shows(self._stage):
            self.workspace.shut()
            self.workspace = self.practice = self.presenting = self._stage = None

    # The end

    def close(self) -> None:
        """Close the window, unless it is closed."""
        if not self._over:
            self.window.close()

    def _closed(self) -> None:
        if self._over:
            return
        self._over = True
        self._theme.changed.disconnect(self._dress)
        if self.practice is not None:
            self.practice.put_aside()
        if self.presenting is not None:
            self._keep(self.presenting)
        if self.workspace is not None:
            self.workspace.autosave.commit()
            self.workspace.shut()
        self.workspace = self.practice = None
        self._kept.forget()
        self.jobs.close()
        self.window.deleteLater()
        self.ended.emit()
