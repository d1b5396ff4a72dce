"""What a foreign form would become, in words: its questions in the order in which they will be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from screener.exchange.fhir.foreign.asked import Asked, Left
from screener.exchange.fhir.foreign.reading import Incoming
from screener.exchange.fhir.foreign.shapes import Remark
from screener.exchange.fhir.foreign.writing import entry
from screener.forms.asked_when import AskedNames, asked_when
from screener.forms.model import Pack, Question
from screener.language import WINDOW, tr
from screener.rules.values import Kind
from screener.rules.words import unit_words

KIND_WORDS: dict[Kind, str] = {
    Kind.YES_NO: tr("Yes or no"),
    Kind.CHOICE: tr("One of some options"),
    Kind.CHOICES: tr("Several of some options"),
    Kind.NUMBER: tr("A number"),
    Kind.DATE: tr("A date"),
    Kind.TIME: tr("A time"),
    Kind.DATETIME: tr("A day and a time"),
    Kind.TEXT: tr("A short text"),
    Kind.READINGS: tr("Readings of pressure and pulse"),
    Kind.MEDICINES: tr("A list of medicines"),
    Kind.INSTRUMENT: tr("The result of an instrument"),
    Kind.DERIVED: tr("Worked out from other answers"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of what is looked over: a question, or what has no form here."""

    text: str
    about: str
    """What is asked for, with options or unit. Empty for what is not asked."""
    help: str
    when: str
    """When it is asked; empty where always."""
    changes: tuple[Remark, ...]
    kept: tuple[Remark, ...]


def shown(found: Incoming, pack: Pack) -> Iterator[Shown]:
    """Everything of a form, in its order."""
    questions = {**pack.questions, **{one.id: _question(one) for one in found.asked}}
    names = AskedNames(pack, lambda name: f"“{questions[name].text}”" if name in questions else name)
    for one in found.found:
        changes = tuple(remark for remark in one.remarks if remark.changes)
        kept = tuple(remark for remark in one.remarks if not remark.changes)
        if isinstance(one, Left):
            yield Shown(one.item.text or one.item.link, "", "", "", changes, kept)
            continue
        gate = questions[one.id].shown_when
        when = "" if gate is None else asked_when(gate, questions, names)
        yield Shown(one.text, _about(one), one.help, when, changes, kept)


def _question(asked: Asked) -> Question:
    parts: dict[str, Any] = entry(asked)
    if asked.choices:
        parts["options"] = [{"id": choice.id, "text": choice.text} for choice in asked.choices]
    return Question.model_validate(parts)


def _about(asked: Asked) -> str:
    said = KIND_WORDS[asked.kind]
    if asked.choices and asked.kind is not Kind.TEXT:
        return f"{said}: {', '.join(choice.text for choice in asked.choices)}"
    return f"{said}, {unit_words(asked.unit, say=WINDOW)}" if asked.unit and unit_words(asked.unit) else said
