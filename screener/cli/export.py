"""`screener export`: signed records as FHIR Bundles, one after the other."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from screener.cli.output import EVALUATED, FAILED, say_error
from screener.exchange.fhir.bundle import SUFFIX, written
from screener.forms.model import Pack
from screener.records import signed_file
from screener.store.files import write_elsewhere
from screener.store.signing import verify_record
from screener.text import WorldError


@dataclass(frozen=True, slots=True)
class Job:
    """One record's file, and the file that is written of it."""

    record: Path
    out: Path


class _Content:
    """A pack that is opened once, and only where a record is there to be read with it."""

    def __init__(self, open_pack: Callable[[], Pack]) -> None:
        self._open = open_pack

    @cached_property
    def pack(self) -> Pack:
        return self._open()


def run(place: Path, out: Path, open_pack: Callable[[], Pack]) -> int:
    """Write a Bundle for a record, or for each record of a folder. What cannot be written is named, and the rest is."""
    jobs = _jobs(place, out)
    if not place.is_dir():
        _write(jobs[0], _Content(open_pack))
        return EVALUATED
    failed, pack = 0, _Content(open_pack)
    for job in _watched(jobs):
        try:
            _write(job, pack)
        except WorldError as wrong:
            failed += 1
            say_error(wrong)
    done = len(jobs) - failed
    sys.stderr.write(f"{done} of {len(jobs)} records written into {out}.\n")
    return FAILED if failed else EVALUATED


def _jobs(place: Path, out: Path) -> list[Job]:
    if not place.is_dir():
        if not place.exists():
            raise WorldError(f"{place} is not there.", "Check its name.")
        whole = out / f"{_stem(place)}{SUFFIX}" if out.is_dir() else out
        if whole.absolute() == place.absolute():
            raise WorldError(f"{place} is the record itself.", "Give another file behind --fhir.")
        return [Job(place, whole)]
    if out.exists() and not out.is_dir():
        raise WorldError(f"{out} is a file, and the Bundles of a folder need a folder.", "Give one behind --fhir.")
    found = sorted(path for path in place.iterdir() if path.name.endswith(signed_file.SUFFIX) and path.is_file())
    if not found:
        raise WorldError(
            f"{place} holds no signed record.", f"Their names end in {signed_file.SUFFIX}; the window writes them."
        )
    return [Job(path, out / f"{_stem(path)}{SUFFIX}") for path in found]


def _stem(path: Path) -> str:
    return path.name.removesuffix(signed_file.SUFFIX).removesuffix(".json")


def _watched(jobs: list[Job]) -> Iterable[Job]:
    """The jobs, with how far they are where somebody looks on."""
    return _with_progress(jobs) if sys.stderr.isatty() and len(jobs) > 1 else jobs


def _with_progress(jobs: list[Job]) -> Iterator[Job]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        yield from shown.track(jobs, description="Writing records")


def _write(job: Job, content: _Content) -> None:
    """One record, once every signature has been found to fit: no Bundle carries one that does not hold."""
    file = signed_file.of_path(job.record)
    if not all(verify_record(signed).unchanged for signed in (file.record, *file.amendments)):
        raise WorldError(f"A signature in {job.record} does not fit its content.", f"Run: screener verify {job.record}")
    try:
        made = written(file.record, file.amendments, content.pack)
    except WorldError as wrong:
        raise WorldError(f"{job.record}: {wrong.said}", wrong.next_step) from wrong
    _say_of_other_content(job.record, file.record.content, content.pack)
    write_elsewhere(job.out, [made])


def _say_of_other_content(record: Path, content: bytes, pack: Pack) -> None:
    made_with = json.loads(content)["pack"]
    if made_with["hash"] != pack.hash:
        sys.stderr.write(
            f"{record} was made with other content ({made_with['id']} {made_with['version']}): options and conditions "
            f"of its form are those of {pack.head.id} {pack.head.version}. Name its own content with --pack.\n"
        )
