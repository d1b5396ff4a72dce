"""The closed set of expression nodes, as frozen pydantic models in one union told apart by their leading key."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PlainSerializer, Tag, model_validator

_FIGURE = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
_DURATION = re.compile(r"^(\d{1,6}) (min|h|d|wk|mo|a)$", re.ASCII)
_HALF_LIVES = re.compile(r"^(\d{1,2}) half-lives$", re.ASCII)
_FIRST_MOMENT = datetime.combine(date.min, time.min)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as sources write it: a whole number of min, h, d, wk, mo or a (calendar months and years)."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: object) -> Duration:
        if isinstance(text, cls):
            return text
        match = _DURATION.match(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"{text!r} is not a length of time: write it as 30 min, 2 h, 90 d, 6 wk, 3 mo or 1 a")
        return cls(int(match[1]), match[2])

    @property
    def of_days(self) -> bool:
        """Counted in whole days or more, so that a day without an hour is enough."""
        return self.unit not in ("min", "h")

    def before(self, day: date) -> date:
        """The first day still inside `within`, counted back from `day`; months and years clamp to the month's end.

        A length that reaches back beyond the calendar ends at its first day.
        """
        if self.unit in ("d", "wk"):
            days = self.count * (7 if self.unit == "wk" else 1)
            return date.fromordinal(max(day.toordinal() - days, date.min.toordinal()))
        months = self.count * (12 if self.unit == "a" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
        if year < date.min.year:
            return date.min
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def before_moment(self, moment: datetime) -> datetime:
        """The earliest moment still inside, for lengths in minutes or hours; never before the calendar's first."""
        length = timedelta(minutes=self.count * (60 if self.unit == "h" else 1))
        return moment - length if moment - _FIRST_MOMENT > length else _FIRST_MOMENT

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


@dataclass(frozen=True, slots=True)
class HalfLives:
    """A length of time that depends on the medicine: so many of its half-lives."""

    count: int

    def __str__(self) -> str:
        return f"{self.count} half-lives"


def _window(text: object) -> Duration | HalfLives:
    """A length of time, or `5 half-lives`."""
    if isinstance(text, HalfLives):
        return text
    match = _HALF_LIVES.match(text) if isinstance(text, str) else None
    return Duration.parse(text) if match is None else HalfLives(int(match[1]))


def _exact(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("write the number as text or a whole number: floats are not exact")
    return value


Exact = Annotated[Decimal, BeforeValidator(_exact)]
Length = Annotated[Duration, BeforeValidator(Duration.parse), PlainSerializer(str, when_used="json")]
Window = Annotated[Duration | HalfLives, BeforeValidator(_window), PlainSerializer(str, when_used="json")]


def _figure(value: object) -> object:
    """A figure written as text (as JSON keeps exact numbers) is a figure; any other text names a question."""
    return Decimal(value) if isinstance(value, str) and _FIGURE.match(value) else _exact(value)


FigureOrQuestion = Annotated[Decimal | str, BeforeValidator(_figure)]


class Node(BaseModel):
    """What every node shares: frozen, nothing extra, arbitrary small value types inside."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True)

    def children(self) -> tuple[Expression, ...]:
        """The nodes inside this one."""
        return ()


class ParameterRef(Node):
    """A figure that the clinic chose: `{parameter: pressure_limit.systolic}`."""

    parameter: str

    @property
    def id(self) -> str:
        return self.parameter.rpartition(".")[0]

    @property
    def part(self) -> str:
        return self.parameter.rpartition(".")[2]


Limit = Exact | ParameterRef

Comparison = Literal["above", "at_least", "at_most", "below"]
COMPARISONS: tuple[Comparison, ...] = ("above", "at_least", "at_most", "below")


def _given(node: BaseModel, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(node, name) is not None]


class Bounds(Node):
    """One figure to be over, under or at; a node that takes a figure takes exactly one of these."""

    above: Limit | None = None
    at_least: Limit | None = None
    at_most: Limit | None = None
    below: Limit | None = None

    @property
    def comparison(self) -> Comparison | None:
        """Which of the four is written, or None."""
        return next((name for name in COMPARISONS if getattr(self, name) is not None), None)

    @property
    def limit(self) -> Limit:
        """The figure that is written; only to be asked when `comparison` is not None."""
        found = self.comparison
        assert found is not None
        limit: Limit = getattr(self, found)
        return limit


_TESTS = ("is_", "one_of", "between", "within", "older_than", "after", *COMPARISONS)


class Ask(Bounds):
    """A test of one question: `{ask: heart.mi_on, within: 6 wk}`."""

    ask: str
    is_: str | None = Field(None, alias="is")
    one_of: tuple[str, ...] | None = None
    between: tuple[Exact, Exact] | None = None
    within: Length | None = None
    older_than: Length | None = None
    after: Literal["visit"] | None = None
    """Whether a date lies after the day of the visit: no event can, so it is mistyped."""
    before: str | None = None
    unit: str | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Ask:
        tests = _given(self, _TESTS)
        if len(tests) != 1:
            raise ValueError(
                "one test is needed: is, one_of, above, at_least, at_most, below, between, within, older_than or after"
                + (f" (found {', '.join(t.rstrip('_') for t in tests)})" if tests else "")
            )
        if self.before is not None and self.within is None and self.older_than is None:
            raise ValueError("`before` goes with `within` or `older_than`")
        if self.between is not None and self.between[0] > self.between[1]:
            raise ValueError("`between` needs the smaller figure first")
        return self

    @property
    def test(self) -> str:
        """The name of the test that is written, as in YAML."""
        return _given(self, _TESTS)[0].rstrip("_")


class All(Node):
    """YES when each part is."""

    all: tuple[Expression, ...] = Field(min_length=1)

    def children(self) -> tuple[Expression, ...]:
        return self.all


class Any_(Node):  # noqa: N801 - Any is taken by typing
    """YES when one part is."""

    any: tuple[Expression, ...] = Field(min_length=1)

    def children(self) -> tuple[Expression, ...]:
        return self.any


class Not(Node):
    """YES when its part is NO."""

    not_: Expression = Field(alias="not")

    def children(self) -> tuple[Expression, ...]:
        return (self.not_,)


class CountOf(Node):
    at_least: int = Field(ge=1)
    of: tuple[Expression, ...] = Field(min_length=2)


class Count(Node):
    """YES when at least so many parts are: `{count: {at_least: 2, of: [...]}}`."""

    count: CountOf

    def children(self) -> tuple[Expression, ...]:
        return self.count.of


class Compare(Node):
    """Two questions against each other, or their difference against a figure.

    `{compare: a, at_least: b}` · `{compare: a, above: b, times: 4}`
    `{compare: a, minus: b, at_least: 40, unit: "mm[Hg]"}`
    """

    compare: str
    minus: str | None = None
    times: int | None = Field(None, ge=1)
    unit: str | None = None
    above: FigureOrQuestion | None = None
    at_least: FigureOrQuestion | None = None
    at_most: FigureOrQuestion | None = None
    below: FigureOrQuestion | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Compare:
        if len(_given(self, COMPARISONS)) != 1:
            raise ValueError("one of above, at_least, at_most or below is needed")
        figure = not isinstance(self.limit, str)
        if figure != (self.minus is not None):
            raise ValueError("with `minus` write a figure; without it, the question to compare with")
        return self

    @property
    def comparison(self) -> Comparison:
        return next(name for name in COMPARISONS if getattr(self, name) is not None)

    @property
    def limit(self) -> Decimal | str:
        limit: Decimal | str = getattr(self, self.comparison)
        return limit


Part = Literal["systolic", "diastolic", "pulse", "pulse_pressure"]
"""What a reading holds, and pulse pressure (systolic less diastolic), which only a reading with both has."""
STATISTICS = ("mean", "last", "highest", "any", "spread")
WITHOUT_FIGURE = ("zero", "count")
"""What of readings is asked without a figure beside it: whether one was typed as 0, and how many there are."""


class PartTest(Bounds):
    """A test of one value inside one reading."""

    @model_validator(mode="after")
    def _one_test(self) -> PartTest:
        if self.comparison is None:
            raise ValueError("one of above, at_least, at_most or below is needed")
        return self


class ReadingsCount(Node):
    """How many readings: `{below: 2}`, or how many of a kind: `{at_least: 3, of: {systolic: {at_least: 140}}}`."""

    at_least: int | None = Field(None, ge=1)
    below: int | None = Field(None, ge=1)
    of: dict[Part, PartTest] | None = None
    on: Literal["different days"] | None = None

    @model_validator(mode="after")
    def _one_test(self) -> ReadingsCount:
        if (self.at_least is None) == (self.below is None):
            raise ValueError("one of at_least or below is needed")
        if self.of is not None and len(self.of) != 1:
            raise ValueError("`of` tests one part: systolic, diastolic or pulse")
        return self


class OfReadings(Bounds):
    """A statistic of repeated readings: `{readings: bp, phase: before, mean: systolic, above: 140, unit: "mm[Hg]"}`.

    A pressure of 0 is no value to any of them but `zero`, which is YES where one was typed: `{readings: bp, zero:
    systolic}`.
    """

    readings: str
    phase: str | None = None
    mean: Part | None = None
    last: Part | None = None
    highest: Part | None = None
    any: Part | None = None
    spread: Part | None = None
    zero: Literal["systolic", "diastolic", "pulse"] | None = None
    count: ReadingsCount | None = None
    unit: str | None = None

    @model_validator(mode="after")
    def _one_test(self) -> OfReadings:
        found = _given(self, (*STATISTICS, *WITHOUT_FIGURE))
        if len(found) != 1:
            raise ValueError("one of mean, last, highest, any, spread, zero or count is needed")
        if (found[0] in WITHOUT_FIGURE) != (self.comparison is None):
            statistics = ", ".join(STATISTICS)
            raise ValueError(f"{statistics} need above, at_least, at_most or below; zero takes none, count has its own")
        return self

    @property
    def statistic(self) -> str:
        return _given(self, (*STATISTICS, *WITHOUT_FIGURE))[0]

    @property
    def part(self) -> Part:
        part: Part = getattr(self, self.statistic)
        return part


class Missing(Node):
    """YES while a question that is shown is not asked or to come back to; only in rules of class completeness."""

    missing: str


class AccountsDiffer(Node):
    """YES while several accounts of a question differ and none is named as used; only in rules of tier check."""

    accounts_differ: str


def _several(value: object) -> object:
    """One name may be written without brackets."""
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]
Route = Literal[
    "oral", "sublingual", "buccal", "nasal", "inhaled", "transdermal", "injection", "rectal", "eye", "ear", "skin",
    "vaginal", "implant",
]  # fmt: skip
"""The ways a medicine is given."""
ROUTES: tuple[str, ...] = get_args(Route)
MEDICINES = "medicines.list"
"""The question that `takes` reads where none is named."""


class Selector(Node):
    """Which medicines are meant: of a class, by their name, any at all, or those that the dictionary does not hold."""

    class_: Names | None = Field(None, alias="class")
    substance: Names | None = None
    any: Literal[True] | None = None
    unrecognised: Literal[True] | None = None
    route: Annotated[tuple[Route, ...], BeforeValidator(_several), Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Selector:
        named = _given(self, ("class_", "substance"))
        if bool(named) + len(_given(self, ("any", "unrecognised"))) != 1:
            raise ValueError("`takes` names a class or a substance, or says any: true or unrecognised: true")
        if self.route is not None and not named:
            raise ValueError("`route` goes with `class` or `substance`")
        return self


class Takes(Node):
    """A test of the medicines list: `{takes: {class: maoi}, within: 14 d, before: visit.dose_on}`.

    Without `within`: what is taken now.
    """

    takes: Selector
    within: Window | None = None
    before: str | None = None
    in_: str = Field(MEDICINES, alias="in")

    @model_validator(mode="after")
    def _before_with_within(self) -> Takes:
        if self.before is not None and self.within is None:
            raise ValueError("`before` goes with `within`")
        return self


class Score(Bounds):
    """A test of an instrument: `{score: mood.phq9, at_least: 10}`, of another `part` of it, or of one `item`."""

    score: str
    part: str | None = None
    item: str | None = None
    between: tuple[Exact, Exact] | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Score:
        if len(_given(self, ("between", *COMPARISONS))) != 1:
            raise ValueError("one of above, at_least, at_most, below or between is needed")
        if self.part is not None and self.item is not None:
            raise ValueError("name a part or an item, not both")
        return self

    def limits(self) -> tuple[Decimal, ...]:
        """The figures that are written."""
        if self.between is not None:
            return self.between
        return (self.limit,) if isinstance(self.limit, Decimal) else ()


# `readings` comes first: its nodes may hold `any` and `count` as statistics.
LEADING_KEYS = (
    "readings", "ask", "takes", "score", "compare", "missing", "accounts_differ", "all", "any", "not", "count",
)  # fmt: skip


def _leading_key(value: Any) -> str | None:
    if isinstance(value, Node):
        fields = {name.rstrip("_") for name in type(value).model_fields}
        return next(key for key in LEADING_KEYS if key in fields)
    if isinstance(value, dict):
        return next((key for key in LEADING_KEYS if key in value), None)
    return None


Expression = Annotated[
    Annotated[Ask, Tag("ask")]
    | Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Count, Tag("count")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[OfReadings, Tag("readings")]
    | Annotated[Takes, Tag("takes")]
    | Annotated[Score, Tag("score")]
    | Annotated[Missing, Tag("missing")]
    | Annotated[AccountsDiffer, Tag("accounts_differ")],
    Discriminator(_leading_key),
]

for _model in (All, Any_, Not, CountOf, Count):
    _model.model_rebuild()


def walk(node: Node) -> Iterator[Node]:
    """This node and every node inside it, in writing order."""
    yield node
    for child in node.children():
        yield from walk(child)


def questions_read(node: Node) -> list[str]:
    """Every mention of a question below this node, repeated as often as it is written."""
    found: list[str] = []
    for part in walk(node):
        match part:
            case Ask():
                found += [part.ask] + ([part.before] if part.before else [])
            case Compare():
                found += [part.compare] + [q for q in (part.minus, part.limit) if isinstance(q, str)]
            case OfReadings():
                found.append(part.readings)
            case Takes():
                found += [part.in_] + ([part.before] if part.before else [])
            case Score():
                found.append(part.score)
            case Missing():
                found.append(part.missing)
            case AccountsDiffer():
                found.append(part.accounts_differ)
            case _:
                pass
    return found


def parameters_read(node: Node) -> list[ParameterRef]:
    """Every parameter mentioned below this node."""
    limits = (part.limit for part in walk(node) if isinstance(part, Bounds) and part.comparison is not None)
    return [limit for limit in limits if isinstance(limit, ParameterRef)]


def of_the_visit(node: Node) -> bool:
    """Whether a single test reads the day of the visit: time counted back from it, or readings told apart by day."""
    match node:
        case Ask():
            return node.before is None and node.test in ("within", "older_than", "after")
        case OfReadings():
            return node.count is not None and node.count.on is not None
        case Takes():
            return node.within is not None and node.before is None
        case _:
            return False
