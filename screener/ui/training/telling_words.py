"""What is said of one beat of a story: to the class, and to the presenter alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screener.language import tr
from screener.screening.answers import PATIENT
from screener.training.script import ALONE, Kind
from screener.ui.training.beats import Beat

PREDICT_LEAD = tr("Say or type what you expect on the list.")


@dataclass(frozen=True, slots=True)
class Telling:
    """`place`: where in the story one is. `who`: whose words they are, or what they are. `quoted`: somebody says so."""

    place: str
    who: str
    words: str
    quoted: bool = False
    room: str = ""

    @property
    def said(self) -> str:
        """All of it, for a reader."""
        return ". ".join(part for part in (self.place, self.room, self.who, self.words) if part)


@dataclass(frozen=True, slots=True)
class Notes:
    """What only the presenter sees of a beat. `coming`: what comes next, nearest first."""

    telling: Telling
    cue: str = ""
    note: str = ""
    minute: str = ""
    discussion: Sequence[str] = ()
    coming: Sequence[str] = ()
    stray: bool = False


def telling_of(beat: Beat, titles: Mapping[str, str]) -> Telling:
    """What the class is shown of a beat: nothing of the author's, and nothing that the presenter is to do."""
    step = beat.step
    where = titles.get(step.theme) or tr("The beginning")
    place = tr("Step {number}, {where}").format(number=beat.number, where=where)
    room = _room(step.room)
    match step.kind:
        case Kind.DISCUSS:
            return Telling(place, tr("To discuss"), step.words, room=room)
        case Kind.PREDICT:
            return Telling(place, step.title, PREDICT_LEAD, room=room)
        case Kind.OPENING | Kind.SAID:
            return Telling(place, _who(step.by), step.words, quoted=True, room=room)
        case Kind.PAPER:
            return Telling(place, tr("To read: {title}").format(title=step.title), step.words, room=room)
        case Kind.MEASURED:
            measured = tr("Measured: {title}").format(title=step.title)
            if step.minute is not None:
                measured = tr("Minute {minute} · {measured}").format(minute=step.minute, measured=measured)
            return Telling(place, measured, step.words, room=room)
        case Kind.TURN:
            words = tr("What is ordinary here was asked and is recorded.") if step.records else ""
            return Telling(place, step.title, words, room=room)
        case _:
            return Telling(place, step.title, step.words, room=room)


def notes_of(beat: Beat, coming: Sequence[Beat], titles: Mapping[str, str], *, stray: bool) -> Notes:
    """What the presenter sees of a beat, with the next question for the class and what comes next."""
    step = beat.step
    asks = [one.step.words for one in (beat, *coming) if one.step.kind is Kind.DISCUSS]
    minutes = [one.step.minute for one in coming if one.step.minute is not None]
    minute = ""
    if step.minute is not None:
        minute = tr("Minute {minute} of the visit").format(minute=step.minute)
    elif minutes:
        minute = tr("Before minute {minute} of the visit").format(minute=minutes[0])
    return Notes(
        telling_of(beat, titles), step.cue, step.note, minute, asks[:1], [kind_words(one) for one in coming], stray
    )


def kind_words(beat: Beat) -> str:
    """A beat in a few words, for what comes next."""
    step = beat.step
    if not beat.told:
        return tr("Recorded: {title}").format(title=step.title)
    if step.kind in (Kind.SAID, Kind.OPENING):
        return tr("{who}: “{words}”").format(who=_who(step.by), words=step.words)
    if step.kind is Kind.DISCUSS:
        return tr("To discuss: {words}").format(words=step.words)
    return ": ".join(part for part in (step.title, step.words) if part)


def _who(by: str) -> str:
    return tr("The patient") if by in ("", PATIENT) else by[:1].upper() + by[1:]


def _room(room: str) -> str:
    if room == ALONE:
        return tr("Nobody else in the room")
    return tr("In the room: {room}").format(room=room) if room else ""
