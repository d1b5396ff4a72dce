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
from screener.forms.model import Rule
from screener.forms.words import STATE_WORDS, answer_words
from screener.language import ENGLISH, WINDOW, kept, spoken
from screener.rules.evaluate import PARAMETER
from screener.rules.values import PartialDate, State
from screener.rules.words import figure_words
from screener.screening.listing import LiveList, live_list
from screener.screening.session import Session
from screener.screening.steps import Response, ResponseKind

_SAYS_NOTHING_NEW = {"cases", "note", "reread"}
"""Parts of a rule that change nothing of what it asks and says."""
_OUTCOME, _LEVEL, _VISIT_DATE, _RULE = kept("outcome"), kept("level"), kept("visit date"), kept("rule")
_NOT_LISTED = {"not_listed": kept("not listed"), "not_established": kept("not established")}
_NOT_ASKED, _NOT_CHOSEN = STATE_WORDS[State.NOT_ASKED], kept("not chosen")
_AS_IT_WAS = kept("as it was")
_REWORDED, _CHANGED = kept("its text was changed"), kept("it or what it reads was changed")
"""Of the rule: where that is known, and where nothing else that was kept tells what the difference is."""
_DIGITS = 12
"""So many of a rule's hash tell whether it reads as it did."""


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
        "rule": _as_it_reads(rule),
    }
    if session.rules.measures_from_visit(rule_id):
        basis["visit_date"] = session.visit["visit_date"]
    return _hash(basis)


def _as_it_reads(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_SAYS_NOTHING_NEW)


def _hash(basis: Mapping[str, Any]) -> str:
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
    """What a response is given for, in words, so that a later difference can be shown: all that its fingerprint is of.

    A level by its place among those of its rule, from the lowest up; the rule itself by the first digits of its hash.
    """
    outcome = session.outcomes[rule_id]
    said = {_OUTCOME: _NOT_LISTED.get(outcome.outcome, outcome.title)}
    levels = [level.id for level in outcome.rule.levels]
    if outcome.level in levels:
        said[_LEVEL] = str(levels.index(outcome.level) + 1)
    if session.rules.measures_from_visit(rule_id):
        said[_VISIT_DATE] = session.visit["visit_date"]
    for parameter_id in _parameters(session, rule_id):
        parameter = session.pack.parameters[parameter_id]
        option = parameter.option(session.opening.parameters.get(parameter_id, ""))
        said[parameter.title] = option.label if option is not None else _NOT_CHOSEN
    for question_id in session.rules.rests_on(rule_id):
        given = session.answers.get(question_id)
        question = session.questions[question_id]
        said[question.label] = answer_words(question, given) if given is not None else _NOT_ASKED
    said[_RULE] = _hash(_as_it_reads(outcome.rule))[:_DIGITS]
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
    return Standing(given, True, _difference(session, given.state, now))


def _difference(session: Session, then: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """What differs, or that the rule or what it reads was changed: earlier versions kept outcome and answers alone."""
    no_answers = {_LEVEL, _RULE, *(parameter.title for parameter in session.pack.parameters.values())}
    in_one = no_answers & (set(then) ^ set(now))
    labels = [label for label in dict.fromkeys([*then, *now]) if label not in in_one]
    pairs = {label: (then.get(label, _NOT_ASKED), now.get(label, _NOT_ASKED)) for label in labels}
    found = {label: pair for label, pair in pairs.items() if pair[0] != pair[1]}
    if _OUTCOME in found:  # it has the level's title
        found.pop(_LEVEL, None)
    if found.pop(_RULE, None) is not None:
        found[_RULE] = (_AS_IT_WAS, _REWORDED)
    return tuple((label, *pair) for label, pair in (found or {_RULE: (_AS_IT_WAS, _CHANGED)}).items())


def shown_difference(session: Session, rule_id: str, held: Standing) -> list[tuple[str, str, str]]:
    """What changed since, as the window says it: what was kept in English is that but for the program's own words."""
    asked = {session.questions[name].label: name for name in session.rules.rests_on(rule_id)}
    return [
        (WINDOW.word(label), _shown(session, asked.get(label), then), _shown(session, asked.get(label), now))
        for label, then, now in held.difference
    ]


def _shown(session: Session, question_id: str | None, words: str) -> str:
    """An answer told anew where these are the words of one that stands or stood; anything else by its fixed words."""
    if question_id is None or spoken() == ENGLISH:
        return WINDOW.word(words)
    question, stands = session.questions[question_id], session.answers.get(question_id)
    before = reversed(session.given_before.get(question_id, []))
    told = (given for given in (stands, *before) if given is not None and answer_words(question, given) == words)
    found = next(told, None)
    return WINDOW.word(words) if found is None else answer_words(question, found, say=WINDOW)


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
