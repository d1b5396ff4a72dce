"""A debrief: in the order of the conversation, without the key until the trainee has written, and without a mark."""

from __future__ import annotations

import re
from dataclasses import fields

from screener.language import KEPT, WINDOW, speak, spoken
from screener.training.debrief import CHANGED, Debrief, debrief, session_at
from screener.training.kept import Paused, Rehearsal, Wrote
from screener.training.parts import Row
from tests.training.guide import shipped
from tests.training.thursdays import Rehearsing, an_hour, thursday

_BEFORE = {"title", "reference", "standing", "begun_at", "observed", "notes", "times", "timeline"}


def whole() -> Debrief:
    return debrief(thursday(), an_hour(shipped()), shipped())


def row_of(found: Debrief, subject: str) -> Row:
    return next(row for row in found.rows if row.subject == subject)


def test_before_the_trainee_has_written_nothing_of_the_key_is_in_it() -> None:
    found = debrief(thursday(), an_hour(shipped(), wrote=None), shipped())
    assert not found.complete
    blank = Debrief("", "", "", "")
    assert [
        f.name for f in fields(found) if f.name not in _BEFORE and getattr(found, f.name) != getattr(blank, f.name)
    ] == []
    assert found.times
    assert found.timeline


def test_nothing_written_is_an_answer_too() -> None:
    found = debrief(thursday(), an_hour(shipped(), wrote=""), shipped())
    assert found.complete
    assert found.wrote == ""
    assert found.rows


def test_rows_stand_in_the_order_of_the_conversation_and_say_how_it_was_told() -> None:
    found = whole()
    assert [row.subject for row in found.rows] == [
        "reason", "bp.readings", "bleed", "thoughts", "clonazepam", "so_far", "bladder", "observer",
    ]  # fmt: skip
    row = row_of(found, "thoughts")
    assert (row.words, row.how) == ("Some nights I think about how.", "told the second time, alone")
    assert row.earlier == ("“No. Nothing like that.” told the first time",)


def test_an_item_says_when_it_was_listed_and_when_somebody_responded() -> None:
    (effect, *_) = row_of(whole(), "thoughts").effects
    assert effect.text == "Listed 09:38, response 09:49."


def test_what_was_not_recorded_says_what_the_storys_answer_would_have_listed() -> None:
    row = row_of(whole(), "bladder")
    assert row.parts[0].recorded == "Not recorded"
    assert [effect.text for effect in row.effects] == ["Not established. With “Passing water often” it is listed."]


def test_what_is_not_known_in_the_story_and_was_recorded_as_no_says_so() -> None:
    (effect,) = row_of(whole(), "bleed").effects
    assert effect.text == "Not listed with “no”. With “not known” it is not established."


def test_a_mean_stands_beside_the_mean_without_the_last_reading() -> None:
    assert row_of(whole(), "bp.readings").remarks == (
        "Mean at screening 147.0/91.7; without the last reading 148.5/92.5.",
    )


def test_an_answer_that_was_taken_back_left_the_list() -> None:
    made = Rehearsing(thursday(), shipped())
    made.ask("heart.brain_bleed")
    made.record("heart.brain_bleed", "yes")
    made.wait(120)
    made.record("heart.brain_bleed", "no")
    made.note(Wrote, words="")
    (effect,) = row_of(debrief(thursday(), made.kept(), shipped()), "bleed").effects
    assert effect.text == ("Listed 09:30; with “no” it left the list 09:32. With “not known” it is not established.")


def test_where_asking_was_not_observed_nothing_is_said_of_it() -> None:
    made = Rehearsing(thursday(), shipped())
    made.wait(60)
    made.record("home.observer", "yes")
    made.note(Wrote, words="")
    found = debrief(thursday(), made.kept(), shipped())
    assert not found.observed
    assert found.never_told == ()
    assert {row.how for row in found.rows} == {""}
    assert found.rows[0].subject == "observer"


def test_what_was_answered_before_a_shortened_rehearsal_is_no_row_of_it() -> None:
    kept = an_hour(shipped()).model_copy(update={"cut_min": 10, "given_before": ("visit.reason", "medicines.list")})
    found = debrief(thursday(), kept, shipped())
    assert {"reason", "clonazepam"}.isdisjoint(row.subject for row in found.rows)
    assert "Shortened to 10 minutes" in found.notes[0]


def test_other_content_than_that_of_the_rehearsal_is_said() -> None:
    kept = an_hour(shipped())
    opening = {**kept.opening, "pack": {**kept.opening["pack"], "hash": "other"}}
    assert CHANGED in debrief(thursday(), kept.model_copy(update={"opening": opening}), shipped()).notes


def test_the_same_rehearsal_offers_the_same_thing_to_try_and_another_may_offer_another() -> None:
    kept = an_hour(shipped())
    tried = {
        debrief(thursday(), kept.model_copy(update={"begun_at": f"2026-11-26T14:{m:02d}:00+00:00"}), shipped()).try_next
        for m in range(12)
    }
    assert whole().try_next == whole().try_next
    assert tried == set(thursday().next)


def test_a_replay_begins_thirty_seconds_before_a_row() -> None:
    kept = an_hour(shipped())
    row = row_of(whole(), "thoughts")
    assert row.second is not None
    session = session_at(kept, shipped(), row.second - 30)
    assert "heart.brain_bleed" in session.answers
    assert "suicide.cssrs" not in session.answers


def test_no_statement_is_a_mark_or_a_total_that_reads_as_one() -> None:
    for text in _texts(whole()):
        assert not re.search(
            r"\b\d+ (of|out of) \d+\b|\d ?%|\b(score|passed|failed|correct|wrong|missed|points)\b", text, re.I
        ), text


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if not value.startswith("Pack ") else []
    if isinstance(value, tuple):
        return [text for one in value for text in _texts(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in _texts(getattr(value, name))]
    return []


def test_a_debrief_is_worked_out_from_the_kept_file() -> None:
    kept = an_hour(shipped())
    read = Rehearsal.model_validate_json(kept.model_dump_json())
    assert debrief(thursday(), read, shipped()) == whole()


def test_what_was_ended_is_not_said_to_have_been_gone_on_with() -> None:
    made = Rehearsing(thursday(), shipped())
    made.record("home.observer", "yes")
    made.note(Paused, moment="2026-11-26T14:10:00+00:00")
    assert [one.words for one in debrief(thursday(), made.kept(), shipped()).timeline] == ["Ended here"]
    made.record("home.observer", "no")
    made.note(Paused, moment="2026-11-26T14:20:00+00:00")
    made.note(Wrote, words="")
    found = debrief(thursday(), made.kept(), shipped())
    assert [one.words for one in found.timeline] == ["Put aside, and gone on with later", "Ended here"]


def test_the_window_says_it_in_its_own_language_and_paper_in_that_of_the_content() -> None:
    before = spoken()
    speak("es")
    try:
        on_paper, shown = (debrief(thursday(), an_hour(shipped()), shipped(), say) for say in (KEPT, WINDOW))
    finally:
        speak(before)
    assert on_paper == whole()
    assert row_of(on_paper, "bladder").how.startswith("told") and row_of(shown, "bladder").how.startswith("contado")
    assert [row.subject for row in shown.rows] == [row.subject for row in on_paper.rows]
