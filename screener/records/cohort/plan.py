"""A map held against the pack and the columns of a table: ready to read, or a finding for whatever does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from screener.forms.evaluation import RuleSet
from screener.forms.findings import Code, Finding, nearest
from screener.forms.model import Pack, Pathway, Question
from screener.forms.profiles import not_offered, still_needed
from screener.forms.reading import Keys, Read
from screener.records.cohort.asked import Asked
from screener.records.cohort.cells import Reader, plain
from screener.records.cohort.dates import Dates, NoFormat
from screener.records.cohort.fitting import STATES, Fitting, fits_options
from screener.records.cohort.mapping import Answer, By, Codes, CohortMap, MedicineTable, Visit
from screener.records.cohort.medicine_cells import MedicineCells
from screener.records.cohort.told import (
    NOTHING,
    Row,
    Told,
    always,
    instrument,
    one_column,
    readings,
    several_options,
    stored,
    ticked,
)
from screener.rules.values import Kind, PartialDate
from screener.rules.words import series

_WITH_OPTIONS = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES)


@dataclass(frozen=True, slots=True)
class Plan:
    """How every record of a table is read and evaluated."""

    map: CohortMap
    pack: Pack
    rules: RuleSet
    asked: tuple[Asked, ...]
    visit: Dates
    day: date | None
    """The one day of all visits, where no column tells it."""
    by: By | None
    unused: tuple[str, ...] = ()
    """Columns of the table that nothing reads."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the main table that is read, once."""
        visit = None if self.map.visit is None else self.map.visit.column
        own = (self.map.id, visit, None if self.by is None else self.by.column, self.map.weight)
        asked = (column for one in self.asked for column in one.columns)
        return tuple(dict.fromkeys(column for column in (*own, *asked) if column and not column.startswith("\0")))

    @property
    def tables(self) -> tuple[MedicineTable, ...]:
        """The other tables that records have rows in."""
        medicines = (answer.medicines for answer in self.map.answers.values())
        return tuple(one.table for one in medicines if one is not None and one.table is not None)


@dataclass(slots=True)
class Planned:
    """The plan, unless a finding stops it, and every finding."""

    plan: Plan | None = None
    findings: list[Finding] = field(default_factory=list)


def plan(
    read: Read,
    mapped: CohortMap,
    pack: Pack,
    header: Sequence[str],
    *,
    parameters: Mapping[str, str] | None = None,
    by: str | None = None,
    drafts: bool = False,
    medicine_headers: Mapping[str, Sequence[str]] | None = None,
) -> Planned:
    """Hold a map against a pack and a table's header. `parameters` and `by` go before what the map says."""
    return _Planner(read, mapped, pack, header, medicine_headers or {}).plan(dict(parameters or {}), by, drafts)


class _Planner:
    """Goes through one map from top to bottom and notes what does not fit."""

    def __init__(
        self,
        read: Read,
        mapped: CohortMap,
        pack: Pack,
        header: Sequence[str],
        medicine_headers: Mapping[str, Sequence[str]],
    ) -> None:
        self._map, self._pack, self._header = mapped, pack, list(header)
        self._fits = Fitting(read, self._header, medicine_headers)

    def plan(self, parameters: dict[str, str], by: str | None, drafts: bool) -> Planned:
        pathway = self._pathway()
        self._profiles(pathway)
        self._parameters()
        self._fits.everywhere(self._map)
        asked = self._asked()
        day = self._visit()
        chosen = self._by(by)
        for name, column in (("id", self._map.id), ("weight", self._map.weight)):
            self._fits.column(column, (name,))
        found = self._fits.findings
        if pathway is None or any(finding.stops for finding in found):
            return Planned(None, found)
        rules = RuleSet(
            self._pack, pathway.id, self._map.profiles, {**self._map.parameters, **parameters}, drafts=drafts
        )
        here = [one for one in asked if one.question.id in rules.form.questions]
        for one in asked:
            if one.question.id not in rules.form.questions:
                said = f"{one.question.id} is not asked on {pathway.id}: not evaluated"
                self._note(Code.NOT_EVALUATED, ("answers", one.question.id), said, "take it out, or leave it")
        made = Plan(self._map, self._pack, rules, tuple(here), self._dates(), day, chosen)
        used = set(made.columns)
        unused = tuple(column for column in self._header if column not in used)
        return Planned(replace(made, unused=unused), self._fits.findings)

    def _note(self, code: Code, path: Keys, message: str, suggestion: str = "") -> None:
        self._fits.note(code, path, message, suggestion)

    # --- the head -----------------------------------------------------------------------------------------------------

    def _pathway(self) -> Pathway | None:
        ids = [pathway.id for pathway in self._pack.pathways]
        if self._known("pathway", self._map.pathway, ids, ("pathway",), Code.UNKNOWN_PATHWAY):
            return self._pack.pathway(self._map.pathway)
        return None

    def _known(self, what: str, name: str, ids: Sequence[str], path: Keys, code: Code) -> bool:
        if name in ids:
            return True
        self._note(code, path, f"{name!r} is no {what} of this pack", nearest(name, ids))
        return False

    def _profiles(self, pathway: Pathway | None) -> None:
        ids = [profile.id for profile in self._pack.profiles]
        for place, name in enumerate(self._map.profiles):
            self._known("profile", name, ids, ("profiles", place), Code.UNKNOWN_PROFILE)
        if pathway is None:
            return
        for strange in not_offered(self._pack, pathway, self._map.profiles):
            path = ("profiles", strange.place)
            self._note(Code.UNKNOWN_PROFILE, path, strange.message, strange.suggestion)
        for lacking in still_needed(self._pack, pathway, self._map.profiles):
            said = f"add {series(lacking.options)} to profiles"
            self._note(Code.MISSING_KEY, ("profiles",), lacking.message, said)

    def _parameters(self) -> None:
        for name, option in self._map.parameters.items():
            path: Keys = ("parameters", name)
            if self._known("parameter", name, list(self._pack.parameters), path, Code.UNKNOWN_PARAMETER):
                options = [entry.id for entry in self._pack.parameters[name].options]
                self._known(f"option of {name}", option, options, path, Code.UNKNOWN_OPTION)

    def _visit(self) -> date | None:
        visit = self._map.visit or Visit()
        if (visit.column is None) == (visit.day is None):
            hint = "write `visit: COLUMN`, or `visit: {day: 2026-03-05}`"
            self._note(Code.MISSING_KEY, ("visit",), "the day of the visit is a column or one day, and not both", hint)
            return None
        self._fits.column(visit.column, ("visit", "column"))
        self._fits.formats(visit.format, ("visit", "format"))
        if visit.day is None:
            return None
        try:
            day = PartialDate.parse(visit.day)
            if not day.exact:
                raise ValueError
        except ValueError:
            self._note(Code.WRONG_SHAPE, ("visit", "day"), f"{visit.day!r} is not a day", "write 2026-03-05")
            return None
        return day.first

    def _dates(self) -> Dates:
        return Dates.parse(() if self._map.visit is None else self._map.visit.format)

    def _by(self, asked: str | None) -> By | None:
        if asked is not None:
            if asked not in self._header:
                said = f"the table has no column {asked!r} to part the report by"
                self._note(Code.UNKNOWN_COLUMN, (), said, nearest(asked, self._header))
            known = self._map.by
            return known if known is not None and known.column == asked else By(column=asked)
        if self._map.by is not None:
            self._fits.column(self._map.by.column, ("by", "column"))
        return self._map.by

    # --- the questions ------------------------------------------------------------------------------------------------

    def _asked(self) -> list[Asked]:
        found: list[Asked] = []
        if not self._map.answers:
            self._note(Code.MISSING_KEY, (), "no question has a column", "write answers: {QUESTION: COLUMN}")
        for name, answer in self._map.answers.items():
            question = self._pack.questions.get(name)
            path: Keys = ("answers", name)
            if question is None:
                near = nearest(name, list(self._pack.questions))
                self._note(Code.UNKNOWN_QUESTION, path, f"{name!r} is not a question of this pack", near)
            elif question.kind is Kind.DERIVED:
                said = f"{name} is worked out, never read"
                hint = f"map what it is worked out from: {', '.join(question.formula.of if question.formula else ())}"
                self._note(Code.MAP_DOES_NOT_FIT, path, said, hint)
            else:
                found += self._of(question, answer, path)
        return _with_completeness(found, self._pack)

    def _of(self, question: Question, answer: Answer, path: Keys) -> Iterable[Asked]:
        before = len(self._fits.findings)
        codes = self._codes_of(question, answer)
        self._fits.answer(question, answer, path, self._pack)
        if len(self._fits.findings) > before and any(one.stops for one in self._fits.findings[before:]):
            return
        reader = Reader(codes, tiny_is_zero=self._map.tiny_is_zero, decimal=self._map.decimal)
        try:
            yield from _readers(question, answer, reader)
        except NoFormat:
            return

    def _codes_of(self, question: Question, answer: Answer) -> Codes:
        """The codes of one question. What holds everywhere never goes before what stands beside the question."""
        whole = self._map.everywhere
        meanings: Mapping[str, Any] = answer.codes
        if answer.tick:
            ticked = dict.fromkeys(answer.ticked, "yes") | dict.fromkeys(answer.not_ticked, "no")
            meanings = {**ticked, **answer.codes}
        elif question.kind in _WITH_OPTIONS and not meanings and fits_options(question, whole.codes):
            meanings = whole.codes
        states = {name: getattr(answer, name) for name in STATES}
        if question.kind in _WITH_OPTIONS:
            own = {plain(code) for code in (*meanings, *(code for codes in states.values() for code in codes))}
            for name in STATES:
                if not states[name] and name not in answer.model_fields_set:
                    states[name] = tuple(code for code in getattr(whole, name) if plain(code) not in own)
        return Codes(codes=meanings, blank=answer.blank or whole.blank, blank_as=answer.blank_as, **states)


def _readers(question: Question, answer: Answer, reader: Reader) -> Iterable[Asked]:
    match answer.ways:
        case ("column",) if question.kind is Kind.CHOICES:
            yield Asked(question, (str(answer.column),), several_options(question, answer, reader))
        case ("column",):
            yield Asked(question, (str(answer.column),), one_column(question, answer, reader))
        case ("tick",):
            yield Asked(question, tuple(answer.tick.values()), ticked(question, answer, reader))
        case ("readings",):
            columns = [column for one in answer.readings for column in one.parts.values()]
            none = () if answer.none_taken is None else (answer.none_taken.column,)
            yield Asked(question, (*columns, *none), readings(question, answer, reader))
        case ("items",):
            total = () if answer.total is None else (answer.total,)
            columns = [*answer.items.values(), *answer.scores.values(), *total]
            yield Asked(question, tuple(columns), instrument(question, answer, reader))
        case ("medicines",):
            cells = MedicineCells(question, answer, reader)
            yield Asked(question, cells.columns, cells.list_of, cells)
        case _:
            yield Asked(question, (), always(question, answer.always))


def _with_completeness(found: Sequence[Asked], pack: Pack) -> list[Asked]:
    """A list of medicines that may lack some answers the question whether it is all with no, whatever else says so."""
    by_id = {one.question.id: one for one in found}
    for one in found:
        name = one.question.complete
        if one.medicines is None or name is None or name not in pack.questions:
            continue
        by_id[name] = _lacking(pack.questions[name], one, by_id.get(name))
    return list(by_id.values())


def _lacking(question: Question, listed: Asked, own: Asked | None) -> Asked:
    cells, width = listed.medicines, listed.width
    assert cells is not None
    no = stored(question, listed.columns[0] if listed.columns else "", "no")

    def read(row: Row) -> Told:
        if cells.lacks(row[:width]):
            return no
        return NOTHING if own is None else own.read(row[width:])

    return Asked(question, (*listed.columns, *(() if own is None else own.columns)), read, cells)
