"""The training window: made-up patients beside the clinic's window, and no vault in reach."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from screener.clock import Clock
from screener.language import tr
from screener.places import forms_folder
from screener.text import WorldError, problem_words
from screener.ui.actions import bind
from screener.ui.appearance import Appearance
from screener.ui.content import Content
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow
from screener.ui.standing import standing_words
from screener.ui.style.sheet import training_sheet
from screener.ui.style.tokens import TRAINING
from screener.ui.training.gallery import GalleryPage, Wanted
from screener.ui.widgets.layout import StripedBanner

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.training.library import Entry
    from screener.ui.screening.workspace import Workspace

BANNER = tr("TRAINING · made-up patient · nothing here is kept with real records")
OWN_FOLDER = "scenarios"
"""In the user's folder: a trainer's own scenarios."""


class School(QObject):
    """Composes the training window. It is given content, a clock and a folder, and never anything of a clinic."""

    ended = Signal()
    """The window is closed; whoever made it lets go."""

    def __init__(self, content: Content, appearance: Appearance, settings: QSettings, clock: Clock, home: Path) -> None:
        super().__init__()
        self._content, self._clock, self._home = content, clock, home
        self.window = MainWindow(settings, StripedBanner(BANNER), name="training")
        self.window.setWindowTitle(tr("Screener · training"))
        self._theme = appearance.theme
        self._theme.changed.connect(self._dress)
        self._dress()
        self.jobs = Jobs("training", self)
        self.workspace: Workspace | None = None
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
        content.opened.connect(self._content_opened)
        if content.pack is not None:
            self.show_gallery()

    def _dress(self) -> None:
        self.window.setStyleSheet(training_sheet(TRAINING[self._theme.scheme]))

    def show(self) -> None:
        """Bring the window up; one that is open already comes to the front."""
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _show_keys(self) -> None:
        from screener.ui.shell.keys import KeysPage

        page = KeysPage()
        page.closed.connect(self.window.close_over)
        self.window.show_over(page)

    @property
    def pack(self) -> Pack:
        found = self._content.pack
        assert found is not None, "nothing is rehearsed without content"
        return found

    def _content_opened(self) -> None:
        self.show_gallery()

    def _say(self, problem: WorldError) -> None:
        self.window.say_below(problem_words(problem))

    # The patients

    def show_gallery(self, said: str = "") -> None:
        """Who there is to rehearse with."""
        from screener.training.library import entries

        pack, own = self.pack, self._home / OWN_FOLDER
        page = GalleryPage({pathway.id: pathway.title for pathway in pack.pathways}, own, said)
        page.first_look.connect(self.show_first_look)
        page.wanted.connect(self._begin)
        self.window.show_page(page)
        self.window.say_standing(standing_words(pack))
        read = partial(entries, pack, forms_folder() / "scenarios", own)
        self.jobs.submit(read, self.window.while_shown(page, page.show_entries), self._say)

    def _begin(self, wanted: Wanted, entry: Entry, cut_min: int | None) -> None:
        """What was chosen for a patient."""

    # The first look

    def show_first_look(self) -> None:
        """One made-up patient, half filled, in the middle of a screening; nothing of it is kept anywhere."""
        from screener.screening.session import Session
        from screener.training.rehearsal import fill, opening, read_patient
        from screener.ui.rehearsing import rehearse

        try:
            patient = read_patient(forms_folder() / "scenarios" / "first-look.yaml")
            begun = opening(patient, self.pack, self._clock, tr("You"))
        except WorldError as problem:
            self._say(problem)
            return
        session = Session(self.pack, begun, self._clock)
        fill(session, patient.answers, patient.jots)
        session.history.done.clear()
        workspace = rehearse(session, self.jobs)
        workspace.left.connect(self.show_gallery)
        self.workspace = workspace
        self.window.show_page(workspace)

    def _turned(self) -> None:
        """A screening whose page has gone is open no more."""
        if self.workspace is not None and not self.window.shows(self.workspace):
            self.workspace.shut()
            self.workspace = None

    # The end

    def close(self) -> None:
        """Close the window."""
        self.window.close()

    def _closed(self) -> None:
        if self._over:
            return
        self._over = True
        if self.workspace is not None:
            self.workspace.shut()
            self.workspace = None
        self.jobs.close()
        self.window.deleteLater()
        self.ended.emit()
