"""A record without what says whose it is: nothing that a person typed, no name, no id, of every date its year alone.

Built up, not cut down: what is in the result is a text of the content (questions, options, rules, sources), a figure,
or a word that this module makes out of a value. A sentence of the record is never copied, but made again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from screener.forms.answering import NotAnAnswer, read_value
from screener.forms.model import Pack, Question
from screener.forms.statements import PARAMETER_PLACEHOLDERS, READINGS_PLACEHOLDERS, SCORE, TAKEN, placeholders
from screener.forms.words import MONTHS, STATE_WORDS, medicine_words, value_words
from screener.records.browse import Json
from screener.rules.medicines import Dictionary, Product
from screener.rules.values import (
    InstrumentResult,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    State,
    Value,
)
from screener.rules.words import figure_words

FORMAT = "screener-redacted/1"
OUT = "(taken out)"
"""Stands where something stood."""
SAID = (
    "Redacted and not signed: it was made out of a signed record and is no record itself. "
    "What is left can still point to a person who is known otherwise."
)
TAKEN_OUT = (
    "reference, second mark, year of birth where one was typed, and every id of the screening and the record",
    "names of the clinician, of who recorded answers and of who signed",
    "who was in the room, who gave an answer, from whom more was asked for",
    "notes, jots, the summary, reasons, and every answer that was typed as text",
    "what an earlier record holds for a question that was not asked",
    "what a file of answers offered and nobody took, but for how many answers that are",
    "names of medicines that the dictionary does not hold, doses in other words than a figure with its unit",
    "of readings the time, arm, position, cuff and device, and who took them",
    "of every date all but its year, also of dates of sources; times of day and exact moments altogether",
    "the product of the visit, where it was typed and is none that the pathway offers",
)
_DOSE = re.compile(r"\d{1,5}(?:[.,]\d{1,4})? ?(?:mg|g|µg|mcg|ug|ml|IU|%)", re.IGNORECASE | re.ASCII)
_WORKED_OUT = re.compile(r"-?[\d.]+(?: to -?[\d.]+)?(?: [a-zA-Z²³/°%·.\d]{1,20}){0,2}")
_FIGURES_ALONE = re.compile(r"[\d.,/ –-]+|not taken|no figure|figure not chosen|\d+ [a-z]+(?: and \d+ [a-z]+)*")
_NOT_THERE = re.compile(
    r"(?:(?:no reading|no value|fewer than 2 values of|none taken|[a-z ]+ not taken)[a-z0-9 ]*,? ?)+"
)
_INEXACT = "not exact or not complete enough to tell"
_NOT_EVALUATED = "not evaluated: whether it applies is not established"


def redacted(content: Json, pack: Pack) -> dict[str, Any]:
    """What is left of a record's content. `pack`: the content that it was made with, or the nearest there is."""
    found: dict[str, Any] = _in_years(_Redaction(content, pack).all())
    return found


def written(content: Json, pack: Pack) -> bytes:
    """The same as a file's bytes: JSON in UTF-8, for one record always the same."""
    return (json.dumps(redacted(content, pack), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


class _Redaction:
    """One record's content, gone through once."""

    def __init__(self, content: Json, pack: Pack) -> None:
        self._content, self._pack = content, pack
        asked = [question for theme in content["themes"] for question in theme["questions"]]
        self._asked = {question["id"]: question for question in asked}
        # The longest first: one label may begin another.
        self._labels = sorted(((q["label"], q["id"]) for q in asked), key=lambda pair: -len(pair[0]))

    def all(self) -> dict[str, Any]:
        content, opening = self._content, self._content["opening"]
        return {
            "format": FORMAT,
            "said": SAID,
            "taken_out": list(TAKEN_OUT),
            "year": str(content["visit"]["visit_date"])[:4],
            "pathway": content["pathway"],
            "role": opening["role"],
            "product": self._product(),
            "made_up": opening["made_up"],
            "drafts": opening["drafts"],
            "profiles": content["profiles"],
            "parameters": content["parameters"],
            "pack": {key: value for key, value in content["pack"].items() if key != "off"},
            "switched_off": [{"rule": one["rule"], "title": one["title"]} for one in content["pack"].get("off", ())],
            "standing_line": content["standing_line"],
            "incomplete": content["incomplete"] is not None,
            "part": self._part(),
            "supplement": content["pathway"]["supplement"],
            "themes": [self._theme(theme) for theme in content["themes"]],
            "items": [self._item(item) for item in content["items"]],
            "otherwise_open": [
                {key: value for key, value in one.items() if key != "missing"} | {"missing": self._missing(one)}
                for one in content["otherwise_open"]
            ],
            "not_listed": content["not_listed"],
            "handovers": [one["theme"] for one in content.get("handovers", ())],
            "jots": len(content["jots"]),
            "kept_and_not_evaluated": len(content.get("unread", ())),
            "readings_of_another_day": len(content.get("readings_of_another_day", ())),
            "offered_not_taken": sum(len(file["answers"]) for file in content.get("offered_not_taken", ())),
        }

    def _pathway(self) -> Any:
        return next((one for one in self._pack.pathways if one.id == self._content["pathway"]["id"]), None)

    def _product(self) -> str:
        product, pathway = self._content["visit"]["product"], self._pathway()
        return product if not product or (pathway is not None and product in pathway.products) else OUT

    def _part(self) -> dict[str, Any] | None:
        part = self._content.get("part")
        same = ("number", "last", "name")
        return None if part is None else {key: part[key] for key in same if key in part}

    # --- answers ------------------------------------------------------------------------------------------------------

    def _theme(self, theme: Json) -> dict[str, Any]:
        return {
            "id": theme["id"],
            "title": theme["title"],
            "questions": [self._question(q) for q in theme["questions"]],
        }

    def _question(self, asked: Json) -> dict[str, Any]:
        because = asked["hidden_because"]
        return {
            "id": asked["id"],
            "label": asked["label"],
            "text": asked["text"],
            "kind": asked["kind"],
            "state": asked["state"],
            "words": self._words(asked, brief=False),
            "answers": [self._answer(asked, account) for account in _accounts(asked)],
            "used": self._used(asked),
            "positive": asked["positive"],
            **({"own": True} if asked.get("own") else {}),
            "remarks": [one if one == _NOT_EVALUATED else "to look at again" for one in asked.get("remarks", ())],
            "hidden_because": None if because is None else self._lines(because, self._stands),
        }

    def _answer(self, asked: Json, account: Json) -> dict[str, Any]:
        if "state" in account:
            return {"state": account["state"]}
        value = self._value(asked, account)
        said: dict[str, Any] = {"value": OUT if value is None else _json_of(value)}
        if account.get("carried"):
            year = account["carried"]["visit_date"][:4]
            said["carried"] = {"year": year, "asked": bool(account["carried"]["asked"])}
        return said

    def _used(self, asked: Json) -> int | None:
        recorded = asked["recorded"]
        if recorded is None or recorded["used"] is None:
            return None
        return next((n for n, one in enumerate(recorded["accounts"], 1) if one["by"] == recorded["used"]), None)

    def _words(self, asked: Json, *, brief: bool = True) -> str:
        """Everything recorded under a question, in words of this module's making."""
        if asked["kind"] == Kind.DERIVED:
            return asked["words"] if _WORKED_OUT.fullmatch(asked["words"]) else OUT if asked["words"] else ""
        said = [self._said(asked, account, brief=brief) for account in _accounts(asked)]
        if len(said) <= 1:
            return said[0] if said else ""
        used = self._used(asked)
        return " · ".join(f"account {n}: {one}{' (used)' if n == used else ''}" for n, one in enumerate(said, start=1))

    def _said(self, asked: Json, account: Json, *, brief: bool) -> str:
        if "state" in account:
            return STATE_WORDS[State(account["state"])]
        question, value = self._of_pack(asked), self._value(asked, account)
        return OUT if question is None or value is None else value_words(question, value, brief=brief)

    def _of_pack(self, asked: Json) -> Question | None:
        question = self._pack.questions.get(asked["id"])
        return question if question is not None and question.kind == asked["kind"] else None

    def _value(self, asked: Json, account: Json) -> Value | None:
        """The value with nothing typed in it; None where nothing is left, or this content does not take it."""
        question = self._of_pack(asked)
        if question is None:
            return None
        try:
            return _bare(question, read_value(question, account.get("value")))
        except NotAnAnswer:
            return None

    # --- items --------------------------------------------------------------------------------------------------------

    def _item(self, item: Json) -> dict[str, Any]:
        same = (
            "rule", "title", "theme", "tier", "class", "outcome", "level", "could_be_higher",
            "source", "strength", "own_words", "read", "others", "draft",
        )  # fmt: skip
        response = item["response"]
        return {key: item[key] for key in same} | {
            "statement": self._statement(item),
            "because": self._lines(item["because"], self._stands),
            "missing": self._missing(item),
            "response": None if response is None else {"kind": response["kind"], "lapsed": response["lapsed"]},
        }

    def _statement(self, item: Json) -> str:
        """The rule's own sentence, filled again; without the rule, or where it reads otherwise now, it is taken out."""
        rule = self._pack.rules.get(item["rule"])
        if rule is None:
            return OUT
        template = next((one.statement for one in rule.levels if one.id == item["level"]), "") or rule.statement
        names, pieces = placeholders(template), re.split(r"\{[a-z_]+(?:\.[a-z0-9_]+)?\}", template)
        found = re.fullmatch("(.*?)".join(map(re.escape, pieces)), item["statement"], re.DOTALL)
        if found is None:
            return OUT
        fills = (self._filled(name, was) for name, was in zip(names, found.groups(), strict=True))
        return pieces[0] + "".join(f"{fill}{piece}" for fill, piece in zip(fills, pieces[1:], strict=True))

    def _filled(self, name: str, was: str) -> str:
        if was in STATE_WORDS.values():
            return was
        if "." in name:
            asked = self._asked.get(name)
            return OUT if asked is None else self._stands(asked, was)
        if name == TAKEN:
            return was if was == "none" else self._taken(was)
        if name == "parameter":
            return was if any(was == one["option"] for one in self._content["parameters"]) else "figure not chosen"
        plain = name in (*READINGS_PLACEHOLDERS, *PARAMETER_PLACEHOLDERS, SCORE)
        return was if plain and _FIGURES_ALONE.fullmatch(was) else OUT

    def _taken(self, was: str) -> str:
        """The medicines of the list that a sentence named."""
        named = []
        for asked in self._asked.values():
            question = self._of_pack(asked)
            if question is None or question.kind is not Kind.MEDICINES:
                continue
            for entry in _entries(question, asked):
                if medicine_words(entry, question.dictionary, brief=True) in was:
                    named.append(medicine_words(_medicine(entry, question.dictionary), question.dictionary, brief=True))
        return "; ".join(dict.fromkeys(named)) or OUT

    def _missing(self, item: Json) -> list[str]:
        return self._lines(item["missing"], self._lacks)

    def _lines(self, lines: Iterable[str], words: Any) -> list[str]:
        """Lines of `label: answer`, each answer made anew; of what is no question only a choice of the clinic stays."""
        found = []
        for line in lines:
            asked = next((self._asked[q] for label, q in self._labels if line.startswith(f"{label}: ")), None)
            if asked is not None:
                found.append(f"{asked['label']}: {words(asked, line.removeprefix(asked['label'] + ': '))}")
            else:
                found.append(line if line in self._choices() else OUT)
        return found

    def _choices(self) -> set[str]:
        found = set()
        for one in self._pack.parameters.values():
            options = [option.label for option in one.options]
            found |= {f"{one.title}: {label}" for label in options}
            found.add(f"{one.title}: not chosen (options: {'; '.join(options)})")
        return found

    def _stands(self, asked: Json, _: str) -> str:
        return self._words(asked) or self._state(asked)

    def _state(self, asked: Json) -> str:
        return STATE_WORDS[State(asked["state"])]

    def _lacks(self, asked: Json, was: str) -> str:
        if asked["state"] != State.ANSWERED or was == STATE_WORDS[State.NOT_ASKED]:
            return self._stands(asked, was)
        if asked["kind"] == Kind.MEDICINES:
            return "not every name, date, use or route is told"
        if asked["kind"] == Kind.READINGS and _NOT_THERE.fullmatch(was):
            return was
        return f"{self._words(asked)} ({_INEXACT})"


# --- values -----------------------------------------------------------------------------------------------------------


def _accounts(asked: Json) -> Sequence[Json]:
    recorded = asked["recorded"]
    return () if recorded is None else recorded["accounts"]


def _bare(question: Question, value: Value) -> Value | None:
    """A value without anything that was typed, dates as years."""
    match value:
        case str():
            return None if question.kind is Kind.TEXT else value
        case Decimal():
            # Converted from another unit it has more places than anybody measured.
            step = question.step or Decimal("0.1")
            return value if value == value.quantize(step) else value.quantize(step, ROUND_HALF_UP)
        case frozenset() | InstrumentResult():
            return value
        case PartialDate():
            return _year(value)
        case datetime():
            return PartialDate.parse(f"{value.year:04}")
        case Readings():
            kept = tuple(Reading(one.systolic, one.diastolic, one.pulse, one.phase) for one in value.items)
            return replace(value, items=kept)
        case Medicines():
            return replace(value, items=tuple(_medicine(one, question.dictionary) for one in value.items))
        case _:
            return None


def _year(value: PartialDate) -> PartialDate:
    return PartialDate.parse(f"{value.first.year:04}")


def _entries(question: Question, asked: Json) -> list[MedicineEntry]:
    """Every medicine that anybody told of."""
    found: list[MedicineEntry] = []
    for account in _accounts(asked):
        try:
            value = read_value(question, account.get("value"))
        except NotAnAnswer:
            continue
        found += value.items if isinstance(value, Medicines) else ()
    return found


def _medicine(entry: MedicineEntry, dictionary: Dictionary | None) -> MedicineEntry:
    known: Product | None = None if dictionary is None else dictionary.find(entry.name)
    dose = entry.dose if entry.dose and _DOSE.fullmatch(entry.dose.strip()) else None
    return MedicineEntry(
        name=OUT if known is None else known.name,
        route=entry.route,
        dose=dose,
        started=None if entry.started is None else _year(entry.started),
        last_taken=None if entry.last_taken is None else _year(entry.last_taken),
        use=entry.use,
    )


def _json_of(value: Any) -> Any:
    """A bare value as JSON, exact figures as text."""
    match value:
        case str():
            return value
        case frozenset():
            return sorted(value)
        case Decimal():
            return figure_words(value)
        case PartialDate():
            return value.text
        case Readings():
            return "none taken" if value.none_taken else [_parts(one) for one in value.items]
        case Medicines():
            return [_parts(one) for one in value.items]
        case InstrumentResult():
            figures = {"items": dict(value.items), "scores": dict(value.scores)}
            found: dict[str, Any] = {
                name: {key: figure_words(figure) for key, figure in said.items()} for name, said in figures.items()
            }
            return found | ({} if value.total is None else {"total": figure_words(value.total)})
        case _:
            return OUT


def _parts(one: Reading | MedicineEntry) -> dict[str, Any]:
    named = {name: getattr(one, name) for name in one.__slots__}
    return {name: _json_of(said) for name, said in named.items() if said is not None}


# --- dates ------------------------------------------------------------------------------------------------------------

_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept)\\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DATES = (
    re.compile(r"\b(\d{4})-\d{2}(?:-\d{2})?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"),
    re.compile(rf"\b(?:{_DAY} (?:of )?)?{_MONTH},? (\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? (\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](\d{4})\b"),
    re.compile(r"\b\d{1,2}/(\d{4})\b"),
    re.compile(r"\b(\d{4})/\d{1,2}(?:/\d{1,2})?\b"),
)


def years_alone(text: str) -> str:
    """A text with every date in it down to its year."""
    for pattern in _DATES:
        text = pattern.sub(r"\1", text)
    return text


def _in_years(value: Any) -> Any:
    match value:
        case str():
            return years_alone(value)
        case Mapping():
            return {key: _in_years(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_in_years(inner) for inner in value]
        case _:
            return value
