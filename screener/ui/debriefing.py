"""What comes after a rehearsal: the trainee writes, the debrief is shown, printed, replayed; and sheets for three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.language import ENGLISH, KEPT, WINDOW, spoken, tr
from screener.text import WorldError
from screener.training import files
from screener.training.kept import Paused, Rehearsal, Wrote
from screener.ui.actions import bind
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.document import Document
    from screener.training.debrief import Debrief
    from screener.training.library import Entry
    from screener.training.scenario import Scenario
    from screener.ui.training.debrief_page import DebriefPage


@dataclass(frozen=True, slots=True)
class _Found:
    """One debrief as the window says it, and as it is printed: paper is in the language of the content."""

    shown: Debrief
    on_paper: Debrief


def _worked_out(scenario: Scenario, rehearsal: Rehearsal, pack: Pack) -> _Found:
    from screener.training.debrief import debrief

    on_paper = debrief(scenario, rehearsal, pack, KEPT)
    return _Found(on_paper if spoken() == ENGLISH else debrief(scenario, rehearsal, pack, WINDOW), on_paper)


class Debriefing(QObject):
    """One debrief after another, in the training window."""

    closed = Signal()
    again = Signal(str)
    """The same scenario, from its first minute: its id."""
    replay = Signal(object)
    """A `Rehearsal` as it stood at a moment, to go on from there."""

    def __init__(
        self, window: MainWindow, jobs: Jobs, clock: Clock, say: Callable[[WorldError], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._jobs, self._clock, self._say = window, jobs, clock, say
        self._begun: dict[Path, str] = {}
        """What a trainee began to write of a rehearsal and left, by its file: it is there when they come back."""

    def open(self, scenario: Scenario, rehearsal: Rehearsal, file: Path, pack: Pack) -> None:
        """Work it out beside the window, and show it."""
        work = partial(_worked_out, scenario, rehearsal, pack)
        shown = partial(self._show, scenario, rehearsal, file, pack)
        self._jobs.submit(work, self._window.while_shown(self._window.base, shown), self._say)

    def _show(self, scenario: Scenario, rehearsal: Rehearsal, file: Path, pack: Pack, found: _Found) -> None:
        from screener.ui.training.debrief_page import DebriefPage

        page = DebriefPage(found.shown)
        page.writing.text.setPlainText(self._begun.get(file, ""))
        page.writing.text.textChanged.connect(partial(self._note_writing, page, file))
        page.closed.connect(self.closed)
        page.again.connect(partial(self.again.emit, scenario.id))
        page.wrote.connect(partial(self._wrote, page, scenario, rehearsal, file, pack))
        self._offer(page, rehearsal, found)
        self._window.show_page(page)

    def _note_writing(self, page: DebriefPage, file: Path) -> None:
        self._begun[file] = page.writing.text.toPlainText()

    def _offer(self, page: DebriefPage, rehearsal: Rehearsal, found: _Found) -> None:
        for signal in (page.save_pdf, page.print_out):
            signal.connect(partial(self._preview, found.on_paper))
        page.replay.connect(partial(self._replay, rehearsal))

    def _wrote(
        self, page: DebriefPage, scenario: Scenario, rehearsal: Rehearsal, file: Path, pack: Pack, words: str
    ) -> None:
        """What was written goes to the file first; then the key is shown."""
        from screener.training.beginning import seconds_of

        written = Wrote(at=seconds_of(rehearsal), words=words)
        whole = rehearsal.model_copy(update={"events": (*rehearsal.events, written)})

        def work() -> _Found:
            files.write(file, whole)
            return _worked_out(scenario, whole, pack)

        def done(found: _Found) -> None:
            self._begun.pop(file, None)
            for signal in (page.save_pdf, page.print_out, page.replay):
                signal.disconnect()
            self._offer(page, whole, found)
            page.show_debrief(found.shown)
            page.focus_first()

        self._jobs.submit(work, self._window.while_shown(page, done), self._say)

    def _replay(self, rehearsal: Rehearsal, second: int) -> None:
        """A rehearsal of its own, with all that had happened by then."""
        events = tuple(one for one in rehearsal.events if one.at <= second and not isinstance(one, Paused | Wrote))
        begun_at = self._clock.now().isoformat(timespec="seconds")
        update = {"events": events, "signed_at": None, "begun_at": begun_at, "mode": "practise"}
        self.replay.emit(rehearsal.model_copy(update=update))

    # On paper

    def _preview(self, found: Debrief) -> None:
        from screener.training.printed import printed

        name = tr("Debrief, {title}.pdf").format(title=found.title)
        self._show_paper(tr("Debrief"), printed(found), name)

    def show_sheets(self, entry: Entry, pack: Pack, cut_min: int | None) -> None:
        """Actor, recorder and observer, for three at one desk."""
        from screener.training.sheets import paper_kit

        assert entry.scenario is not None
        name = tr("Sheets, {title}.pdf").format(title=entry.scenario.title)
        self._show_paper(tr("Sheets"), paper_kit(entry.scenario, pack, cut_min), name)

    def _show_paper(self, what: str, document: Document, name: str) -> None:
        from screener.ui.paper.preview import PreviewPage, ToPrint

        page = PreviewPage(what, name.removesuffix(".pdf"))
        page.closed.connect(partial(self._close_paper, page))
        bind(page, "print", page.print_it)
        page.close_with_escape()
        page.show_document(ToPrint(document, self._clock.now(), name.replace("/", "-")), "a4")
        self._window.show_over(page)

    def _close_paper(self, page: object) -> None:
        from screener.ui.paper.preview import PreviewPage

        assert isinstance(page, PreviewPage)
        page.close_jobs()
        self._window.close_over()
