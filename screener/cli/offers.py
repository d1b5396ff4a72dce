"""`screener offers`: what a patient's file offers to a screening, and what of it cannot be used. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from screener.cli.findings import number
from screener.cli.output import EVALUATED, STOPPED, pack_stamp, print_findings, print_json
from screener.clock import Clock
from screener.exchange.fhir import incoming
from screener.exchange.fhir.incoming import Incoming
from screener.exchange.fhir.incoming_items import Remark, Said
from screener.forms.findings import nearest
from screener.forms.model import Pack, Question
from screener.forms.visibility import Form
from screener.forms.words import short_day
from screener.rules.values import State
from screener.screening.answers import PATIENT
from screener.screening.offered import offer_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """The file, and the screening that it is for."""

    file: Path
    pathway: str
    day: str
    """Of the visit, as ISO; of today when empty."""


def run(pack: Pack, wanted: Wanted, clock: Clock, *, as_json: bool) -> int:
    """Print what the file offers; returns the exit code. WorldError where it is not read."""
    findings = _findings(pack, wanted)
    print_findings(findings)
    if findings:
        return STOPPED
    found = _found(pack, wanted, clock)
    offers = _offers(pack, found)
    if as_json:
        print_json(_json(pack, found, offers))
    else:
        _show(found, offers)
    return EVALUATED


def _findings(pack: Pack, wanted: Wanted) -> list[dict[str, str]]:
    found = []
    known = [pathway.id for pathway in pack.pathways]
    if wanted.pathway and wanted.pathway not in known:
        message = f"“{wanted.pathway}” is no pathway of this pack"
        suggestion = nearest(wanted.pathway, known) or f"one of: {', '.join(known)}"
        found.append({"place": "--pathway", "message": message, "suggestion": suggestion})
    if wanted.day and not _is_a_day(wanted.day):
        message = f"“{wanted.day}” is not a date"
        found.append({"place": "--date", "message": message, "suggestion": "write it like 2026-11-23"})
    return found


def _is_a_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _found(pack: Pack, wanted: Wanted, clock: Clock) -> Incoming:
    now = clock.now()
    day = date.fromisoformat(wanted.day) if wanted.day else now.date()
    offset = timezone(now.utcoffset() or timedelta())
    return incoming.of_path(wanted.file, incoming.Wanted(pack, wanted.pathway, day, offset))


@dataclass(frozen=True, slots=True)
class _Offered:
    question: Question
    said: Said
    words: str


def _offers(pack: Pack, found: Incoming) -> list[_Offered]:
    """In the order of the form, in the words that the window has for them."""
    file, offers = found.to_offer(found.by or PATIENT, "", ""), []
    for question in Form(pack, found.pathway).questions.values():
        offer = offer_of(file, question)
        if offer is not None:
            offers.append(_Offered(question, found.answers[question.id], offer.words()))
    return offers


# --- what is said of it -----------------------------------------------------------------------------------------------


def _show(found: Incoming, offers: Sequence[_Offered]) -> None:
    console = Console(highlight=False)
    console.print(Text(f"Answers from {found.name}", style="bold"))
    for name, text in (
        ("About", ", ".join(found.subjects) or "not said"),
        ("Answered", short_day(found.authored) or "not said"),
        ("Who answered", found.by or "not said"),
        ("Form", found.fits),
        ("Without answer", number(found.unanswered, "question")),
    ):
        console.print(Text(f"{name}: {text}"))
    _remarks(console, f"{number(len(found.unused), 'thing')} not used", found.unused)
    _remarks(console, f"{number(len(found.to_look_at), 'thing')} to look at again", found.to_look_at)
    if offers:
        table = Table(title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
        table.title = f"{number(len(offers), 'answer')} that can be offered"
        for heading in ("Id", "Question", "Answer"):
            table.add_column(heading, overflow="fold")
        for offer in offers:
            table.add_row(Text(offer.question.id), Text(offer.question.label), Text(offer.words))
        console.print()
        console.print(table)
    else:
        console.print("Nothing in it can be offered in such a screening.")


def _remarks(console: Console, title: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for heading in ("Where", "Why"):
        table.add_column(heading, overflow="fold")
    for remark in remarks:
        table.add_row(Text(remark.place), Text(remark.what))
    console.print()
    console.print(table)


def _json(pack: Pack, found: Incoming, offers: Sequence[_Offered]) -> dict[str, Any]:
    return {
        "pack": pack_stamp(pack),
        "file": {"name": found.name, "sha256": found.sha256},
        "form": found.form,
        "fits": found.fits,
        "pathway": found.pathway,
        "subjects": list(found.subjects),
        "by": found.by or None,
        "authored": found.authored or None,
        "unanswered": found.unanswered,
        "answers": [_answer(offer, found.authored) for offer in offers],
        "not_used": [{"place": one.place, "message": one.what} for one in found.unused],
        "to_look_at": [{"place": one.place, "message": one.what} for one in found.to_look_at],
    }


def _answer(offer: _Offered, authored: str) -> dict[str, Any]:
    said = offer.said
    return {
        "question": offer.question.id,
        "text": offer.question.text,
        "words": offer.words,
        "state": str(said.state),
        "value": said.raw if said.state is State.ANSWERED else None,
        "authored": authored or None,
        "place": said.place,
    }
