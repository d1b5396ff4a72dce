"""A starting map for a table, from its header: questions suggested by the nearness of names, to be looked through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.forms.model import Pack, Pathway, Question
from screener.forms.visibility import asked_on
from screener.language import tr
from screener.records.cohort.dates import Dates
from screener.records.cohort.tables import Table, open_table
from screener.refusals import why
from screener.rules.values import Kind
from screener.text import WorldError

LOOKED_AT = 1000
"""Rows in which distinct texts of a column are looked for."""
_MOST_SEEN = 8
_LONGEST_SEEN = 12
_NEAR = 80
_IDS = ("id", "record_id", "patient_id", "subject_id", "seqn", "record", "patient", "subject")
_DAYS = ("visit_date", "visit", "date_of_visit", "visit_on", "date", "day")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


@dataclass(frozen=True, slots=True)
class Near:
    """A question whose name is near to that of a column, from 0 to 100."""

    column: str
    question: str
    nearness: int


def starting_map(table: Table, pack: Pack, pathway_id: str) -> str:
    """The map as YAML with remarks. What its codes stand for is left to a person who knows the table."""
    pathway = pack.pathway(pathway_id)
    asked = [question for question in pack.questions.values() if pathway_id in asked_on(pack, question)]
    found = suggestions(table.header, asked)
    first = _first(table)
    seen = _seen(first)
    name = _named_like(table.header, _IDS)
    day = _named_like(table.header, _DAYS)
    mapped = {near.column for near in found} | {one for one in (name, day) if one}
    lines = [
        f"# A starting map for {table.name}, made from its header. Questions were found by their names alone:",
        "# nobody has looked whether they mean the same. Look at each, correct it, take out what does not fit.",
        "# `screener questions` lists every question with its kind and options.",
        "",
        f"pathway: {pathway_id}",
        *_profiles(pathway),
        "parameters: {}  # a figure of the clinic with its option: pressure_limit: trial_150",
        "",
        f"id: {_scalar(name)}" if name else "# id: COLUMN  # names each record; the number of the row without it",
        _visit(day, first) if day else "visit: {day: 2026-01-01}  # or visit: COLUMN. Intervals are worked out for it",
        "# encoding: windows-1252  # of a text table that is not UTF-8",
        "# by: COLUMN              # parts the report",
        "# weight: COLUMN",
        "",
        "everywhere:  # codes that hold for every question with options that has none of its own of the kind",
        "  codes: {}       # {1: yes, 2: no}",
        "  not_known: []   # [9]",
        "  declined: []    # [7]",
        "  blank: not_asked",
        "",
        "answers:",
        *[line for near in found for line in _answer(near, pack.questions[near.question], seen)],
    ]
    if not found:
        lines += ["  # No column has a name near to that of a question.", "  {}"]
    rest = [column for column in table.header if column not in mapped]
    if rest:
        lines += ["", "# Columns that nothing reads yet:"]
        lines += [f"#   {_scalar(column)}{_seen_words(seen.get(column, ()))}" for column in rest]
    return "\n".join(lines) + "\n"


def write_starting_map(table: Path, out: Path, pack: Pack, pathway: str) -> None:
    """Write one into a file. Raises WorldError; a file that is there is never written over."""
    text = starting_map(open_table(table), pack, pathway)
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as wrong:
        said = tr("{file} is there already.").format(file=out)
        raise WorldError(said, tr("Choose another name: a map is never written over.")) from wrong
    except OSError as wrong:
        said = tr("{file} cannot be written: {why}.").format(file=out, why=why(wrong))
        raise WorldError(said, tr("Choose another place.")) from wrong


def suggestions(header: Sequence[str], asked: Sequence[Question]) -> list[Near]:
    """The nearest question for each column where one is near, each question once, in the order of the columns."""
    from rapidfuzz import fuzz, process

    names = {question.id: _plain(question.id) for question in asked if question.kind is not Kind.DERIVED}
    names |= {f"{q.id}\0": _plain(q.label) for q in asked if q.kind is not Kind.DERIVED and len(q.label) < 40}
    names |= {f"{one}\0\0": _plain(one.partition(".")[2]) for one in list(names) if "\0" not in one}
    best: dict[str, Near] = {}
    for column in header:
        near = process.extractOne(_plain(column), names, scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near is None:
            continue
        question = str(near[2]).rstrip("\0")
        one = Near(column, question, int(near[1]))
        if question not in best or best[question].nearness < one.nearness:
            best[question] = one
    order = {column: place for place, column in enumerate(header)}
    return sorted(best.values(), key=lambda one: order[one.column])


def _plain(name: str) -> str:
    parted = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    return re.sub(r"[\W_]+", " ", parted).strip().casefold()


def _named_like(header: Sequence[str], known: Sequence[str]) -> str:
    by_name = {re.sub(r"\W+", "_", column).strip("_").casefold(): column for column in reversed(header)}
    return next((by_name[name] for name in known if name in by_name), "")


def _profiles(pathway: Pathway) -> Iterator[str]:
    needed = [options for options in pathway.needed if "general" not in options]
    yield f"profiles: [{', '.join(options[0] for options in needed)}]"
    for options in needed:
        if len(options) > 1:
            yield f"# {pathway.id} needs one of: {', '.join(options)}"


def _visit(column: str, first: Mapping[str, Iterable[str]]) -> str:
    """The column of the visit's day. What is not written as 2026-03-05 needs its format, which nobody guesses."""
    written = next((" ".join(text.split()) for text in first[column] if text.strip()), "")
    line = f"visit: {_scalar(column)}"
    if not written or Dates().read(written) is not None:
        return line
    format_ = f"{{column: {_scalar(column)}, format: DD.MM.YYYY}}"
    return f"{line}  # seen: {written[:_LONGEST_SEEN]}; say how it is written: {format_}"


def _first(table: Table) -> Mapping[str, Iterable[str]]:
    """The texts of the first rows."""
    return next(iter(table.pieces(table.header, LOOKED_AT))).cells


def _seen(first: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """The distinct texts of the first rows, of columns that have few and short ones."""
    found: dict[str, tuple[str, ...]] = {}
    for column, texts in first.items():
        distinct = sorted({text.strip() for text in texts})
        if len(distinct) <= _MOST_SEEN and all(len(text) <= _LONGEST_SEEN for text in distinct):
            found[column] = tuple(distinct)
    return found


def _seen_words(texts: Sequence[str]) -> str:
    said = [text for text in texts if text]
    if not said:
        return ""
    return f"  # seen: {', '.join(' '.join(text.split()) for text in said)}" + (", and blanks" if "" in texts else "")


def _answer(near: Near, question: Question, seen: Mapping[str, Sequence[str]]) -> Iterator[str]:
    texts = seen.get(near.column, ())
    label = " ".join(question.label.split())
    yield f"  {question.id}:  # {label} ({question.kind}); the names are near by {near.nearness} of 100"
    column = _scalar(near.column)
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            yield f"    column: {column}{_seen_words(texts)}"
            yield f"    codes: {{}}  # each code with one of: {', '.join(question.option_ids)}"
        case Kind.CHOICES:
            yield f"    column: {column}{_seen_words(texts)}"
            yield f'    separator: ";"  # or tick: {{{question.option_ids[0]}: COLUMN}}, one column an option'
            yield f"    codes: {{}}  # each code with one of: {', '.join(question.option_ids)}; [] for none of these"
        case Kind.NUMBER:
            yield f"    column: {column}{_seen_words(texts)}"
            others = f"; also {', '.join(question.units)}" if question.units else ""
            yield f"    unit: {_scalar(question.unit)}  # of the column{others}" if question.unit else "    # no unit"
        case Kind.DATE | Kind.DATETIME:
            yield f"    column: {column}"
            yield "    # format: DD.MM.YYYY  # as 2026-03-05 without it"
        case Kind.READINGS:
            parts = ", ".join(
                f"{part}: {column if not place else 'COLUMN'}" for place, part in enumerate(question.parts)
            )
            yield f"    readings: [{{{parts}}}]  # up to as many as there are columns; phase: before"
        case Kind.INSTRUMENT:
            yield f'    total: {column}  # or items: {{"1": COLUMN}}'
        case Kind.MEDICINES:
            yield f"    medicines: {{columns: [{{name: {column}}}]}}"
            yield "    # or medicines: {table: {file: MEDICINES.csv, id: COLUMN, name: COLUMN}}"
        case _:
            yield f"    column: {column}"


def _scalar(text: str) -> str:
    """A text as YAML reads it back."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
