"""What `evaluate` and `report` are given: a file checked against the pack, a finding for whatever does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from screener.cli.source import Path, Source
from screener.forms.answering import Given, NotAnAnswer, as_written, doubts, read_given
from screener.forms.evaluation import RuleSet
from screener.forms.findings import nearest
from screener.forms.model import Pack, Pathway
from screener.forms.profiles import not_offered, still_needed
from screener.rules.evaluate import Facts
from screener.rules.values import PartialDate, State
from screener.rules.words import series

KEYS = ("pathway", "profiles", "date", "parameters", "earlier", "answers")


@dataclass(frozen=True, slots=True)
class InputFinding:
    """One thing that does not fit: what, where, and what would do. `stops`: nothing is evaluated while it stands."""

    code: str
    place: str
    message: str
    suggestion: str = ""
    stops: bool = True

    def to_json(self) -> dict[str, str]:
        return {"code": self.code, "place": self.place, "message": self.message, "suggestion": self.suggestion}


@dataclass(frozen=True, slots=True)
class Input:
    """A visit as it was given, read: ready to be evaluated."""

    rules: RuleSet
    day: date
    answers: dict[str, Given]
    raw_answers: Mapping[str, Any]


@dataclass(slots=True)
class Checked:
    """What came of checking a file: the visit unless a finding stops it, and every finding."""

    visit: Input | None = None
    findings: list[InputFinding] = field(default_factory=list)


def check(pack: Pack, source: Source, today: date, *, drafts: bool = False) -> Checked:
    """Read a whole file against the pack. `today` stands in, and is named, where the file gives no date."""
    reader = _Reader(pack, source, today)
    visit = reader.read(drafts)
    stopped = any(finding.stops for finding in reader.findings)
    return Checked(None if stopped else visit, reader.findings)


class _Reader:
    """Goes through one file from top to bottom and notes what does not fit."""

    def __init__(self, pack: Pack, source: Source, today: date) -> None:
        self._pack = pack
        self._source = source
        self._today = today
        self.findings: list[InputFinding] = []

    def note(self, code: str, path: Path, message: str, suggestion: str = "", *, stops: bool = True) -> None:
        self.findings.append(InputFinding(code, self._source.place(path), message, suggestion, stops))

    def read(self, drafts: bool) -> Input | None:
        """The visit, or None when its pathway is not known; findings say what else is wrong."""
        raw = self._source.raw
        if not isinstance(raw, Mapping):
            self.note("wrong-type", (), "the file is not an object", "begin with pathway, profiles, date and answers")
            return None
        for key in raw:
            if key not in KEYS:
                self.note(
                    "unknown-key", (str(key),), f"{as_written(key)} is not a key of this file", nearest(str(key), KEYS)
                )
        day = self._date(raw.get("date"), ("date",))
        parameters = self._parameters(raw.get("parameters", {}))
        profiles = self._profiles(raw.get("profiles", []))
        pathway = self._pathway(raw.get("pathway"))
        answers = self._answers(raw.get("answers", {}), ("answers",), day)
        self._earlier(raw.get("earlier", []))
        if pathway is None or day is None:
            return None
        self._fitting(pathway, raw.get("profiles", []), profiles)
        rules = RuleSet(self._pack, pathway.id, profiles, parameters, drafts=drafts)
        for question_id in [q for q in answers if q not in rules.form.questions]:
            path = ("answers", question_id)
            self.note("not-asked-here", path, f"{question_id} is not asked on {pathway.id}: not evaluated", stops=False)
        asked = {question_id: given for question_id, given in answers.items() if question_id in rules.form.questions}
        return Input(rules, day, asked, {question_id: raw["answers"][question_id] for question_id in asked})

    def _date(self, raw: Any, path: Path) -> date | None:
        if raw is None and path[0] == "date":
            self.note("no-date", path, f"no visit date: intervals are worked out for {self._today}", stops=False)
            return self._today
        try:
            if not isinstance(raw, str) or not PartialDate.parse(raw).exact:
                raise ValueError("not a whole day")
            return date.fromisoformat(raw)
        except ValueError:
            self.note("wrong-type", path, f"{as_written(raw)} is not a day", 'write "2026-11-23"')
            return None

    def _pathway(self, raw: Any) -> Pathway | None:
        ids = [pathway.id for pathway in self._pack.pathways]
        if raw is None:
            self.note("no-pathway", ("pathway",), "no pathway is named", f"one of: {', '.join(ids)}")
        elif self._known("pathway", raw, ids, ("pathway",)):
            return self._pack.pathway(raw)
        return None

    def _known(self, what: str, raw: Any, ids: Sequence[str], path: Path) -> bool:
        if raw in ids:
            return True
        suggestion = nearest(raw, ids) if isinstance(raw, str) else f"one of: {', '.join(ids)}"
        self.note(f"unknown-{what}", path, f"{as_written(raw)} is no {what} of this pack", suggestion)
        return False

    def _profiles(self, raw: Any) -> list[str]:
        if not isinstance(raw, list):
            self.note("wrong-type", ("profiles",), "`profiles` is not a list", 'write ["us-label"]')
            return []
        ids = [profile.id for profile in self._pack.profiles]
        return [name for place, name in enumerate(raw) if self._known("profile", name, ids, ("profiles", place))]

    def _fitting(self, pathway: Pathway, written: Any, profiles: Sequence[str]) -> None:
        """Whether the profiles are those of the pathway; `written`: as they stand in the file."""
        for strange in not_offered(self._pack, pathway, written if isinstance(written, list) else ()):
            self.note("profile-not-offered", ("profiles", strange.place), strange.message, strange.suggestion)
        for lacking in still_needed(self._pack, pathway, profiles):
            self.note("profile-needed", ("profiles",), lacking.message, f"add {series(lacking.options)} to profiles")

    def _parameters(self, raw: Any) -> dict[str, str]:
        if not isinstance(raw, Mapping):
            self.note("wrong-type", ("parameters",), "`parameters` is not an object", 'write {"ID": "OPTION"}')
            return {}
        found: dict[str, str] = {}
        for name, option in raw.items():
            if not self._known("parameter", name, list(self._pack.parameters), ("parameters", str(name))):
                continue
            options = [entry.id for entry in self._pack.parameters[name].options]
            if self._known("option", option, options, ("parameters", name)):
                found[name] = option
        return found

    def _answers(self, raw: Any, path: Path, day: date | None) -> dict[str, Given]:
        if not isinstance(raw, Mapping):
            self.note("wrong-type", path, "answers are not an object", "map question ids to answers")
            return {}
        found: dict[str, Given] = {}
        for question_id, value in raw.items():
            here = (*path, str(question_id))
            question = self._pack.questions.get(question_id)
            if question is None:
                near = nearest(str(question_id), list(self._pack.questions))
                self.note("unknown-question", here, f"{as_written(question_id)} is not a question of this pack", near)
                continue
            try:
                given = found[question_id] = read_given(question, value)
            except NotAnAnswer as wrong:
                self.note(wrong.code, here, f"{question_id}: {wrong}", wrong.suggestion)
                continue
            for account in given.accounts:
                for doubt in doubts(question, account.value, day) if account.value is not None else []:
                    self.note(
                        "implausible", here, f"{question_id}: {doubt}", "look whether it is mistyped", stops=False
                    )
        return found

    def _earlier(self, raw: Any) -> None:
        """Earlier visits are checked like this one; no rule of this version reads them."""
        if not isinstance(raw, list):
            self.note(
                "wrong-type", ("earlier",), "`earlier` is not a list", 'write [{"date": "2026-10-12", "answers": {}}]'
            )
            return
        for place, entry in enumerate(raw):
            path: Path = ("earlier", place)
            if not isinstance(entry, Mapping) or set(entry) != {"date", "answers"}:
                self.note("wrong-type", path, "an earlier visit needs `date` and `answers`, nothing else")
                continue
            day = self._date(entry["date"], (*path, "date"))
            self._answers(entry["answers"], (*path, "answers"), day)


def unread_answers(visit: Input, facts: Facts, hidden: Collection[str], source: Source) -> list[InputFinding]:
    """Answers that no rule reads, each named: to questions that are not shown, or that may not apply."""
    found = []
    for question_id, given in visit.answers.items():
        if question_id in hidden:
            said = ("hidden-answer", "is not shown on these answers", "see not_shown for the answers that hide it")
        elif given.state is State.ANSWERED and facts.of(question_id).state is State.GATE_OPEN:
            said = ("gate-open", "may not apply, which is not established", "answer the question that it depends on")
        else:
            continue
        code, why, suggestion = said
        message = f"{question_id} {why}: its answer is kept and not evaluated"
        place = source.place(("answers", question_id))
        found.append(InputFinding(code, place, message, suggestion, stops=False))
    return found
