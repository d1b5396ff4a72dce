"""A kept rehearsal is read as it was written, or refused in words: nothing that is not said to be made up is opened."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from screener.text import WorldError
from screener.training import kept
from screener.training.amounts import answers_of
from screener.training.kept import Rehearsal, read_rehearsal, rehearsal_of, session_of, text_of
from tests.training.guide import example, scenario_of, shipped
from tests.training.rehearsed import rehearsed


@cache
def one() -> Rehearsal:
    return rehearsed(scenario_of(example()))[0]


def changed(**changes: Any) -> bytes:
    return json.dumps(json.loads(text_of(one())) | changes).encode()


def test_what_was_kept_is_what_is_read_and_the_same_text_again(tmp_path: Path) -> None:
    file = tmp_path / "rehearsal.json"
    file.write_text(text_of(one()), "utf-8")
    assert read_rehearsal(file) == one()
    assert text_of(read_rehearsal(file)) == text_of(one())


def test_its_screening_is_the_one_that_was_rehearsed() -> None:
    rehearsal, session = rehearsed(scenario_of(example()))
    again = session_of(rehearsal_of(text_of(rehearsal).encode(), "x.json"), shipped(), session.clock)
    assert answers_of(again) == answers_of(session)
    assert again.opening.made_up


def without(name: str) -> bytes:
    raw = json.loads(text_of(one()))
    del raw[name]
    return json.dumps(raw).encode()


def real_opening() -> bytes:
    return changed(opening=one().opening | {"made_up": False})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be read"),
        (b"{", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[]", "holds no rehearsal"),
        (b'{"format": "screener record 3"}', "holds no rehearsal"),
        (changed(format="screener rehearsal 9"), "another version"),
        (changed(made_up=False), "does not say that its patient is made up"),
        (changed(made_up="yes"), "does not say that its patient is made up"),
        (changed(made_up=1), "does not say that its patient is made up"),
        (without("made_up"), "does not say that its patient is made up"),
        (real_opening(), "does not say that its patient is made up"),
        (without("scenario"), "is not a whole rehearsal (see scenario)"),
        (changed(extra=1), "is not a whole rehearsal (see extra)"),
        (changed(begun_at="this morning"), "is not a whole rehearsal"),
        (changed(begun_at="2026-11-26T09:30:00"), "is not a whole rehearsal"),
        (changed(cut_min=15), "is not a whole rehearsal (see cut_min"),
        (changed(events=[{"kind": "danced", "at": 1}]), "is not a whole rehearsal (see events"),
        (changed(events=[{"kind": "broke in", "at": -1}]), "is not a whole rehearsal (see events"),
        (changed(events=[{"kind": "predicted", "at": 1, "words": "\ud800"}]), "is not a whole rehearsal"),
        (changed(events=[{"kind": "recorded", "at": 1, "step": {"value": float("inf")}}]), "is not a whole rehearsal"),
        (changed(opening={"made_up": True}), "not written as this version writes it"),
    ],
)
def test_what_is_none_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(WorldError) as refused:
        rehearsal_of(data, "monday.json")
    assert said in refused.value.said
    assert refused.value.next_step


def test_what_an_answer_holds_is_never_said_in_a_refusal() -> None:
    with pytest.raises(WorldError) as refused:
        rehearsal_of(changed(scenario={"she": "told me"}), "monday.json")
    assert "told me" not in refused.value.said


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorldError, match=r"nowhere\.json cannot be read"):
        read_rehearsal(tmp_path / "nowhere.json")
    with pytest.raises(WorldError, match="cannot be read"):
        read_rehearsal(tmp_path)
    (tmp_path / "large.json").write_bytes(b" " * 101)
    monkeypatch.setattr(kept, "MAX_BYTES", 100)
    with pytest.raises(WorldError, match="is larger than"):
        read_rehearsal(tmp_path / "large.json")


def test_a_step_that_is_none_is_refused_when_it_is_replayed() -> None:
    broken = rehearsal_of(changed(events=[{"kind": "recorded", "at": 0, "step": {"step": "dance"}}]), "monday.json")
    with pytest.raises(WorldError, match="Step 1"):
        session_of(broken, shipped(), rehearsed(scenario_of(example()))[1].clock)
