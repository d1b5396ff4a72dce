"""A screening as a record: everything asked, answered, listed and said, whole in itself and canonical in bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from screener.forms.answering import doubts
from screener.forms.evaluation import RuleOutcome
from screener.forms.model import Pack, Question, Source, StateForm
from screener.forms.reasons import because_lines, missing_lines
from screener.forms.statements import render_statement
from screener.forms.words import answer_words
from screener.language import KEPT, Voice, kept
from screener.records.browse import SignedRecord
from screener.records.not_taken import not_taken
from screener.records.other_day import of_another_day
from screener.rules.values import Kind, Medicines, Readings, State, Value
from screener.screening.answers import Recorded
from screener.screening.handover import brought
from screener.screening.listing import LiveList, live_list
from screener.screening.not_asked import answers_in_words
from screener.screening.review import standing
from screener.screening.session import Session
from screener.screening.steps import HandOver
from screener.text import STANDING_SENTENCE

FORMAT = "screener-record/1"


def standing_line(pack: Pack) -> str:
    """What stands at the foot of every screen and page: the pack, how much of it was re-read, what the list is not."""
    how_far = "re-read" if pack.reread_rules == pack.active_rules else "not yet re-read"
    rules = f"{pack.reread_rules} of {pack.active_rules} rule{'' if pack.active_rules == 1 else 's'}"
    reread = f"content {how_far} by a named clinician: {rules}"
    return f"Pack {pack.head.id} {pack.head.version}, {reread}. {STANDING_SENTENCE}"


def build(session: Session, *, incomplete: str | None = None, part: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The record's content as a JSON object. `incomplete`: why it is signed although items are open, or None.

    `part`: where a screening is signed in parts, the number of this one, whether it is the last, and the parts before
    it as {record, signed_at, sha256}; each part is whole in itself and says what stood when it was signed.
    Texts are sealed in, so that the record can be read without its pack. Numbers with decimals are text: `"169.5"`.
    """
    items = live_list(session, review=True)
    opening, pack = session.opening, session.pack
    content = {
        "format": FORMAT,
        "opening": opening.to_json(),
        "visit": dict(session.visit),
        "rooms": [{"who": room.who, "since": room.since} for room in session.rooms],
        "handovers": [_handover(session, one) for one in session.handovers.values()],
        "pathway": _pathway(session),
        "profiles": [
            {"id": p.id, "title": p.title, "version": p.version, "date": p.date}
            for p in (pack.profile(profile_id) for profile_id in session.rules.profiles)
        ],
        "state_forms": [_dated(session, form) for form in _state_forms(session)],
        "parameters": _parameters(session),
        "pack": {
            "id": pack.head.id,
            "version": pack.head.version,
            "hash": pack.hash,
            "standing": pack.head.standing,
            "active_rules": pack.active_rules,
            "reread_rules": pack.reread_rules,
            **_of_a_local_pack(pack),
        },
        "standing_line": standing_line(pack),
        "themes": _themes(session),
        "unread": [{"question": question, "recorded": dict(said)} for question, said in session.unread.items()],
        **_not_taken(session),
        **_of_another_day(session),
        "items": [_item(session, outcome) for outcome in _with_items(items)],
        "otherwise_open": [_open(session, outcome) for outcome in items.otherwise_open],
        "not_listed": [_short(session, outcome) for outcome in items.not_listed],
        "jots": [_jot(session, jot_id) for jot_id in session.jots],
        "summary": session.summary,
        "signed_as": {"name": opening.clinician, "role": opening.role},
        "made_at": session.clock.now().isoformat(timespec="seconds"),
        "incomplete": incomplete,
        "part": dict(part) if part is not None else None,
    }
    plain: dict[str, Any] = _plain(content)
    return plain


def _not_taken(session: Session) -> dict[str, Any]:
    """What files offered and nobody took; of a screening without any its record says nothing."""
    found = not_taken(session)
    return {"offered_not_taken": found} if found else {}


def _of_another_day(session: Session) -> dict[str, Any]:
    """Readings that lapsed with their day; of a screening without any its record says nothing."""
    found = of_another_day(session)
    return {"readings_of_another_day": found} if found else {}


def _of_a_local_pack(pack: Pack) -> dict[str, Any]:
    """What a local pack extends, whether it evaluates drafts, and the rules that it switches off."""
    if pack.head.extends is None:
        return {}
    off = [
        {"rule": entry.rule, "title": pack.rules[entry.rule].title, **entry.model_dump(include={"reason", "by", "on"})}
        for entry in pack.head.off
    ]
    return {"extends": pack.head.extends, "drafts": pack.head.drafts, "off": off}


def part_of(earlier: Sequence[SignedRecord], *, last: bool, name: str = "") -> dict[str, Any]:
    """What a record says of itself when its screening is signed in parts, after the parts that were signed before.

    `name`: what it is a part of, where the parts have names: `before the dose`.
    """
    before = [
        {
            "record": record.record,
            "signed_at": record.signature.signed_at,
            "sha256": hashlib.sha256(record.content).hexdigest(),
        }
        for record in earlier
    ]
    named = {"name": name} if name else {}
    return {"number": len(before) + 1, "last": last, "earlier": before, **named}


def canonical(content: Mapping[str, Any]) -> bytes:
    """Canonical JSON (RFC 8785, UTF-8) of a record's content: the bytes that are signed, always the same."""
    import rfc8785

    return rfc8785.dumps(_plain(content))


_EXACT_IN_JSON = 2**53 - 1


def _plain(value: Any) -> Any:
    """JSON types that every reader reads alike: what a double cannot hold exactly, and half characters, become text."""
    match value:
        case Mapping():
            return {_plain(str(key)): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case str():
            # A lone half of a pair has no UTF-8; it stands as its number, so that a record can always be sealed.
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case bool() | None:
            return value
        case int():
            return value if abs(value) <= _EXACT_IN_JSON else str(value)
        case Decimal():
            return format(value, "f")
        case float():
            return str(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a record")


def _with_items(items: LiveList) -> list[RuleOutcome]:
    return [*items.listed, *(outcome for group in items.open for outcome in group.items)]


def _handover(session: Session, handover: HandOver) -> dict[str, Any]:
    """The screen in the patient's own hands: which answers it brought that stand, each also beside its question."""
    theme = next((one.title for one in session.form.themes if one.id == handover.theme), handover.theme)
    return {
        "theme": theme,
        "by": handover.by,
        "begun_at": handover.begun_at,
        "ended_at": handover.ended_at,
        "ended": handover.ended,
        "answers": [question.label for question in brought(session, handover)],
        "time_critical": [session.outcomes[rule].title for rule in handover.critical if rule in session.outcomes],
    }


def _pathway(session: Session) -> dict[str, Any]:
    pathway = session.rules.pathway
    return {
        "id": pathway.id,
        "title": pathway.title,
        "legal": pathway.legal,
        "supplement": "; ".join(form.title for form in _state_forms(session)),
    }


def _state_forms(session: Session) -> list[StateForm]:
    """The forms of states that this record is a supplement to: its profiles name them."""
    found = (session.pack.profile(profile).state_form for profile in session.rules.profiles)
    return [form for form in found if form is not None]


def _dated(session: Session, form: StateForm) -> dict[str, str]:
    """A state's form as a document of its own, with the day that it bears, or how that answer stands."""
    question, given = session.questions.get(form.dated), session.answers.get(form.dated)
    if question is None or given is None or not session.is_shown(form.dated):
        return {"title": form.title, "dated": ""}
    return {"title": form.title, "dated": answer_words(question, given)}


def _parameters(session: Session) -> list[dict[str, str]]:
    found = []
    for parameter in session.pack.parameters.values():
        if parameter.pathways and session.opening.pathway not in parameter.pathways:
            continue
        option = parameter.option(session.opening.parameters.get(parameter.id, ""))
        source = session.pack.sources[option.source.ref].title if option else ""
        label = option.label if option else kept("not chosen")
        found.append({"id": parameter.id, "title": parameter.title, "option": label, "source": source})
    return found


def _themes(session: Session) -> list[dict[str, Any]]:
    hidden = {entry.question: entry.because for entry in session.hidden()}
    return [
        {
            "id": theme.id,
            "title": theme.title,
            "questions": [
                _question(session, session.questions[q.id], hidden.get(q.id))
                for q in theme.questions
                if q.id in session.questions
            ],
        }
        for theme in session.form.themes
    ]


def _question(session: Session, question: Question, hidden: frozenset[str] | None) -> dict[str, Any]:
    recorded = session.recorded.get(question.id)
    said = answer_words(question, recorded.given) if recorded else ""
    positive = recorded is not None and recorded.given.state is State.ANSWERED and not _says_none(recorded.given.value)
    return {
        "id": question.id,
        "label": question.label,
        "text": question.text,
        "kind": str(question.kind),
        "recorded": recorded.to_json() if recorded else None,
        "state": str(session.state(question.id)),
        "words": _derived_words(session, question) if question.kind is Kind.DERIVED else said,
        "positive": positive,
        "remarks": _remarks(session, question, recorded, shown=hidden is None),
        "hidden_because": None if hidden is None else answers_in_words(session, hidden),
        "earlier": _earlier(session, question.id) if recorded is None and hidden is None else None,
        **({"own": True} if question.own else {}),
    }


def _earlier(session: Session, question_id: str) -> dict[str, Any] | None:
    """What an earlier record holds for a question that was not asked: with that record's id, day and hash."""
    held = session.earlier.get(question_id)
    return None if held is None else held.to_json()


def _remarks(session: Session, question: Question, recorded: Recorded | None, *, shown: bool) -> list[str]:
    """What there is to say about an answer as it stands: what looks mistyped, and that no rule reads it."""
    if recorded is None:
        return []
    values = [account.value for account in recorded.given.accounts if account.value is not None]
    found = [doubt for value in values for doubt in doubts(question, value, session.visit_date)]
    said = [f"to look at again: {doubt}" for doubt in dict.fromkeys(found)]
    if values and shown and session.facts.of(question.id).state is State.GATE_OPEN:
        said.append("not evaluated: whether it applies is not established")
    return said


def _says_none(value: Value | None) -> bool:
    """A no, none of the options, no medicines, no readings taken."""
    match value:
        case Medicines() | Readings():
            return not value.items
        case _:
            return value in ("no", frozenset())


def _derived_words(session: Session, question: Question) -> str:
    from screener.forms.words import value_words

    answer = session.facts.of(question.id)
    return "" if answer.value is None else value_words(question, answer.value)


def _short(session: Session, outcome: RuleOutcome) -> dict[str, Any]:
    theme = session.pack.theme_of[outcome.rule.id]
    return {"rule": outcome.rule.id, "title": outcome.title, "theme": theme.title, "tier": outcome.tier}


def _open(session: Session, outcome: RuleOutcome) -> dict[str, Any]:
    return _short(session, outcome) | {"missing": missing_lines(outcome, session.rules, session.answers)}


def _item(session: Session, outcome: RuleOutcome) -> dict[str, Any]:
    rule = outcome.rule
    source = session.pack.sources[rule.source.ref]
    held = standing(session, rule.id)
    answer = held.response
    return _short(session, outcome) | {
        "class": rule.class_,
        "outcome": outcome.outcome,
        "level": outcome.level,
        "could_be_higher": outcome.could_be_higher,
        "statement": render_statement(outcome, session.rules, session.answers, session.facts),
        "because": because_lines(outcome, session.rules, session.answers, session.facts),
        "missing": missing_lines(outcome, session.rules, session.answers),
        "source": source_line(source, rule.source.at),
        "strength": rule.source.strength,
        "own_words": rule.source.own_words,
        "read": source.read,
        "product": product_line(source, session.visit["product"]),
        "others": [
            f"{session.pack.sources[other.ref].title}: {other.says} ({other.strength})" for other in rule.others
        ],
        "draft": rule.status == "draft",
        "response": None
        if answer is None
        else {
            "kind": answer.kind,
            "note": answer.note,
            "from_whom": answer.from_whom,
            "until": answer.until,
            "by": answer.by,
            "at": answer.at,
            "lapsed": held.lapsed,
            "difference": [list(entry) for entry in held.difference],
        },
    }


def source_line(source: Source, at: str) -> str:
    """A source and the place in it, in one line."""
    return ", ".join(part for part in (source.title, source.organisation, source.year, at) if part)


def product_line(source: Source, product: str, say: Voice = KEPT) -> str:
    """The product a label speaks of beside the product of this visit; empty where it is no label, or the same one.

    Only the very same name is the same product: a label of ketamine does not speak of compounded ketamine.
    """
    if not source.product or _same_product(source.product, product):
        return ""
    here = product or say.tr("product not recorded")
    return say.tr("The source speaks of {product}; here: {here}.").format(product=source.product, here=here)


def _same_product(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _jot(session: Session, jot_id: str) -> dict[str, Any]:
    jot = session.jots[jot_id]
    question = session.questions.get(jot.question or "")
    return {"text": jot.text, "at": jot.at, "by": jot.by, "question": question.label if question else None}
