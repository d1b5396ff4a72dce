"""`screener report`: a file of answers, or a record, as a PDF."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from screener.cli.evaluate import read
from screener.cli.given import Input
from screener.cli.output import EVALUATED, STOPPED, pack_stamp, print_findings
from screener.cli.source import read_text
from screener.clock import Clock
from screener.forms.answering import informant
from screener.forms.model import Pack
from screener.records.record import FORMAT, build
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.text import WorldError

Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file of answers does not say, and the head of a report needs."""

    reference: str
    clinician: str
    role: str
    product: str


def run(open_pack: Callable[[], Pack], name: str, out: Path, paper: Paper, heading: Heading, clock: Clock) -> int:
    """Write the report of one file; returns the exit code. The pack is opened only where answers are evaluated."""
    record = _record(name)
    if record is not None:
        _write(out, *record, paper)
        return EVALUATED
    pack = open_pack()
    _, checked = read(pack, name, clock)
    print_findings([finding.to_json() for finding in checked.findings])
    if checked.visit is None:
        return STOPPED
    _write(out, build(session(pack, checked.visit, heading, clock)), None, paper)
    return EVALUATED


def _record(name: str) -> tuple[Mapping[str, Any], Mapping[str, Any] | None] | None:
    """The content and signature of a record's file, or None where the file holds answers."""
    if not name.endswith(".json"):
        return None
    try:
        raw = json.loads(read_text(name))
    except ValueError:
        return None
    if not isinstance(raw, dict):
        return None
    if raw.get("format") == FORMAT:
        return raw, None
    if isinstance(raw.get("content"), str) and isinstance(raw.get("signature"), dict):
        return _signed(name, raw["content"], raw["signature"])
    return None


def _signed(name: str, content: str, signature: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """A signed record, once its signature has been found to fit: no report says "signed" on a file's word alone."""
    import base64

    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signature["public_key"]))
        key.verify(base64.b64decode(signature["value"]), content.encode())
        return json.loads(content), signature
    except (InvalidSignature, ValueError, KeyError, TypeError) as wrong:
        raise WorldError(f"The signature in {name} does not fit its content.", "Export the record again.") from wrong


def session(pack: Pack, visit: Input, heading: Heading, clock: Clock) -> Session:
    """The visit as a screening that nobody has responded to or signed."""
    stamp = PackStamp(**pack_stamp(pack))
    opening = Opening(
        reference=heading.reference,
        pathway=visit.rules.pathway.id,
        profiles=visit.rules.profiles,
        visit_date=visit.day.isoformat(),
        clinician=heading.clinician,
        role=heading.role,
        begun_at=clock.now().isoformat(timespec="seconds"),
        pack=stamp,
        product=heading.product,
        parameters=visit.rules.parameters,
    )
    made = Session(pack, opening, clock)
    for question_id, raw in visit.raw_answers.items():
        _record_answer(made, question_id, raw)
    return made


def _record_answer(made: Session, question_id: str, raw: Any) -> None:
    if not (isinstance(raw, Mapping) and "accounts" in raw):
        stated = raw if isinstance(raw, Mapping) and "state" in raw else {}
        made.answer(question_id, raw, by=informant(raw), note=stated.get("note"))
        return
    for account in raw["accounts"]:
        said = account["value"] if "value" in account else {"state": account["state"]}
        made.answer(question_id, said, by=account["by"], note=account.get("note"))
    if raw.get("used") is not None:
        made.use_account(question_id, raw["used"])


def _write(out: Path, content: Mapping[str, Any], signature: Mapping[str, Any] | None, paper: Paper) -> None:
    from screener.exchange.pdf import render_pdf
    from screener.exchange.report import report

    made_at = datetime.fromisoformat(content["made_at"])
    printed = render_pdf(report(content, signature), paper="us-letter" if paper == "letter" else "a4", made_at=made_at)
    try:
        out.write_bytes(printed)
    except OSError as wrong:
        raise WorldError(f"{out} cannot be written: {wrong.strerror}.", "Choose another file with --out.") from wrong
