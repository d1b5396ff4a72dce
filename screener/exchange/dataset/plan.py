"""Which columns a data set has, told from all of its lines; then each line as a row under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from screener.exchange.dataset.kinds import FORMS, Cells
from screener.exchange.dataset.line import Asked, Line
from screener.exchange.dataset.parts import ACCOUNTS, NOT_IN_FORM, NOT_READ, NOTE, STATE, Cell, Part, Type
from screener.forms.answering import NotAnAnswer
from screener.forms.model import Pack, Question
from screener.rules.values import Kind, State

ROW = "row"
NOT_RUN = "not_run"
OUTCOMES = (
    ("listed", "listed"),
    ("not_listed", "not listed on these answers"),
    ("not_established", "not established"),
    (NOT_RUN, "not among the rules of this screening"),
)
_TYPES: Mapping[str, Type] = {
    ROW: "whole", "incomplete": "flag", "amendments": "whole", "made_up": "flag", "drafts": "flag", "part": "whole",
    "part_is_last": "flag", "pathway": "code", "role": "code",
}  # fmt: skip
_TAKEN_OUT = (Kind.TEXT, Kind.TIME)
"""Kinds of which a redacted record keeps no value."""
_YEARS = (Kind.DATE, Kind.DATETIME)
_YES_OR_NO = (("1", "yes"), ("0", "no"))
_YEAR = Part("year", "whole", "The year alone", order=(1,))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of screenings. `of`: the question or rule that it is about; empty for the whole."""

    name: str
    part: Part
    of: str = ""
    asked: Asked | None = None


@dataclass(slots=True)
class Plan:
    """Is shown every line once, and knows then what columns there are.

    The same lines in the same order give the same columns.
    """

    pack: Pack
    redacted: bool = False
    lines: int = 0
    packs: dict[str, int] = field(default_factory=dict)
    pathways: dict[str, set[str]] = field(default_factory=dict)
    """Of each question the pathways on which it stood."""
    titles: dict[str, str] = field(default_factory=dict)
    """Of each pathway."""
    standing: str = ""
    not_read: int = 0
    """Answers that the content at hand does not read."""
    _head: dict[str, None] = field(default_factory=lambda: {ROW: None})
    _asked: dict[str, Asked] = field(default_factory=dict)
    _parts: dict[str, dict[str, Part]] = field(default_factory=dict)
    _rules: dict[str, Any] = field(default_factory=dict)
    _more: dict[str, set[str]] = field(default_factory=dict)
    _questions: dict[str, Question] = field(default_factory=dict)

    def show(self, line: Line) -> None:
        """Take a line into account."""
        self.lines += 1
        self.standing = line.standing_line
        self.packs[line.pack] = self.packs.get(line.pack, 0) + 1
        self.titles[line.pathway[0]] = line.pathway[1]
        self._head |= dict.fromkeys(line.head)
        for asked in line.questions.values():
            self._take(asked)
            self.pathways.setdefault(asked.id, set()).add(line.pathway[0])
        for outcome in line.outcomes.values():
            self._rules[outcome.rule] = outcome
            more = self._more.setdefault(outcome.rule, set())
            more |= {name for name in ("level", "response") if getattr(outcome, name)}

    def _take(self, asked: Asked) -> None:
        self._asked[asked.id] = asked
        parts = self._parts.get(asked.id)
        if parts is None:
            parts = self._parts[asked.id] = {part.name: part for part in self._fixed(asked)}
        if asked.accounts > 1:
            parts[ACCOUNTS.name] = ACCOUNTS
        if asked.notes:
            parts[NOTE.name] = NOTE
        cells, unread = self._cells(asked)
        self.not_read += unread
        for name in cells:
            if name not in parts:
                parts[name] = FORMS[asked.kind].part(self.question(asked), name)

    def _fixed(self, asked: Asked) -> tuple[Part, ...]:
        if self.redacted and asked.kind in _TAKEN_OUT:
            return (STATE,)
        if self.redacted and asked.kind in _YEARS:
            return (STATE, _YEAR)
        return (STATE, *FORMS[asked.kind].fixed(self.question(asked)))

    def _cells(self, asked: Asked) -> tuple[Cells, bool]:
        """What an answer puts into which part, and whether it could not be read."""
        if asked.state != State.ANSWERED or (self.redacted and asked.kind in _TAKEN_OUT):
            return {}, False
        try:
            if self.redacted and asked.kind in _YEARS:
                return {_YEAR.name: int(asked.raw)}, False
            return FORMS[asked.kind].cells(self.question(asked), asked.raw), False
        except (NotAnAnswer, ValueError, TypeError):
            return {}, True

    def question(self, asked: Asked) -> Question:
        """The question of the content, or, where it has none of this id and kind, one made of what the record says."""
        known = self.pack.questions.get(asked.id)
        if known is not None and known.kind == asked.kind:
            return known
        found = self._questions.get(asked.id)
        if found is None:
            found = self._questions[asked.id] = _stand_in(asked)
        return found

    # Columns and rows

    def columns(self) -> tuple[Column, ...]:
        """Every column, in the order of the table."""
        names = sorted(self._head, key=lambda name: name.startswith("parameter."))
        head = [Column(name, self._head_part(name)) for name in names]
        return (*head, *self._question_columns(), *self._rule_columns())

    def _head_part(self, name: str) -> Part:
        if name.startswith("parameter."):
            return Part("", "text", f"The clinic's choice: {name.removeprefix('parameter.')}")
        kind = _TYPES.get(name, "text")
        codes = tuple(sorted(self.titles.items())) if name == "pathway" else _YES_OR_NO if kind == "flag" else ()
        return Part("", kind, _HEAD_WORDS[name], codes)

    def _question_columns(self) -> Iterator[Column]:
        known = {question: place for place, question in enumerate(self.pack.questions)}
        for question in sorted(self._parts, key=lambda one: (known.get(one, len(known)), one)):
            for part in sorted(self._parts[question].values(), key=lambda part: part.order):
                yield Column(part.column(question), part, question, self._asked[question])

    def _rule_columns(self) -> Iterator[Column]:
        known = {rule: place for place, rule in enumerate(self.pack.rules)}
        for rule in sorted(self._rules, key=lambda one: (known.get(one, len(known)), one)):
            title = self._rules[rule].title
            yield Column(f"rule.{rule}", Part("", "code", f"{title}: outcome", OUTCOMES), rule)
            if "level" in self._more[rule]:
                yield Column(f"rule.{rule}.level", Part("level", "code", f"{title}: level that is met"), rule)
            if "response" in self._more[rule]:
                holds = f"{title}: the clinician's response that stands"
                yield Column(f"rule.{rule}.response", Part("response", "code", holds), rule)

    def row(self, number: int, line: Line, columns: Sequence[Column]) -> list[Cell]:
        """A line under these columns."""
        cells: dict[str, Cell] = {ROW: number, **line.head}
        for question, parts in self._parts.items():
            asked = line.questions.get(question)
            if asked is None:
                cells[STATE.column(question)] = NOT_IN_FORM
                continue
            found, unread = self._cells(asked)
            cells[STATE.column(question)] = NOT_READ if unread else asked.state
            for name, cell in found.items():
                cells[parts[name].column(question)] = cell
            if asked.accounts > 1:
                cells[ACCOUNTS.column(question)] = asked.accounts
            if asked.notes:
                cells[NOTE.column(question)] = asked.notes
        for rule in self._rules:
            outcome = line.outcomes.get(rule)
            cells[f"rule.{rule}"] = NOT_RUN if outcome is None else outcome.outcome
            if outcome is not None:
                cells[f"rule.{rule}.level"] = outcome.level or None
                cells[f"rule.{rule}.response"] = outcome.response or None
        return [cells.get(column.name) for column in columns]


def _stand_in(asked: Asked) -> Question:
    """Without options, unit or scoring: what the record alone tells of a question."""
    return Question.model_construct(
        id=asked.id, kind=asked.kind, text=asked.text, short=asked.label, parts=("systolic", "diastolic", "pulse")
    )


_HEAD_WORDS = {
    ROW: "Number of the row; the tables of one export are joined by it",
    "record": "Id of the record",
    "screening": "Id of the screening",
    "reference": "The patient's reference",
    "second_mark": "The clinic's second mark",
    "visit_date": "Day of the visit, for which intervals were worked out",
    "visit_year": "Year of the visit",
    "pathway": "Pathway",
    "profiles": "Profiles that held, parted by blanks",
    "product": "Product of the visit",
    "role": "Role of whoever recorded",
    "made_up": "Whether the patient is made up",
    "drafts": "Whether draft rules were evaluated",
    "pack": "Content that the record was made with",
    "pack_hash": "Hash of that content",
    "part": "Of a screening signed in parts, the number of the part that is told of here: the latest",
    "part_is_last": "Whether that part is the last one",
    "clinician": "Who recorded",
    "signed_at": "When it was signed",
    "signer": "Who signed",
    "incomplete": "Whether it was signed as incomplete",
    "incomplete_reason": "Why it was signed as incomplete",
    "amendments": "How many amendments were added; their texts are in the record",
}
