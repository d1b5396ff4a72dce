"""What a journal must look like to be replayed: a step or an opening of any other shape is refused, never half read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from screener.rules.values import ENTERED_STATES
from screener.screening.offered import is_file
from screener.screening.steps import HandOverEnd, ResponseKind

_KINDS = get_args(ResponseKind)
_ENDS = get_args(HandOverEnd)
_OPENING = ("reference", "pathway", "visit_date", "clinician", "role", "begun_at")


def is_step(raw: Any) -> bool:
    """Whether this is a step as `to_json` writes them. What an answer's value holds is its question's business."""
    match raw:
        case {"step": "answer", "question": str(), "after": None}:
            return True
        case {"step": "answer", "question": str(), "after": {"accounts": [_, *_] as accounts, **more}}:
            return all(map(_is_account, accounts)) and _is_text_or_none(more.get("used"))
        case {"step": "visit", "field": "visit_date", "after": after, **more}:
            return _is_day(after) and isinstance(more.get("said_at", ""), str)
        case {"step": "visit", "field": "product" | "second_mark" | "room", "after": str(), **more}:
            return isinstance(more.get("said_at", ""), str)
        case {"step": "jot", "id": str(), "after": after}:
            return after is None or _is_jot(after)
        case {"step": "respond", "rule": str(), "title": str(), "after": after}:
            return after is None or _is_response(after)
        case {"step": "summary", "after": str()}:
            return True
        case {"step": "handover", "id": str(), "after": after}:
            return after is None or _is_handover(after)
        case {"step": "file", "id": str(), "after": after}:
            return after is None or is_file(after)
    return False


def is_opening(raw: Any) -> bool:
    """Whether this is an opening as `to_json` writes them."""
    match raw:
        case {"profiles": [*profiles], "pack": {"id": str(), "version": str(), "hash": str(), **rest}, **more}:
            parameters = more.pop("parameters", {})
            marks = [more.pop(name, False) for name in ("drafts", "made_up")]
            texts = [more.pop(name, "") for name in ("second_mark", "product")]
            return (
                not rest
                and set(more) == set(_OPENING)
                and _are_texts(profiles, texts, more.values())
                and _is_day(more["visit_date"])
                and all(isinstance(mark, bool) for mark in marks)
                and _maps_texts(parameters)
            )
    return False


def _is_account(raw: Any) -> bool:
    match raw:
        case {"by": str(), "at": str(), "recorded_by": str(), **more}:
            said = isinstance(more.get("note", ""), str) and more.get("state", ENTERED_STATES[0]) in ENTERED_STATES
            return said and ("carried" not in more or _is_carried(more["carried"]))
    return False


def _is_carried(raw: Any) -> bool:
    match raw:
        case {"asked": bool(), **texts}:
            return set(texts) == {"record", "visit_date", "signed_at", "sha256"} and _are_texts(texts.values())
    return False


def _is_jot(raw: Any) -> bool:
    match raw:
        case {"id": str(), "text": str(), "at": str(), "by": str(), **more}:
            return not more or (set(more) == {"question"} and _is_text_or_none(more["question"]))
    return False


def _is_response(raw: Any) -> bool:
    match raw:
        case {"kind": kind, "at": str(), "by": str(), "fingerprint": str(), "state": state, **more}:
            known = set(more) <= {"note", "from_whom", "until"}
            return kind in _KINDS and known and _maps_texts(state) and _are_texts(more.values())
    return False


def _is_handover(raw: Any) -> bool:
    match raw:
        case {"id": str(), "theme": str(), "by": str(), "begun_at": str(), **more}:
            lists = [more.pop(name, []) for name in ("answered_before", "critical")]
            again, ended = more.pop("again", False), more.pop("ended", "")
            return (
                set(more) <= {"ended_at", "seen_at"}
                and isinstance(again, bool)
                and ended in _ENDS
                and all(isinstance(names, list) for names in lists)
                and _are_texts(more.values(), *lists)
            )
    return False


def _is_day(raw: Any) -> bool:
    try:
        date.fromisoformat(raw)
    except (TypeError, ValueError):
        return False
    return True


def _is_text_or_none(raw: Any) -> bool:
    return raw is None or isinstance(raw, str)


def _are_texts(*several: Any) -> bool:
    return all(isinstance(text, str) for some in several for text in some)


def _maps_texts(raw: Any) -> bool:
    return isinstance(raw, Mapping) and _are_texts(raw.keys(), raw.values())
