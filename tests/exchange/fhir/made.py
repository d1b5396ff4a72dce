"""Signed records of the shipped content, made in code: with chosen answers, or filled at random in every state."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from screener.clock import FixedClock
from screener.exchange.fhir.bundle import written
from screener.exchange.fhir.parsing import parsed
from screener.forms.answering import PHASES, USES
from screener.forms.model import Pack, Pathway, Question
from screener.records.amendment import Addition
from screener.records.amendment import build as amended
from screener.records.browse import SignedRecord
from screener.records.record import build, canonical
from screener.rules.values import Kind
from screener.screening.opening import Opening, PackStamp
from screener.screening.review import response
from screener.screening.session import Session
from screener.store.head import Head, Tip
from screener.store.keyring import Account
from screener.store.keys import SigningPair
from screener.store.signing import sign, statement_of
from tests.records.sittings import shipped

DAY = "2026-11-23"
NOW = datetime(2026, 11, 23, 10, 31, tzinfo=UTC)
SIGNED_AT = "2026-11-23T10:58:00+00:00"
STATES = tuple({"state": name} for name in ("not_known", "declined", "come_back"))
TEXTS = ("as it was said", "", "  ", "Grüße <b>&amp;</b> 🌿", "two\nlines\x07", '"quoted" {x} #')
NAMES = ("sertraline", "Zoloft", "lithium", "diazepam", "timolol", "a little white one", "x\x00y")


def profiles_for(pathway: Pathway) -> tuple[str, ...]:
    """What a pathway needs, of several the first."""
    return tuple(dict.fromkeys(("general", *(options[0] for options in pathway.needed))))


def begun(pathway: str = "esketamine-clinic", *, pack: Pack | None = None, **extra: Any) -> Session:
    """An open screening with nothing answered."""
    content = pack or shipped()
    given: dict[str, Any] = {"profiles": profiles_for(content.pathway(pathway)), "product": "a spray", **extra}
    opening = Opening(
        reference="A-17",
        pathway=pathway,
        visit_date=DAY,
        clinician="Clinician A",
        role="clinician",
        begun_at=NOW.isoformat(),
        pack=PackStamp(content.head.id, content.head.version, content.hash),
        **given,
    )
    return Session(content, opening, FixedClock(NOW))


def answered(answers: Mapping[str, Any], pathway: str = "esketamine-clinic", **extra: Any) -> Session:
    """A screening with these answers; `{"accounts": {by: said}, "used": by}` records several."""
    made = begun(pathway, **extra)
    for question, raw in answers.items():
        if isinstance(raw, dict) and "accounts" in raw:
            for by, said in raw["accounts"].items():
                made.answer(question, said, by=by, note=raw.get("note"))
            if raw.get("used"):
                made.use_account(question, raw["used"])
        else:
            made.answer(question, raw)
    return made


@cache
def signer() -> tuple[SigningPair, Account]:
    pair = SigningPair.make()
    return pair, Account("a1", "Clinician A", "clinician", pair.public)


def sealed(content: bytes, record: str = "r-1", *, amends: str | None = None) -> SignedRecord:
    """Signed as a vault signs: over a statement that names the content."""
    pair, account = signer()
    head = Head(Tip(3, "ab" * 32), Tip(9, "cd" * 32), SIGNED_AT)
    statement = statement_of(
        content, record=record, screening="s-1", amends=amends, signer=account, signed_at=SIGNED_AT, head=head
    )
    signature = sign(pair, statement, signer=account.name, signed_at=SIGNED_AT)
    return SignedRecord(record, "s-1", content, signature, amends, statement)


def signed(session: Session, record: str = "r-1", **more: Any) -> SignedRecord:
    return sealed(canonical(build(session, **more)), record)


def amendment(record: str = "r-1", text: str = "The letter came: no aneurysm.") -> SignedRecord:
    content = amended(record, Addition("a letter", text), at=SIGNED_AT, name="Clinician A", role="clinician")
    return sealed(canonical(content), f"{record}-a", amends=record)


def as_bundle(record: SignedRecord, amendments: Iterable[SignedRecord] = (), pack: Pack | None = None) -> Any:
    """The Bundle as it comes back from its bytes."""
    return parsed(written(record, tuple(amendments), pack or shipped()), "made")


def resources(bundle: Mapping[str, Any], kind: str) -> list[Any]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def respond(session: Session, kind: Any = "more_information", **extra: Any) -> None:
    """The same response to every listed item."""
    listed = [rule for rule, outcome in session.outcomes.items() if outcome.outcome == "listed"]
    session.respond({rule: response(session, rule, kind, **extra) for rule in listed})


# --- at random --------------------------------------------------------------------------------------------------------


def at_random(pathway: str, seed: int, share: float = 0.9) -> Session:
    """A screening in which so many of the questions that come up are answered, in every state, by one or by several."""
    dice = random.Random(seed)
    session = begun(pathway)
    for question in session.questions.values():
        if question.kind is Kind.DERIVED or dice.random() > share:
            continue
        _answer(session, question, dice)
    if dice.random() < 0.7:
        respond(session)
    session.summarise(dice.choice(TEXTS))
    return session


def _answer(session: Session, question: Question, dice: random.Random) -> None:
    chance = dice.random()
    if chance < 0.15:
        session.answer(question.id, dice.choice(STATES), note=dice.choice((None, "a note", "x\x01y")))
        return
    session.answer(question.id, raw_of(question, dice))
    if chance > 0.9:
        said = dice.choice((raw_of(question, dice), dice.choice(STATES)))
        session.answer(question.id, said, by="partner or family", note="on the phone")
        if chance > 0.95:
            session.use_account(question.id, dice.choice(("patient", "partner or family")))


def raw_of(question: Question, dice: random.Random) -> Any:
    """Anything that the question takes."""
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return dice.choice(question.option_ids)
        case Kind.CHOICES:
            return [option for option in question.option_ids if dice.random() < 0.2]
        case Kind.NUMBER:
            return _number(question, dice)
        case Kind.DATE:
            return dice.choice(_dates(dice))
        case Kind.TIME:
            return dice.choice(("08:00", "23:59", "10:31:07"))
        case Kind.DATETIME:
            return dice.choice(("2026-11-23T10:31", "2026-11-22T23:59:10", "2026-11-23T09:00+02:00"))
        case Kind.READINGS:
            return dice.choice(("none taken", [], [_reading(dice) for _ in range(dice.randint(1, 4))]))
        case Kind.MEDICINES:
            return [_medicine(dice) for _ in range(dice.randint(0, 4))]
        case Kind.INSTRUMENT:
            return _result(question, dice)
        case _:
            return dice.choice(TEXTS)


def _number(question: Question, dice: random.Random) -> Any:
    low, high = question.plausible or (0, 100)
    figure = dice.choice((str(dice.randint(int(low), int(high))), dice.randint(int(low), int(high)), "17.25", "0"))
    if question.units and dice.random() < 0.5:
        return {"value": figure, "unit": dice.choice((question.unit, *question.units))}
    return figure


def _dates(dice: random.Random) -> tuple[str, str, str]:
    day = NOW.date() - timedelta(days=dice.randint(-3, 900))
    return f"{day}", f"{day:%Y-%m}", f"{day:%Y}"


def _reading(dice: random.Random) -> dict[str, Any]:
    found = {
        "systolic": dice.choice((None, 0, 120, 141, "152.5")),
        "diastolic": dice.choice((None, 0, 80, 91)),
        "pulse": dice.choice((None, None, 72)),
        "phase": dice.choice((None, *PHASES)),
        "arm": dice.choice((None, "left")),
        "position": dice.choice((None, "seated")),
        "cuff": dice.choice((None, "large")),
        "device": dice.choice((None, "Ward monitor 2")),
        "taken_by": dice.choice((None, "Nurse B")),
        "at": dice.choice((None, "10:31", "just now", "")),
    }
    return {key: value for key, value in found.items() if value is not None}


def _medicine(dice: random.Random) -> dict[str, Any]:
    started, last = dice.choice(_dates(dice)), dice.choice(_dates(dice))
    found = {
        "name": dice.choice(NAMES),
        "use": dice.choice((*USES, None)),
        "route": dice.choice((None, "oral", "eye")),
        "dose": dice.choice((None, "100 mg", "half of one")),
        "started": dice.choice((None, started)),
        "last_taken": dice.choice((None, last)),
        "told_by": dice.choice((None, "bottle")),
    }
    return {key: value for key, value in found.items() if value is not None}


def _result(question: Question, dice: random.Random) -> dict[str, Any]:
    scoring = question.scoring
    assert scoring is not None
    items = {item: str(dice.choice(scale.values)) for item, scale in scoring.items.items() if dice.random() < 0.8}
    figures = {name: str(dice.randint(int(one.low), int(one.high))) for name, one in scoring.scores.items()}
    total = {"total": figures.pop(scoring.main)} if scoring.scores and dice.random() < 0.5 else {}
    figures.pop(scoring.main, None)
    return {"items": items, **total, **({"scores": figures} if figures and dice.random() < 0.5 else {})}
