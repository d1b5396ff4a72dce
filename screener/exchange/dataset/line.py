"""One record as a line of the data set: what is said of the screening, how each question stands, what came of rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screener.exchange.dataset.parts import HIDDEN, NOT_WORKED_OUT, Cell
from screener.rules.values import Kind, State

Json = Mapping[str, Any]
_FIGURES = re.compile(r"(-?\d+(?:\.\d+)?)(?: to (-?\d+(?:\.\d+)?))?(?: .*)?")
_NOT_EVALUATED = "not evaluated"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a record has it. `raw` is its answer as JSON, where one holds; `theme` is the title."""

    id: str
    kind: Kind
    label: str
    text: str
    theme: str
    state: str
    raw: Any = None
    accounts: int = 0
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rule: listed, not_listed or not_established; the level, and the response that stands."""

    rule: str
    title: str
    theme: str
    outcome: str
    level: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One screening. `head`: by column, what is said of it as a whole."""

    head: Mapping[str, Cell]
    questions: Mapping[str, Asked]
    outcomes: Mapping[str, Outcome]
    pathway: tuple[str, str]
    pack: str
    """Which content it was made with, in words."""
    standing_line: str
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """What a store or a file says of a record beside its content."""

    record: str
    screening: str
    signed_at: str
    signer: str
    amendments: int = 0


def line_of(content: Json, signed: Signed) -> Line:
    """A record's content as a line."""
    opening, visit = content["opening"], content["visit"]
    head: dict[str, Cell] = {
        "record": signed.record,
        "screening": signed.screening,
        "reference": opening["reference"],
        "second_mark": visit["second_mark"],
        "visit_date": visit["visit_date"],
        **_shared(content, visit["product"]),
        "clinician": opening["clinician"],
        "signed_at": signed.signed_at,
        "signer": signed.signer,
        "incomplete": int(content["incomplete"] is not None),
        "incomplete_reason": content["incomplete"] or "",
        "amendments": signed.amendments,
    }
    return _line(content, head, _asked, redacted=False)


def line_of_redacted(left: Json) -> Line:
    """The same of what `records.redacted` leaves: no reference, no name, of dates the years."""
    head: dict[str, Cell] = {
        "visit_year": left["year"],
        **_shared(left, left["product"]),
        "incomplete": int(left["incomplete"]),
    }
    return _line(left, head, _asked_redacted, redacted=True)


def _shared(content: Json, product: str) -> dict[str, Cell]:
    opening = content.get("opening", content)
    pack, part = content["pack"], content.get("part") or {}
    return {
        "pathway": content["pathway"]["id"],
        "profiles": " ".join(one["id"] for one in content["profiles"]),
        "product": product,
        "role": opening["role"],
        "made_up": int(bool(opening["made_up"])),
        "drafts": int(bool(opening["drafts"])),
        "pack": f"{pack['id']} {pack['version']}",
        "pack_hash": pack["hash"],
        "part": part.get("number"),
        "part_is_last": None if not part else int(bool(part["last"])),
        **{f"parameter.{one['id']}": one["option"] for one in content["parameters"]},
    }


def _line(content: Json, head: Mapping[str, Cell], asked: Any, *, redacted: bool) -> Line:
    questions = {q["id"]: asked(q, theme["title"]) for theme in content["themes"] for q in theme["questions"]}
    return Line(
        head=head,
        questions=questions,
        outcomes={one.rule: one for one in _outcomes(content)},
        pathway=(content["pathway"]["id"], content["pathway"]["title"]),
        pack=f"{content['pack']['id']} {content['pack']['version']}, {content['pack']['hash'][:12]}",
        standing_line=content["standing_line"],
        redacted=redacted,
    )


def _outcomes(content: Json) -> list[Outcome]:
    found = [Outcome(one["rule"], one["title"], one["theme"], "not_listed") for one in content["not_listed"]]
    found += [Outcome(one["rule"], one["title"], one["theme"], "not_established") for one in content["otherwise_open"]]
    for item in content["items"]:
        response = item["response"]
        stands = "" if response is None or response["lapsed"] else response["kind"]
        found.append(Outcome(item["rule"], item["title"], item["theme"], item["outcome"], item["level"] or "", stands))
    return found


# --- questions --------------------------------------------------------------------------------------------------------


def _asked(asked: Json, theme: str) -> Asked:
    recorded = asked["recorded"] or {"accounts": (), "used": None}
    accounts = recorded["accounts"]
    used = next((one for one in accounts if one["by"] == recorded["used"]), accounts[0] if accounts else None)
    notes = [one["note"] for one in accounts if one.get("note")]
    return _of(asked, theme, accounts, None if used is None else used.get("value"), " · ".join(notes))


def _asked_redacted(asked: Json, theme: str) -> Asked:
    accounts, number = asked["answers"], asked["used"]
    used = accounts[(number or 1) - 1] if accounts else {}
    return _of(asked, theme, accounts, used.get("value"), "")


def _of(asked: Json, theme: str, accounts: Sequence[Json], raw: Any, notes: str) -> Asked:
    kind = Kind(asked["kind"])
    state, raw = _state(asked, kind, raw)
    same = {"id": asked["id"], "kind": kind, "label": asked["label"], "text": asked["text"], "theme": theme}
    return Asked(**same, state=state, raw=raw, accounts=len(accounts), notes=notes)


def _state(asked: Json, kind: Kind, raw: Any) -> tuple[str, Any]:
    """How it stands, and the answer that holds. A hidden question's answer is kept in the record and does not hold."""
    if asked["hidden_because"] is not None:
        return HIDDEN, None
    if kind is Kind.DERIVED:
        found = _FIGURES.fullmatch(asked["words"])
        return (NOT_WORKED_OUT, None) if found is None else (str(State.ANSWERED), (found[1], found[2] or found[1]))
    if asked["state"] != State.ANSWERED:
        return asked["state"], None
    if any(str(remark).startswith(_NOT_EVALUATED) for remark in asked.get("remarks", ())):
        return str(State.GATE_OPEN), None
    return asked["state"], raw
