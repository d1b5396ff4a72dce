"""What `screener export` says, and every text of the Bundles that it writes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest

from screener.exchange.fhir.bundle import SUFFIX
from screener.records import signed_file
from screener.records.signed_file import SignedFile, written
from tests.exchange.fhir.made import amendment, at_random, sealed, signed
from tests.store.places import PASSPHRASE
from tests.store.places import made as vault_at
from tests.ui.desks import shipped
from tests.ui.walk.reader import Reader


class Run(Protocol):
    def __call__(self, state: str, *arguments: str) -> None: ...


def walk_exports(run: Run, reader: Reader, folder: Path) -> None:
    """A record of every pathway written, and what is no record, was changed, or has nowhere to go."""
    records, out = folder / "records", folder / "bundles"
    records.mkdir()
    for number, pathway in enumerate(shipped().pathways):
        made = signed(at_random(pathway.id, number), pathway.id)
        _put(records, pathway.id, SignedFile(made, (amendment(pathway.id),)))
    run("a folder of records", "export", str(records), "--fhir", str(out))
    for file in sorted(out.glob(f"*{SUFFIX}")):
        reader.note("FHIR Bundle", file.name.removesuffix(SUFFIX), texts_of(json.loads(file.read_bytes())))
    _wrong(run, records, folder)


def _put(folder: Path, name: str, file: SignedFile) -> Path:
    path = folder / f"{name}{signed_file.SUFFIX}"
    path.write_bytes(written(file))
    return path


def _wrong(run: Run, records: Path, folder: Path) -> None:
    made = signed(at_random("kap", 1))
    content = json.loads(made.content)
    other = sealed(json.dumps({**content, "pack": {**content["pack"], "hash": "1" * 64}}).encode())
    (folder / "empty").mkdir()
    whole = _put(records, "kap", SignedFile(made))
    for state, place, out in (
        ("one record", whole, folder / "one.json"),
        ("of other content", _put(folder, "other", SignedFile(other)), folder / "one.json"),
        ("changed", _put(folder, "changed", SignedFile(replace(made, content=b"{}"))), folder / "one.json"),
        ("no whole record", _put(folder, "half", SignedFile(sealed(b"{}"))), folder / "one.json"),
        ("nothing there", folder / "nowhere", folder / "one.json"),
        ("a folder without records", folder / "empty", folder / "one"),
        ("a file for a folder", records, whole),
        ("the record itself", whole, whole),
    ):
        run(state, "export", str(place), "--fhir", str(out))
    with vault_at(folder / "vault")[0]:
        pass
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\n".encode())))
        run("a vault without records", "export", str(folder / "vault"), "--fhir", str(folder / "none"))


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a Bundle but what is encoded; a strength is a source's own word, and is read with what it is."""
    match value:
        case {"url": "strength", "valueString": str(text)}:
            yield f'"strength": {text}'
        case {"resourceType": "Binary"}:
            pass
        case dict():
            for inner in value.values():
                yield from texts_of(inner)
        case list():
            for inner in value:
                yield from texts_of(inner)
        case str():
            yield value
