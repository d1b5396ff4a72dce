"""A folder of signed records as a cohort: what each was answered with, under one pathway's rules of today."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from screener.forms.answering import Given, NotAnAnswer, doubts
from screener.forms.evaluation import RuleSet
from screener.language import tr
from screener.records import signed_file
from screener.records.cohort.coded import Coded
from screener.records.cohort.part import CellFinding, Part
from screener.records.cohort.told import NOTHING, Told
from screener.records.record import FORMAT
from screener.records.signed_file import NotASignedRecord, SignedFile
from screener.records.signed_files import Turn, in_folder, turn_of
from screener.records.sitting import questions_of
from screener.screening.answers import Recorded
from screener.text import WorldError

RECORDS_A_PART = 512
Fits = Callable[[SignedFile], bool]
"""Whether a record's signature fits what it signs: those who know keys say so."""
_SHAPE = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Opened:
    """Under what the records of a folder were made, most frequent first."""

    pathway: str
    profiles: tuple[str, ...]
    parameters: Mapping[str, str]
    records: int


def opened(folder: Path) -> list[Opened]:
    """The pathways of the records in a folder, with profiles and parameters. Raises WorldError where there are none."""
    files = in_folder(folder)
    found: dict[str, list[Any]] = {}
    for path in files:
        try:
            opening = _content(signed_file.of_path(path))["opening"]
            key = json.dumps([opening["pathway"], opening["profiles"], opening.get("parameters") or {}])
        except (WorldError, *_SHAPE):
            continue
        found.setdefault(key, []).append(path)
    if not found:
        said = tr("No record in {folder} can be read.").format(folder=folder)
        raise WorldError(said, tr("Run: screener verify FILE, for one of them."))
    return [
        Opened(pathway, tuple(profiles), parameters, len(paths))
        for (pathway, profiles, parameters), paths in sorted(
            ((json.loads(key), paths) for key, paths in found.items()), key=lambda pair: -len(pair[1])
        )
    ]


class _LeftOut(ValueError):  # noqa: N818 - it names what happened
    """Why a file is in no number."""

    def __init__(self, code: str, said: str, expected: str) -> None:
        super().__init__(said)
        self.code, self.expected = code, expected


class FolderReader:
    """Reads the records of a folder, part by part. Those that are left out are named, with why."""

    def __init__(self, folder: Path, rules: RuleSet, fits: Fits) -> None:
        self._files, self._rules, self._fits = in_folder(folder), rules, fits
        self._earlier: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        return len(self._files)

    def parts(self) -> Iterator[Part]:
        """All records, in the order of their files' names. A record's row is the number of its file.

        Of a screening that was signed in parts the latest counts: it holds all that was said before it.
        """
        self._earlier = self._earlier_parts()
        seen: dict[str, int] = {}
        for first in range(0, len(self._files), RECORDS_A_PART):
            yield self._part(first, self._files[first : first + RECORDS_A_PART], seen)

    def _earlier_parts(self) -> frozenset[str]:
        """The records of which another file holds a later part, as it was signed."""
        of_screening: dict[str, dict[str, tuple[Turn, Path]]] = {}
        for path in self._files:
            try:
                file = signed_file.of_path(path)
                turn = turn_of(file, _content(file))
            except (WorldError, *_SHAPE):
                continue
            of_screening.setdefault(file.record.screening, {}).setdefault(file.record.record, (turn, path))
        earlier: set[str] = set()
        for parts in of_screening.values():
            names = sorted(parts, key=lambda name: parts[name][0], reverse=True)
            fit = [name for name in names if len(names) > 1 and self._fits(signed_file.of_path(parts[name][1]))]
            earlier.update(fit[1:])
        return frozenset(earlier)

    def _part(self, first: int, files: list[Path], seen: dict[str, int]) -> Part:
        part = Part([], [], Coded.of(()), {}, done=first + len(files))
        answers: list[dict[str, Given]] = []
        days: list[date | None] = []
        for number, path in enumerate(files, start=first + 1):
            read = self._read(number, path, part, seen)
            if read is not None:
                day, given = read
                days.append(day)
                answers.append(given)
        part.days = Coded.of(days)
        asked = dict.fromkeys(name for given in answers for name in given)
        for name in asked:
            told = [NOTHING if name not in given else Told(given[name]) for given in answers]
            part.answers[name] = Coded(np.arange(len(told)), told)
        return part

    def _read(self, number: int, path: Path, part: Part, seen: dict[str, int]) -> tuple[date, dict[str, Given]] | None:
        """The day and the answers of one record; None, with a finding, where it is left out."""
        try:
            name, day, content = self._taken(path, seen)
            given = self._answers(number, name, content, part)
        except _LeftOut as why:
            part.noted.append(CellFinding(number, path.name, "", "", why.code, str(why), why.expected, False))
            return None
        except (NotASignedRecord, *_SHAPE) as wrong:
            said = wrong.said if isinstance(wrong, NotASignedRecord) else "it is not a whole record"
            expected = "a signed record as this program writes it"
            part.noted.append(CellFinding(number, path.name, "", "", "not-a-record", said, expected, False))
            return None
        seen[name] = number
        part.rows.append(number)
        part.ids.append(name)
        return day, given

    def _taken(self, path: Path, seen: Mapping[str, int]) -> tuple[str, date, Mapping[str, Any]]:
        file = signed_file.of_path(path)
        content = _content(file)
        if not self._fits(file):
            said = "a signature does not fit its content"
            raise _LeftOut("not-as-signed", said, "the record as it was signed")
        pathway, day = content["opening"]["pathway"], date.fromisoformat(content["visit"]["visit_date"])
        name = file.record.record
        if pathway != self._rules.pathway.id:
            raise _LeftOut("other-pathway", f"its pathway is {pathway}", f"a record of {self._rules.pathway.id}")
        if name in self._earlier:
            said = "another file holds a later part of its screening"
            raise _LeftOut("earlier-part", said, "of each screening the part that was signed last: it holds them all")
        if name in seen:
            said = f"the record stands in file {seen[name]} too"
            raise _LeftOut("id-twice", said, "each record once: the first was taken")
        return name, day, content

    def _answers(self, number: int, name: str, content: Mapping[str, Any], part: Part) -> dict[str, Given]:
        found: dict[str, Given] = {}
        troubles: list[CellFinding] = []
        for _, said in questions_of(content):
            question = self._rules.form.questions.get(said["id"])
            if not said["recorded"]:
                continue
            if question is None:
                expected = "a question of the pack on this pathway"
                troubles.append(
                    CellFinding(number, name, "", said["id"], "not-asked-here", "not asked here", expected, False)
                )
                continue
            try:
                given = found[question.id] = Recorded.from_json(question, said["recorded"]).given
            except NotAnAnswer as wrong:
                troubles.append(
                    CellFinding(number, name, "", question.id, wrong.code, str(wrong), wrong.suggestion, False)
                )
                continue
            day = date.fromisoformat(content["visit"]["visit_date"])
            for doubt in [] if given.value is None else doubts(question, given.value, day):
                hint = "look whether it is mistyped"
                troubles.append(CellFinding(number, name, "", question.id, "implausible", doubt, hint, True))
        part.noted += troubles
        return found


def _content(file: SignedFile) -> dict[str, Any]:
    content = json.loads(file.record.content)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("not a record of this version")
    return content
