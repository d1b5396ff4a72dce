"""The map of a table: which of its columns become which questions, and what its codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from screener.forms.content import Content, Text

StateWord = Literal["not_asked", "not_known", "declined", "come_back"]


def _as_text(value: Any) -> Any:
    """A column or a code may be written as a number: `7` is the text that stands in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None or isinstance(value, str | list | dict) else str(value)


def _as_list(value: Any) -> Any:
    """One code may stand without brackets."""
    return value if value is None or isinstance(value, list | tuple | dict) else [value]


def _as_column(value: Any) -> Any:
    """`question: COLUMN` is short for `question: {column: COLUMN}`."""
    return value if value is None or isinstance(value, list | dict) else {"column": value}


Column = Annotated[Text, BeforeValidator(_as_text)]
Cell = Annotated[str, BeforeValidator(_as_text)]
Cells = Annotated[tuple[Cell, ...], BeforeValidator(_as_list)]
Formats = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]


class Codes(Content):
    """What texts in cells stand for. `blank`: what an empty cell says; nothing but a word here makes it an answer."""

    codes: Mapping[str, Any] = Field(default_factory=dict)
    """Each code of the table with the option, or the figure, that it stands for."""
    not_known: Cells = ()
    declined: Cells = ()
    come_back: Cells = ()
    not_asked: Cells = ()
    """Codes that say so, such as a dot."""
    blank: StateWord | None = None
    """`not_asked` when absent."""
    blank_as: Any = None
    """An answer that a blank stands for, where the table was made so; counted and named in every report."""


class ReadingColumns(Content):
    """The columns of one reading."""

    systolic: Column | None = None
    diastolic: Column | None = None
    pulse: Column | None = None
    phase: Literal["screening", "before", "about_40_min", "leaving"] | None = None
    at: Column | None = None

    @property
    def parts(self) -> dict[str, str]:
        named = {"systolic": self.systolic, "diastolic": self.diastolic, "pulse": self.pulse, "at": self.at}
        return {part: column for part, column in named.items() if column is not None}


class Told(Content):
    """Codes of a column that say something by themselves: that there is none."""

    column: Column
    is_: Annotated[Cells, Field(alias="is", min_length=1)]


class MedicineColumns(Content):
    """The columns of one medicine."""

    name: Column
    route: Column | None = None
    use: Column | None = None
    dose: Column | None = None
    started: Column | None = None
    last_taken: Column | None = None

    @property
    def parts(self) -> dict[str, str]:
        names = ("name", "route", "use", "dose", "started", "last_taken")
        named = {part: getattr(self, part) for part in names}
        return {part: column for part, column in named.items() if column is not None}


class MedicineTable(MedicineColumns):
    """Another table with one medicine a row, told apart by the column `id`."""

    file: Text
    """From the folder of the map on."""
    id: Column
    encoding: str = ""


class MedicineMap(Content):
    """Where medicines stand: in columns of the record, in another table, or as columns that ask after one each."""

    columns: tuple[MedicineColumns, ...] = ()
    table: MedicineTable | None = None
    used: Mapping[str, Column] = Field(default_factory=dict)
    """Names of medicines, each with the column that says whether it is used."""
    taken: Cells = ()
    not_taken: Cells = ()
    none: Told | None = None
    """Codes that say: no medicines. Without them an empty list is not asked, never none."""
    whole: bool | None = None
    """Whether the columns tell of every medicine; when absent they do, but for `used`."""
    routes: Mapping[str, str] = Field(default_factory=dict)
    uses: Mapping[str, Literal["current", "stopped", "not_known"]] = Field(default_factory=dict)
    route_is: str | None = None
    """The route of every entry that has no column for it."""
    use_is: Literal["current", "stopped", "not_known"] | None = None
    format: Formats = ()
    between: Formats = (" / ", " + ", ";", "+", "/", " and ", ", ")
    """What may stand between two medicines in one cell. A name that the dictionary knows whole is never parted."""


class Answer(Codes):
    """What one question is answered from: exactly one of `column`, `tick`, `readings`, `items`, `medicines`, `always`.

    An instrument may have `items`, `total` and `scores` together.
    """

    column: Column | None = None
    unit: str = ""
    """The unit of the column where it is another than the question's."""
    format: Formats = ()
    """How dates are written, such as DD.MM.YYYY; as 2026-03-05 when absent."""
    separator: str = ""
    """Between several options in one cell."""
    tick: Mapping[str, Column] = Field(default_factory=dict)
    """Of a question with several options: each option with the column that says whether it holds."""
    ticked: Cells = ()
    not_ticked: Cells = ()
    readings: tuple[ReadingColumns, ...] = ()
    none_taken: Told | None = None
    items: Mapping[str, Column] = Field(default_factory=dict)
    total: Column | None = None
    scores: Mapping[str, Column] = Field(default_factory=dict)
    medicines: MedicineMap | None = None
    always: Any = None
    """One answer for every record."""

    @property
    def ways(self) -> tuple[str, ...]:
        """Which of the ways it uses."""
        several = {"tick": self.tick, "readings": self.readings, "medicines": self.medicines}
        found = [name for name, given in {"column": self.column, **several, "always": self.always}.items() if given]
        return (*found, *(("items",) if self.items or self.total or self.scores else ()))


class Visit(Content):
    """The day of each visit: a column, or one day for all."""

    column: Column | None = None
    format: Formats = ()
    day: str | None = None


class By(Content):
    """A column by which the report is parted, and what its codes are called."""

    column: Column
    labels: Mapping[str, str] = Field(default_factory=dict)

    def named(self, text: str) -> str:
        """What the group of a cell is called."""
        return self.labels.get(text.strip(), text.strip()) or "(blank)"


class Everywhere(Codes):
    """Codes that hold for every question with options that has none of its own of the kind."""


class CohortMap(Content):
    """A whole map, as it stands in one file."""

    pathway: Text
    profiles: tuple[str, ...] = ()
    parameters: Mapping[str, str] = Field(default_factory=dict)
    id: Column | None = None
    """The column that names each record; the number of the row when absent."""
    visit: Annotated[Visit | None, BeforeValidator(_as_column)] = None
    """Of a folder of records each says its own, as it says its answers."""
    encoding: str = ""
    """Of a text table: utf-8 when absent."""
    separator: str = ""
    """Between the cells of a text table: by its ending when absent."""
    decimal: Literal[".", ","] = "."
    tiny_is_zero: bool = False
    """The file went through a SAS transport file, which writes 0 as 5.4e-79."""
    repeats: Literal["each", "latest", "earliest"] = "each"
    """Of several rows with one id: every one counts, or the last or first by the day of its visit."""
    by: Annotated[By | None, BeforeValidator(_as_column)] = None
    weight: Column | None = None
    everywhere: Everywhere = Everywhere()
    answers: Mapping[str, Annotated[Answer, BeforeValidator(_as_column)]] = Field(default_factory=dict)
