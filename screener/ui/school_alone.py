"""Training by itself: the training window as the whole program, with no other window and no records anywhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from screener.clock import Clock, SystemClock
from screener.places import forms_folder, home_folder
from screener.text import WorldError, problem_words
from screener.ui.actions import bind_again
from screener.ui.appearance import Appearance
from screener.ui.content import Content, News
from screener.ui.key_switches import SingleKeys
from screener.ui.mistakes import Mistakes
from screener.ui.school import School
from screener.ui.settings_file import settings_of
from screener.ui.widgets.scrolled import give_to_readers


class TrainingOnly:
    """The content is read once the window stands there, as the whole program does."""

    def __init__(
        self, app: QApplication, home: Path, pack_folder: Path | None = None, clock: Clock | None = None
    ) -> None:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        give_to_readers()
        settings, clock = settings_of(home), clock or SystemClock()
        self._keys = SingleKeys.keep_in(settings)
        self._content = Content(forms_folder() / "intake", home, settings, clock, app, pack_folder)
        self.school = School(self._content, Appearance(app, settings), settings, clock, home)
        window = self.school.window
        self.mistakes = Mistakes(window, home, clock)
        self._keys.changed.connect(partial(bind_again, window))
        window.painted.connect(self._content.read)
        self._content.stopped.connect(self._stopped)
        self._content.failed.connect(self._failed)
        app.aboutToQuit.connect(self.shut)

    def _stopped(self, news: News) -> None:
        from screener.ui.stopped_content import stopped_page

        self.school.window.show_page(stopped_page(self._content, news))

    def _failed(self, problem: WorldError) -> None:
        self.school.window.say_below(problem_words(problem))

    def shut(self) -> None:
        """End what reads and writes."""
        self.school.close()
        self._content.end()
        self._keys.release()


def open_school(app: QApplication, pack_folder: Path | None) -> int:
    """Run until the window closes; the exit code is Qt's."""
    alone = TrainingOnly(app, home_folder(), pack_folder)
    alone.mistakes.install()
    alone.school.show()
    return app.exec()
