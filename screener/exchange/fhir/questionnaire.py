"""The form as it was asked: themes as groups, questions in their order, options, units and what shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.elements import Json, coding, extended, filled, nested, part, quantity, resource, text_of
from screener.exchange.fhir.enabling import Condition, Enabling, enabling
from screener.exchange.fhir.material import AsAsked, Asking
from screener.exchange.fhir.names import (
    BASE,
    CONTROL,
    ITEM_CONTROL,
    LOINC,
    MAX_VALUE,
    MIN_VALUE,
    NONE_OF_THESE,
    OPTION_EXCLUSIVE,
    UCUM,
    UNIT_OPTION,
    extension,
    stable_id,
)
from screener.exchange.fhir.values import (
    CIRCUMSTANCES,
    FIGURE_UNITS,
    FIGURES,
    NONE,
    PHASE_CODES,
    PHASE_OPTIONS,
    ROUTE_CODES,
    ROUTE_OPTIONS,
    USE_CODES,
    USE_OPTIONS,
    option_coding,
    under,
)
from screener.exchange.fhir.writing import json_text
from screener.forms.model import Question
from screener.forms.words import PackNames
from screener.rules.values import Kind
from screener.rules.words import PART_WORDS, in_words

UNREAD = "unread"
"""The group of what was recorded and is no question of the form any more."""
TYPES: Mapping[Kind, str] = {
    Kind.YES_NO: "boolean",
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choice",
    Kind.NUMBER: "quantity",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.DATETIME: "dateTime",
    Kind.TEXT: "text",
    Kind.READINGS: "group",
    Kind.MEDICINES: "group",
    Kind.INSTRUMENT: "group",
    Kind.DERIVED: "string",
}


def questionnaire(material: Asking) -> Json:
    """The form of a record, or a blank one: whatever the answers, always with the same id and canonical address."""
    content, made = material.content, _Form(material)
    items = made.items()
    digest = hashlib.sha256(json_text(items).encode("utf-8")).hexdigest()
    pack = content["pack"]
    name = f"{BASE}:questionnaire:{pack['id']}:{content['pathway']['id']}"
    version = f"{pack['version']}+{digest[:12]}"
    return resource(
        "Questionnaire",
        stable_id("questionnaire", name, version),
        url=name,
        version=version,
        title=text_of(content["pathway"]["title"]),
        status="active",
        subjectType=["Patient"],
        description=_description(material),
        item=items,
    )


def canonical_of(form: Mapping[str, Any]) -> str:
    """How a response names its form."""
    return f"{form['url']}|{form['version']}"


def enabling_of(material: Asking, asked: AsAsked) -> Enabling:
    """What enables a question of a record."""
    return Enabling() if asked.question is None else enabling(asked.question, _in_reach(material))


def _in_reach(material: Asking) -> Mapping[str, Question]:
    """The questions that a condition can name: those that stand in the form as what they are."""
    return {name: asked.question for name, asked in material.asked.items() if asked.question is not None}


def around(link: str, number: int) -> str:
    """The linkId of a group that is there for its condition alone."""
    return under(link, "shown", str(number))


def _description(material: Asking) -> str:
    pack = material.content["pack"]
    made = f"Pack {pack['id']} {pack['version']}, {pack['standing']}, content hash {pack['hash']}."
    logic = (
        "Every question can be answered, not known, declined, to come back to, or not asked. While an answer that "
        "shows a question is missing, enableWhen is false and the program says: not established."
    )
    other = "" if material.same_pack else f" Options and conditions are those of content hash {material.pack.hash}."
    return f"{made} {logic}{other}"


class _Form:
    """Goes through the themes of one record."""

    def __init__(self, material: Asking) -> None:
        self._material = material
        self._names = PackNames(material.pack)
        self._instruments = {instrument.id: instrument for instrument in material.pack.instruments}

    def items(self) -> list[Json]:
        content = self._material.content
        groups = [_group(theme["id"], theme["title"], self._theme(theme)) for theme in content["themes"]]
        unread = [
            filled(linkId=under(UNREAD, entry["question"]), text=entry["question"], type="text")
            for entry in content.get("unread", ())
        ]
        return groups + ([_group(UNREAD, "Kept and not evaluated", unread)] if unread else [])

    def _theme(self, theme: Mapping[str, Any]) -> list[Json]:
        return [self._item(self._material.asked[raw["id"]]) for raw in theme["questions"]]

    def _item(self, asked: AsAsked) -> Json:
        if asked.question is None:
            return filled(linkId=asked.id, text=text_of(asked.raw["text"]), type="text")
        enabled = enabling_of(self._material, asked)
        item = self._of_question(asked.question, enabled)
        for number, condition in reversed(list(enumerate(enabled.around, start=1))):
            item = {"linkId": around(asked.id, number), "type": "group"} | condition.to_json() | {"item": [item]}
        return item

    def _of_question(self, question: Question, enabled: Enabling) -> Json:
        base = filled(
            extension=self._extensions(question, enabled),
            linkId=question.id,
            code=self._code(question),
            text=text_of(question.text),
            type="decimal" if question.kind is Kind.NUMBER and not question.unit else TYPES[question.kind],
        )
        more = filled(
            repeats=True if question.kind is Kind.CHOICES else None,
            readOnly=True if question.kind is Kind.DERIVED else None,
            answerOption=_options(question),
            item=[*self._parts(question), *_help(question)],
        )
        return base | _own(enabled.own) | more

    def _code(self, question: Question) -> list[Json]:
        instrument = self._instruments.get(question.instrument or "")
        panel = "" if instrument is None else instrument.loinc.get("panel", "")
        return [coding(LOINC, panel)] if panel else []

    def _extensions(self, question: Question, enabled: Enabling) -> list[Json]:
        found: list[Json] = []
        for unit in (question.unit, *question.units) if question.kind is Kind.NUMBER and question.unit else ():
            found.append({"url": UNIT_OPTION, "valueCoding": coding(UCUM, unit)})
        if question.plausible is not None:
            low, high = (quantity(figure, question.unit) for figure in question.plausible)
            found.append({"url": extension("plausible"), "valueRange": {"low": low, "high": high}})
        if question.formula is not None:
            inputs = [one for name in question.formula.of for one in part("of", "valueString", name)]
            found.append(nested("formula", [*part("name", "valueCode", question.formula.name), *inputs]))
        if not enabled.whole and question.shown_when is not None:
            found.append(extended("shown-when", "valueString", in_words(question.shown_when, self._names)))
        if question.own:
            found.append(extended("clinics-own", "valueBoolean", True))
        return found

    def _parts(self, question: Question) -> Sequence[Json]:
        match question.kind:
            case Kind.READINGS:
                return _readings(question)
            case Kind.MEDICINES:
                return _medicines(question)
            case Kind.INSTRUMENT:
                return self._instrument(question)
            case _:
                return ()

    def _instrument(self, question: Question) -> list[Json]:
        """Items and scores by their numbers: no text of an instrument is shipped."""
        scoring = question.scoring
        if scoring is None:
            return []
        found = []
        for item, scale in scoring.items.items():
            title = scoring.titles.get(item, f"Item {item}")
            found.append(_figure(under(question.id, "item", item), title, scale.low, scale.high))
        for name in scoring.scores:
            link = under(question.id, "total") if name == scoring.main else under(question.id, "score", name)
            found.append({"linkId": link, "text": text_of(scoring.title_of(name)), "type": "decimal"})
        return found


def _own(condition: Condition | None) -> Json:
    return {} if condition is None else condition.to_json()


def _group(link: str, text: str, items: Sequence[Json]) -> Json:
    return filled(linkId=link, text=text_of(text), type="group", item=list(items))


def _options(question: Question) -> list[Json]:
    if question.kind not in (Kind.CHOICE, Kind.CHOICES):
        return []
    found: list[Json] = [{"valueCoding": option_coding(question, option)} for option in question.option_ids]
    if question.kind is Kind.CHOICES:
        none = {"valueCoding": option_coding(question, NONE_OF_THESE)}
        found.append({"extension": [{"url": OPTION_EXCLUSIVE, "valueBoolean": True}]} | none)
    return found


def _help(question: Question) -> list[Json]:
    if not question.help:
        return []
    control = {"url": CONTROL, "valueCodeableConcept": {"coding": [coding(ITEM_CONTROL, "help")]}}
    text = text_of(question.help)
    return [{"extension": [control], "linkId": under(question.id, "help"), "text": text, "type": "display"}]


def _readings(question: Question) -> list[Json]:
    link = under(question.id, "reading")
    parts = [
        {
            "extension": [{"url": UNIT_OPTION, "valueCoding": coding(UCUM, FIGURE_UNITS[name])}],
            "linkId": under(link, name),
            "text": PART_WORDS[name].capitalize(),
            "type": "quantity",
        }
        for name in FIGURES
    ]
    parts.append(_chosen(under(link, "phase"), "Phase", PHASE_CODES, PHASE_OPTIONS))
    parts += [_typed(under(link, name), _CIRCUMSTANCE_WORDS[name]) for name in CIRCUMSTANCES]
    none = {"linkId": under(question.id, NONE), "text": "None taken", "type": "boolean"}
    return [none, {"linkId": link, "text": "Reading", "type": "group", "repeats": True, "item": parts}]


_CIRCUMSTANCE_WORDS: Mapping[str, str] = {
    "arm": "Arm",
    "position": "Position",
    "cuff": "Cuff",
    "at": "Time",
    "device": "Device",
    "taken_by": "Taken by",
}


def _medicines(question: Question) -> list[Json]:
    link = under(question.id, "medicine")
    parts = [
        _typed(under(link, "name"), "Medicine"),
        _chosen(under(link, "route"), "Route", ROUTE_CODES, ROUTE_OPTIONS),
        _typed(under(link, "dose"), "Dose"),
        _typed(under(link, "started"), "Started", "date"),
        _typed(under(link, "last_taken"), "Last taken", "date"),
        _chosen(under(link, "use"), "Use", USE_CODES, USE_OPTIONS),
        _typed(under(link, "told_by"), "Where it was told or read"),
    ]
    none = {"linkId": under(question.id, NONE), "text": "No medicines", "type": "boolean"}
    return [none, {"linkId": link, "text": "Medicine", "type": "group", "repeats": True, "item": parts}]


def _typed(link: str, text: str, kind: str = "string") -> Json:
    return {"linkId": link, "text": text, "type": kind}


def _chosen(link: str, text: str, codes: str, options: Iterable[tuple[str, str]]) -> Json:
    found = [{"valueCoding": coding(codes, code, words)} for code, words in options]
    return {"linkId": link, "text": text, "type": "choice", "answerOption": found}


def _figure(link: str, text: str, low: Decimal, high: Decimal) -> Json:
    limits = [{"url": MIN_VALUE, "valueDecimal": low}, {"url": MAX_VALUE, "valueDecimal": high}]
    return {"extension": limits, "linkId": link, "text": text_of(text), "type": "decimal"}
