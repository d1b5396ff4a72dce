"""Makes the script of a scenario: who says what when, which page is open, what is written down, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from screener.forms.model import Pack
from screener.training.amounts import same
from screener.training.checking import answered
from screener.training.scenario import PATIENT, Fact, Interruption, Measured, Paper, Release, Scenario, Told
from screener.training.script import ALONE, CHART, Cut, Held, Kind, Record, Script, Step, give, records_of

USUAL_MIN = 40
"""The facts are spread over so many minutes where a play is not shortened; figures come in between at theirs."""


def script_of(scenario: Scenario, pack: Pack, cut: Cut | None = None) -> Script:
    """The play of a scenario that the lint finds nothing in; `cut`: shortened to so many minutes."""
    return _Stage(scenario, pack, cut).script()


class _Stage:
    """A play while it is made: a screening in which everything is written down as it will be."""

    def __init__(self, scenario: Scenario, pack: Pack, cut: Cut | None) -> None:
        self._scenario, self._pack, self._cut = scenario, pack, cut
        self._session = answered(scenario, pack, {})
        self._held = Held()
        self._truth = scenario.truth
        left = None if cut is None else scenario.cuts[_key(cut)]
        self._facts = [fact for fact in scenario.facts if left is None or fact.id in left]
        of_facts = {question for fact in self._facts for question in fact.truth}
        of_figures = {figure.question for figure in scenario.measured} if cut is None else set()
        self._plain = {name: raw for name, raw in self._truth.items() if name not in of_facts | of_figures}
        """What is answered without a story, as soon as it is shown on a page that was opened."""
        self._opened: set[str] = set()
        self._themes = [theme.id for theme in self._session.form.themes]
        self._company = ", ".join(one.who for one in scenario.in_room)
        self._theme, self._room = "", self._company
        self._papers = list(scenario.papers)
        self._timed = self._timed_things()
        self._steps: list[Step] = []

    def script(self) -> Script:
        """Everything in order."""
        before = self._before() if self._cut is not None else ()
        self._do(Kind.OPENING, words=self._scenario.opening_line, by=PATIENT)
        for place, fact in enumerate(self._facts):
            self._due(self._minutes * place / len(self._facts))
            self._tell(fact)
        for paper in self._papers if self._cut is None else ():
            self._show(paper)
        self._due(None)
        if self._cut is None:
            self._pass(self._themes)
        self._do(Kind.PREDICT)
        self._discuss("")
        self._do(Kind.END)
        return Script(self._scenario.id, self._cut, self._company, before, tuple(self._steps))

    @property
    def _minutes(self) -> int:
        return self._cut or USUAL_MIN

    def _before(self) -> tuple[Record, ...]:
        """Everything but what a shortened play leaves to ask."""
        self._opened.update(self._themes)
        return tuple(self._plain_answers())

    def _timed_things(self) -> list[tuple[int, Measured | Interruption, int]]:
        """Figures and the interruption by their minute, each figure with its place among the scenario's."""
        scenario = self._scenario
        found: list[tuple[int, Measured | Interruption, int]] = []
        if self._cut is None:
            found += [(figure.minute, figure, place) for place, figure in enumerate(scenario.measured)]
        if self._cut is None or scenario.interruption.minute <= self._cut:
            found.append((scenario.interruption.minute, scenario.interruption, -1))
        return sorted(found, key=lambda one: one[0])

    # Steps

    def _do(self, kind: Kind, title: str = "", cue: str = "", *, records: Iterable[Record] = (), **more: Any) -> None:
        """One step, with what is written down in it and what that brings up."""
        written = [*records]
        self._write(written)
        written += self._plain_answers()
        self._steps.append(Step(kind, title, cue, theme=self._theme, room=self._room, records=tuple(written), **more))

    def _write(self, records: Iterable[Record]) -> None:
        given = [*records]
        give(self._session, given)
        self._held.take(given)

    def _plain_answers(self) -> Iterator[Record]:
        """What is ordinary on the opened pages and shown by now is written down, until nothing more comes up."""
        found = True
        while found:
            found = False
            for name in self._session.questions:
                if self._open(name):
                    found = True
                    records = records_of(name, self._plain[name])
                    self._write(records)
                    yield from records

    def _open(self, name: str) -> bool:
        waiting = name in self._plain and not self._held.accounts(name) and self._session.is_shown(name)
        return waiting and self._pack.theme_of[name].id in self._opened

    def _turn(self, theme: str) -> None:
        if theme == self._theme:
            return
        self._theme = theme
        self._opened.add(theme)
        title = next(one.title for one in self._session.form.themes if one.id == theme)
        self._do(Kind.TURN, title)

    def _pass(self, themes: Iterable[str]) -> None:
        """Open the pages of themes that were not opened yet; one on which nothing is asked is passed over."""
        for theme in themes:
            if theme not in self._opened and self._session.shown_in(theme):
                self._turn(theme)
            self._opened.add(theme)

    def _reach(self, question: str) -> None:
        """Open the page of a question, past every page before it that was not opened yet."""
        wanted = self._pack.theme_of[question].id
        if self._cut is None:
            self._pass(self._themes[: self._themes.index(wanted)])
        self._turn(wanted)

    def _tell(self, fact: Fact) -> None:
        """The words of one fact as they come out, and a paper about it after the first of them."""
        asked = self._in_order(fact.truth)
        self._reach(asked[0])
        for place, told in enumerate(fact.told):
            self._make_room(told)
            question = self._pack.questions[asked[0]].text
            more: dict[str, Any] = {"fact": fact.id, "told": place, "when": told.when, "note": fact.note}
            records = self._records(fact, told)
            self._do(Kind.SAID, fact.title, question, records=records, words=told.words, by=told.by, **more)
            if place == 0:
                for paper in [one for one in self._papers if fact.truth.keys() & one.answers.keys()]:
                    self._show(paper)
        self._discuss(fact.id)

    def _in_order(self, answers: Iterable[str]) -> list[str]:
        """Questions as the form has them: what brings up another comes before it."""
        wanted = set(answers)
        return [name for name in self._session.questions if name in wanted]

    def _make_room(self, told: Told) -> None:
        """Others leave before something that is said alone; they are back before they say something."""
        others = self._scenario.in_room
        if told.when is Release.ALONE and told.by == PATIENT and others and self._room != ALONE:
            self._room = ALONE
            words = " ".join(one.leaving for one in others if one.leaving)
            self._do(Kind.ROOM, words=words)
        elif told.by != PATIENT and self._room == ALONE:
            self._room = self._company
            self._do(Kind.ROOM)

    def _show(self, paper: Paper) -> None:
        self._papers = [one for one in self._papers if one.id != paper.id]
        contradicting = next(fact for fact in self._scenario.facts if fact.id == self._scenario.contradiction.fact)
        records: list[Record] = []
        for name in self._in_order(paper.answers):
            raw, true = paper.answers[name], self._truth[name]
            # A bottle says less than a list of all medicines: it is read, and nothing is written down for it.
            if same(self._pack.questions[name], raw, true) or name in contradicting.truth:
                records += self._held_true(name, records_of(name, raw, CHART))
        self._do(Kind.PAPER, paper.title, words=paper.words, paper=paper.id, records=records)

    def _due(self, until: float | None) -> None:
        """What happens until a moment of the play, or all that is left."""
        while self._timed and (until is None or self._timed[0][0] <= until):
            minute, thing, place = self._timed.pop(0)
            if isinstance(thing, Interruption):
                self._do(Kind.BROKE_IN, cue=thing.ask, words=thing.words, minute=minute)
            else:
                self._measure(thing, place)

    def _measure(self, figure: Measured, place: int) -> None:
        self._turn(self._pack.theme_of[figure.question].id)
        figures = self._scenario.measured[: place + 1]
        gives: Any = figure.gives
        if isinstance(gives, Mapping):
            gives = [one.gives for one in figures if one.question == figure.question]
        title = self._pack.questions[figure.question].label
        records = records_of(figure.question, gives)
        self._do(Kind.MEASURED, title, records=records, words=figure.words, minute=figure.minute, place=place)

    def _discuss(self, after: str) -> None:
        for one in self._scenario.discussion:
            if one.after == after:
                self._do(Kind.DISCUSS, words=one.ask)

    # What is written down

    def _records(self, fact: Fact, told: Told) -> list[Record]:
        """What words amount to; what earlier words of the fact brought up and is not so is taken back."""
        amounts = fact.amounts(told)
        found: list[Record] = []
        for name in self._in_order(amounts):
            found += self._held_true(name, records_of(name, amounts[name], told.by), told.by)
        if told.answers is None:
            said = {name for one in fact.told for name in one.answers or ()}
            for name in self._in_order(said - fact.truth.keys() - self._truth.keys()):
                found += [Record(name, None, by) for by in self._held.accounts(name)]
        return found

    def _held_true(self, name: str, records: list[Record], first: str = "") -> list[Record]:
        """The same records; where accounts differ then, whoever gave the true one is named as who is held to."""
        *_, last = records
        if last.alone or len(records) > 1 or last.uses:
            return records
        accounts = {**self._held.accounts(name), last.by: last}
        question, true = self._pack.questions[name], self._truth.get(name)
        if true is None or all(same(question, one.raw, last.raw) for one in accounts.values()):
            return records
        telling = [by for by, one in accounts.items() if by != CHART and same(question, one.raw, true)]
        who = first if first in telling else next(iter(telling), "")
        return [*records[:-1], replace(last, uses=who)]


def _key(cut: Cut) -> Any:
    return str(cut)
