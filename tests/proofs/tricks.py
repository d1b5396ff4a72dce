"""Tricks in every text: what comes back is what was given, to the last sign, or it was refused in words beforehand."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from screener.clock import FixedClock
from screener.forms.answering import NotAnAnswer
from screener.records.amendment import Addition
from screener.records.amendment import build as addition
from screener.records.record import build, canonical
from screener.rules.values import Kind
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.screening.steps import Response
from screener.store import journal
from screener.store.vault import Vault
from screener.text import WorldError
from tests.proofs.loading.loaders import shipped
from tests.proofs.spread import spread
from tests.proofs.table import Asked, Proof, Row, planted
from tests.store.places import CHEAP, MORNING, PASSPHRASE

TRICKS = (
    "'; DROP TABLE step; --",
    '"; DELETE FROM audit; --',
    "' OR '1'='1",
    "Robert'); DROP TABLE screening;--",
    "x' UNION SELECT body FROM step --",
    "%s %d %n {0} {reference} ${HOME} $(reboot) `reboot`",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\config",
    "/dev/null",
    "file:///etc/passwd",
    "CON",
    "NUL.txt",
    "aux:stream",
    "a" * 5_000,
    "é" * 2_000,
    "😀👩‍👩‍👧‍👦🇩🇪",
    "e\u0301 and é",
    "\u202eright to left\u202c",
    "\u200b\u200e\u2066isolated\u2069\ufeff",
    "two\nlines\r\nand\ta tab",
    "\x00 in the middle \x00",
    "\x1b[31mred\x1b[0m\x07",
    "\ud83d half a sign",
    "the other half \ude00",
    "<b>bold</b><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    '#import "x.typ" [*] $ @ref <label> \\',
    "{{7*7}} {% raw %}",
    "null",
    "true",
    "-0",
    "1e999",
    '{"state": "declined"}',
    "----- BEGIN",
    "\u2028\u2029",
    "ﷺ" * 30,
    "Z" + "\u0301" * 200,
    "İıſß",
)
PLANTED = 20
CLOCK = FixedClock(MORNING)


@dataclass(frozen=True, slots=True)
class Tried:
    """One text in one field; how it failed, if it did."""

    field: str
    text: str
    refused: bool = False
    failure: str = ""


def prove(asked: Asked) -> list[Row]:
    """So many texts, each in every field."""
    tries = list(spread(try_some, asked))
    for tried in tries:
        if tried.failure:
            asked.say(f"{tried.field} {tried.text[:60]!a}: {tried.failure}")
    return [
        Row("tricks in text fields: what was given is what comes back", len(tries), _failed(tries)),
        planted("a store that takes quotes away", [bool(_failed(without_quotes(range(PLANTED))))]),
    ]


def _failed(tries: list[Tried]) -> int:
    return sum(bool(tried.failure) for tried in tries)


def text_of(seed: int) -> str:
    """A trick, or several of them one after another."""
    chance = random.Random(seed)
    if seed < len(TRICKS):
        return TRICKS[seed]
    return "".join(chance.choice((text, text[: chance.randrange(len(text) + 1)])) for text in chance.sample(TRICKS, 3))


def try_some(seeds: range) -> list[Tried]:
    """Each text in every field of one screening, from the vault's making to its record."""
    return [tried for seed in seeds for tried in _everywhere(text_of(seed))]


def without_quotes(seeds: range) -> list[Tried]:
    """The planted failure: what is written to the journal has lost its quotes."""
    written = journal.text_of

    def weak(value: Mapping[str, Any]) -> str:
        return written(json.loads(written(value).replace("'", "")))

    with patch.object(journal, "text_of", weak):
        return try_some(seeds)


def _everywhere(text: str) -> Iterator[Tried]:
    with tempfile.TemporaryDirectory(prefix="tricks-") as place:
        for field, check in (("account and passphrase", _account), ("a screening", _screening)):
            folder = Path(place) / field
            try:
                yield from check(folder, text)
            except Exception as error:
                yield Tried(field, text, failure=f"{type(error).__name__}: {error}")


def _compared(field: str, given: str, found: object) -> Tried:
    return Tried(field, given, failure="" if found == given else f"came back as {ascii(found)[:200]}")


def _refused(field: str, text: str, problem: WorldError) -> Tried:
    said = problem.said and problem.next_step
    return Tried(field, text, refused=True, failure="" if said else "refused without words")


# --- accounts ---------------------------------------------------------------------------------------------------------


def _account(folder: Path, text: str) -> Iterator[Tried]:
    passphrase = f"{text} and more words"
    try:
        Vault.create(folder, name=text, passphrase=passphrase, clock=CLOCK, cost=CHEAP)[0].close()
    except WorldError as problem:
        yield _refused("clinician's name", text, problem)
        assert not folder.exists() or not any(folder.iterdir()), "refused, and something was made all the same"
        Vault.create(folder, name="Clinician A", passphrase=passphrase, clock=CLOCK, cost=CHEAP)[0].close()
    else:
        with Vault.open(folder, passphrase, clock=CLOCK) as vault:
            yield _compared("clinician's name", text, vault.account.name)
            signed = vault.shelf.seal(vault.shelf.begin({"reference": "K"}), b"{}", {}, passphrase)
            yield _compared("signer", text, vault.shelf.record(signed.record).signature.signer)
            assert vault.verify() == (), vault.verify()
    with Vault.open(folder, passphrase, clock=CLOCK) as vault:
        vault.change_passphrase(passphrase, f"{text} and other words", cost=CHEAP)
    with Vault.open(folder, f"{text} and other words", clock=CLOCK):
        yield Tried("passphrase", text)


# --- a screening ------------------------------------------------------------------------------------------------------


def _screening(folder: Path, text: str) -> Iterator[Tried]:
    opening = replace(_opening(), reference=text, second_mark=text, product=text, clinician=text, role=text)
    session = Session(shipped(), opening, CLOCK)
    steps, refused = _filled(session, text)
    yield from refused
    with Vault.create(folder, name="Clinician A", passphrase=PASSPHRASE, clock=CLOCK, cost=CHEAP)[0] as vault:
        screening = vault.shelf.begin(opening.to_json())
        vault.shelf.append(screening, steps, {"second_mark": text, "place": {"question": text}})
        vault.shelf.remember("clinic", {"crisis_card": text, text: "as a key"})
        gone = vault.shelf.begin(opening.to_json())
        vault.shelf.discard(gone, text)
    with Vault.open(folder, PASSPHRASE, clock=CLOCK) as vault:
        draft = vault.shelf.draft(screening)
        again = Session.replay(shipped(), Opening.from_json(draft.opening), draft.steps, CLOCK)
        yield from (_compared(field, text, found) for field, found in _fields(again))
        yield _compared("crisis card", text, (vault.shelf.recall("clinic") or {}).get("crisis_card"))
        yield _compared("reason to discard", text, _reason(vault))
        assert again.recorded == session.recorded, "an answer came back as another one"
        yield from _signed(vault, screening, again, text)
        assert vault.verify() == (), vault.verify()


def _filled(session: Session, text: str) -> tuple[list[Any], list[Tried]]:
    """Every place where a session takes a text."""
    questions = {question.kind: question.id for question in session.questions.values()}
    rule = next(iter(session.outcomes))
    medicine = {"name": text, "dose": text, "told_by": text, "use": "current"}
    response = Response("more_information", "", text, "", {}, text, text, text)
    commands: dict[str, Callable[[], Any]] = {
        "text answer": lambda: session.answer(questions[Kind.TEXT], text, by=text, note=text),
        "medicine": lambda: session.answer(questions[Kind.MEDICINES], [medicine]),
        "reading": lambda: session.answer(
            questions[Kind.READINGS], [{"systolic": 120, "arm": text, "cuff": text, "taken_by": text}]
        ),
        "choice": lambda: session.answer(questions[Kind.CHOICE], text),
        "number": lambda: session.answer(questions[Kind.NUMBER], text),
        "date": lambda: session.answer(questions[Kind.DATE], text),
        "room": lambda: session.set_visit("room", text),
        "jot": lambda: session.jot(text),
        "response": lambda: session.respond({rule: response}),
        "summary": lambda: session.summarise(text),
    }
    steps, refused = [], []
    for name, command in commands.items():
        try:
            steps += [step.to_json() for step in command().steps]
        except NotAnAnswer as wrong:
            refused.append(Tried(name, text, refused=True, failure="" if str(wrong) else "refused without words"))
    return steps, refused


def _fields(session: Session) -> Iterator[tuple[str, object]]:
    opening = session.opening
    for field in ("reference", "second_mark", "product", "clinician", "role"):
        yield field, getattr(opening, field)
    yield "room", session.visit["room"]
    yield "summary", session.summary
    yield from (("jot", jot.text) for jot in session.jots.values())
    for response in session.responses.values():
        yield from (("response", part) for part in (response.note, response.by, response.from_whom, response.until))
    for recorded in session.recorded.values():
        for entry in recorded.entries:
            if recorded.question.kind is Kind.TEXT:
                yield from (("text answer", part) for part in (entry.raw, entry.by, entry.note))
            elif recorded.question.kind is Kind.MEDICINES:
                yield from (("medicine", entry.raw[0][part]) for part in ("name", "dose", "told_by"))


def _reason(vault: Vault) -> object:
    return next(line.details["reason"] for line in vault.audit_log() if line.deed == "discard")


def _signed(vault: Vault, screening: str, session: Session, text: str) -> Iterator[Tried]:
    """A record holds the same; half a sign, which no reader of JSON takes, stands in it as its number."""
    as_sealed = text.encode("utf-8", "backslashreplace").decode("utf-8")
    record = vault.shelf.seal(screening, canonical(build(session, incomplete=text)), {}, PASSPHRASE)
    content = json.loads(vault.shelf.record(record.record).content)
    jots = [jot["text"] for jot in content["jots"]]
    for field, found in (
        ("reference", content["opening"]["reference"]),
        ("summary", content["summary"]),
        ("reason for incomplete", content["incomplete"]),
        *(("jot", jot) for jot in jots),
        ("reference in the list", next(line.reference for line in vault.shelf.records())),
    ):
        yield _compared(f"{field}, signed", as_sealed, found)
    added = addition(record.record, Addition(text or "x", text), at="", name=text, role=text)
    vault.shelf.amend(record.record, canonical(added), PASSPHRASE)
    [amendment] = vault.shelf.amendments(record.record)
    yield _compared("amendment, signed", as_sealed, json.loads(amendment.content)["text"])


@cache
def _opening() -> Opening:
    from screener.screening.opening import PackStamp

    pack = shipped()
    return Opening(
        reference="",
        pathway="ketamine-home",
        profiles=("clinic",),
        visit_date="2026-11-23",
        clinician="",
        role="clinician",
        begun_at=MORNING.isoformat(),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
    )


PROOF = Proof("tricks", 500, "texts, each in every field", prove)
