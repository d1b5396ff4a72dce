"""Makes a scenario out of a rehearsal: a text with its answers, and a mark wherever a trainer still writes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from screener.clock import FixedClock
from screener.disk import free_name
from screener.forms.answering import NotAnAnswer, read_given
from screener.forms.evaluation import RuleOutcome
from screener.forms.findings import Finding
from screener.forms.model import Pack, Question
from screener.forms.reading import read_file
from screener.language import tr
from screener.refusals import why
from screener.rules.values import Kind
from screener.screening.answers import as_typed
from screener.screening.session import Session
from screener.text import WorldError
from screener.training.amounts import answers_of, differing, outcomes_without
from screener.training.checking import check, read_made, usual_of
from screener.training.kept import Asked, Rehearsal
from screener.training.rehearsal import fill
from screener.training.scenario import CUTS_MIN, MOST
from screener.training.story import TO_WRITE

_NAME = re.compile(r"[^a-z0-9]+")
_MOST_FACTS = 20
_LONG = frozenset(("facts", "expected", "traps"))
"""Lists whose entries hold sentences: one line for each key."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """The text of a scenario, and what the lint finds in it: what is still to be written."""

    text: str
    findings: tuple[Finding, ...]


def make_scenario(rehearsal: Rehearsal, session: Session, name: str, folder: Path) -> Made:
    """A scenario out of the answers of a rehearsal, to be called `name` and written into `folder`."""
    text = _Draft(rehearsal, session, folder).text(name)
    return Made(text, tuple(findings_of(text, f"{name}.yaml", folder, session.pack)))


def write_new(file: Path, text: str) -> None:
    """Write the text of a scenario where nothing lies yet: whole, or not at all.

    WorldError where something does, or the disk refuses.
    """
    ours = False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            ours = True
            opened.write(text)
    except OSError as wrong:
        if ours:
            with suppress(OSError):
                file.unlink()
        elif isinstance(wrong, FileExistsError) and file.exists():
            said = tr("{name} is there already, and is left as it is.").format(name=file)
            raise WorldError(said, tr("Choose another file.")) from wrong
        said = tr("{name} cannot be written: {why}.").format(name=file, why=why(wrong))
        raise WorldError(said, tr("Choose another file.")) from wrong


def free_file(folder: Path, rehearsal: Rehearsal) -> Path:
    """A file for a scenario out of a rehearsal, under a name that nothing in the folder has."""
    stem = name_of(Path(f"{rehearsal.scenario}-{rehearsal.begun_at[:10]}"))
    return free_name(folder, stem, ".yaml")


def findings_of(text: str, name: str, folder: Path, pack: Pack) -> list[Finding]:
    """What is wrong with the text of a scenario that is to lie in a folder."""
    scenario, found, read = read_made(text, name, folder)
    return found if scenario is None else check(scenario, read, pack)


def name_of(file: Path) -> str:
    """The id of a scenario that a file's name says: lower case, figures, hyphens."""
    plain = _NAME.sub("-", file.stem.lower()).strip("-")
    return plain if plain[:1].isalpha() else f"scenario-{plain}".rstrip("-")


class _Draft:
    """The parts of a scenario as far as the answers of a rehearsal say them."""

    def __init__(self, rehearsal: Rehearsal, session: Session, folder: Path) -> None:
        self._rehearsal, self._session, self._pack = rehearsal, session, session.pack
        usual = read_file(usual_of(folder)).data
        self._usual: Mapping[str, Any] = usual if isinstance(usual, dict) else {}
        found = {name: self._held_to(name, raw) for name, raw in answers_of(session).items() if session.is_shown(name)}
        shown = {name: raw for name, raw in found.items() if _can_be_written(session.questions[name], raw)}
        self._given = shown
        self._own = differing(shown, self._usual, session.questions)
        self._truth = self._played({**self._usual, **self._own})
        self._listed = [one for one in self._truth.outcomes.values() if one.outcome == "listed"]
        self._open = [one for one in self._truth.outcomes.values() if one.outcome == "not_established"]
        self._facts = self._chosen()
        self._figures = [name for name in self._own if self._are_figures(name) and name not in self._facts]

    def _held_to(self, name: str, raw: Any) -> Any:
        """The account that holds, where several were recorded and one does."""
        given = self._session.answers[name]
        if given.differ or len(given.accounts) == 1 or given.effective.raw is None:
            return raw
        return given.effective.raw

    def text(self, name: str) -> str:
        """The whole text, in parts with a remark before each."""
        return "\n".join(f"{_remark(remark)}{_yaml(part)}" for remark, part in self._parts(name))

    def _parts(self, name: str) -> Iterable[tuple[str, Json]]:
        mark = TO_WRITE
        yield f"Made from a rehearsal. Wherever {mark} stands, write; forms/scenarios/README.md explains each part.", {
            "id": name, "title": mark, "label": "made-up", "level": "middle",
        }  # fmt: skip
        yield "The first thing that the patient says. It gives no clue.", {"opening_line": mark}
        yield "What is true, for whoever plays the patient; then what is learned with it.", {
            "story": mark, "aims": [mark], "stop_word": mark,
        }  # fmt: skip
        yield "", self._setting()
        yield self._left_open(), {"ordinary": self._ordinary()}
        yield (
            "The answers that items rest on. Words for each, as they come out one after the other, and what it takes.",
            {"facts": [self._fact(question, first=not place) for place, question in enumerate(self._facts)]},
        )
        if self._figures:
            yield "", {"measured": [one for question in self._figures for one in self._measured(question)]}
        yield (
            "The one thing that two tellings do not agree on, and the one thing that breaks in.",
            {
                "contradiction": {"fact": _fact_id(self._facts[0]), "words": mark},
                "interruption": {"minute": 15, "words": mark},
            },
        )
        yield (
            "What stands on the list on these answers. Say of each why, and how it is come upon.",
            {"expected": [_expected(one) for one in [*self._listed, *self._open][:MOST]]},
        )
        yield (
            "Something that looks like an item and is not listed. This one reads an answer above; choose your own.",
            {"traps": [{"rule": self._trap(), "looks_like": mark, "note": mark}]},
        )
        yield "", {"discussion": [{"ask": mark}]}
        yield "The facts that are left to ask in so many minutes.", {"cuts": self._cuts()}
        yield "Things to try next time.", {"next": [mark]}

    def _setting(self) -> Json:
        opening, visit = self._session.opening, self._session.visit
        found: Json = {
            "reference": opening.reference or "MADE-UP",
            "second_mark": opening.second_mark,
            "visit_date": visit["visit_date"],
            "begins": _clock(opening.begun_at),
            "pathway": opening.pathway,
            "profiles": list(opening.profiles),
            "parameters": dict(opening.parameters),
            "product": visit["product"],
        }
        return {name: value for name, value in found.items() if value or name == "profiles"}

    def _left_open(self) -> str:
        asked = [
            name
            for name, one in self._session.questions.items()
            if self._session.is_shown(name) and name not in self._given and one.kind is not Kind.DERIVED
        ]
        what = "True answers that no story hangs on, where they are not the usual ones."
        return f"{what} Not answered in the rehearsal, and therefore as usual: {', '.join(asked)}." if asked else what

    def _ordinary(self) -> Json:
        return {name: raw for name, raw in self._own.items() if name not in {*self._facts, *self._figures}}

    def _chosen(self) -> list[str]:
        """The questions that become facts: those that a listed item rests on, in the order of the form."""
        resting = {name for one in self._listed for name in one.because if name in self._own}
        chosen = resting - {name for name in resting if self._are_figures(name)}
        wanted = chosen or resting or set(self._own)
        found = [name for name in self._session.questions if name in wanted][:_MOST_FACTS]
        return found or [next(name for name in self._usual if self._truth.is_shown(name))]

    def _are_figures(self, name: str) -> bool:
        raw = self._own[name]
        return self._session.questions[name].kind is Kind.READINGS and isinstance(raw, list) and bool(raw)

    def _fact(self, question: str, *, first: bool) -> Json:
        truth = self._true(question)
        told: list[Json] = [{"words": self._words(question)}]
        if first:
            other = "come_back" if isinstance(truth, Mapping) and truth.get("state") == "not_known" else "not_known"
            told = [{"words": TO_WRITE, "answers": {question: {"state": other}}}, {**told[0], "when": "again"}]
        return {"id": _fact_id(question), "title": TO_WRITE, "truth": {question: truth}, "told": told, "note": TO_WRITE}

    def _true(self, question: str) -> Any:
        return self._own.get(question, self._usual.get(question))

    def _words(self, question: str) -> str:
        """The last words that came out under a question, or the last that were written down beside it."""
        said = [e.words for e in self._rehearsal.events if isinstance(e, Asked) and e.question == question and e.words]
        said += [jot.text for jot in self._session.jots.values() if jot.question == question and jot.text.strip()]
        return said[-1] if said else TO_WRITE

    def _measured(self, question: str) -> Iterable[Json]:
        last = 0
        for place, reading in enumerate(self._own[question]):
            last = max(last, _minute(self._session.opening.begun_at, reading, 5 * (place + 1)))
            yield {"minute": last, "question": question, "gives": reading}

    def _trap(self) -> str:
        quiet = [rule for rule, one in self._truth.outcomes.items() if one.outcome == "not_listed"]
        reading = [rule for rule in quiet if self._truth.rules.conditions[rule].reads & {*self._facts}]
        return next(iter(reading or quiet), TO_WRITE)

    def _cuts(self) -> dict[str, list[str]]:
        facts = [_fact_id(question) for question in self._facts]
        carried = next((end for end in range(1, len(facts)) if self._carries(self._facts[:end])), len(facts))
        ends = (carried, max(carried, (len(facts) + 1) // 2), len(facts))
        return {str(minutes): facts[:end] for minutes, end in zip(CUTS_MIN, ends, strict=True)}

    def _carries(self, left: Sequence[str]) -> bool:
        """Whether something that is expected is not there while these facts are not asked."""
        before = outcomes_without(self._truth, left)
        later = {one.rule.id: (one.outcome, one.level) for one in [*self._listed, *self._open]}
        return any((before[rule].outcome, before[rule].level) != then for rule, then in later.items())

    def _played(self, answers: Mapping[str, Any]) -> Session:
        opening = self._session.opening
        session = Session(self._pack, opening, FixedClock(datetime.fromisoformat(opening.begun_at)))
        fill(session, answers)
        return session


def _can_be_written(question: Question, raw: Any) -> bool:
    """Whether a scenario can say it: a file may hold accounts of nobody, or hold to one that nobody gave."""
    try:
        read_given(question, raw)
    except NotAnAnswer:
        return False
    return True


def _expected(one: RuleOutcome) -> Json:
    found: Json = {"rule": one.rule.id, "outcome": one.outcome}
    return {**found, **({"level": one.level} if one.level else {}), "note": TO_WRITE}


def _fact_id(question: str) -> str:
    return _NAME.sub("-", question.lower()).strip("-")


def _clock(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M")


def _minute(begun: str, reading: Any, otherwise: int) -> int:
    """The minute of the visit at which a reading says that it was taken."""
    try:
        hours, minutes = map(int, str(reading["at"]).split(":")[:2])
    except (KeyError, TypeError, ValueError):
        return otherwise
    start = datetime.fromisoformat(begun)
    found = hours * 60 + minutes - start.hour * 60 - start.minute
    return found if 0 <= found <= 240 else otherwise


class _Writer(yaml.SafeDumper):
    """Plain YAML: nothing of it refers to another place."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(part: Json) -> str:
    """A part of the file, in lines that a person can read: each entry on its own, short groups on one line."""
    return "".join(_entry(name, value) for name, value in _as_text(as_typed(part)).items())


def _entry(name: str, value: Any) -> str:
    if name == "ordinary" and value:
        return f"{name}:\n" + textwrap.indent("".join(_entry(key, one) for key, one in value.items()), "  ")
    return _dumped({name: value}, isinstance(value, list | dict) and name not in _LONG)


def _dumped(value: Json, short: bool) -> str:
    style: Any = {"sort_keys": False, "allow_unicode": True, "width": 110}
    text: str = yaml.dump(value, Dumper=_Writer, default_flow_style=None if short else False, **style)
    return text


def _as_text(value: Any) -> Any:
    """The same without half characters, which no file holds."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {_as_text(key): _as_text(one) for key, one in value.items()}
        case list():
            return [_as_text(one) for one in value]
    return value


def _remark(text: str) -> str:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < 110:
            lines[-1] += f" {word}"
        else:
            lines.append(f"# {word}")
    return "".join(f"{line}\n" for line in lines)
