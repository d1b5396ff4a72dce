"""Whether one question's part of a map fits the question and the table; a finding at its line for what does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from screener.forms.answering import NotAnAnswer, read_value
from screener.forms.findings import Code, Finding, nearest
from screener.forms.model import Pack, Question
from screener.forms.reading import Keys, Read
from screener.records.cohort.cells import plain
from screener.records.cohort.dates import DateFormat, NoFormat
from screener.records.cohort.mapping import Answer, Codes, CohortMap, MedicineMap
from screener.rules.expressions import ROUTES
from screener.rules.values import Kind

STATES = ("not_known", "declined", "come_back", "not_asked")
_SEVERAL = {"readings": Kind.READINGS, "items": Kind.INSTRUMENT, "medicines": Kind.MEDICINES, "tick": Kind.CHOICES}
_COLUMN_IS_NOT_ENOUGH = {
    Kind.READINGS: "readings: [{systolic: COLUMN, diastolic: COLUMN}]",
    Kind.INSTRUMENT: 'items: {"1": COLUMN}, or total: COLUMN',
    Kind.MEDICINES: "medicines: {columns: [{name: COLUMN}]}",
}


class Fitting:
    """Notes what does not fit, at the lines of one map."""

    def __init__(self, read: Read, header: Sequence[str], tables: Mapping[str, Sequence[str]]) -> None:
        self._read, self._header, self._tables = read, list(header), tables
        self.findings: list[Finding] = []

    def note(self, code: Code, path: Keys, message: str, suggestion: str = "") -> None:
        self.findings.append(Finding(code, self._read.place(path), message, suggestion))

    def column(self, name: str | None, path: Keys, header: Sequence[str] | None = None) -> None:
        """A column that a map names stands in the table."""
        known = self._header if header is None else header
        if name is not None and name not in known:
            self.note(Code.UNKNOWN_COLUMN, path, f"the table has no column {name!r}", nearest(name, known))

    def formats(self, written: Sequence[str], path: Keys) -> None:
        """Every format of dates can be read."""
        for one in written:
            try:
                DateFormat.parse(one)
            except NoFormat as wrong:
                hint = "write it with YYYY, MM or MMM, DD: DD.MM.YYYY"
                self.note(Code.MAP_DOES_NOT_FIT, path, f"{one!r} is no way of writing dates: {wrong}", hint)

    def everywhere(self, mapped: CohortMap) -> None:
        """What holds everywhere says no two things."""
        self._twice(mapped.everywhere, ("everywhere",))

    def answer(self, question: Question, answer: Answer, path: Keys, pack: Pack) -> None:
        """All of one question's part of the map."""
        if not self._one_way(question, answer, path):
            return
        self.column(answer.column, (*path, "column"))
        self.formats(answer.format, (*path, "format"))
        self._unit(question, answer, path)
        self._codes(question, answer, path)
        self._always(question, answer, path)
        self._named(answer.tick, question.option_ids, "option", (*path, "tick"))
        if answer.tick and not (answer.ticked or answer.codes):
            hint = "write ticked: [1] and not_ticked: [2], as the table has them"
            self.note(Code.MISSING_KEY, path, "no code says that an option is ticked", hint)
        self._readings(question, answer, path)
        self._instrument(question, answer, path)
        if answer.medicines is not None:
            self._medicines(question, answer.medicines, (*path, "medicines"), pack)

    def _one_way(self, question: Question, answer: Answer, path: Keys) -> bool:
        ways = answer.ways
        if len(ways) != 1:
            said = "names no column" if not ways else f"is answered in several ways: {', '.join(ways)}"
            hint = _COLUMN_IS_NOT_ENOUGH.get(question.kind, "column: COLUMN")
            self.note(Code.MAP_DOES_NOT_FIT, path, f"{question.id} {said}", f"write one: {hint}")
            return False
        way = ways[0]
        if _SEVERAL.get(way, question.kind) is not question.kind:
            said = f"{way} do not fit {question.id}, which is of the kind {question.kind}"
            self.note(Code.MAP_DOES_NOT_FIT, (*path, way), said, "write `column`")
            return False
        if way == "column" and question.kind in _COLUMN_IS_NOT_ENOUGH:
            said = f"{question.id} is of the kind {question.kind}: one column does not hold it"
            self.note(Code.MAP_DOES_NOT_FIT, path, said, f"write {_COLUMN_IS_NOT_ENOUGH[question.kind]}")
            return False
        return True

    def _unit(self, question: Question, answer: Answer, path: Keys) -> None:
        if not answer.unit:
            return
        known = (question.unit, *question.units)
        if question.kind is not Kind.NUMBER or answer.unit not in known:
            said = f"{answer.unit!r} is not a unit of {question.id}"
            hint = f"use one of: {', '.join(unit for unit in known if unit)}" if any(known) else "take it out"
            self.note(Code.UNIT_MISMATCH, (*path, "unit"), said, hint)

    def _codes(self, question: Question, answer: Answer, path: Keys) -> None:
        for code, meaning in answer.codes.items():
            self._meaning(question, meaning, (*path, "codes", code))
        if answer.blank_as is not None:
            self._meaning(question, answer.blank_as, (*path, "blank_as"))
        self._twice(answer, path)
        if question.kind is Kind.NUMBER and question.plausible is not None:
            low, high = question.plausible
            for name in STATES:
                for code in getattr(answer, name):
                    said = plain(code)
                    if said.replace(".", "").isdigit() and low <= Decimal(said) <= high:
                        message = (
                            f"{code} lies within what is plausible: every {code} is read as {name.replace('_', ' ')}"
                        )
                        self.note(Code.CODE_LIKE_A_VALUE, (*path, name), message, "look whether the table has it so")

    def _meaning(self, question: Question, meaning: Any, path: Keys) -> None:
        raw = meaning
        if question.kind is Kind.CHOICES and not isinstance(meaning, list):
            raw = [meaning]
        if question.kind not in (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.TEXT, Kind.DATE):
            return
        try:
            read_value(question, raw)
        except NotAnAnswer as wrong:
            hint = wrong.suggestion
            if isinstance(meaning, str) and question.option_ids:
                near = nearest(meaning, question.option_ids)
                hint = f"{near} {hint}" if near.startswith("did") else hint
            self.note(Code.UNKNOWN_OPTION, path, str(wrong), hint)

    def _twice(self, codes: Codes, path: Keys) -> None:
        """No code says two things."""
        seen: dict[str, str] = {}
        lists = [("codes", tuple(codes.codes)), *((name, getattr(codes, name)) for name in STATES)]
        for name, texts in lists:
            for text in texts:
                first = seen.setdefault(plain(text), name)
                if first != name:
                    said = f"{text!r} stands under {first} and under {name}"
                    self.note(Code.MAP_DOES_NOT_FIT, (*path, name), said, "keep one of the two")

    def _always(self, question: Question, answer: Answer, path: Keys) -> None:
        if answer.always is None:
            return
        try:
            read_value(question, answer.always)
        except NotAnAnswer as wrong:
            self.note(Code.UNKNOWN_OPTION, (*path, "always"), str(wrong), wrong.suggestion)

    def _named(self, given: Mapping[str, str], known: Iterable[str], what: str, path: Keys) -> None:
        """Names of parts that the question has, each with a column that the table has."""
        ids = list(known)
        for name, column in given.items():
            if name not in ids:
                self.note(Code.UNKNOWN_OPTION, (*path, name), f"there is no {what} {name!r}", nearest(name, ids))
            self.column(column, (*path, name))

    def _readings(self, question: Question, answer: Answer, path: Keys) -> None:
        for place, one in enumerate(answer.readings):
            here = (*path, "readings", place)
            for part, column in one.parts.items():
                self.column(column, (*here, part))
                if part != "at" and part not in question.parts:
                    said = f"a reading of {question.id} has no {part}"
                    self.note(Code.MAP_DOES_NOT_FIT, (*here, part), said, f"it has {', '.join(question.parts)}")
            if not set(one.parts) - {"at"}:
                self.note(Code.MISSING_KEY, here, "a reading needs a column", f"one of {', '.join(question.parts)}")
        if answer.none_taken is not None:
            self.column(answer.none_taken.column, (*path, "none_taken", "column"))

    def _instrument(self, question: Question, answer: Answer, path: Keys) -> None:
        scoring = question.scoring
        if scoring is None:
            return
        self._named(answer.items, scoring.items, "item", (*path, "items"))
        further = [name for name in scoring.scores if name != scoring.main]
        self._named(answer.scores, further, "score", (*path, "scores"))
        self.column(answer.total, (*path, "total"))
        if answer.total is not None and not scoring.scores:
            self.note(Code.MAP_DOES_NOT_FIT, (*path, "total"), "this instrument has no total", "map its items")

    def _medicines(self, question: Question, told: MedicineMap, path: Keys, pack: Pack) -> None:
        if not told.columns and told.table is None and not told.used:
            hint = "write columns, table or used"
            self.note(Code.MISSING_KEY, path, "nothing says where the names of medicines stand", hint)
        for place, one in enumerate(told.columns):
            for part, column in one.parts.items():
                self.column(column, (*path, "columns", place, part))
        self._other_table(told, path)
        for name, column in told.used.items():
            self.column(column, (*path, "used", name))
            if question.dictionary is not None and question.dictionary.find(name) is None:
                known = list(question.dictionary.products)
                said = f"the pack knows no medicine {name!r}"
                self.note(Code.UNKNOWN_MEDICINE, (*path, "used", name), said, nearest(name, known))
        if told.used and not (told.taken and told.not_taken):
            hint = "write taken: [1] and not_taken: [2], as the table has them"
            self.note(Code.MISSING_KEY, path, "no code says that a medicine is used, or that it is not", hint)
        for key, route in (*told.routes.items(), *(() if told.route_is is None else (("", told.route_is),))):
            if route not in ROUTES:
                where = (*path, "routes", key) if key else (*path, "route_is")
                self.note(Code.UNKNOWN_OPTION, where, f"{route!r} is not a route", nearest(route, ROUTES))
        if told.none is not None:
            self.column(told.none.column, (*path, "none", "column"))
        self.formats(told.format, (*path, "format"))
        partly = (bool(told.used) and not told.whole) or told.whole is False
        if partly and question.complete is None:
            said = f"{question.id} cannot be said to lack some: the pack has no question for it"
            self.note(Code.MAP_DOES_NOT_FIT, path, said, "write whole: true where the table asks after every medicine")

    def _other_table(self, told: MedicineMap, path: Keys) -> None:
        if told.table is None or told.table.file not in self._tables:
            return
        header = self._tables[told.table.file]
        for part, column in (("id", told.table.id), *told.table.parts.items()):
            self.column(column, (*path, "table", part), header)


def fits_options(question: Question, codes: Mapping[str, Any]) -> bool:
    """Whether all that codes stand for are options of a question: codes of yes and no are none of a choice."""
    meant = [one for meaning in codes.values() for one in (meaning if isinstance(meaning, list) else [meaning])]
    return all(one in question.option_ids for one in meant)
