"""A redacted record: planted words, names, ids and dates are in none of its texts, and what it may keep is there."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.clock import FixedClock
from screener.forms.model import Pack, Question
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.records import redacted as module
from screener.records.browse import Signature, SignedRecord
from screener.records.record import build, canonical, part_of
from screener.records.redacted import FORMAT, OUT, redacted, written, years_alone
from screener.rules.values import Kind
from screener.screening.listing import live_list
from screener.screening.opening import Opening, PackStamp
from screener.screening.review import needing_response, response
from screener.screening.session import Session

CLOCK = FixedClock(datetime(2026, 11, 23, 7, 43, 19, tzinfo=UTC))
WORD = "zq"
"""Begins every planted word, and no word of the content."""
ROOM, NAME, INFORMANT = f"{WORD}room", f"{WORD}clinician", f"{WORD}informant"
ROUTES, USES = ("oral", "nasal", "injection"), ("current", "stopped", "not_known")
DATES_WITH_MORE_THAN_A_YEAR = re.compile(
    r"\b\d{4}-\d{2}\b(?!\d)|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December),? \d{4}\b"
)


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


PATHWAYS = [pathway.id for pathway in shipped().pathways]


class Made:
    """A screening in which a sentinel stands wherever somebody can type."""

    def __init__(self, pathway: str, dice: random.Random) -> None:
        self._dice, self._words = dice, 0
        chosen = shipped().pathway(pathway)
        profiles = tuple(options[0] for options in chosen.needed)
        stamp = PackStamp(shipped().head.id, shipped().head.version, shipped().hash)
        opening = Opening(
            reference=self.word(),
            pathway=pathway,
            profiles=profiles,
            visit_date="2026-11-23",
            clinician=NAME,
            role="clinician",
            begun_at=CLOCK.now().isoformat(),
            pack=stamp,
            second_mark=self.word(),
            product=self.word(),
            parameters={
                name: dice.choice(one.options).id for name, one in shipped().parameters.items() if dice.random() < 0.5
            },
        )
        self.session = Session(shipped(), opening, CLOCK)
        self._fill()

    def word(self) -> str:
        self._words += 1
        return f"{WORD}{self._dice.choice(('ash', 'elm', 'Oak Ln', 'é ñ'))}{self._words}"

    def _fill(self) -> None:
        session, dice = self.session, self._dice
        share = dice.choice((0.4, 0.7, 0.95))
        for question in session.questions.values():
            if question.kind is not Kind.DERIVED and dice.random() < share and session.is_shown(question.id):
                self._answer(question)
        session.set_visit("room", ROOM)
        session.set_visit("second_mark", self.word())
        session.jot(self.word(), next(iter(session.questions)))
        session.summarise(f"{self.word()} on 2019-07-23")
        for outcome in needing_response(live_list(session, review=True))[:8]:
            said = response(
                session, outcome.rule.id, "more_information", note=self.word(), from_whom=self.word(), until=self.word()
            )
            session.respond({outcome.rule.id: said})
        for question in [q for q in session.questions.values() if q.id in session.recorded][:6]:
            self._answer(question)  # some responses lapse: what differs is in words too

    def _answer(self, question: Question) -> None:
        self.session.answer(question.id, self._raw(question), note=self.word())
        if self._dice.random() < 0.15:
            self.session.answer(question.id, self._raw(question), by=f"{INFORMANT} {self.word()}", note=self.word())
            if self._dice.random() < 0.5:
                self.session.use_account(question.id, "patient")

    def _raw(self, question: Question) -> Any:
        dice = self._dice
        if dice.random() < 0.08:
            return {"state": dice.choice(("not_known", "declined", "come_back"))}
        match question.kind:
            case Kind.YES_NO:
                return dice.choice(("yes", "no"))
            case Kind.CHOICE:
                return dice.choice(question.option_ids)
            case Kind.CHOICES:
                return [option for option in question.option_ids if dice.random() < 0.4]
            case Kind.NUMBER:
                return self._figure(question)
            case Kind.DATE:
                return self.day()
            case Kind.TIME:
                return "07:43"
            case Kind.DATETIME:
                return "2026-11-22T07:43"
            case Kind.READINGS:
                return [self._reading() for _ in range(dice.randint(1, 3))]
            case Kind.MEDICINES:
                return [self._medicine() for _ in range(dice.randint(1, 5))]
            case Kind.INSTRUMENT:
                assert question.scoring is not None
                return {
                    "items": {item: str(dice.choice(scale.values)) for item, scale in question.scoring.items.items()},
                    "scores": {},
                }
            case _:
                return f"{self.word()} since 2019-07-23, 23 July 2019"

    def day(self) -> str:
        return self._dice.choice(("2019-07-23", "2026-07-23", "2026-10-12", "2026-11-30", "2018-07", "1974"))

    def _figure(self, question: Question) -> Any:
        low, high = question.plausible or (0, 90)
        figure = str(self._dice.choice((low, high, (low + high) // 2, high + 1)))
        unit = self._dice.choice(question.units) if question.units else None
        return {"value": figure, "unit": unit} if unit and self._dice.random() < 0.5 else figure

    def _reading(self) -> dict[str, Any]:
        names = ("arm", "position", "cuff", "device", "taken_by")
        typed = {name: self.word() for name in names} | {"at": "2026-11-22T07:43"}
        figures = {"systolic": self._dice.choice((120, 151, 191)), "diastolic": self._dice.choice((80, 94, 124))}
        return figures | {"phase": self._dice.choice(("screening", "before"))} | typed

    def _medicine(self) -> dict[str, Any]:
        known = self._dice.choice(list(shipped().medicines.names)).name
        return {
            "name": known if self._dice.random() < 0.6 else self.word(),
            "dose": self._dice.choice(("50 mg", self.word(), "50 mg 2019-07-23")),
            "route": self._dice.choice(ROUTES),
            "use": self._dice.choice(USES),
            "started": self.day(),
            "last_taken": self.day(),
            "told_by": self.word(),
        }


def sealed(pathway: str, dice: random.Random) -> dict[str, Any]:
    """The content of a record as it comes out of the vault."""
    session = Made(pathway, dice).session
    earlier = SignedRecord("0123456789abcdef", "s1", b"{}", Signature(NAME, "", "", "2026-11-22T07:43:19+00:00", ""))
    part = part_of([earlier], last=True) if dice.random() < 0.5 else None
    content: dict[str, Any] = json.loads(canonical(build(session, incomplete=f"{WORD}why", part=part)))
    return content


def planted(value: Any, path: str = "$") -> Iterator[str]:
    """Every text in which a sentinel or more of a date than its year stands, with its place."""
    match value:
        case str():
            told = WORD in value.lower() or "07:43" in value or "0123456789abcdef" in value
            if told or DATES_WITH_MORE_THAN_A_YEAR.search(value):
                yield f"{path}: {value}"
        case dict():
            for key, inner in value.items():
                yield from planted(key, path)
                yield from planted(inner, f"{path}.{key}")
        case list():
            for number, inner in enumerate(value):
                yield from planted(inner, f"{path}[{number}]")


@settings(max_examples=14, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.sampled_from(PATHWAYS), st.integers(0, 2**32))
def test_nothing_that_anybody_typed_and_no_date_is_left(pathway: str, seed: int) -> None:
    content = sealed(pathway, random.Random(seed))
    assert len(list(planted(content))) > 50
    found = redacted(content, shipped())
    assert list(planted(found)) == []
    assert (found["format"], found["year"]) == (FORMAT, "2026")
    assert "not signed" in found["said"] and found["taken_out"]


@pytest.mark.parametrize("name", ["_bare", "years_alone", "_medicine", "_lines"])
def test_a_redaction_that_forgets_something_is_noticed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Planted: each of these in turn takes nothing out."""
    forgetful: dict[str, Callable[..., Any]] = {
        "_bare": lambda question, value: value,
        "years_alone": lambda text: text,
        "_medicine": lambda entry, dictionary: entry,
        "_lines": lambda self, lines, words: list(lines),
    }
    monkeypatch.setattr(module._Redaction if name == "_lines" else module, name, forgetful[name])
    seeds = (random.Random(seed) for seed in range(12))
    assert any(list(planted(redacted(sealed("ketamine-home", dice), shipped()))) for dice in seeds), (
        f"{name} could be left out"
    )


def test_what_was_answered_and_listed_is_still_told() -> None:
    content = sealed("ketamine-home", random.Random(7))
    found = redacted(content, shipped())
    whole = {item["rule"]: item for item in content["items"]}
    assert [item["rule"] for item in found["items"]] == list(whole)
    said = [item for item in found["items"] if item["outcome"] == "listed"]
    kept = [item for item in said if item["statement"] != OUT]
    assert len(kept) == len(said) > 5
    assert [len(item["because"]) for item in said] == [len(whole[item["rule"]]["because"]) for item in said]
    answered = {q["id"]: q for theme in found["themes"] for q in theme["questions"] if q["state"] == "answered"}
    chosen = [q for q in answered.values() if q["kind"] in ("yes_no", "choice", "choices", "number", "readings")]
    assert len(chosen) > 20
    assert all(OUT not in question["words"] and question["words"] for question in chosen)
    assert written(content, shipped()) == written(json.loads(json.dumps(content)), shipped())


def test_a_record_of_content_that_is_not_here_loses_what_cannot_be_told_apart() -> None:
    content = sealed("ketamine-home", random.Random(9))
    bare = shipped().model_copy(update={"rules": {}, "questions": {}, "parameters": {}})
    found = redacted(content, bare)
    assert list(planted(found)) == []
    assert {item["statement"] for item in found["items"]} == {OUT}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("last taken 5 March 2026, by mouth", "last taken 2026, by mouth"),
        ("since March 2026", "since 2026"),
        ("2026-03-05T10:31:00+01:00 and 2026-03", "2026 and 2026"),
        ("revised 10/2023, read 3/4/2026 and 03.04.2026", "revised 2023, read 2026 and 2026"),
        ("Sept. 3rd, 2025; 3rd of Sep 2025", "2025; 2025"),
        ("the visit's date, 2026-11-23", "the visit's date, 2026"),
        ("151/94 82; 140/90; 2026.11; row 12-34", "151/94 82; 140/90; 2026.11; row 12-34"),
    ],
)
def test_of_a_date_its_year_is_left(text: str, left: str) -> None:
    assert years_alone(text) == left
