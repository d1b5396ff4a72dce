"""The other engines: what each is called, the ways in which the rules are written for it, and what it reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

from tests.benchmarks.handwritten import NAMES, Record
from tests.benchmarks.others import fhirpath, jsonlogic, meaning, zen
from tests.benchmarks.others.answers import as_json, as_resource


class Run(Protocol):
    """Compiled rules in the order of NAMES."""

    def take(self, data: dict[str, Any]) -> Any: ...
    def run(self, data: Any) -> Any: ...
    def said(self, data: dict[str, Any]) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write the rules for one engine; `knows_unknown` where it claims the third value."""

    name: str
    module: str
    rules: dict[str, Any]
    knows_unknown: bool
    data: Callable[[Record], dict[str, Any]]
    made: Callable[[Sequence[Any]], Run]

    def compiled(self) -> Run:
        """The rules, ready to be run."""
        return self.made([self.rules[name] for name in NAMES])


def ways() -> list[Way]:
    """Every way there is, whether or not its engine is installed."""
    rules, logic, expressions = meaning.rules(), jsonlogic.JsonLogic(), zen.Zen()

    def each(write: Callable[[meaning.Meant], Any]) -> dict[str, Any]:
        return {name: write(meant) for name, meant in rules.items()}

    logic_is, zen_is = ("datalogic_py", as_json, jsonlogic.Run), ("zen", as_json, zen.Run)
    return [
        _way("datalogic-py (JsonLogic), written plainly", logic_is, each(logic.plain), False),
        _way("datalogic-py (JsonLogic), every gap tested for by hand", logic_is, each(logic.kleene), True),
        _way("zen-engine (ZEN), written plainly", zen_is, each(expressions.plain), False),
        _way("zen-engine (ZEN), every gap tested for by hand", zen_is, each(expressions.kleene), True),
        _way("fhirpathpy (FHIRPath)", ("fhirpathpy", as_resource, fhirpath.Run), each(fhirpath.rule), True),
    ]


def _way(name: str, engine: tuple[str, Any, Any], rules: dict[str, Any], knows_unknown: bool) -> Way:
    module, data, made = engine
    return Way(name, module, rules, knows_unknown, data, made)


def installed(way: Way) -> bool:
    """Whether its engine can be imported."""
    return find_spec(way.module) is not None
