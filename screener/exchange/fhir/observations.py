"""What was measured, as Observations: readings with their means, single measurements, scores of instruments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from screener.exchange.fhir.codes import HEART_RATE, MEASURES, PRESSURE_PANEL, PRESSURES, Measure
from screener.exchange.fhir.elements import (
    Json,
    coding,
    concept,
    extended,
    filled,
    loinc,
    quantity,
    reference,
    resource,
    text_of,
)
from screener.exchange.fhir.material import AsAsked, Material
from screener.exchange.fhir.names import ABSENT_CODES, CATEGORY, MISTYPED, NOT_TAKEN, system
from screener.exchange.fhir.values import FIGURE_UNITS, PHASE_CODES, answers_of
from screener.forms.answering import PHASES
from screener.forms.words import PHASE_WORDS
from screener.rules.readings import statistic, values_of
from screener.rules.values import InstrumentResult, Interval, Reading, Readings, State, Value

_QTC_FORMULA = "ecg.formula"
_QTC_CODES: Mapping[str, str] = {"bazett": "76635-2", "fridericia": "76634-5"}
QTC = "ecg.qtc"
_MEAN_TO = Decimal("0.01")
METHODS = system("method")


@dataclass(frozen=True)
class Observed:
    """Observations, each with the question that it comes from."""

    resources: tuple[tuple[str, Json], ...]

    def of(self, question: str) -> list[Json]:
        return [found for name, found in self.resources if name == question]


def observations(material: Material, patient: Json, response: Json) -> Observed:
    """All Observations of a record. Of accounts that differ, and of what is not shown, there are none."""
    made = _Observing(material, patient, response)
    return Observed(tuple((asked.id, one) for asked in material.asked.values() for one in made.of(asked)))


class _Observing:
    def __init__(self, material: Material, patient: Json, response: Json) -> None:
        self._material, self._patient, self._response = material, patient, response
        self._instruments = {instrument.id: instrument for instrument in material.pack.instruments}

    def of(self, asked: AsAsked) -> Iterable[Json]:
        question = asked.question
        seen = None if question is None else self._material.facts.of(question.id)
        if question is None or seen is None or seen.state is not State.ANSWERED or seen.value is None:
            return ()
        if asked.state is not State.ANSWERED:
            return ()
        match seen.value:
            case Readings():
                return self._readings(asked, seen.value)
            case InstrumentResult():
                return self._scores(asked, seen.value)
            case Decimal() | Fraction() | Interval() if question.id in MEASURES:
                return [self._measure(asked, MEASURES[question.id], seen.value)]
            case _:
                return ()

    # --- readings -----------------------------------------------------------------------------------------------------

    def _readings(self, asked: AsAsked, readings: Readings) -> list[Json]:
        found, panels = [], list[tuple[Reading, Json]]()
        for number, reading in enumerate(readings.items, start=1):
            if reading.systolic or reading.diastolic:
                panels.append((reading, self._panel(asked, reading, number)))
                found.append(panels[-1][1])
            if reading.pulse is not None:
                found.append(self._pulse(asked, reading, number))
        for phase in (*PHASES, None):
            found += self._mean(asked, phase, [(r, panel) for r, panel in panels if r.phase == phase])
        return found

    def _panel(self, asked: AsAsked, reading: Reading, number: int) -> Json:
        figures = {name: getattr(reading, name) for name in PRESSURES}
        return self._made(
            asked,
            ("reading", str(number)),
            code=loinc(PRESSURE_PANEL, "Blood pressure"),
            component=_components(figures),
            **self._circumstances(asked, reading),
        )

    def _pulse(self, asked: AsAsked, reading: Reading, number: int) -> Json:
        return self._made(
            asked,
            ("pulse", str(number)),
            code=loinc(HEART_RATE, "Heart rate"),
            valueQuantity=quantity(reading.pulse or Decimal(0), FIGURE_UNITS["pulse"]),
            **self._circumstances(asked, reading),
        )

    def _circumstances(self, asked: AsAsked, reading: Reading) -> Json:
        """When and how it was taken; a time that is no time of day stands among the notes."""
        at, day = reading.at or "", self._day(asked)
        timed = len(at) == 5 and at[2] == ":" and at.replace(":", "").isdigit()
        said = [
            ("position", reading.position),
            ("cuff", reading.cuff),
            ("time", None if timed else reading.at),
            ("device", reading.device),
            ("taken by", reading.taken_by),
        ]
        return filled(
            effectiveDateTime=f"{day}T{at}:00{self._material.offset}" if timed else day,
            extension=_phase(reading.phase),
            bodySite=concept(f"{reading.arm} arm") if reading.arm else None,
            note=[{"text": text_of(f"{name}: {value}")} for name, value in said if value],
        )

    def _mean(self, asked: AsAsked, phase: str | None, panels: list[tuple[Reading, Json]]) -> list[Json]:
        """The mean of one phase: worked out, so it says by which method, and from which readings it is derived."""
        if len(panels) < 2:
            return []
        readings = [reading for reading, _ in panels]
        figures = {
            "systolic": _rounded(statistic("mean", values_of(readings, "systolic"))),
            "diastolic": _rounded(statistic("mean", values_of(readings, "diastolic"))),
        }
        if not any(figures.values()):
            return []
        text = f"Mean of {len(panels)} readings{'' if phase is None else f', {PHASE_WORDS[phase]}'}"
        return [
            self._made(
                asked,
                ("mean", phase or ""),
                code=loinc(PRESSURE_PANEL, "Blood pressure"),
                component=_components(figures),
                method=concept(text, "derived-mean", METHODS),
                effectiveDateTime=self._day(asked),
                extension=_phase(phase),
                derived_from=[panel for _, panel in panels],
            )
        ]

    # --- single measurements and scores -------------------------------------------------------------------------------

    def _measure(self, asked: AsAsked, measure: Measure, value: Value) -> Json:
        assert asked.question is not None
        inputs = asked.question.formula.of if asked.question.formula is not None else ()
        derived = concept("Worked out from other answers", "derived", METHODS) if inputs else None
        return self._made(
            asked,
            (),
            category=measure.category,
            code=loinc(self._code_of(asked.id, measure), asked.question.label),
            method=derived,
            effectiveDateTime=self._day(asked),
            **self._measured(asked, value),
        )

    def _measured(self, asked: AsAsked, value: Value) -> Json:
        """The figure in the unit that it was typed in."""
        assert asked.question is not None
        if asked.stands is None:
            return _figure(value, asked.question.unit)
        return {"valueQuantity": answers_of(asked.question, asked.stands.raw, "")[0]}

    def _code_of(self, question: str, measure: Measure) -> str:
        """Of QTc the code that names the formula, where the formula was recorded."""
        if question != QTC:
            return measure.loinc
        formula = self._material.facts.of(_QTC_FORMULA)
        return _QTC_CODES.get(str(formula.value), measure.loinc) if formula.state is State.ANSWERED else measure.loinc

    def _scores(self, asked: AsAsked, result: InstrumentResult) -> Iterable[Json]:
        assert asked.question is not None
        scoring = asked.question.scoring
        instrument = self._instruments.get(asked.question.instrument or "")
        if scoring is None or instrument is None:
            return
        for name, made in scoring.scores.items():
            span = scoring.score(result, name)
            if (span.low, span.high) == (Fraction(made.low), Fraction(made.high)) and span.low != span.high:
                continue
            title, total = f"{instrument.title}, {scoring.title_of(name).lower()}", instrument.loinc.get("total", "")
            code = loinc(total, title) if total and name == scoring.main else None
            derived = scoring.given(result, name) is None
            yield self._made(
                asked,
                ("score", name),
                category="survey",
                code=code or concept(title, f"{instrument.id}.{name}", system("score")),
                method=concept("Worked out from the items", "derived", METHODS) if derived else None,
                effectiveDateTime=self._day(asked),
                **_figure(span.low if span.low == span.high else span, "{score}"),
            )

    # --- what they share ----------------------------------------------------------------------------------------------

    def _day(self, asked: AsAsked) -> str:
        """The day of the visit; of an answer that was carried over and not asked again, that of its own visit."""
        carried = asked.stands.carried if asked.stands is not None else None
        return carried.visit_date if carried is not None and not carried.asked else self._material.day

    def _made(
        self,
        asked: AsAsked,
        which: tuple[str, ...],
        *,
        category: str = "vital-signs",
        derived_from: Iterable[Json] = (),
        extension: Iterable[Json] = (),
        **fields: Any,
    ) -> Json:
        return resource(
            "Observation",
            self._material.id("observation", asked.id, *which),
            extension=[extended("question", "valueString", asked.id), *extension],
            status="final",
            category=[{"coding": [coding(CATEGORY, category)]}],
            subject=reference(self._patient),
            derivedFrom=[*map(reference, derived_from), reference(self._response)],
            **fields,
        )


def _components(figures: Mapping[str, Decimal | None]) -> list[Json]:
    return [
        {"code": loinc(PRESSURES[name], f"{name.capitalize()} blood pressure")}
        | (
            {"valueQuantity": quantity(figure, FIGURE_UNITS[name])}
            if figure
            else {"dataAbsentReason": {"coding": [coding(ABSENT_CODES, NOT_TAKEN if figure is None else MISTYPED)]}}
        )
        for name, figure in figures.items()
    ]


def _phase(phase: str | None) -> list[Json]:
    if phase is None:
        return []
    return [extended("phase", "valueCoding", coding(PHASE_CODES, phase, PHASE_WORDS[phase]))]


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else _decimal(value)


def _decimal(value: Fraction) -> Decimal:
    """To two places at most. What rules compare is never rounded; what it was derived from stands beside it."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(_MEAN_TO, ROUND_HALF_UP).normalize()
    return rounded if rounded.as_tuple().exponent <= 0 else rounded.quantize(Decimal(1))  # type: ignore[operator]


def _figure(value: Value, unit: str) -> Json:
    """A figure, or between which two it lies."""
    match value:
        case Interval():
            low, high = quantity(_decimal(value.low), unit), quantity(_decimal(value.high), unit)
            return {"valueRange": {"low": low, "high": high}}
        case Fraction():
            return {"valueQuantity": quantity(_decimal(value), unit)}
        case Decimal():
            return {"valueQuantity": quantity(value, unit)}
        case _:
            raise TypeError(f"{type(value).__name__} is no figure")
