"""Responses to items, when they lapse, and what stands between this screening and a signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any

from screener.forms.answering import Account
from screener.forms.evaluation import RuleOutcome
from screener.forms.words import answer_words
from screener.rules.evaluate import PARAMETER
from screener.rules.values import PartialDate, State
from screener.rules.words import figure_words
from screener.screening.listing import LiveList, live_list
from screener.screening.session import Session
from screener.screening.steps import Response, ResponseKind

_SAYS_NOTHING_NEW = {"cases", "note", "reread"}
"""Parts of a rule that change nothing of what it asks and says."""


def fingerprint(session: Session, rule_id: str) -> str:
    """What a response was given for: the rule, its outcome and level, and all that it can depend on.

    That is every answer and state the rule can depend on, as it is understood and not as it was typed, and the clinic's
    choices. Notes and informants are left out. The visit's date counts where the rule measures time from it.
    """
    outcome = session.outcomes[rule_id]
    rule = outcome.rule
    basis: dict[str, Any] = {
        "outcome": outcome.outcome,
        "level": outcome.level,
        "answers": {q: _said(session, q) for q in session.rules.rests_on(rule_id)},
        "parameters": {p: session.opening.parameters.get(p, "") for p in _parameters(session, rule_id)},
        "rule": rule.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_SAYS_NOTHING_NEW),
    }
    if session.rules.measures_from_visit(rule_id):
        basis["visit_date"] = session.visit["visit_date"]
    text = json.dumps(basis, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(session: Session, question_id: str) -> Any:
    given = session.answers.get(question_id)
    if given is None:
        return None
    if given.differ:
        return sorted(json.dumps(_understood(account), sort_keys=True) for account in given.accounts)
    return _understood(given.effective)


def _understood(account: Account) -> Any:
    """State and value: 70 and 70.0 are one, and the order in which options were ticked says nothing."""
    return [str(account.state), _plain(account.value)]


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return figure_words(value)
        case frozenset():
            return sorted(value)
        case PartialDate():
            return value.text
        case tuple():
            return [_plain(inner) for inner in value]
        case _ if is_dataclass(value):
            return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
        case None | bool() | str():
            return value
        case _:
            return str(value)


def _parameters(session: Session, rule_id: str) -> list[str]:
    from screener.rules.expressions import parameters_read

    return [ref.id for condition in session.pack.rules[rule_id].conditions() for ref in parameters_read(condition)]


def state_in_words(session: Session, rule_id: str) -> dict[str, str]:
    """The outcome and the answers a rule can depend on, in words, so that a later difference can be shown."""
    outcome = session.outcomes[rule_id]
    said = {"outcome": outcome.title if outcome.outcome == "listed" else outcome.outcome.replace("_", " ")}
    if session.rules.measures_from_visit(rule_id):
        said["visit date"] = session.visit["visit_date"]
    for question_id in session.rules.rests_on(rule_id):
        given = session.answers.get(question_id)
        question = session.questions[question_id]
        said[question.label] = answer_words(question, given) if given is not None else "not asked"
    return said


def response(
    session: Session, rule_id: str, kind: ResponseKind, *, note: str = "", from_whom: str = "", until: str = ""
) -> Response:
    """A response to one item as it stands now."""
    return Response(
        kind=kind,
        at=session.clock.now().isoformat(timespec="seconds"),
        by=session.opening.clinician,
        fingerprint=fingerprint(session, rule_id),
        state=state_in_words(session, rule_id),
        note=note,
        from_whom=from_whom,
        until=until,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How the response to one item stands: none, standing, or lapsed because what it was given for has changed."""

    response: Response | None
    lapsed: bool = False
    difference: tuple[tuple[str, str, str], ...] = ()
    """What changed since: (label, then, now)."""

    @property
    def stands(self) -> bool:
        return self.response is not None and not self.lapsed


def standing(session: Session, rule_id: str) -> Standing:
    """The response to an item, and whether it still answers what stands now. Undo back to the same state revives it."""
    given = session.responses.get(rule_id)
    if given is None:
        return Standing(None)
    if rule_id in session.outcomes and given.fingerprint == fingerprint(session, rule_id):
        return Standing(given)
    now = state_in_words(session, rule_id) if rule_id in session.outcomes else {}
    return Standing(given, True, _difference(given.state, now))


def _difference(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    labels = list(dict.fromkeys([*then, *now]))
    pairs = ((label, then.get(label, "not asked"), now.get(label, "not asked")) for label in labels)
    return tuple(entry for entry in pairs if entry[1] != entry[2])


@dataclass(frozen=True, slots=True)
class BeforeSigning:
    """What is looked at before a signature. Only `without_response` keeps it back; the rest is shown."""

    without_response: tuple[RuleOutcome, ...]
    unlinked_jots: tuple[str, ...]
    come_back: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Nothing that needs a response is without one."""
        return not self.without_response


def needing_response(items: LiveList) -> list[RuleOutcome]:
    """Every listed item, and every source-critical item that is not established."""
    return [*items.listed, *(item for group in items.open for item in group.items)]


def before_signing(session: Session) -> BeforeSigning:
    """What stands between this screening and a full signature."""
    items = live_list(session, review=True)
    return BeforeSigning(
        without_response=tuple(o for o in needing_response(items) if not standing(session, o.rule.id).stands),
        unlinked_jots=tuple(jot.id for jot in session.jots.values() if jot.question is None),
        come_back=tuple(q for q in session.questions if session.state(q) is State.COME_BACK),
    )


def shared_reason(session: Session, item: RuleOutcome) -> State | None:
    """The one state in which every answer stands that an item waits for; None where a response covers it alone.

    That is a contraindication, law or time-critical item, one whose missing answers stand in several ways, one that
    waits for a choice of the clinic, and one that an answer leaves open.
    """
    kept_apart = item.rule.source.strength in ("contraindication", "law") or item.tier == "time-critical"
    if item.outcome != "not_established" or kept_apart or any(name.startswith(PARAMETER) for name in item.missing):
        return None
    reasons = {session.state(question) for question in item.missing}
    return reasons.pop() if len(reasons) == 1 and State.ANSWERED not in reasons else None


def sharing_response(session: Session, rule_id: str) -> tuple[RuleOutcome, ...]:
    """The other open items that one response may cover too: they wait for the same reason, and none stands for them."""
    items = [item for group in live_list(session, review=True).open for item in group.items]
    reason = next((shared_reason(session, item) for item in items if item.rule.id == rule_id), None)
    if reason is None:
        return ()
    return tuple(
        item
        for item in items
        if item.rule.id != rule_id
        and shared_reason(session, item) is reason
        and not standing(session, item.rule.id).stands
    )
