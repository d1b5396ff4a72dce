"""Foreign forms made up for the tests, and what becomes of them in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from screener.exchange.fhir.foreign.into_folder import edits, put
from screener.exchange.fhir.foreign.reading import Incoming, files, incoming
from screener.forms.model import Pack, Question, Theme
from screener.forms.reading import read_file
from tests.records.sittings import shipped

Json = Any
CORE = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
UCUM = "http://unitsofmeasure.org"


def item(link: str, kind: str, text: str = "", *inside: Json, **more: Any) -> Json:
    """An item; an underscore at the end of a name is left out."""
    made = {"linkId": link, "type": kind, "text": text or f"About {link}?", **more}
    return made | ({"item": list(inside)} if inside else {})


def form(*items: Json, **more: Any) -> Json:
    head = {"resourceType": "Questionnaire", "status": "active", "title": "House visit", "url": "urn:made-up:house"}
    return {**head, **more, "item": list(items)}


def when(question: str, operator: str, **answer: Any) -> Json:
    return {"question": question, "operator": operator, **answer}


def coded(*codes: str, system: str = "urn:made-up:codes") -> list[Json]:
    return [{"valueCoding": {"system": system, "code": code, "display": f"The {code} one"}} for code in codes]


def read(made: Json, pack: Pack | None = None, **more: Any) -> Incoming:
    return incoming(json.dumps(made).encode("utf-8"), "house.json", pack or shipped(), **more)


def said(found: Incoming) -> list[str]:
    """Every remark with its place."""
    return [f"{one.place}: {one.what}" for one in found.all_remarks]


def taken_in(made: Json, folder: Path, *, declared: bool = False, pathways: tuple[str, ...] = ("kap",)) -> Theme:
    """The theme as it is read out of the folder again, after it was written there."""
    found = read(made)
    put(edits(folder, files(found, pathways, declared=declared), found.title))
    held = read_file(folder / "themes" / found.theme / "questions.yaml")
    assert held.findings == held.doubtful == []
    return Theme.model_validate(held.data)


def by_link(theme: Theme, found: Incoming) -> dict[str, Question]:
    """The questions as they were read again, by what they were called there."""
    questions = {question.id: question for question in theme.questions}
    return {one.item.link: questions[one.id] for one in reversed(found.asked)}


def shown(made: Json, folder: Path) -> dict[str, Any]:
    """The display condition of each question, with the names that the questions had there."""
    theme, found = taken_in(made, folder), read(made)
    links = {one.id: one.item.link for one in reversed(found.asked)}
    return {link: _there(question.shown_when, links) for link, question in by_link(theme, found).items()}


def _there(node: Any, links: dict[str, str]) -> Any:
    if node is None:
        return None
    if hasattr(node, "ask"):
        test = node.model_dump(by_alias=True, exclude_none=True)
        return {"ask": links[test.pop("ask")]} | {name: _plain(value) for name, value in test.items()}
    mode = "all" if hasattr(node, "all") else "any"
    return {mode: [_there(one, links) for one in node.children()]}


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)
