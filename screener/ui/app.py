"""The composition root: content, doors and clinic in the window that is there, and what leads from one to the other."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from screener.clock import Clock, SystemClock
from screener.language import tr
from screener.places import forms_folder, home_folder
from screener.text import WorldError, problem_words
from screener.ui.actions import bind, bind_again
from screener.ui.adjusting import PutAside
from screener.ui.closing import Closing
from screener.ui.commands import Commands
from screener.ui.content import Content, News, counted_findings
from screener.ui.first_window import FirstWindow
from screener.ui.idle import IdleWatch
from screener.ui.jobs import Jobs
from screener.ui.key_switches import SingleKeys
from screener.ui.speaking import ChosenLanguage
from screener.ui.telling import tell
from screener.ui.widgets.scrolled import give_to_readers

if TYPE_CHECKING:
    from screener.forms.findings import Finding
    from screener.store.vault import Vault
    from screener.ui.clinic import Clinic
    from screener.ui.doors import Doors
    from screener.ui.school import School


class Program(QObject):
    """One running program: a window, a store thread, the content, and at most one open vault."""

    def __init__(self, app: QApplication, first: FirstWindow, pack_folder: Path | None) -> None:
        super().__init__(app)
        give_to_readers()
        self._home, self._clock, self._settings = first.home, first.clock, first.settings
        self.window, self.appearance, self.mistakes = first.window, first.appearance, first.mistakes
        self.mistakes.clinic = lambda: self._clinic
        self.keys = SingleKeys.keep_in(self._settings)
        self.language = ChosenLanguage.keep_in(self._settings)
        self.keys.changed.connect(partial(bind_again, self.window))
        self._jobs = Jobs("store", self)
        self._aside = PutAside()
        self._closing = Closing(self.window, self._jobs, lambda: self._clinic, self._aside)
        self.window.may_close = self._closing.may_close
        self._content = Content(shipped_content(), self._home, self._settings, self._clock, self, pack_folder)
        self._content.opened.connect(self._content_opened)
        self._content.stopped.connect(self._content_stopped)
        self._content.failed.connect(self._content_failed)
        self._content.told.connect(self._content_told)
        self._content.reading_changed.connect(self._content_read)
        self._found: News | None = None
        self.window.news.asked.connect(self._show_found)
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self._nobody_there)
        self._doors: Doors | None = None
        self._clinic: Clinic | None = None
        self._school: School | None = None
        self.window.closed.connect(self._close_school)
        self._bind()
        self._commands = Commands(self.window, lambda: self._clinic)
        app.aboutToQuit.connect(self.shut)

    def _bind(self) -> None:
        window, dressed = self.window, self.appearance
        for action_id, slot in (
            ("keys", self._show_keys),
            ("lock", self._lock),
            ("training", self.open_training),
            ("quit", window.close),
            ("read_again", self._read_again),
            ("appearance", partial(dressed.next_scheme, window)),
            ("text_larger", partial(dressed.resize_text, window, 1)),
            ("text_smaller", partial(dressed.resize_text, window, -1)),
        ):
            bind(window, action_id, slot, inside=False)

    def _show_keys(self) -> None:
        from screener.ui.shell.keys import KeysPage

        self.window.say_opening()
        page = KeysPage()
        page.closed.connect(self.window.close_over)
        self.window.show_over(page)

    # Content: the window comes first

    def begin(self) -> None:
        """The window stands there: read the content, and watch whether somebody is at the desk."""
        handle = self.window.windowHandle()
        if handle is not None:
            self._idle.watch(handle)
        self._content.read()

    def _content_opened(self) -> None:
        self.show_door()

    def _content_stopped(self, news: News) -> None:
        from screener.ui.stopped_content import stopped_page

        self.window.show_page(stopped_page(self._content, news))

    def _content_failed(self, problem: WorldError) -> None:
        from screener.ui.shell.form_page import FormPage

        if self._content.pack is not None:
            self.window.news.tell(problem_words(problem), attention=True)
            return
        page = FormPage(tr("The content cannot be read"), problem_words(problem))
        page.finish()
        self.window.show_page(page)

    # Content read again: told at the foot of the window, whatever is being done in it

    def _read_again(self) -> None:
        """The folder whose findings are shown, or the one that is open."""
        from screener.ui.shell.findings import FindingsPage

        page = self.window.page
        if isinstance(page, FindingsPage):
            page.again.emit()
        else:
            self._content.read()

    def _content_read(self) -> None:
        if self._clinic is not None:
            self._clinic.show_content()

    def _content_told(self, news: News) -> None:
        from screener.ui.shell.findings import FindingsOverPage
        from screener.ui.shell.settings import SettingsPage

        self._found = news
        self.window.news.tell(news.said, tr("Show findings") if news.findings else "", attention=not news.taken)
        if self._clinic is None or self._clinic.workspace is None:
            self._say_standing()
        self._content_read()
        page = self.window.page
        if isinstance(page, FindingsOverPage):
            if news.taken and news.chosen:
                self.window.close_over()
            elif news.folder == page.folder:
                page.show_findings(news.findings, news.said)
        elif news.chosen and not news.taken and isinstance(page, SettingsPage):
            self._show_found()

    def _show_found(self) -> None:
        if self._found is not None:
            self.window.news.hide()
            self._show_findings(self._found.folder, self._found.findings, self._found.said)

    def _show_open_findings(self) -> None:
        content = self._content.open
        if content is not None:
            head = content.pack.head
            said = (
                tr("Read at {read_at}: {counted_findings}. The last good pack stays in use: {id} {version}.")
                if content.stopping
                else tr("Read at {read_at}: {counted_findings}.")
            ).format(
                read_at=content.read_at,
                counted_findings=counted_findings(content.findings),
                id=head.id,
                version=head.version,
            )
            self._show_findings(self._content.folder, content.findings, said)

    def _show_findings(self, folder: Path, findings: Sequence[Finding], said: str) -> None:
        """What a reading found, over the page that is open."""
        from screener.ui.shell.findings import FindingsOverPage

        page = FindingsOverPage(folder, findings, said)
        page.closed.connect(self.window.close_over)
        page.again.connect(partial(self._content.choose, folder))
        if isinstance(self.window.page, FindingsOverPage):
            self.window.close_over()
        self.window.show_over(page)

    def _say_standing(self) -> None:
        from screener.ui.standing import standing_words

        if self._content.pack is not None:
            self.window.say_standing(standing_words(self._content.pack))

    # Doors and clinic

    def show_door(self) -> None:
        """Close whatever is open and show the way in."""
        from screener.ui.doors import Doors

        self._close_clinic()
        self._say_standing()
        if self._doors is None:
            self._doors = Doors(self.window, self._home, self._jobs, self._clock, self._settings)
            self._doors.opened.connect(self._open_clinic)
            self._doors.try_out.connect(self.open_training)
        self._doors.show()
        QTimer.singleShot(0, partial(tell, "SCREENER_READY_FD", b"door\n"))  # once it is painted

    def _open_clinic(self, vault: Vault) -> None:
        self._close_clinic()
        clinic = self._enter(vault)
        if self._doors is not None and vault.on_disk:
            self._doors.remember(vault, clinic.backing_up.folder)
        clinic.show_home()

    def open_training(self) -> None:
        """The training window, beside this one: nothing of it reaches the records, nor they it."""
        if not has_training():
            self.window.news.tell(tr("This copy of the program comes without training."))
            return
        from screener.ui.school import School

        if self._school is None:
            self._school = School(self._content, self.appearance, self._settings, self._clock, self._home)
            self._school.ended.connect(self._school_ended)
        self._school.show()

    def _close_school(self) -> None:
        """Whoever closes the program closes its training too; what was rehearsed is kept as it stands."""
        if self._school is not None:
            self._school.close()

    def _school_ended(self) -> None:
        if self._school is not None:
            self._school.deleteLater()
            self._school = None

    def _enter(self, vault: Vault) -> Clinic:
        from screener.ui.clinic import Clinic

        self._clinic = Clinic(
            self.window, vault, self._content, self._jobs, self.appearance, self._clock, self._home, self._aside
        )
        self._clinic.chose.connect(self._watch)
        self._clinic.locked.connect(self.show_door)
        self._clinic.try_out.connect(self.open_training)
        self._clinic.findings.connect(self._show_open_findings)
        self._watch()
        return self._clinic

    def _watch(self) -> None:
        """The records are locked after the time that the clinic chose."""
        if self._clinic is not None:
            self._idle.lock_after(self._clinic.choices.lock_after_min)

    def _close_clinic(self) -> None:
        if self._clinic is not None:
            self._clinic.close()
            self._clinic.deleteLater()
            self._clinic = None

    def _lock(self) -> None:
        """From every page over open records, but not by the patient; at the doors there is nothing to lock."""
        if self._clinic is not None and not self._clinic.is_handed_over:
            self._clinic.lock()

    def _nobody_there(self) -> None:
        """After a while without a touch records are locked."""
        if self._clinic is not None:
            self._clinic.nobody_there()

    # Ending

    def shut(self) -> None:
        """End the store thread and close the vault; nothing is under way afterwards."""
        self._content.end()
        self.keys.release()
        self.language.release()
        self._closing.leave()
        self._close_school()
        self._jobs.close()
        if self._doors is not None:
            self._doors.end()
        self._close_clinic()


def build(
    app: QApplication, *, home: Path | None = None, pack_folder: Path | None = None, clock: Clock | None = None
) -> Program:
    """The program, its window not yet shown.

    Without being told otherwise it has the user's own folder, the content that was chosen in Settings or else comes
    with the program, and the system's clock.
    """
    first = FirstWindow(app, home or home_folder(), clock or SystemClock())
    program = Program(app, first, pack_folder)
    first.window.painted.connect(program.begin)
    return program


def has_training() -> bool:
    """Whether this copy of the program comes with its training."""
    return importlib.util.find_spec("screener.ui.school") is not None


def shipped_content() -> Path:
    """The folder of the content that comes with the program."""
    return forms_folder() / "intake"
