"""The debrief of a rehearsal: what was told and recorded, what the list did with it, and what the story says. No mark.

Before the trainee has written, it holds nothing of the key.
"""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.model import Pack
from screener.language import KEPT, Voice, kept
from screener.records.record import standing_line
from screener.training import asides, course, telling
from screener.training.effects import Compared
from screener.training.kept import Predicted, Rehearsal, Uncovered, Wrote
from screener.training.parts import Aside, Item, Moment, Otherwise, Round, Row, ThemeTime, Untold
from screener.training.retold import Retold, session_at
from screener.training.scenario import Scenario

__all__ = ["REPLAY_S", "Debrief", "debrief", "session_at"]

REPLAY_S = 30
"""A replay begins so many seconds before what it is about."""
CHANGED = kept(
    "The content has changed since this rehearsal. What stands here is worked out with the content of today."
)


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything that is gone through afterwards. Without what the trainee wrote it holds no part of the key."""

    title: str
    reference: str
    standing: str
    begun_at: str
    wrote: str | None = None
    """What the trainee wrote before the key was shown; empty where that was nothing, None where nobody asked yet."""
    observed: bool = False
    """Whether asking was observed, on the patient card."""
    notes: tuple[str, ...] = ()
    """What is to be known before reading: that it was shortened, that the content has changed."""
    times: tuple[ThemeTime, ...] = ()
    timeline: tuple[Moment, ...] = ()
    guesses: tuple[Round, ...] = ()
    rows: tuple[Row, ...] = ()
    never_told: tuple[Untold, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    items: tuple[Item, ...] = ()
    """Items that were responded to, and those that the author writes about."""
    traps: tuple[Item, ...] = ()
    contradiction: Aside | None = None
    interruption: Aside | None = None
    discussion: tuple[str, ...] = ()
    try_next: str = ""

    @property
    def complete(self) -> bool:
        """Whether the key is in it: the trainee has written first."""
        return self.wrote is not None


def debrief(scenario: Scenario, rehearsal: Rehearsal, pack: Pack, say: Voice = KEPT) -> Debrief:
    """The debrief of a rehearsal of this scenario, worked out with this content, in the voice of paper or the window.

    WorldError where the content has lost the pathway or a profile of it.
    """
    retold = Retold(rehearsal, pack, say)
    wrote = _wrote(rehearsal)
    known = Debrief(
        title=scenario.title,
        reference=scenario.reference,
        standing=standing_line(pack),
        begun_at=rehearsal.begun_at,
        observed=retold.observed,
        notes=_notes(rehearsal, pack, say),
        times=course.times(retold),
        timeline=course.timeline(retold, scenario),
    )
    return known if wrote is None else _with_key(known, wrote, scenario, retold)


def _with_key(known: Debrief, wrote: str, scenario: Scenario, retold: Retold) -> Debrief:
    compared = Compared(scenario, retold)
    rows = telling.rows(scenario, retold, compared)
    return Debrief(
        title=known.title,
        reference=known.reference,
        standing=known.standing,
        begun_at=known.begun_at,
        wrote=wrote,
        observed=known.observed,
        notes=known.notes,
        times=known.times,
        timeline=known.timeline,
        guesses=_guesses(retold),
        rows=rows,
        never_told=telling.never_told(scenario, retold),
        otherwise=telling.otherwise(rows),
        items=asides.items(scenario, retold),
        traps=asides.traps(scenario, retold),
        contradiction=asides.contradiction(scenario, retold),
        interruption=asides.interruption(scenario, retold),
        discussion=tuple(one.ask for one in scenario.discussion),
        try_next=asides.try_next(scenario, retold.rehearsal),
    )


def _wrote(rehearsal: Rehearsal) -> str | None:
    """All that was written, one text a line; None where nobody wrote, not even nothing."""
    texts = [event.words.strip() for event in rehearsal.events if isinstance(event, Wrote)]
    return "\n".join(text for text in texts if text) if texts else None


def _notes(rehearsal: Rehearsal, pack: Pack, say: Voice) -> tuple[str, ...]:
    found = []
    if rehearsal.cut_min is not None:
        shortened = say.tr("Shortened to {minutes} minutes: everything else was answered before it began.")
        found.append(shortened.format(minutes=rehearsal.cut_min))
    if rehearsal.opening["pack"]["hash"] != pack.hash:
        found.append(say.word(CHANGED))
    return tuple(found)


def _guesses(retold: Retold) -> tuple[Round, ...]:
    """The guesses of the class, each round beside what was listed when the list was shown, or is at the end."""
    found: list[Round] = []
    guessed: list[str] = []
    shown = dict(retold.uncovered)
    for place, event in enumerate(retold.rehearsal.events):
        if isinstance(event, Predicted):
            guessed.append(event.words)
        elif isinstance(event, Uncovered) and guessed:
            found.append(Round(tuple(guessed), shown[place], retold.clock(event.at)))
            guessed = []
    if guessed:
        listed = [one.title for one in retold.session.outcomes.values() if one.outcome == "listed"]
        found.append(Round(tuple(guessed), tuple(listed), ""))
    return tuple(found)
