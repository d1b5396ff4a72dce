"""A folder of signed records as a cohort: the outcomes that were sealed; what does not belong is named and left out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screener.forms.model import Pack
from screener.records import signed_file
from screener.records.browse import Signature, SignedRecord
from screener.records.cohort.cohort import Step, count, open_cohort
from screener.records.cohort.outcomes import WORDS
from screener.records.outcomes import outcomes_of
from screener.records.record import canonical
from screener.records.signed_file import SignedFile
from screener.text import WorldError
from tests.records.sittings import sealed
from tests.screening.test_session_machine import PACK

SIGNATURE = Signature("Clinician A", "a2V5", "ab12 cd34", "2026-11-23T10:31:00+00:00", "dmFsdWU=")
ANSWERS: tuple[dict[str, Any], ...] = (
    {"heart.mi": "yes", "heart.mi_on": "2026-11-01", "heart.bleed": "no"},
    {"heart.mi": "no", "heart.kinds": ["a"], "heart.bleed": {"state": "declined"}},
    {"heart.bleed": {"accounts": {"patient": "no", "spouse": "yes"}}},
    {},
)


def file(folder: Path, name: str, content: dict[str, Any]) -> Path:
    record = SignedRecord(name, f"s-{name}", canonical(content), SIGNATURE, None, b"{}")
    path = folder / f"{name}{signed_file.SUFFIX}"
    path.write_bytes(signed_file.written(SignedFile(record)))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, answers in enumerate(ANSWERS):
        file(tmp_path, f"r{number}", sealed(answers, day=f"2026-11-2{number}"))
    return tmp_path


def run(folder: Path, pack: Pack = PACK, mapping: Path | None = None, **more: Any) -> list[Step]:
    found = open_cohort(pack, folder, mapping, **more)
    assert found.cohort is not None, found.findings
    steps: list[Step] = []
    count(found.cohort, each=steps.append)
    return steps


def test_records_come_to_what_they_were_sealed_with(folder: Path) -> None:
    (step,) = run(folder)
    found = open_cohort(PACK, folder, None).cohort
    assert found is not None
    assert step.part.ids == ["r0", "r1", "r2", "r3"] and step.part.findings == []
    assert [*step.part.days] == [date(2026, 11, day) for day in (20, 21, 22, 23)]
    for place, answers in enumerate(ANSWERS):
        was = outcomes_of(sealed(answers, day=f"2026-11-2{place}"))
        for number, rule in enumerate(found.rules.rules):
            outcome = was.get(rule)
            assert outcome is not None and WORDS[step.came.outcome[number, place]] == outcome.outcome, (rule, place)


def test_what_is_not_as_signed_or_no_record_is_named_and_left_out(folder: Path) -> None:
    (folder / f"broken{signed_file.SUFFIX}").write_text("{")
    other = sealed({}) | {}
    other["opening"] = {**other["opening"], "pathway": "kap"}
    file(folder, "elsewhere", other)
    mapping = folder / "map.yaml"
    mapping.write_text("pathway: esketamine-clinic\nprofiles: [clinic]\n")
    (step,) = run(folder, mapping=mapping, fits=lambda one: one.record.record != "r1")
    assert step.part.ids == ["r0", "r2", "r3"]
    assert [(one.code, one.id.partition(".")[0]) for one in step.part.findings] == [
        ("not-a-record", "broken"), ("other-pathway", "elsewhere"), ("not-as-signed", "r1"),
    ]  # fmt: skip


def test_a_record_that_lies_there_twice_counts_once(folder: Path) -> None:
    (folder / "copies").mkdir()
    (folder / "copies" / f"r0{signed_file.SUFFIX}").write_bytes((folder / f"r0{signed_file.SUFFIX}").read_bytes())
    (step,) = run(folder)
    assert sorted(step.part.ids) == ["r0", "r1", "r2", "r3"]
    assert [one.code for one in step.part.findings] == ["id-twice"]


def test_a_screening_that_was_signed_in_parts_counts_once_as_its_latest_part_says(folder: Path) -> None:
    for number, answers in ((1, {"heart.bleed": "no"}), (2, {"heart.bleed": "yes"}), (3, {"heart.bleed": "no"})):
        content = sealed(answers) | {"part": {"number": number, "last": number == 3, "earlier": []}}
        path = file(folder, f"part{4 - number}", content)
        path.write_bytes(path.read_bytes().replace(f"s-part{4 - number}".encode(), b"s-parts"))
    (step,) = run(folder, fits=lambda one: one.record.record != "part1")
    assert step.part.ids == ["part2", "r0", "r1", "r2", "r3"]
    bleed = step.part.answers["heart.bleed"][0].given
    assert bleed is not None and bleed.value == "yes"
    assert [(one.code, one.id.partition(".")[0]) for one in step.part.findings] == [
        ("not-as-signed", "part1"), ("earlier-part", "part3"),
    ]  # fmt: skip


def test_records_under_different_rules_need_a_map_that_names_them(folder: Path) -> None:
    content = sealed({})
    content["opening"] = {**content["opening"], "profiles": ["general"]}
    file(folder, "other", content)
    found = open_cohort(PACK, folder, None)
    assert found.cohort is None and "different rules" in found.findings[0].message
    mapping = folder / "map.yaml"
    mapping.write_text(f"pathway: {content['opening']['pathway']}\nprofiles: [clinic]\n")
    (step,) = run(folder, mapping=mapping)
    assert len(step.part) == 5


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="holds no signed record"):
        open_cohort(PACK, tmp_path, None)
    (tmp_path / f"x{signed_file.SUFFIX}").write_text(json.dumps({"format": "x"}))
    with pytest.raises(WorldError, match="No record in"):
        open_cohort(PACK, tmp_path, None)
