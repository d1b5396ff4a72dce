"""Hands at the keyboard of the real program: they answer at random through key events, and say what must stand then."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from pytestqt.qt_compat import qt_api

from screener.forms.answering import NONE_TAKEN
from screener.forms.model import Pack, Question
from screener.rules.values import Kind
from tests.journeys.person import Person
from tests.kills.lines import JOTS, TYPED, TYPING, said
from tests.store.places import PASSPHRASE

PATHWAY, PATHWAY_TITLE = "ketamine-home", "Ketamine at home"
# Longer than the pause after which typing is committed, so that it often is.
REST_MS = (430, 620)
STATES = {"Not known": ("U", "not_known"), "Declined": ("D", "declined"), "Come back": ("L", "come_back")}
WORDS = (
    "since",
    "spring",
    "bad",
    "sleep,",
    "two",
    "friends",
    "lost",
    "work;",
    "again?",
    "quiet",
    "days",
    "and",
    "nights",
)
Stands = dict[str, Any] | None


def pause(ms: float) -> None:
    """Let the program's events run for a while."""
    loop = qt_api.QtCore.QEventLoop()
    qt_api.QtCore.QTimer.singleShot(round(ms), loop.quit)
    loop.exec()


def wait_until(condition: Callable[[], bool], *, timeout: int) -> None:
    """Let events run until a condition holds; TimeoutError after `timeout` ms."""
    until = time.monotonic() + timeout / 1000
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError
        pause(10)


class Hands:
    """Types at random. What must stand it knows from the keys alone, and nothing of the program but what is shown."""

    def __init__(self, window: Any, pack: Pack, seed: int, say: Callable[[str], None]) -> None:
        self._window, self._pack, self._say = window, pack, say
        self._chance = random.Random(seed)
        self._person = Person(wait_until, window)
        self._theme = 0
        self._questions: dict[str, Question] = {}
        self._stands: dict[str, Any] = {}
        self._typed_a_line = False
        self._undoable: tuple[str, Any] | None = None
        """The last deed when it was a single step: its place and what stood there before."""

    def begin(self, reference: str) -> None:
        """Unlock and begin a screening, up to the first question."""
        person = self._person
        person.waits_for("Open the records")
        person.write("Passphrase", PASSPHRASE)
        person.press("Return")
        # On what begins one where there is none yet, else on the search.
        person.waits_until(lambda: person.hears("New screening") or person.hears("Search screenings"))
        person.press("Ctrl+N")
        person.waits_for("Patient reference")
        person.write("Patient reference", reference)
        person.tab_to("Pathway")
        person.arrow_to(f"Pathway: {PATHWAY_TITLE}")
        person.press("Space")
        person.activate("Begin")
        person.waits_until(lambda: person.hears("This is the person: confirm"))
        person.press("Space")
        asked = [question for theme in self._pack.themes for question in theme.questions]
        of_pathway = [q for q in asked if not q.pathways or PATHWAY in q.pathways]
        self._questions = {question.label: question for question in of_pathway}
        assert len(self._questions) == len(of_pathway), "two questions are called the same"
        self._theme = self._chance.randrange(self._themes)
        for _ in range(self._theme):
            self._press("Ctrl+PgDown")

    def type_while(self, going_on: Callable[[], bool]) -> None:
        """Answer, turn, jot and take back, at random, until somebody says that it is enough."""
        while going_on():
            self._typed_a_line = False
            deed = self._chance.random()
            if deed < 0.12:
                self._turn()
            elif deed < 0.24:
                # Without a pause between them: the page turns while the answer is not saved.
                self._answer_something()
                self._turn()
            elif deed < 0.29:
                self._jot()
            elif deed < 0.40 and self._undoable is not None:
                self._take_back()
            else:
                self._answer_something()
            self._rest(0.6 if self._typed_a_line else 0.25)

    # What is typed

    def _answer_something(self) -> None:
        for _ in range(self._chance.randint(0, 4)):
            self._press("Tab")
        for _ in range(12):
            label, _, part = self._person.focus_name.partition(": ")
            if label in self._questions and part in ("", *STATES, *self._options(self._questions[label])):
                self._answer(self._questions[label], part)
                return
            if part == "systolic":
                self._write_reading(label)
                return
            if label in self._questions and part == "none taken":
                self._say_none_taken(self._questions[label])
                return
            self._press("Tab")
        self._turn()

    def _answer(self, question: Question, part: str) -> None:
        """Answer the question whose control has the keyboard; `part` is the option it stands for, empty for a line."""
        by_chance = self._chance.random()
        if not part and by_chance < 0.15:
            self._press_state(question, "Alt+")
        elif not part:
            self._write(question)
        elif by_chance < 0.4:
            self._press_space(question, part)
        elif by_chance < 0.6 or not self._options(question):
            self._press_state(question, "")
        else:
            options = self._options(question)[:9]  # each digit is an option; those beyond the ninth have none
            place = self._chance.randrange(len(options))
            self._single(question.id, self._with_option(question, options[place]), str(place + 1))

    def _write(self, question: Question) -> None:
        self._typed_a_line = True
        match question.kind:
            case Kind.TEXT:
                self._write_text(question)
            case Kind.NUMBER:
                figure = str(self._chance.randint(1, 240))
                self._write_whole(question.id, figure, {"value": figure})
            case Kind.DATE:
                month, number = self._chance.randint(1, 12), self._chance.randint(1, 28)
                day = f"20{self._chance.randint(10, 25)}-{month:02}-{number:02}"
                self._write_whole(question.id, day, {"value": day})
            case Kind.DATETIME:
                time_of_day = f"{self._chance.randint(0, 23):02}:{self._chance.randint(0, 59):02}"
                self._write_whole(question.id, f"2026-11-23 {time_of_day}", {"value": f"2026-11-23T{time_of_day}"})
            case other:
                raise AssertionError(f"nobody here can type {other}")

    def _write_text(self, question: Question) -> None:
        """Over whatever is there, letter by letter: after each of them the letters so far must stand."""
        text = " ".join(self._chance.sample(WORDS, self._chance.randint(1, 4)))
        self._press("Ctrl+A")
        for length in range(1, len(text) + 1):
            self._about_to_type(question.id, text[length - 1])
            self._person.type(text[length - 1])
            self._now_stands(question.id, {"value": text[:length]})
            self._between_keys()
        if self._chance.random() < 0.3 and len(text) > 1:
            self._about_to_type(question.id, "Backspace")
            self._person.press("Backspace")
            self._now_stands(question.id, {"value": text[:-1]})
        self._undoable = None

    def _write_whole(self, place: str, text: str, stands: Stands) -> None:
        """Over whatever is there; before its end the text may be no answer yet, so nothing is said of it."""
        self._about_to_type(place, text)
        self._press("Ctrl+A")
        for sign in text:
            self._person.type(sign)
            self._between_keys()
        self._now_stands(place, stands)
        self._undoable = None

    def _write_reading(self, name: str) -> None:
        """A pair and a pulse in one go, into the reading that has the keyboard: its name ends in its number."""
        label, _, number = name.rpartition(", reading ")
        question = self._questions[label]
        figures = [self._chance.randint(95, 190), self._chance.randint(50, 110), self._chance.randint(45, 130)]
        held = (self._stands.get(question.id) or {}).get("value")
        rows = [list(row) for row in held] if isinstance(held, list) else []
        rows[int(number) - 1 : int(number)] = [figures]
        self._write_whole(question.id, "{}/{} {}".format(*figures), {"value": rows})
        self._press("Tab")
        if len(rows) < 4 and self._chance.random() < 0.5:
            self._press("Ctrl+R")

    def _say_none_taken(self, question: Question) -> None:
        self._single(question.id, self._unless_taken_back(question, {"value": NONE_TAKEN}), "Space")

    def _press_space(self, question: Question, part: str) -> None:
        if part in STATES:
            self._single(question.id, self._with_state(question, part), "Space")
        else:
            self._single(question.id, self._with_option(question, part), "Space")

    def _press_state(self, question: Question, with_key: str) -> None:
        part = self._chance.choice(list(STATES))
        self._single(question.id, self._with_state(question, part), with_key + STATES[part][0])

    def _jot(self) -> None:
        text = " ".join(self._chance.sample(WORDS, 3))
        self._about_to_type(JOTS, text)
        self._press("Ctrl+J")
        for sign in text:
            self._person.type(sign)
            self._between_keys()
        before = self._stands.get(JOTS, [])
        self._person.press("Ctrl+Return")
        self._now_stands(JOTS, [*before, text])
        self._undoable = (JOTS, before)

    def _take_back(self) -> None:
        assert self._undoable is not None
        (place, before), self._undoable = self._undoable, None
        after = self._stands[place]
        self._about_to_type(place, "Ctrl+Z")
        self._person.press("Ctrl+Z")
        self._now_stands(place, before)
        self._rest(0.2)
        if self._chance.random() < 0.5:
            self._about_to_type(place, "Ctrl+Shift+Z")
            self._person.press("Ctrl+Shift+Z")
            self._now_stands(place, after)

    def _turn(self) -> None:
        """Turning the page commits at once."""
        ways = [way for way in (1, 1, -1) if 0 <= self._theme + way < self._themes]
        way = self._chance.choice(ways)
        self._theme += way
        self._person.press("Ctrl+PgDown" if way > 0 else "Ctrl+PgUp")

    @property
    def _themes(self) -> int:
        return len(self._pack.pathway(PATHWAY).themes)

    # What must stand then

    def _single(self, place: str, stands: Stands, key: str) -> None:
        """One key that is one step."""
        before = self._stands.get(place)
        self._about_to_type(place, key)
        self._person.press(key)
        self._now_stands(place, stands)
        self._undoable = (place, before)

    def _about_to_type(self, place: str, keys: str) -> None:
        self._say(said(TYPING, place=place, keys=keys))

    def _now_stands(self, place: str, stands: Any) -> None:
        self._stands[place] = stands
        self._say(said(TYPED, place=place, stands=stands))

    def _with_state(self, question: Question, part: str) -> Stands:
        return self._unless_taken_back(question, {"state": STATES[part][1]})

    def _with_option(self, question: Question, part: str) -> Stands:
        """An option chosen, or taken back when it was the chosen one; of several each is ticked for itself."""
        options = self._options(question)
        if question.kind is not Kind.CHOICES:
            return self._unless_taken_back(question, {"value": question.option_ids[options.index(part)]})
        if options.index(part) == len(question.option_ids):
            return self._unless_taken_back(question, {"value": []})
        option = question.option_ids[options.index(part)]
        ticked = set((self._stands.get(question.id) or {}).get("value", ())) ^ {option}
        return {"value": [name for name in question.option_ids if name in ticked]} if ticked else None

    def _unless_taken_back(self, question: Question, stands: Stands) -> Stands:
        return None if self._stands.get(question.id) == stands else stands

    def _options(self, question: Question) -> list[str]:
        """The options as they stand on the screen, "None of these" included."""
        texts = [question.option_text(option) for option in question.option_ids]
        return [*texts, "None of these"] if question.kind is Kind.CHOICES else texts

    # Time

    def _press(self, key: str) -> None:
        self._person.press(key)
        self._between_keys()

    def _between_keys(self) -> None:
        pause(self._chance.choice((0, 0, 5, 15, 60)))

    def _rest(self, how_often: float) -> None:
        """Go on at once, or rest for so long that typing is committed."""
        pause(self._chance.uniform(*REST_MS) if self._chance.random() < how_often else self._chance.uniform(0, 60))
