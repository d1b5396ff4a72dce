"""What the browser shows of a table that somebody loaded, as values; the table itself is kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from screener.forms.model import Pack, Rule
from screener.language import tr
from screener.rules.expressions import parameters_read

if TYPE_CHECKING:
    from screener.records.cohort.asking import Counted

NOTHING, SHIPPED, PACK, LIMIT = "", "shipped", "pack", "limit:"
"""What a table is compared under: nothing else, the shipped pack, a chosen one, an option of a parameter."""
LISTED, NOT_ESTABLISHED, NOT_LISTED = 2, 1, 0
"""The places of the outcomes in a row of counts. What counts is heavy, and is loaded when somebody counts."""
INSIDE = tr("Tables are looked at in Rules and sources, outside a screening.")


@dataclass(frozen=True, slots=True)
class InTable:
    """Which table is looked at, how far it is, and what came of it under the content that is open."""

    pack: Pack | None = None
    own: bool = False
    """The content is not what the program comes with: the two can be compared."""
    table: Path | None = None
    map: Path | None = None
    by: str | None = None
    """The column that parts the numbers; None: the one that the map names."""
    beside: str = NOTHING
    other: Path | None = None
    """The folder of the pack that it is compared with, where one was chosen."""
    working: str = ""
    """What is being done, while something is."""
    share: float | None = None
    problem: str = ""
    said: str = ""
    counted: Counted | None = None
    why: str = ""
    """Why no table is looked at here, where none is."""

    @property
    def stopped(self) -> bool:
        """Whether a finding of the map keeps it from being counted."""
        return self.counted is not None and self.counted.shown is None


def limit(parameter: str, option: str) -> str:
    """An option of a parameter, as something to compare under."""
    return f"{LIMIT}{parameter}={option}"


def limit_of(beside: str) -> tuple[str, str]:
    """The parameter and the option in it."""
    name, _, option = beside.removeprefix(LIMIT).partition("=")
    return name, option


def limits(pack: Pack, names: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """Options of parameters in words, with what compares under them; `names`: of these alone."""
    return [
        (f"{parameter.title}: {option.label}", limit(name, option.id))
        for name, parameter in pack.parameters.items()
        if names is None or name in names
        for option in parameter.options
    ]


def parameters_of(rule: Rule) -> list[str]:
    """The parameters that a rule reads."""
    return list(dict.fromkeys(ref.id for node in rule.conditions() for ref in parameters_read(node)))


def beside_words(state: InTable) -> str:
    """What the records are compared under."""
    match state.beside:
        case "":
            return ""
        case "shipped":
            return tr("the shipped content")
        case "pack":
            return tr("the pack in {folder}").format(folder=state.other.name if state.other is not None else "")
        case _:
            assert state.pack is not None
            return {value: words for words, value in limits(state.pack)}.get(state.beside, "")
