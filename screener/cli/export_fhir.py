"""`screener export --fhir`: signed records as FHIR Bundles, one after the other, out of files or out of a vault."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from screener.cli import vaults
from screener.cli.output import EVALUATED, FAILED, say_error
from screener.exchange.fhir.bundle import SUFFIX, written
from screener.forms.model import Pack
from screener.records import signed_file
from screener.records.browse import RecordLine
from screener.records.signed_file import SignedFile
from screener.records.signed_files import in_folder
from screener.store.files import write_elsewhere
from screener.store.signing import is_as_signed
from screener.store.vault import Vault, exists
from screener.text import WorldError

_NO_NAME = re.compile(r"[^\w .,()+-]+")
"""What a reference may hold and a file's name had better not."""


@dataclass(frozen=True, slots=True)
class Job:
    """One record: what it is called, how it is read, and the file that is written of it."""

    name: str
    out: Path
    read: Callable[[], SignedFile]


class _Content:
    """A pack that is opened once, and only where a record is there to be read with it."""

    def __init__(self, open_pack: Callable[[], Pack]) -> None:
        self._open = open_pack

    @cached_property
    def pack(self) -> Pack:
        return self._open()


def run(place: Path, out: Path, open_pack: Callable[[], Pack], account: str = "") -> int:
    """Write a Bundle for a record, or for each record of a folder or a vault.

    Of several records what cannot be written is named, and the rest is written.
    """
    content = _Content(open_pack)
    if not place.is_dir():
        _write(_job(place, out), content)
        return EVALUATED
    if out.exists() and not out.is_dir():
        raise WorldError(f"{out} is a file, and the Bundles of a folder need a folder.", "Give one behind --fhir.")
    if not exists(place):
        return _all(_files(place, out), out, content)
    with vaults.opened(place, vaults.asked_for(place, account), account) as vault:
        return _all(_records(vault, place, out), out, content)


def _all(jobs: list[Job], out: Path, content: _Content) -> int:
    failed = 0
    for job in _watched(jobs):
        try:
            _write(job, content)
        except WorldError as wrong:
            failed += 1
            say_error(wrong)
    sys.stderr.write(f"{len(jobs) - failed} of {len(jobs)} records written into {out}.\n")
    return FAILED if failed else EVALUATED


# --- which records ----------------------------------------------------------------------------------------------------


def _job(place: Path, out: Path) -> Job:
    if not place.exists():
        raise WorldError(f"{place} is not there.", "Check its name.")
    whole = out / f"{_stem(place)}{SUFFIX}" if out.is_dir() else out
    if whole.absolute() == place.absolute():
        raise WorldError(f"{place} is the record itself.", "Give another file behind --fhir.")
    return Job(str(place), whole, partial(signed_file.of_path, place))


def _files(place: Path, out: Path) -> list[Job]:
    """A job for each file in a folder and below it; the Bundles lie below `out` as the files do below `place`."""
    return [
        Job(
            str(path),
            out / path.parent.relative_to(place) / f"{_stem(path)}{SUFFIX}",
            partial(signed_file.of_path, path),
        )
        for path in in_folder(place)
    ]


def _stem(path: Path) -> str:
    return path.name.removesuffix(signed_file.SUFFIX).removesuffix(".json")


def _records(vault: Vault, place: Path, out: Path) -> list[Job]:
    """Every record, oldest first; only what each is called is held in memory."""
    lines = list(reversed(vault.shelf.records()))
    if not lines:
        raise WorldError(f"The records in {place} hold no signed one yet.", "Sign one first.")
    return [Job(line.record, out / _name_of(line), partial(_taken_out, vault, line.record)) for line in lines]


def _name_of(line: RecordLine) -> str:
    return f"{_NO_NAME.sub('-', line.reference)} {line.visit_date} {line.record}{SUFFIX}"


def _taken_out(vault: Vault, record: str) -> SignedFile:
    """The line in the audit log comes first; an account that may not write records into files is refused there."""
    vault.shelf.note_export(record, "fhir")
    return SignedFile(vault.shelf.record(record), tuple(vault.shelf.amendments(record)))


# --- writing ----------------------------------------------------------------------------------------------------------


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
    file = job.read()
    if not is_as_signed(file):
        raise WorldError(f"A signature in {job.name} does not fit its content.", "Look with: screener verify")
    try:
        made = written(file.record, file.amendments, content.pack)
    except WorldError as wrong:
        raise WorldError(f"{job.name}: {wrong.said}", wrong.next_step) from wrong
    _say_of_other_content(job.name, file.record.content, content.pack)
    write_elsewhere(job.out, [made])


def _say_of_other_content(name: str, content: bytes, pack: Pack) -> None:
    made_with = json.loads(content)["pack"]
    if made_with["hash"] != pack.hash:
        sys.stderr.write(
            f"{name} was made with other content ({made_with['id']} {made_with['version']}): options and conditions "
            f"of its form are those of {pack.head.id} {pack.head.version}. Name its own content with --pack.\n"
        )
