"""Presents a made-up patient to a class: a story stepped through in the same workspace as care has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal

from screener.clock import Clock, FixedClock
from screener.language import tr
from screener.screening.session import Session
from screener.training.checking import opening_of
from screener.training.kept import Recorded, Rehearsal
from screener.training.script import Cut, Script, give
from screener.training.staging import script_of
from screener.ui.rehearsing import rehearse
from screener.ui.training.play_page import PlayPage
from screener.ui.training.playing import Play
from screener.ui.training.predicting import GuessesBeside, PredictPanel
from screener.ui.training.presenter import PresenterView
from screener.ui.training.telling_words import Notes, Telling, notes_of, telling_of
from screener.ui.training.theme_choice import ThemeChoice

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.training.library import Entry
    from screener.training.scenario import Scenario
    from screener.ui.jobs import Jobs
    from screener.ui.screening.workspace import Workspace
    from screener.ui.shell.window import MainWindow
    from screener.ui.style.theme import Theme

LARGE = 1.6
_LARGE_KEY, _ON = "training/large_text", "on"


class Presenting(QObject):
    """One story in the class's window, and what only its presenter sees in another. It ends with a rehearsal."""

    ended = Signal(object)
    """The `Rehearsal` of what was played; None where nothing was told yet."""

    def __init__(
        self,
        window: MainWindow,
        entry: Entry,
        pack: Pack,
        jobs: Jobs,
        settings: QSettings,
        theme: Theme,
        clock: Clock,
        cut: Cut | None = None,
    ) -> None:
        super().__init__()
        assert entry.scenario is not None
        self._window, self._entry, self._pack, self._settings, self._theme = window, entry, pack, settings, theme
        self._scenario: Scenario = entry.scenario
        self.script: Script = script_of(self._scenario, pack, cut)
        self._begun_at, self._since = clock.now().isoformat(timespec="seconds"), monotonic()
        session, self._before = _begun(self._scenario, pack, self.script)
        self.workspace: Workspace = rehearse(session, jobs, may_sign=False)
        self.workspace.left.connect(self.end)
        deeds: dict[str, Callable[[], object]] = {
            "step_on": self.on,
            "step_back": self.back,
            "to_theme": self.choose_theme,
            "predict": self.turn_predicting,
            "uncover": self.uncover,
            "what_if": self.turn_what_if,
            "presenter": self.turn_presenter_view,
            "large_text": self.turn_large_text,
            "end_play": self.end,
        }
        self.page = PlayPage(deeds, self.workspace)
        self.setParent(self.page)  # what follows the window goes with the page
        self.page.answered.connect(self._end_answered)
        self._deeds = deeds
        self.workspace.confirm_by_itself()
        of_facts = {fact.id: next(iter(fact.truth)) for fact in self._scenario.facts}
        self.play = Play(self.script, of_facts, self.workspace.controller, self, self._seconds)
        self.play.moved.connect(self._moved)
        self.play.strayed.connect(self._strayed)
        self._panel: PredictPanel | None = None
        self._view: PresenterView | None = None
        window.turned.connect(self._turned)
        window.closed.connect(self.shut)
        self._scale_before = theme.text_scale
        self._large = False
        self.page.resized.connect(self._show_bars)
        self._opened = self._over = False

    def open(self) -> None:
        """Show the story's beginning."""
        self._window.show_page(self.page)
        self._opened = True
        self.play.show()
        self._moved()
        if str(self._settings.value(_LARGE_KEY, "")) == _ON:
            self.turn_large_text()

    # The stage

    def point_at(self, question: str, words: str) -> bool:
        """Bring a question into view and mark it."""
        self.workspace.pages.come_to_interview()
        return self.workspace.interview.point_at(question, words)

    def turn_to(self, theme: str) -> None:
        """Show a theme."""
        self.workspace.pages.come_to_interview()
        if self.workspace.interview.theme_id != theme:
            self.workspace.interview.show_theme(theme)

    def as_recorded(self) -> None:
        """The questions as they are recorded, without whatever was begun there by hand."""
        self.workspace.pages.come_to_interview()
        self.workspace.interview.forget_unfinished()
        self.workspace.side.forget_draft()

    # Steps

    def on(self) -> None:
        """One step further; at the end, and while what if lasts, nothing."""
        if self.play.on() and self.play.predicts_first and self.play.beat.records:
            self._cover()

    def back(self) -> None:
        """Take the last step back."""
        self.play.back()

    def choose_theme(self) -> None:
        """A list of the themes in the place of the live list."""
        titles = self._titles
        themes = [
            (theme, tr("{title}, from step {number}").format(title=titles[theme], number=self.script.jump(theme)))
            for theme in self.script.themes
        ]
        panel = ThemeChoice(themes, self.play.beat.step.theme)
        panel.chosen.connect(self._go_to_theme)
        panel.closed.connect(self._close_panel)
        self.workspace.pages.come_to_interview()
        self.workspace.interview.show_panel(panel)
        panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_theme(self, theme: str) -> None:
        self._close_panel()
        self.play.go_to(theme)

    def _close_panel(self) -> None:
        self.workspace.interview.show_panel(None)
        self.page.focus_first()

    def _moved(self) -> None:
        self.page.strip.show_telling(self._telling)
        self._show_notes()
        self._offer()
        self.page.focus_first()

    @property
    def _telling(self) -> Telling:
        return telling_of(self.play.beat, self._titles, self._theme_id)

    @property
    def _theme_id(self) -> str:
        """The theme that is spoken of."""
        question = self.play.question
        return self._pack.theme_of[question].id if question else self.play.beat.step.theme

    @property
    def _titles(self) -> dict[str, str]:
        return {theme.id: theme.title for theme in self.workspace.controller.session.form.themes}

    def _offer(self) -> None:
        """What can be done now: while what if lasts only the way back, and the other window."""
        play = self.play
        offered = {"what_if", "presenter", "end_play"}
        if not play.what_if.on:
            offered |= {"to_theme", "predict", "large_text"}
            offered |= {"step_on"} if not play.over else set()
            offered |= {"step_back"} if play.begun else set()
            offered |= {"uncover"} if self._panel is not None else set()
        self.page.offer(frozenset(offered))
        if self._view is not None:
            self._view.offer(frozenset(offered))
        for shown in (self.page.strip.buttons, self._view):
            if shown is not None:
                shown.show_on("predict", on=play.predicts_first)
                shown.show_on("large_text", on=self._large)

    # Predict first

    def turn_predicting(self) -> None:
        """Cover the list until it is asked for, again and again; or let it be seen as the story goes."""
        if self.play.predicts_first:
            self.play.predicts_first = False
            self._show_list()
        else:
            self.play.predicts_first = True
            self._cover()
            assert self._panel is not None
            self._panel.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()
        self._show_notes()

    def _cover(self) -> None:
        if self._panel is not None:
            return
        self.play.cover()
        self._panel = PredictPanel()
        self._panel.guessed.connect(self._guessed)
        self._panel.uncover.connect(self.uncover)
        self._panel.done.connect(self.page.focus_first)
        self.workspace.interview.live.show_above(None)
        self.workspace.keep_list_back(self._panel)
        self._offer()

    def _guessed(self, words: str) -> None:
        self.play.predict(words)
        if self._panel is not None:
            self._panel.show_guesses(self.play.guesses)

    def uncover(self) -> None:
        """Show the list, with the guesses above it."""
        if self._panel is not None:
            self._panel.enter()
            self.play.uncover()
            self._show_list()
            self.page.focus_first()

    def _show_list(self) -> None:
        """The list is there again; the guesses stand above it until it is covered the next time."""
        if self._panel is not None:
            self._panel.enter()
            self._panel = None
            guesses = self.play.guesses
            self.workspace.interview.live.show_above(GuessesBeside(guesses) if guesses else None)
            self.workspace.keep_list_back(None)
            self._offer()

    # What if

    def turn_what_if(self) -> None:
        """Into what if, with the keyboard on the question that is spoken of; or back to the story."""
        if self.play.what_if.on:
            self.play.return_to_story()
            return
        self.play.stray()
        question = self.play.question
        if question and self.workspace.controller.session.is_shown(question):
            self.workspace.pages.go_to_question(question)
        else:
            self.workspace.pages.come_to_interview()
            self.workspace.interview.focus_first()

    def _strayed(self) -> None:
        stray = self.play.what_if.on
        self.page.show_stray(stray=stray)
        self._offer()
        self._show_notes()
        if not stray:
            self.page.focus_first()

    # The presenter's window

    def turn_presenter_view(self) -> None:
        """Open the presenter's window, or close it."""
        if self._view is not None:
            self._view.close()
            return
        self._view = PresenterView(self._scenario.title, self._deeds)
        self._view.closed.connect(self._view_closed)
        self._view.setStyleSheet(self._window.styleSheet())
        self._offer()
        self._show_notes()
        self._view.come_beside(self._window)

    def _view_closed(self) -> None:
        if self._view is not None:
            self._view.deleteLater()
            self._view = None

    def _show_notes(self) -> None:
        if self._view is not None:
            self._view.show_notes(self._notes())

    def _notes(self) -> Notes:
        play = self.play
        return notes_of(play.beat, play.coming, self._telling, stray=play.what_if.on)

    # Large text

    def turn_large_text(self) -> None:
        """Text for a projector, without what a class does not need; or everything as before. It is remembered."""
        self._large = not self._large
        self._settings.setValue(_LARGE_KEY, _ON if self._large else "")
        self._dress()
        self._offer()

    def _dress(self) -> None:
        if self._large:
            self._scale_before = self._theme.text_scale
        self._theme.apply(None, max(LARGE, self._scale_before) if self._large else self._scale_before)
        self.page.strip.show_large(large=self._large)
        self._show_bars()
        self._window.show_foot(shown=not self._large)
        if not self._over:
            # Lines have the width that their text had when they were made.
            self.workspace.interview.show_theme(self.workspace.interview.theme_id)
            QTimer.singleShot(0, self.page, self.play.show)

    def _show_bars(self) -> None:
        """Who it is about stands there where there is room for it."""
        self.workspace.above.show_bars(top=False, identity=not (self._large or self.page.is_low))

    # The end

    def end(self) -> None:
        """Back to the story first, where one left it; then the end, which is asked for where something was typed."""
        if self.play.what_if.on:
            self.play.return_to_story()
        elif self.page.asks:
            self.page.ask_to_end(asked=False)
        elif self.play.guessed_ever or (self._panel is not None and self._panel.unfinished):
            self.page.ask_to_end(asked=True)
        else:
            self._end()

    def _end_answered(self, ends: bool) -> None:
        if ends:
            self._end()
        else:
            self.page.ask_to_end(asked=False)

    def _end(self) -> None:
        self.shut()
        self.ended.emit(self.rehearsal if self.play.begun else None)

    def _turned(self) -> None:
        if self._opened and not self._window.shows(self.page):
            self.shut()

    def shut(self) -> None:
        """Everything that was opened or dressed for the play is as it was."""
        if self._over:
            return
        self._over = True
        if self.play.what_if.on:
            self.play.return_to_story()
        if self._panel is not None:
            self._panel.enter()
        if self._view is not None:
            self._view.close()
        if self._large:
            self._large = False
            self._dress()

    @property
    def rehearsal(self) -> Rehearsal:
        """What was played, as it is kept for the debrief."""
        return Rehearsal(
            scenario=self._scenario.id,
            scenario_hash=self._entry.hash,
            mode="play",
            cut_min=self.script.cut,
            begun_at=self._begun_at,
            opening=dict(self.workspace.controller.session.opening.to_json()),
            given_before=self.script.given_before,
            events=(*self._before, *self.play.events),
        )

    def _seconds(self) -> float:
        return round(monotonic() - self._since, 2)


def _begun(scenario: Scenario, pack: Pack, script: Script) -> tuple[Session, list[Recorded]]:
    """The screening as it stands when the play begins, and the steps that led there."""
    opening = opening_of(scenario, pack, tr("Presenter"))
    session = Session(pack, opening, FixedClock(datetime.fromisoformat(opening.begun_at)))
    changes = give(session, script.before)
    session.history.done.clear()
    steps = session.journaled((step for change in changes for step in change.steps), at=opening.begun_at)
    return session, [Recorded(at=0.0, step=step) for step in steps]
