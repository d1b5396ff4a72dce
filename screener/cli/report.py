"""`screener report`: a file of answers, or a record, as a PDF, as plain text, as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from screener.cli.evaluate import read
from screener.cli.given import Input
from screener.cli.output import EVALUATED, STOPPED, pack_stamp, print_findings
from screener.cli.source import read_text
from screener.clock import Clock
from screener.forms.answering import informant
from screener.forms.model import Pack
from screener.records import signed_file
from screener.records.document import Document
from screener.records.record import FORMAT, build
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.text import WorldError

Paper = Literal["a4", "letter"]
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file of answers does not say, and the head of a report needs."""

    reference: str
    clinician: str
    role: str
    product: str


@dataclass(frozen=True, slots=True)
class Out:
    """The files that a report is written into, each in its form."""

    pdf: Path | None
    text: Path | None = None
    html: Path | None = None
    paper: Paper = "a4"

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.pdf, self.text, self.html) if path is not None)


def run(open_pack: Callable[[], Pack], name: str, out: Out, heading: Heading, clock: Clock) -> int:
    """Write the report of one file; returns the exit code. The pack is opened only where answers are evaluated."""
    record = _record(name)
    if record is not None:
        _print_record(name, out, record)
        return EVALUATED
    pack = open_pack()
    _, checked = read(pack, name, clock)
    print_findings([finding.to_json() for finding in checked.findings])
    if checked.visit is None:
        return STOPPED
    content = _without_moments(build(session(pack, checked.visit, heading, clock)))
    _write(out, *_document(_OfFile(content)))
    return EVALUATED


@dataclass(frozen=True, slots=True)
class _OfFile:
    """What a report is made of: the content, its signature where it has one, and what was added to it."""

    content: Json
    signature: Json | None = None
    amendments: tuple[Json, ...] = ()


def _record(name: str) -> _OfFile | None:
    """The content and signature of a record's file, or None where the file holds answers."""
    if not name.endswith(".json"):
        return None
    try:
        raw = json.loads(read_text(name))
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    if raw.get("format") == signed_file.FORMAT:
        return _signed_file(name)
    if isinstance(raw.get("content"), str) and isinstance(raw.get("signature"), dict):
        return _signed(name, raw["content"], raw["signature"])
    return _OfFile(_of_this_version(name, raw)) if "format" in raw else None


def _of_this_version(name: str, content: Any) -> Json:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise WorldError(
            f"{name} is no record that this version of Screener reads.", "Open it with the version that wrote it."
        )
    return content


def _signed_file(name: str) -> _OfFile:
    """A record with its amendments, once every signature has been found to fit."""
    from screener.records.amendment import printed
    from screener.store.signing import verify_record

    file = signed_file.of_path(Path(name))
    checked = [verify_record(signed) for signed in (file.record, *file.amendments)]
    if not all(one.unchanged for one in checked):
        raise WorldError(f"A signature in {name} does not fit its content.", f"Run: screener verify {name}")
    signature = file.record.signature
    said = {"signer": signature.signer, "signed_at": signature.signed_at}
    content = _of_this_version(name, json.loads(file.record.content))
    added = tuple(printed(one) for one in file.amendments)
    return _OfFile(content, said | {"fingerprint": checked[0].fingerprint, "checked": checked[0].sentence}, added)


def _signed(name: str, content: str, signature: Json) -> _OfFile:
    """A signed record, once its signature has been found to fit: no report says "signed" on a file's word alone."""
    from screener.records.browse import Signature, SignedRecord
    from screener.store.signing import verify_record

    damaged = WorldError(f"The signature in {name} does not fit its content.", "Export the record again.")
    try:
        claimed = Signature(**{part.name: str(signature[part.name]) for part in fields(Signature)})
        checked = verify_record(SignedRecord("", "", content.encode(), claimed))
        # Read before the signature is judged: whoever signs a record can sign what is none.
        raw = json.loads(content) if checked.unchanged else None
    except (KeyError, ValueError, RecursionError) as wrong:
        raise damaged from wrong
    if not checked.unchanged:
        raise damaged
    said = {"signer": claimed.signer, "signed_at": claimed.signed_at}
    read = _of_this_version(name, raw)
    return _OfFile(read, said | {"fingerprint": checked.fingerprint, "checked": checked.sentence})


def _print_record(name: str, out: Out, read: _OfFile) -> None:
    try:
        document, made_at = _document(read)
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as wrong:
        # Only here is a fault of shape the world's: the content came from a file that anybody could have changed.
        raise WorldError(f"{name} is not a whole record.", "Export the record again.") from wrong
    _write(out, document, made_at)


def _without_moments(content: dict[str, Any]) -> dict[str, Any]:
    """The content without the times at which this command read the file: nobody answered then."""
    for question in (question for theme in content["themes"] for question in theme["questions"]):
        for account in (question["recorded"] or {"accounts": ()})["accounts"]:
            account["at"] = ""
    content["opening"]["begun_at"] = ""
    return content


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


def _document(read: _OfFile) -> tuple[Document, datetime]:
    from screener.exchange.report import report

    made_at = datetime.fromisoformat(read.content["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("the moment knows no offset")
    return report(read.content, read.signature, read.amendments), made_at


def _write(out: Out, document: Document, made_at: datetime) -> None:
    """All of them or none."""
    from screener.store.files import write_together

    for path in out.files:
        if not path.absolute().parent.is_dir():
            raise WorldError(f"{path} cannot be written: there is no such folder.", "Choose another place.")
    write_together([(path, [content]) for path, content in _made(out, document, made_at)])


def _made(out: Out, document: Document, made_at: datetime) -> Iterator[tuple[Path, bytes]]:
    if out.pdf is not None:
        from screener.exchange.pdf import render_pdf

        paper: Final = "us-letter" if out.paper == "letter" else "a4"
        yield out.pdf, render_pdf(document, paper=paper, made_at=made_at)
    if out.text is not None:
        from screener.exchange.plain import render_text

        yield out.text, render_text(document).encode("utf-8")
    if out.html is not None:
        from screener.exchange.html import render_html

        yield out.html, render_html(document).encode("utf-8")
