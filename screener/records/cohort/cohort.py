"""A cohort as one thing: a table or a folder with its map, its rules, and what comes of counting it.

opened = open_cohort(pack, table, map_path)
result = count(opened.cohort)
shown(result.burden)          # what may be shown of it: small numbers hidden
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from screener.forms.evaluation import RuleSet
from screener.forms.findings import Code, Finding, Place, nearest
from screener.forms.model import Pack
from screener.records.cohort.against import Changed, Comparing, Comparison
from screener.records.cohort.burden import Burden, Counting
from screener.records.cohort.files import MapRead, medicine_headers, read_map, table_of
from screener.records.cohort.outcomes import Came, Evaluator
from screener.records.cohort.part import CohortReader, Part
from screener.records.cohort.plan import Plan, plan
from screener.records.cohort.signed import Fits, FolderReader, opened


class Reads(Protocol):
    """What gives a cohort's records, part by part. `size` is what `Part.done` comes to at the end."""

    @property
    def size(self) -> int: ...

    def parts(self) -> Iterator[Part]: ...


@dataclass(frozen=True)
class Cohort:
    """Records to be read, and the rules that are run over them."""

    name: str
    rules: RuleSet
    reader: Reads
    by: str = ""
    weight: str = ""
    plan: Plan | None = None
    """How a table is read; a folder of records needs none."""


@dataclass(slots=True)
class Opened:
    """A cohort, unless a finding of its map stops it, and every finding."""

    cohort: Cohort | None
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes before what the map says: parameters, the column that parts the report, draft rules.

    `at_once`: so many rows of a table are read and evaluated together; None: as suits its kind of file.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    by: str | None = None
    drafts: bool = False
    at_once: int | None = None


def open_cohort(
    pack: Pack, table: Path, map_path: Path | None, asked: Asked | None = None, fits: Fits | None = None
) -> Opened:
    """Open a table with its map, or a folder of signed records, where a map may name the pathway alone.

    `fits` says whether a record's signature fits. Raises WorldError where a file cannot be read.
    """
    wanted = asked or Asked()
    read = None if map_path is None else read_map(map_path)
    if read is not None and read.map is None:
        return Opened(None, read.findings)
    if table.is_dir():
        return _folder(pack, table, read, wanted, fits or (lambda _: True))
    if read is None or map_path is None:
        hint = f"write one with: screener cohort {table.name} --new-map MAP.yaml"
        return Opened(None, [Finding(Code.MISSING_FILE, Place(table.name), "a table needs a map", hint)])
    return _table(pack, table, read, map_path.parent, wanted)


def _table(pack: Pack, path: Path, read: MapRead, folder: Path, asked: Asked) -> Opened:
    assert read.map is not None
    table = table_of(path, read.map)
    others = medicine_headers(read, folder)
    unknown = unknown_parameters(pack, asked.parameters)
    made = plan(
        read.read, read.map, pack, table.header,
        parameters=asked.parameters, by=asked.by, drafts=asked.drafts, medicine_headers=others,
    )  # fmt: skip
    findings = [*read.findings, *unknown, *made.findings]
    if made.plan is None or any(finding.stops for finding in findings):
        return Opened(None, findings)
    by = "" if made.plan.by is None else made.plan.by.column
    reader = CohortReader(made.plan, table, folder, asked.at_once)
    return Opened(Cohort(path.name, made.plan.rules, reader, by, read.map.weight or "", made.plan), findings)


def _folder(pack: Pack, folder: Path, read: MapRead | None, asked: Asked, fits: Fits) -> Opened:
    found = opened(folder)
    first = found[0]
    mapped = None if read is None else read.map
    pathway = first.pathway if mapped is None else mapped.pathway
    profiles = first.profiles if mapped is None else mapped.profiles
    parameters = first.parameters if mapped is None else mapped.parameters
    findings = unknown_parameters(pack, {**parameters, **asked.parameters})
    place = Place(folder.name) if read is None else read.read.place(("pathway",))
    ids = [one.id for one in pack.pathways]
    if pathway not in ids:
        said = f"{pathway!r} is no pathway of this pack"
        findings.append(Finding(Code.UNKNOWN_PATHWAY, place, said, nearest(pathway, ids)))
    for name in profiles:
        known = [profile.id for profile in pack.profiles]
        if name not in known:
            said = f"{name!r} is no profile of this pack"
            findings.append(Finding(Code.UNKNOWN_PROFILE, place, said, nearest(name, known)))
    if mapped is None and len(found) > 1:
        others = "; ".join(f"{one.records} under {one.pathway} with {', '.join(one.profiles)}" for one in found)
        hint = "a map with `pathway` and `profiles` says which rules are run"
        findings.append(
            Finding(Code.MISSING_KEY, place, f"the records were made under different rules: {others}", hint)
        )
    if asked.by is not None:
        findings.append(Finding(Code.UNKNOWN_COLUMN, place, "signed records have no columns to part the report by"))
    if any(finding.stops for finding in findings):
        return Opened(None, findings)
    rules = RuleSet(pack, pathway, profiles, {**parameters, **asked.parameters}, drafts=asked.drafts)
    return Opened(Cohort(folder.name, rules, FolderReader(folder, rules, fits)), findings)


def unknown_parameters(pack: Pack, chosen: Mapping[str, str]) -> list[Finding]:
    """Parameters that were asked for and that the pack does not have."""
    found: list[Finding] = []
    for name, option in chosen.items():
        place = Place(f"{name}={option}")
        known = pack.parameters.get(name)
        if known is None:
            said = f"{name!r} is no parameter of this pack"
            found.append(Finding(Code.UNKNOWN_PARAMETER, place, said, nearest(name, pack.parameters)))
        elif known.option(option) is None:
            said = f"{option!r} is no option of {name}"
            hint = nearest(option, [one.id for one in known.options])
            found.append(Finding(Code.UNKNOWN_OPTION, place, said, hint))
    return found


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a cohort, as values; with another rule set, what changes under it."""

    burden: Burden
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What is handed on after each part of the table: to be written, and to tell how far it is."""

    part: Part
    came: Came
    changed: Sequence[Changed]
    done: int
    of: int


def count(cohort: Cohort, other: Cohort | None = None, each: Callable[[Step], None] | None = None) -> Result:
    """Read, evaluate and count a whole cohort; with `other`, the same records under other rules.

    `each` hears of every part; what it raises ends the counting.
    """
    counting = Counting(cohort.rules, by=cohort.by, weight=cohort.weight)
    comparing = None if other is None else Comparing(cohort.rules, other.rules, (_named(cohort), _named(other)))
    evaluator, beside_it = Evaluator(cohort.rules), None if other is None else Evaluator(other.rules)
    for part, beside in _parts(cohort, other):
        came = evaluator.outcomes(part)
        counting.add(part, came)
        changed: tuple[Changed, ...] = ()
        if comparing is not None and beside_it is not None:
            changed = tuple(comparing.add(part, came, beside_it.outcomes(beside)))
        if each is not None:
            each(Step(part, came, changed, part.done, cohort.reader.size))
    return Result(counting.burden(), None if comparing is None else comparing.comparison())


def _parts(cohort: Cohort, other: Cohort | None) -> Iterator[tuple[Part, Part]]:
    """The parts of a cohort, and the same records as another pack reads them: its questions may be other ones."""
    if other is None or other.reader is cohort.reader or other.rules.pack is cohort.rules.pack:
        for part in cohort.reader.parts():
            yield part, part
        return
    yield from zip(cohort.reader.parts(), other.reader.parts(), strict=True)


def _named(cohort: Cohort) -> str:
    """What tells a rule set apart: its pack, and the options that the clinic chose."""
    head = cohort.rules.pack.head
    chosen = [f"{name}={option}" for name, option in cohort.rules.parameters.items()]
    return " ".join([f"{head.id} {head.version}", *([f"({', '.join(chosen)})"] if chosen else [])])
