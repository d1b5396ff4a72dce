"""A story played step by step: what stands recorded is exactly what its steps have recorded, forwards and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from screener.language import tr
from screener.screening.history import History
from screener.screening.steps import Step
from screener.training.kept import Event, Predicted, Recorded, Uncovered
from screener.training.script import Kind, Script
from screener.ui.session_controller import SessionController
from screener.ui.training.beats import Beat, beats_of
from screener.ui.training.recording import give as record
from screener.ui.training.what_if import WhatIf

SPOKEN_OF = tr("Spoken of a moment ago")


class Stage(Protocol):
    """Where the story is shown: the window of the screening, as far as a play asks of it."""

    def point_at(self, question: str, words: str) -> bool:
        """Bring a question into view and mark it; empty words mark none. False where it is not asked now."""
        ...

    def turn_to(self, theme: str) -> None:
        """Show a theme."""
        ...

    def as_recorded(self) -> None:
        """Back to the questions, as they are recorded, without whatever was begun there by hand."""
        ...


class Play(QObject):
    """Where in the story one is. Nothing but `on`, `back` and `go_to` changes what the story has recorded."""

    moved = Signal()
    """Another beat is shown."""
    strayed = Signal()
    """What if began, or is over."""

    def __init__(
        self,
        script: Script,
        of_facts: Mapping[str, str],
        controller: SessionController,
        stage: Stage,
        seconds: Callable[[], float],
    ) -> None:
        """`of_facts`: by fact, the question that it is asked with. `seconds`: since the play began."""
        super().__init__(controller)
        self.script, self.beats = script, tuple(beats_of(script, of_facts))
        self._controller, self._stage, self._seconds = controller, stage, seconds
        self._session = controller.session
        self._told: list[History] = []
        """What each beat up to this one has recorded. What is done by hand never comes into it."""
        self._events: list[tuple[int, Event]] = []
        """What happened, each with the beat that it belongs to; -1: to none, so that it stays when one steps back."""
        self._guesses: list[str] = []
        self._giving = False
        self.what_if = WhatIf(controller)
        controller.changed.connect(self._changed)
        self.predicts_first = False
        """Whether the class says what it expects before it sees the list: else no step waits for that."""
        self._step()

    # Where one is

    @property
    def beat(self) -> Beat:
        """What is shown."""
        return self.beats[self._place]

    @property
    def coming(self) -> Sequence[Beat]:
        """What comes after it."""
        return [beat for beat in self.beats[self._place + 1 :] if not self._is_passed_over(beat)]

    @property
    def begun(self) -> bool:
        """Whether anything of the story was told yet."""
        return self._place > 0

    @property
    def over(self) -> bool:
        return self._place == len(self.beats) - 1

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened and was not taken back, in order."""
        return tuple(event for _, event in self._events)

    @property
    def guesses(self) -> tuple[str, ...]:
        """What the class thinks is listed, since the list was covered last."""
        return tuple(self._guesses)

    @property
    def guessed_ever(self) -> bool:
        """Whether the class has typed anything."""
        return any(isinstance(event, Predicted) for _, event in self._events)

    @property
    def _place(self) -> int:
        return len(self._told) - 1

    # Steps

    def on(self) -> bool:
        """One step further; False at the end, and while one plays with what if."""
        if self.over or self.what_if.on:
            return False
        self._step()
        while self._is_passed_over(self.beat) and not self.over:
            self._step()
        self._shown()
        return True

    def back(self) -> bool:
        """Take exactly the last step back; False at the beginning, and while one plays with what if."""
        if not self.begun or self.what_if.on:
            return False
        self._unstep()
        while self._is_passed_over(self.beat) and self.begun:
            self._unstep()
        self._shown()
        return True

    def _is_passed_over(self, beat: Beat) -> bool:
        return beat.step.kind is Kind.PREDICT and not self.predicts_first

    def go_to(self, theme: str) -> bool:
        """To where the story first comes to a theme: everything before it is told, nothing after it is."""
        if theme not in self.script.themes or self.what_if.on:
            return False
        number = self.script.jump(theme)
        wanted = next(place for place, beat in enumerate(self.beats) if beat.number == number)
        with self._given():
            while self._place < wanted:
                self._step()
            while self._place > wanted:
                self._unstep()
        self._shown()
        return True

    def _step(self) -> None:
        """Play the next beat."""
        with self._given():
            self._told.append(self._fresh())
            for event in self.beat.happens(self._seconds()):
                self._happened(event)
            record(self._controller, self.beat.records)
            self._keep(self._session.history.done)
            self._fresh()

    def _unstep(self) -> None:
        """Take the beat back that was played last."""
        self._events = [(place, event) for place, event in self._events if place != self._place]
        with self._given():
            self._session.history = self._told.pop()
            while self._session.history.done:
                self._controller.undo()
            self._fresh()

    def _fresh(self) -> History:
        """From here on undo reaches nothing of the story."""
        self._session.history = History()
        return self._session.history

    @contextmanager
    def _given(self) -> Iterator[None]:
        """What changes in here is the story's, and is announced as one change."""
        before, self._giving = self._giving, True
        try:
            with self._controller.together():
                yield
        finally:
            self._giving = before

    def _shown(self) -> None:
        self.show()
        self.moved.emit()

    def show(self) -> None:
        """Point at what this beat speaks of, or turn to its theme; in a pause to what was spoken of before it."""
        beat = self._spoken_of
        words = SPOKEN_OF if beat is not self.beat else beat.pointing
        if not (beat.question and self._stage.point_at(beat.question, words)):
            self._stage.point_at("", "")
            if beat.step.theme:
                self._stage.turn_to(beat.step.theme)

    @property
    def _spoken_of(self) -> Beat:
        told = [beat for beat in self.beats[: self._place + 1] if not beat.pauses or beat.question]
        return told[-1] if told else self.beat

    @property
    def question(self) -> str:
        """The question that is spoken of, if any."""
        return self._spoken_of.question

    def _happened(self, event: Event, *, stays: bool = False) -> None:
        self._events.append((-1 if stays else self._place, event))

    # The class

    def cover(self) -> None:
        """The list is covered: the class guesses anew."""
        self._guesses.clear()

    def predict(self, words: str) -> None:
        """Keep what somebody in the class thinks is on the list."""
        self._guesses.append(words)
        self._happened(Predicted(at=self._seconds(), words=words), stays=True)

    def uncover(self) -> None:
        """The list is shown after the guesses."""
        self._happened(Uncovered(at=self._seconds()), stays=True)

    # What if

    def stray(self) -> None:
        """From here on nothing that is changed belongs to the story."""
        if not self.what_if.on:
            self.what_if.begin()
            self.strayed.emit()

    def return_to_story(self) -> None:
        """Everything is as the story has it, at the beat where one left it."""
        if self.what_if.on:
            self.what_if.end()
            self._fresh()
            self._stage.as_recorded()
            self.show()
            self.strayed.emit()

    def _changed(self) -> None:
        if not self._giving:
            # Somebody changed something by hand: that is no step of the story.
            self.stray()

    def _keep(self, steps: Iterable[Step]) -> None:
        seconds = self._seconds()
        for step in self._session.journaled(steps):
            self._happened(Recorded(at=seconds, step=step))
