"""Our own Bundle read back: the setting, every account of every question, and the items as they were exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from screener.exchange.fhir.bundle import instrument_codes
from screener.exchange.fhir.checking import faults
from screener.exchange.fhir.faults import elements
from screener.exchange.fhir.names import BASE, extension
from screener.exchange.fhir.parsing import NotRead, parsed
from screener.exchange.fhir.values import GROUPS, from_text, typed_of, typed_of_items
from screener.forms.answering import NotAnAnswer
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Pack, Question
from screener.language import tr
from screener.rules.values import State
from screener.screening.answers import Carried, Entry, Recorded

Json = Mapping[str, Any]
_NOT_ITS_SHAPE = (AttributeError, IndexError, KeyError, StopIteration, TypeError, ValueError)
"""What reading a file that anybody may have changed can come upon, besides what the checks name."""
_MODIFYING = ("modifierExtension", "implicitRules")


@dataclass(frozen=True, slots=True)
class Exported:
    """One item as its DetectedIssue says it."""

    outcome: str
    level: str | None
    response: str | None
    """The kind of the clinician's response, where there is one."""


@dataclass(frozen=True)
class ReadBack:
    """What a Bundle of ours holds of a screening."""

    record: str
    reference: str
    pack_hash: str
    visit_date: str
    pathway: str
    profiles: tuple[str, ...]
    parameters: Mapping[str, str]
    drafts: bool
    recorded: Mapping[str, Recorded]
    items: Mapping[str, Exported]

    def outcomes(self, pack: Pack) -> dict[str, RuleOutcome]:
        """What the rules say of these answers."""
        rules = RuleSet(pack, self.pathway, self.profiles, self.parameters, drafts=self.drafts)
        given = {name: recorded.given for name, recorded in self.recorded.items()}
        return rules.evaluate(given, date.fromisoformat(self.visit_date))[1]


def read(raw: bytes, pack: Pack, name: str) -> ReadBack:
    """Read a Bundle that this program wrote. `NotRead` for anything else: nothing of it is taken then.

    `pack`: content that has the questions of the form; an answer that it does not take is no answer, and is refused.
    """
    whole = parsed(raw, name)
    _refuse_what_modifies(whole, name)
    if whole.get("resourceType") != "Bundle":
        raise NotRead(name, "", tr("it is no Bundle"))
    try:
        found = faults(whole, instrument_codes(pack))
    except _NOT_ITS_SHAPE as wrong:
        raise NotRead(name, "", tr("it is not whole")) from wrong
    if found:
        raise NotRead(name, found[0].place, found[0].what)
    by_kind = {entry["resource"]["resourceType"]: entry["resource"] for entry in reversed(whole["entry"])}
    response = by_kind.get("QuestionnaireResponse")
    if response is None or not str(response["questionnaire"]).startswith(f"{BASE}:questionnaire:"):
        raise NotRead(name, "", tr("it holds no answers to a form of this program"))
    try:
        return _read_back(whole, response, pack)
    except _NOT_ITS_SHAPE as wrong:
        place = wrong.place if isinstance(wrong, _NoAnswer) else ""
        what = str(wrong) if isinstance(wrong, _NoAnswer) else tr("it is not whole")
        raise NotRead(name, place, what) from wrong


class _NoAnswer(ValueError):  # noqa: N818 - it names what was found
    def __init__(self, place: str, what: str) -> None:
        super().__init__(what)
        self.place = place


def _refuse_what_modifies(whole: Json, name: str) -> None:
    """What may turn the meaning of the element that it stands in is refused, not ignored."""
    for element in elements("Bundle", "Bundle", whole):
        if element.path.rpartition(".")[2] in _MODIFYING:
            raise NotRead(name, element.place, tr("this program does not know what it changes in the meaning"))


def _read_back(whole: Json, response: Json, pack: Pack) -> ReadBack:
    resources = [entry["resource"] for entry in whole["entry"]]
    patient = next(one for one in resources if one["resourceType"] == "Patient")
    setting = _inside(response, "setting")[0]
    pathway = _one(setting, "pathway")
    return ReadBack(
        record=whole["identifier"]["value"],
        reference=patient["identifier"][0]["value"],
        pack_hash=_one(setting, "pack-hash"),
        visit_date=_one(setting, "visit-date"),
        pathway=pathway,
        profiles=tuple(_values(setting, "profile")),
        parameters=dict(_parameters(setting)),
        drafts=bool(_one(setting, "drafts")),
        recorded=_answers(response, pack, pathway),
        items=dict(_item(one) for one in resources if one["resourceType"] == "DetectedIssue"),
    )


def _item(issue: Json) -> tuple[str, Exported]:
    said = _inside(issue, "item")[0]
    mitigation = issue.get("mitigation", ())
    response = mitigation[0]["action"]["coding"][0]["code"] if mitigation else None
    rule = issue["code"]["coding"][0]["code"]
    return rule, Exported(_one(said, "outcome"), next(iter(_values(said, "level")), None), response)


# --- answers ----------------------------------------------------------------------------------------------------------


def _answers(response: Json, pack: Pack, pathway: str) -> dict[str, Recorded]:
    if pathway not in {one.id for one in pack.pathways}:
        raise _NoAnswer("", tr("the content has no pathway {pathway}").format(pathway=pathway))
    asked = RuleSet(pack, pathway, ()).form.questions
    found = {}
    for item in _items(response.get("item", ())):
        question, accounts = asked.get(item["linkId"]), _inside(item, "account")
        if question is None or not accounts:
            continue
        entries = tuple(_entry(question, item, account) for account in accounts)
        used = next((entry.by for entry, said in zip(entries, accounts, strict=True) if _values(said, "used")), None)
        found[question.id] = _taken(Recorded(question, entries, used))
    return found


def _taken(recorded: Recorded) -> Recorded:
    try:
        _ = recorded.given
    except NotAnAnswer as wrong:
        raise _NoAnswer(f"QuestionnaireResponse.item({recorded.question.id})", str(wrong)) from wrong
    return recorded


def _items(items: Iterable[Json]) -> Iterator[Json]:
    for item in items:
        yield item
        yield from _items(item.get("item", ()))


def _entry(question: Question, item: Json, account: Json) -> Entry:
    states = _values(account, "state")
    return Entry(
        by=_one(account, "by", ""),
        state=State(states[0]) if states else State.ANSWERED,
        raw=None if states else _raw(question, item, account),
        at=_one(account, "at", ""),
        recorded_by=_one(account, "recorded-by", ""),
        note=_one(account, "note", ""),
        carried=_carried(account),
    )


def _raw(question: Question, item: Json, account: Json) -> Any:
    """What was typed: as it was kept word for word, else out of the answer, else out of the account itself."""
    typed = _values(account, "typed")
    if typed:
        return from_text(typed[0])
    if not _values(account, "stands"):
        return typed_of(question, _values(account, "value"))
    if question.kind in GROUPS:
        return typed_of_items(question, item.get("item", ()))
    return typed_of(question, [value for answer in item["answer"] for value in answer.values()])


def _carried(account: Json) -> Carried | None:
    found = next((part for part in account["extension"] if part["url"] == "carried"), None)
    if found is None:
        return None
    record, day, at, digest = (_one(found, name, "") for name in ("record", "visit_date", "signed_at", "sha256"))
    return Carried(record, day, at, digest, bool(_one(found, "asked", False)))


# --- extensions -------------------------------------------------------------------------------------------------------


def _inside(found: Json, name: str) -> list[Json]:
    return [one for one in found.get("extension", ()) if one["url"] == extension(name)]


def _values(of: Json, name: str) -> list[Any]:
    found = [one for one in of["extension"] if one["url"] == name]
    return [value for one in found for key, value in one.items() if key.startswith("value")]


_NOTHING: Any = object()


def _one(of: Json, name: str, otherwise: Any = _NOTHING) -> Any:
    found = _values(of, name)
    if not found and otherwise is not _NOTHING:
        return otherwise
    if not found:
        raise _NoAnswer("", tr("{name} is missing").format(name=name))
    return found[0]


def _parameters(setting: Json) -> Iterator[tuple[str, str]]:
    for one in setting["extension"]:
        if one["url"] == "parameter":
            yield _one(one, "id"), _one(one, "option")
