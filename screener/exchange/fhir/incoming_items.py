"""The items of a response that came from elsewhere: each answer as somebody would have typed it, or why it is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from screener.exchange.fhir.elements import text_of
from screener.exchange.fhir.incoming_parts import NotTaken, coded, decimal_of, figure_of, group_of, text_value
from screener.exchange.fhir.names import ABSENT, ABSENT_REASONS, NONE_OF_THESE, extension, options_of
from screener.exchange.fhir.questionnaire import UNREAD
from screener.exchange.fhir.values import GROUPS, from_text, typed_of, typed_of_items, value_as
from screener.forms.answering import NotAnAnswer, doubts, read_state, read_value
from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.rules.values import ENTERED_STATES, Kind, State
from screener.screening.answers import as_typed

_STATES: Mapping[str, State] = {ABSENT_REASONS[state]: state for state in ENTERED_STATES}
_AS_TEXT = "as-text"
_OURS = frozenset(extension(name) for name in ("state", "account", "hidden-because", "remark", "earlier"))
_OF_AN_ITEM = frozenset(("linkId", "definition", "text", "answer", "item", "extension", "id"))
_BESIDE_A_VALUE = frozenset(("extension", "id"))
_NOT_ITS_SHAPE = (ArithmeticError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""What reading a value that anybody may have written can come upon."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that has to be said, with its path."""

    place: str
    what: str
    offered: bool = False
    """The answer there is offered all the same; else it is not used."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as the file has it: the raw value in the project's JSON, or a state in its place."""

    question: str
    state: State
    raw: Any
    place: str

    @property
    def given(self) -> Any:
        """As a session takes it."""
        return self.raw if self.state is State.ANSWERED else {"state": str(self.state)}


@dataclass
class Items:
    """Goes through the items of one response.

    `words`: what each question asks there, where its form is another than this one's; None where it is the same.
    `offset`: of local time, which a day with a time of day is turned into.
    """

    questions: Mapping[str, Question]
    words: Mapping[str, str] | None
    offset: timezone
    day: date
    groups: frozenset[str] = frozenset()
    """The linkIds of groups around questions."""
    said: dict[str, Said] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    unanswered: int = 0
    _met: set[str] = field(default_factory=set)

    def take(self, items: Any, place: str) -> None:
        """Every item in here, and inside of those that only group others."""
        for number, item in enumerate(self._listed(items, f"{place}.item")):
            here = f"{place}.item[{number}]"
            if not isinstance(item, Mapping) or not isinstance(item.get("linkId"), str):
                self._refuse(here, tr("it is no item with a linkId"))
                continue
            self._one(item, item["linkId"], here)

    def _listed(self, found: Any, place: str) -> Sequence[Any]:
        if found is None:
            return ()
        if isinstance(found, list):
            return found
        self._refuse(place, tr("it is no list"))
        return ()

    def _one(self, item: Mapping[str, Any], link: str, place: str) -> None:
        for name in item:
            if name not in _OF_AN_ITEM:
                self._refuse(f"{place}.{name}", tr("this program reads no such element"))
        question = self.questions.get(link)
        if question is not None:
            self._question(question, item, place)
        elif link in self.groups:
            if "answer" in item:
                self._refuse(f"{place}.answer", tr("a group of questions has no answer of its own"))
            self.take(item.get("item"), place)
        elif link.endswith("/help"):
            return
        elif link == UNREAD or link.startswith(f"{UNREAD}/"):
            self._refuse(place, tr("it is kept there without being a question of the form"))
        else:
            self._refuse(place, tr("this screening asks no question {link}").format(link=link[:80]))
            self.take(item.get("item"), place)

    def _refuse(self, place: str, what: str) -> None:
        self.remarks.append(Remark(place, what))

    def _question(self, question: Question, item: Mapping[str, Any], place: str) -> None:
        if question.id in self._met:
            self.said.pop(question.id, None)
            self._refuse(place, tr("{label} is answered twice; neither is offered").format(label=question.label))
            return
        self._met.add(question.id)
        before = len(self.remarks)
        self._extensions(question, item, place)
        try:
            found = self._said(question, item, place)
        except NotTaken as wrong:
            self.remarks += [Remark(at, f"{question.label}: {what}") for at, what in wrong.found]
            return
        except _NOT_ITS_SHAPE:
            self._refuse(place, tr("{label}: it is not written as an answer is").format(label=question.label))
            return
        if found is None:
            self.unanswered += len(self.remarks) == before
            return
        other = self._asked_otherwise(question, item)
        if other:
            self._refuse(place, other)
            return
        self.said[question.id] = found

    # What is said

    def _said(self, question: Question, item: Mapping[str, Any], place: str) -> Said | None:
        reason, at = _absent(item, place)
        has_value = any(_values(answer) for answer in _dicts(item.get("answer"))) or (
            question.kind in GROUPS and bool(item.get("item"))
        )
        if question.kind is Kind.DERIVED:
            if has_value:
                self._refuse(place, tr("{label} is worked out here, and never taken").format(label=question.label))
            return None
        if has_value and reason and reason != _AS_TEXT:
            raise NotTaken(at, tr("it has an answer and a reason why there is none"))
        if reason and reason != _AS_TEXT:
            return self._state(question, item, reason, at)
        raw = _kept_beside(question, item) if reason or not has_value else _word_for_word(item)
        if raw is None and not has_value:
            if reason:
                raise NotTaken(at, tr("the answer is said to be elsewhere, as text"))
            return None
        raw = self._value(question, item, place) if raw is None else raw
        return None if raw is None else self._read(question, as_typed(raw), place)

    def _read(self, question: Question, raw: Any, place: str) -> Said:
        try:
            value = read_value(question, raw)
        except NotAnAnswer as wrong:
            raise NotTaken(place, str(wrong)) from wrong
        for doubt in doubts(question, value, self.day, WINDOW):
            self.remarks.append(Remark(place, f"{question.label}: {doubt}", offered=True))
        return Said(question.id, State.ANSWERED, raw, place)

    def _state(self, question: Question, item: Mapping[str, Any], reason: str, place: str) -> Said | None:
        ours = next((one.get("valueCode") for one in _extensions(item) if one.get("url") == extension("state")), None)
        state = _STATES.get(reason)
        if ours in ENTERED_STATES:
            state = read_state(ours)
        if state is not None:
            return Said(question.id, state, None, place)
        if ours == State.DIFFERING:
            raise NotTaken(place, tr("accounts differ there, and none was named as the one that holds"))
        if reason not in ABSENT_REASONS.values():
            raise NotTaken(place, tr("no state here means {reason}").format(reason=reason[:80]))
        accounts = _accounts(item)
        if not accounts:
            return None
        if ours != State.GATE_OPEN or len(accounts) > 1:
            raise NotTaken(place, tr("something is recorded there, and does not hold as the answer"))
        return self._of_account(question, accounts[0], place)

    def _of_account(self, question: Question, account: Mapping[str, Any], place: str) -> Said:
        """What was recorded while it was not established whether the question applies."""
        parts = {str(one.get("url")): one for one in _extensions(account)}
        if "state" in parts:
            return Said(question.id, read_state(parts["state"].get("valueCode")), None, place)
        if "typed" in parts:
            return self._read(question, as_typed(from_text(parts["typed"]["valueString"])), place)
        values = [one[name] for one in _extensions(account) if one.get("url") == "value" for name in _values(one)]
        return self._read(question, as_typed(typed_of(question, values)), place)

    def _value(self, question: Question, item: Mapping[str, Any], place: str) -> Any:
        if question.kind in GROUPS:
            if "answer" in item:
                raise NotTaken(f"{place}.answer", tr("its answer is made of items"))
            return group_of(question, item.get("item"), place)
        if item.get("item"):
            raise NotTaken(f"{place}.item", tr("nothing is asked below it"))
        answers = item.get("answer")
        if not isinstance(answers, list):
            raise NotTaken(f"{place}.answer", tr("it is no list"))
        values = [_the_value(question, answer, f"{place}.answer[{n}]") for n, answer in enumerate(answers)]
        if question.kind is Kind.CHOICES:
            return self._choices(question, values, place)
        if len(values) != 1:
            raise NotTaken(f"{place}.answer", tr("it has {count} answers, and takes one").format(count=len(values)))
        return self._single(question, values[0], f"{place}.answer[0]")

    def _choices(self, question: Question, values: Sequence[Any], place: str) -> list[str]:
        codes = [self._option(question, one, f"{place}.answer[{n}]") for n, one in enumerate(values)]
        chosen = list(dict.fromkeys(codes))
        if NONE_OF_THESE in chosen and len(chosen) > 1:
            raise NotTaken(f"{place}.answer", tr("it says none of these, and some of them"))
        return [code for code in chosen if code != NONE_OF_THESE]

    def _single(self, question: Question, value: Any, place: str) -> Any:
        match question.kind:
            case Kind.YES_NO:
                if not isinstance(value, bool):
                    raise NotTaken(place, tr("it is neither true nor false"))
                return "yes" if value else "no"
            case Kind.CHOICE:
                return self._option(question, value, place)
            case Kind.NUMBER if question.unit:
                figure, unit = figure_of(value, (question.unit, *question.units), place)
                return figure if unit == question.unit else {"value": figure, "unit": unit}
            case Kind.NUMBER:
                return decimal_of(value, place)
            case Kind.DATETIME:
                return self._moment(question, text_value(value, place), place)
            case _:
                return text_value(value, place)

    def _option(self, question: Question, value: Any, place: str) -> str:
        code = coded(value, options_of(question.id), (*question.option_ids, NONE_OF_THESE), place)
        known = self.words is None or code == NONE_OF_THESE
        if not known and value.get("display") != text_of(question.option_text(code)):
            raise NotTaken(place, tr("the option {code} may read otherwise there").format(code=code))
        return code

    def _moment(self, question: Question, text: str, place: str) -> str:
        try:
            when = datetime.fromisoformat(text)
        except ValueError as wrong:
            raise NotTaken(place, tr("{text} is no day with a time").format(text=repr(text[:40]))) from wrong
        if "T" not in text:
            raise NotTaken(place, tr("{text} is no day with a time").format(text=repr(text[:40])))
        if when.tzinfo is None:
            return when.isoformat()
        here = when.astimezone(self.offset)
        if here.replace(tzinfo=None) != when.replace(tzinfo=None):
            said = tr("{label}: {there} is {here} here").format(
                label=question.label, there=text[:40], here=here.strftime("%Y-%m-%d %H:%M")
            )
            self.remarks.append(Remark(place, said, offered=True))
        return here.replace(tzinfo=None).isoformat()

    # What stands around it

    def _asked_otherwise(self, question: Question, item: Mapping[str, Any]) -> str:
        """Why an answer to another form is none to this question; empty where it is one."""
        asked = item.get("text") if self.words is None else self.words.get(question.id, item.get("text"))
        if self.words is None or asked == text_of(question.text):
            return ""
        if not isinstance(asked, str):
            return tr("{label}: nothing says in which words it was asked there").format(label=question.label)
        return tr("{label} was asked there in other words: “{asked}”").format(label=question.label, asked=asked[:160])

    def _extensions(self, question: Question, item: Mapping[str, Any], place: str) -> None:
        accounts = 0
        for number, one in enumerate(self._listed(item.get("extension"), f"{place}.extension")):
            url = one.get("url") if isinstance(one, Mapping) else None
            here = f"{place}.extension[{number}]"
            if url == extension("account"):
                accounts += 1
                if accounts > 1:
                    self._refuse(
                        here, tr("{label}: a further account of it, which is not read").format(label=question.label)
                    )
            elif url != ABSENT and url not in _OURS:
                self._refuse(here, tr("this program does not know the extension {url}").format(url=str(url)[:120]))


# --- single elements --------------------------------------------------------------------------------------------------


def _dicts(found: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else iter(())


def _extensions(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return _dicts(found.get("extension"))


def _values(answer: Mapping[str, Any]) -> list[str]:
    return [name for name in answer if name.startswith("value")]


def _the_value(question: Question, answer: Any, place: str) -> Any:
    """The one value of an answer, of the type that the question takes."""
    if not isinstance(answer, Mapping):
        raise NotTaken(place, tr("it is no answer"))
    wanted, names = value_as(question), _values(answer)
    also = ("valueInteger",) if wanted == "valueDecimal" else ()
    more = [name for name in answer if name not in names and name not in _BESIDE_A_VALUE and name[:6] != "_value"]
    if more:
        raise NotTaken(f"{place}.{more[0]}", tr("this program reads no such element"))
    if len(names) != 1 or names[0] not in (wanted, *also):
        found = ", ".join(names) or tr("nothing")
        raise NotTaken(place, tr("it takes {wanted}, and has {found}").format(wanted=wanted, found=found[:120]))
    return answer[names[0]]


def _absent(item: Mapping[str, Any], place: str) -> tuple[str, str]:
    """Why there is no answer, and where that stands: on the item, on its answer, or in place of the value."""
    for holder, here in _holders(item, place):
        for number, one in enumerate(_extensions(holder)):
            if one.get("url") == ABSENT:
                return str(one.get("valueCode", "")) or "?", f"{here}.extension[{number}]"
    return "", place


def _holders(item: Mapping[str, Any], place: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    yield item, place
    for number, answer in enumerate(_dicts(item.get("answer"))):
        yield answer, f"{place}.answer[{number}]"
        for name, inner in answer.items():
            if name.startswith("_value") and isinstance(inner, Mapping):
                yield inner, f"{place}.answer[{number}].{name}"


def _accounts(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What this program wrote beside an answer: who said what."""
    return [one for one in _extensions(item) if one.get("url") == extension("account")]


def _standing(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The parts of the account that holds as the answer."""
    for account in _accounts(item):
        parts = {str(one.get("url")): one for one in _extensions(account)}
        if "stands" in parts:
            return parts
    return None


def _word_for_word(item: Mapping[str, Any]) -> Any:
    """What was typed, where FHIR has no form for it; None where there is nothing of it."""
    typed = (_standing(item) or {}).get("typed", {}).get("valueString")
    return from_text(typed) if isinstance(typed, str) else None


def _kept_beside(question: Question, item: Mapping[str, Any]) -> Any:
    """The same; and a list that was answered, and is empty."""
    typed = _word_for_word(item)
    if typed is None and question.kind in GROUPS and _standing(item) is not None:
        return typed_of_items(question, ())
    return typed
