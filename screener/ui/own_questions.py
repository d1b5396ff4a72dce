"""The clinic's own questions: from the page in Settings to the clinic's folder, and back again step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from screener.language import tr
from screener.text import WorldError
from screener.ui.content import Content, folder_words
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow
from screener.ui.taking_in import TakingIn

if TYPE_CHECKING:
    from screener.forms.model import Theme
    from screener.forms.own_questions import Edit, OwnQuestion
    from screener.ui.shell.own_questions_page import OwnQuestionsPage

FOLDER = "own-content"
"""Where a clinic's folder is made that has none yet."""


class OwnQuestions(QObject):
    """Writes into the folder that is open, or begins one; takes back what it wrote while nobody else has written."""

    def __init__(self, window: MainWindow, content: Content, jobs: Jobs, home: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._content, self._jobs, self._home = window, content, jobs, home
        self._page: OwnQuestionsPage | None = None
        self._done: list[tuple[Edit, ...]] = []
        self._taking_in = TakingIn(window, jobs, self)
        self._over = False

    @property
    def _folder(self) -> Path:
        """The clinic's own folder: the one that is open, or the one that is to be begun."""
        found = self._content.open
        if found is not None and found.pack.head.extends is not None:
            return found.folder
        return self._home / FOLDER

    @property
    def _stands_alone(self) -> bool:
        """A whole pack of a clinic's own is open, which extends nothing."""
        found = self._content.open
        return found is not None and found.pack.head.extends is None and found.origin != "shipped"

    def open(self, back: Callable[[], object]) -> None:
        """Show the page; leaving it goes `back`."""
        from screener.ui.shell.own_questions_page import OwnQuestionsPage

        found = self._content.open
        assert found is not None, "nothing over a vault is shown without content"
        page = OwnQuestionsPage(found.pack, folder_words(self._folder), stands_alone=self._stands_alone)
        page.save.connect(self._save)
        page.remove.connect(self._remove)
        page.remove_theme.connect(self._remove_theme)
        page.take_in.connect(partial(self._take_in, back))
        page.undo.connect(self._undo)
        page.back.connect(back)
        page.offer_undo(self._done[-1][0].name if self._done else "")
        self._page = page
        self._window.show_page(page)

    def show_content(self) -> None:
        """The content was read again, or is being read: the page shows what it holds, and what of it is wrong."""
        found = self._content.open
        if found is not None and self._window.base is self._page and self._page is not None:
            self._page.show_pack(found.pack, found.stopping, reading=self._content.reading)

    def end(self) -> None:
        self._over = True
        self._page = None
        self._taking_in.end()

    # Deeds

    def _save(self, question: OwnQuestion) -> None:
        from screener.forms.own_questions import added, begun

        found, folder, page = self._content.open, self._folder, self._page
        assert found is not None, "nothing over a vault is shown without content"
        pack, saving = found.pack, page.saving if page is not None else None

        def written(edits: tuple[Edit, ...]) -> None:
            if page is not None and saving is not None:
                page.drafts.saved(*saving)  # also if the records were locked meanwhile
                page.filling.done = not page.drafts.typed and not self._window.shows(page)
            self._written(folder, edits)

        def write() -> tuple[Edit, ...]:
            if not (folder / "pack.yaml").exists():
                _put(begun(folder))
            edit = added(folder, question, pack)
            _put(edit)
            return (edit,)

        self._jobs.submit(write, written, self._failed)

    def _remove(self, question: OwnQuestion) -> None:
        from screener.forms.own_questions import removed

        folder = self._folder

        def write() -> tuple[Edit, ...]:
            edit = removed(folder, question)
            _put(edit)
            return (edit,)

        self._jobs.submit(write, partial(self._written, folder), self._failed)

    def _take_in(self, back: Callable[[], object]) -> None:
        found, folder = self._content.open, self._folder
        assert found is not None, "nothing over a vault is shown without content"
        self._taking_in.open(found.pack, folder, partial(self.open, back), partial(self._taken_in, back, folder))

    def _taken_in(self, back: Callable[[], object], folder: Path, edits: tuple[Edit, ...]) -> None:
        """The theme is written: the page says so. That a folder was begun for it is not taken back with it."""
        if not self._over:
            self.open(back)
        self._written(folder, tuple(edit for edit in edits if edit.file.name != "pack.yaml"))

    def _remove_theme(self, theme: Theme) -> None:
        from screener.exchange.fhir.foreign.into_folder import out_of_folder, put

        folder = self._folder

        def write() -> tuple[Edit, ...]:
            edits = out_of_folder(folder, theme)
            if not edits:
                raise WorldError(
                    tr("{name} is not written in this folder.").format(name=theme.title),
                    tr("Take it out in an editor."),
                )
            put(edits)
            return edits

        self._jobs.submit(write, partial(self._written, folder), self._failed)

    def _undo(self) -> None:
        if self._done:
            last, folder = self._done[-1], self._folder
            self._jobs.submit(partial(_put_back, last), partial(self._undone, folder), self._failed)

    def _written(self, folder: Path, edits: tuple[Edit, ...]) -> None:
        self._done.append(edits)
        self._read(folder, tr("Written: {name}.").format(name=edits[0].name))

    def _undone(self, folder: Path, _: object) -> None:
        self._read(folder, tr("Taken back: {name}.").format(name=self._done.pop()[0].name))

    def _read(self, folder: Path, said: str) -> None:
        if self._over:
            return
        self._content.choose(folder)
        if self._page is not None and self._window.base is self._page:
            self._page.say_done(said)
            self._page.offer_undo(self._done[-1][0].name if self._done else "")

    def _failed(self, problem: WorldError) -> None:
        if not self._over and self._page is not None and self._window.base is self._page:
            self._page.show_problem(problem)


def _put(edit: Edit) -> None:
    from screener.store.files import explained, write_whole

    with explained(edit.file.parent):
        if edit.after is None:
            edit.file.unlink(missing_ok=True)
        else:
            edit.file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(edit.file, edit.after)


def _put_back(edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        now = edit.file.read_bytes() if edit.file.exists() else None
        if now != edit.after:
            raise WorldError(
                tr("{name} was changed by somebody else since.").format(name=edit.file.name),
                tr("It stays as it is; change it in an editor."),
            )
    for edit in edits:
        _put(edit.reversed)
