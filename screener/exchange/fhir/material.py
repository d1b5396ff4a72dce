"""What a Bundle is made of: one signed record, read against the content it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from screener.exchange.fhir.names import stable_id
from screener.forms.answering import NotAnAnswer
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Pack, Question
from screener.language import tr
from screener.records.browse import SignedRecord
from screener.records.record import FORMAT
from screener.records.sitting import questions_of
from screener.rules.facts import Facts
from screener.rules.values import State
from screener.screening.answers import Entry, Recorded
from screener.text import WorldError


@dataclass(frozen=True, slots=True)
class AsAsked:
    """One question of a record, with what the content and the rules have of it."""

    raw: Mapping[str, Any]
    """As it is sealed."""
    question: Question | None
    """None where the content at hand has no such question, or does not take what was recorded."""
    recorded: Recorded | None
    state: State
    """How the rules see it."""
    stands: Entry | None
    """The account that holds, where there is an answer."""

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def used(self) -> str | None:
        return None if self.raw["recorded"] is None else self.raw["recorded"]["used"]


class Asking(Protocol):
    """What a form is made of: the content's head and themes, each question, the content that has them."""

    @property
    def content(self) -> Mapping[str, Any]: ...

    @property
    def asked(self) -> Mapping[str, AsAsked]: ...

    @property
    def pack(self) -> Pack: ...

    @property
    def same_pack(self) -> bool: ...


@dataclass(frozen=True)
class Material:
    """One record with its amendments. WorldError where the content does not know its pathway."""

    signed: SignedRecord
    amendments: Sequence[SignedRecord]
    pack: Pack
    content: Mapping[str, Any] = field(init=False)
    rules: RuleSet = field(init=False)
    facts: Facts = field(init=False)
    outcomes: Mapping[str, RuleOutcome] = field(init=False)

    def __post_init__(self) -> None:
        content = json.loads(self.signed.content)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise WorldError(
                tr("This record is not written as this version writes it."),
                tr("Open it with the version that wrote it."),
            )
        opening = content["opening"]
        if opening["pathway"] not in {pathway.id for pathway in self.pack.pathways}:
            said = tr("The content at hand has no pathway {pathway}, which the record was made on.")
            raise WorldError(said.format(pathway=opening["pathway"]), tr("Choose the content that it was made with."))
        known = {profile.id for profile in self.pack.profiles}
        profiles = [name for name in opening["profiles"] if name in known]
        rules = RuleSet(
            self.pack, opening["pathway"], profiles, opening.get("parameters"), drafts=bool(opening.get("drafts"))
        )
        for name, value in (("content", content), ("rules", rules)):
            object.__setattr__(self, name, value)
        given = {name: recorded.given for name, recorded in self.readable.items()}
        facts, outcomes = rules.evaluate(given, date.fromisoformat(self.day))
        object.__setattr__(self, "facts", facts)
        object.__setattr__(self, "outcomes", outcomes)

    @property
    def same_pack(self) -> bool:
        """The content at hand is the very one that the record was made with."""
        return bool(self.pack.hash == self.content["pack"]["hash"])

    @property
    def day(self) -> str:
        """The ISO day of the visit."""
        return str(self.content["visit"]["visit_date"])

    @property
    def offset(self) -> str:
        """The offset of local time where the record was made: `+01:00`."""
        made = str(self.content["made_at"])
        return "Z" if made.endswith("Z") else made[-6:]

    def id(self, *parts: str) -> UUID:
        """An id that this record always gives to the same part of it."""
        return stable_id(self.signed.record, *parts)

    @cached_property
    def readable(self) -> Mapping[str, Recorded]:
        """What was recorded under each question that the content takes it under."""
        found = {}
        for _, raw in questions_of(self.content):
            question = self.rules.form.questions.get(raw["id"])
            recorded = _read(question, raw)
            if recorded is not None:
                found[raw["id"]] = recorded
        return found

    @cached_property
    def asked(self) -> Mapping[str, AsAsked]:
        """Every question of the record, by its id."""
        return {raw["id"]: self._as_asked(raw) for _, raw in questions_of(self.content)}

    def _as_asked(self, raw: Mapping[str, Any]) -> AsAsked:
        question, recorded = self.rules.form.questions.get(raw["id"]), self.readable.get(raw["id"])
        if question is None or question.kind != raw["kind"] or (recorded is None and raw["recorded"] is not None):
            return AsAsked(raw, None, None, State(raw["state"]), None)
        seen = self.facts.of(question.id)
        hidden = raw["hidden_because"] is not None
        if hidden and seen.state is State.ANSWERED:
            return AsAsked(raw, question, recorded, State.NOT_APPLICABLE, None)
        stands = None
        if seen.state is State.ANSWERED and recorded is not None:
            stands = recorded.entry_of(recorded.given.effective.by)
        return AsAsked(raw, question, recorded, seen.state, stands)


def _read(question: Question | None, raw: Mapping[str, Any]) -> Recorded | None:
    if question is None or raw["recorded"] is None or question.kind != raw["kind"]:
        return None
    try:
        recorded = Recorded.from_json(question, raw["recorded"])
        return recorded if recorded.given.accounts else None
    except NotAnAnswer:
        return None
