"""Two records of a reference side by side, as the window says it: answers and items in pairs, and what they rest on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from screener.forms.words import STATE_WORDS, by_words
from screener.language import WINDOW, kept, tr
from screener.records.browse import Json
from screener.records.outcomes import ItemPair, outcomes_of, pair_outcomes
from screener.records.shown import answer_shown, lines_shown
from screener.rules.values import State

AnswerHow = Literal["changed", "added", "removed", "told", "same", "nothing"]
"""From the first to the second: another answer, recorded only in the second, only in the first, the same answer told by
somebody else or worded or noted otherwise, the same, recorded in neither."""
ANSWERS_DIFFER: tuple[AnswerHow, ...] = ("changed", "added", "removed")
_MIRRORED: Mapping[AnswerHow, AnswerHow] = {"added": "removed", "removed": "added"}
_MEASURED = frozenset(("number", "readings", "instrument"))
"""Kinds whose figures are the same however they are spelled, and are others in another unit."""
_IN_BRACKETS = re.compile(r" \([^()]*\)")
_FIGURE = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Said:
    """What one record holds under one question, in words."""

    words: str
    state: str
    recorded: bool
    """Whether anything was recorded; a derived value counts as recorded where it could be worked out."""
    positive: bool = False
    told: str = ""
    """By whom, and with which note."""
    brief: str = ""
    """Readings without time, arm and position, for a line that must be short; else the words."""


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """One question in two records; None where it was no question of that record."""

    question: str
    label: str
    first: Said | None
    second: Said | None
    how: AnswerHow
    derived: bool = False
    """Worked out of other answers, and never asked."""
    details: tuple[tuple[str, str, str], ...] = ()
    """What differs inside answers whose words are the same: (part, first, second)."""

    @property
    def differs(self) -> bool:
        return self.how in ANSWERS_DIFFER

    @property
    def positive(self) -> bool:
        return any(said is not None and said.positive for said in (self.first, self.second))

    @property
    def mirrored(self) -> AnswerPair:
        details = tuple((part, second, first) for part, first, second in self.details)
        how = _MIRRORED.get(self.how, self.how)
        return replace(self, first=self.second, second=self.first, how=how, details=details)


@dataclass(frozen=True, slots=True)
class ThemePairs:
    """A theme's questions in two records: what differs first, positives before the rest, then in form order."""

    theme: str
    title: str
    pairs: tuple[AnswerPair, ...]

    @property
    def differing(self) -> tuple[AnswerPair, ...]:
        return tuple(pair for pair in self.pairs if pair.differs)


@dataclass(frozen=True, slots=True)
class FramePart:
    """Something that two records were made under: pathway, content, profiles, choices, product."""

    name: str
    first: str
    second: str
    short: str = ""
    """What the second was made under, in a few words; empty where there is nothing to say."""

    @property
    def differs(self) -> bool:
        return self.first != self.second


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side. Nothing in it weighs one against the other."""

    frame: tuple[FramePart, ...]
    themes: tuple[ThemePairs, ...]
    items: tuple[ItemPair, ...]
    unread: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """In the first and in the second: questions whose answers are kept there and not evaluated."""

    @property
    def answers(self) -> tuple[AnswerPair, ...]:
        return tuple(pair for theme in self.themes for pair in theme.pairs)

    @property
    def differs(self) -> bool:
        """Whether an answer or an item differs."""
        return any(pair.differs for pair in self.answers) or any(pair.differs for pair in self.items)

    def count(self, how: str) -> int:
        """How many answers stand in one way to each other."""
        return sum(pair.how == how for pair in self.answers)


def compare(first: Json, second: Json) -> Comparison:
    """Two records' contents, as `screener.records.record.build` makes them, in pairs."""
    unread = [tuple(entry["question"] for entry in content.get("unread", ())) for content in (first, second)]
    return Comparison(
        frame=_frame(first, second),
        themes=_themes(first, second),
        items=pair_outcomes(outcomes_of(first), outcomes_of(second)),
        unread=(unread[0], unread[1]),
    )


# What they were made under


def _frame(first: Json, second: Json) -> tuple[FramePart, ...]:
    return tuple(FramePart(name, words(first), words(second), _SHORT[name](second)) for name, words in _FRAME.items())


def _profiles(content: Json) -> str:
    return "; ".join(f"{profile['title']} ({profile['version']})" for profile in content["profiles"])


def _content(content: Json) -> str:
    pack = content["pack"]
    return f"{pack['id']} {pack['version']} ({str(pack['hash'])[:12]})"


def _choices(content: Json) -> str:
    chosen = ((one["title"], WINDOW.word(one["option"])) for one in content["parameters"])
    return "; ".join(f"{title}: {option}" for title, option in chosen) or tr("none")


_FRAME: Mapping[str, Any] = {
    kept("Pathway"): lambda content: content["pathway"]["title"],
    kept("Content"): _content,
    kept("Profiles"): _profiles,
    kept("Clinic’s choices"): _choices,
    kept("Product"): lambda content: content["visit"]["product"] or tr("not recorded"),
}


_SHORT: Mapping[str, Any] = {
    "Pathway": lambda content: content["pathway"]["title"],
    "Content": lambda content: f"{content['pack']['id']} {content['pack']['version']}",
    "Profiles": lambda content: ", ".join(profile["title"] for profile in content["profiles"]),
    "Clinic’s choices": lambda content: ", ".join(
        f"{chosen['title']}: {chosen['option']}" for chosen in content["parameters"] if chosen["source"]
    ),
    "Product": lambda content: content["visit"]["product"],
}

# Answers


def _themes(first: Json, second: Json) -> tuple[ThemePairs, ...]:
    titles = {theme["id"]: theme["title"] for content in (first, second) for theme in content["themes"]}
    order = list(dict.fromkeys(theme["id"] for content in (second, first) for theme in content["themes"]))
    before, after = ({theme["id"]: theme for theme in content["themes"]} for content in (first, second))
    moved = _elsewhere(first), _elsewhere(second)
    return tuple(ThemePairs(name, titles[name], _pairs(before.get(name), after.get(name), *moved)) for name in order)


def _elsewhere(content: Json) -> Mapping[str, Json]:
    """Every question of a record, in whichever theme it stands."""
    return {question["id"]: question for theme in content["themes"] for question in theme["questions"]}


def _pairs(
    first: Json | None, second: Json | None, of_first: Mapping[str, Json], of_second: Mapping[str, Json]
) -> tuple[AnswerPair, ...]:
    """The questions of one theme; one that moved to another theme stands where the second record has it."""
    own = [question["id"] for question in (second["questions"] if second is not None else ())]
    gone = [q["id"] for q in (first["questions"] if first is not None else ()) if q["id"] not in of_second]
    made = [_pair(question, of_first, of_second) for question in (*own, *gone)]
    return tuple(sorted(made, key=_rank))


def _rank(pair: AnswerPair) -> int:
    if pair.differs:
        return 0 if pair.positive else 1
    return 2


def _pair(question: str, of_first: Mapping[str, Json], of_second: Mapping[str, Json]) -> AnswerPair:
    first, second = of_first.get(question), of_second.get(question)
    label = str((second or first or {})["label"])
    before, after = _said(first, of_first), _said(second, of_second)
    how = _how(first, second)
    alike = how == "changed" and before is not None and after is not None and before.words == after.words
    derived = (second or first or {})["kind"] == "derived"
    return AnswerPair(question, label, before, after, how, derived, _details(first, second) if alike else ())


def _said(question: Json | None, beside: Mapping[str, Json]) -> Said | None:
    if question is None:
        return None
    state = str(question["state"])
    words = answer_shown(question)
    hidden = question["hidden_because"]
    if question["kind"] == "derived":
        said = words or tr("not worked out")
        return Said(said, state, bool(words), brief=said)
    recorded = question["recorded"] is not None
    if hidden is not None:
        because = "; ".join(lines_shown(beside.values(), hidden)) or tr("of an earlier answer")
        said = tr("not shown, because {because}").format(because=because)
        if recorded:
            said += tr("; kept and not evaluated: {words}").format(words=words)
        return Said(said, state, recorded, brief=said)
    if state == State.DIFFERING:
        words = f"{words} ({WINDOW.word(STATE_WORDS[State.DIFFERING])})"
    said = words or WINDOW.word(STATE_WORDS[State(state)])
    brief = _IN_BRACKETS.sub("", said) if question["kind"] == "readings" else said
    return Said(said, state, recorded, bool(question["positive"]), _told(question), brief)


def _told(question: Json) -> str:
    accounts = question["recorded"]["accounts"] if question["recorded"] else []
    return "; ".join(
        ", ".join(part for part in (by_words(entry["by"], WINDOW), entry.get("note", "")) if part) for entry in accounts
    )


def _how(first: Json | None, second: Json | None) -> AnswerHow:
    before, after = _answer(first), _answer(second)
    if before is None or after is None:
        if before is after:
            return "nothing"
        return "added" if before is None else "removed"
    if before != after:
        return "changed"
    assert first is not None and second is not None
    return "same" if _telling(first) == _telling(second) else "told"


def _answer(question: Json | None) -> Any:
    """What was answered, as it is understood: of several accounts the one used, or all where none is. None: nothing."""
    if question is None:
        return None
    if question["kind"] == "derived":
        return question["words"] or None
    recorded = question["recorded"]
    if recorded is None:
        return None
    shown = question["hidden_because"] is None
    accounts = recorded["accounts"]
    used = next((entry for entry in accounts if entry["by"] == recorded.get("used")), None)
    said = sorted({_understood(question, entry) for entry in (accounts if used is None else [used])})
    # A figure is another one in another unit, and only the words name it.
    words = question["words"] if question["kind"] in _MEASURED and len(accounts) == 1 else ""
    return shown, said, words


def _telling(question: Json) -> Any:
    """By whom, with which notes and in which words."""
    recorded = question["recorded"] or {"accounts": [], "used": None}
    accounts = [[entry["by"], _understood(question, entry), entry.get("note", "")] for entry in recorded["accounts"]]
    return sorted(accounts), recorded.get("used"), question["words"]


def _understood(question: Json, entry: Json) -> str:
    value = entry.get("value")
    if question["kind"] in _MEASURED:
        value = _figures(value)
    elif question["kind"] == "choices" and isinstance(value, list):
        value = sorted(value)
    return json.dumps([entry.get("state"), value], sort_keys=True)


def _figures(value: Any) -> Any:
    """Figures as one spells them: 70, "70" and "70.0" are one."""
    match value:
        case bool() | None:
            return value
        case Mapping():
            return {name: _figures(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_figures(inner) for inner in value]
        case _ if _FIGURE.fullmatch(str(value)):
            figure = Decimal(str(value)).normalize()
            return format(figure, "f") if figure else "0"
        case _:
            return value


_NO_ANSWER = tr("not answered")


def _details(first: Json | None, second: Json | None) -> tuple[tuple[str, str, str], ...]:
    """The items of an instrument that differ, where both records hold one account of it."""
    before, after = _items(first), _items(second)
    if before is None or after is None:
        return ()
    names = list(dict.fromkeys([*after, *before]))
    found = ((name, before.get(name, _NO_ANSWER), after.get(name, _NO_ANSWER)) for name in names)
    return tuple(entry for entry in found if entry[1] != entry[2])


def _items(question: Json | None) -> dict[str, str] | None:
    if question is None or question["kind"] != "instrument" or not question["recorded"]:
        return None
    accounts = question["recorded"]["accounts"]
    value = accounts[0].get("value")
    if len(accounts) != 1 or not isinstance(value, Mapping):
        return None
    figures: Iterable[tuple[str, Any]] = dict(value.get("items") or {}).items()
    return {tr("item {name}").format(name=name): str(_figures(figure)) for name, figure in figures}
