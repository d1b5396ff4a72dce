"""What is said of one beat of a story: to the class, and to the presenter alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screener.language import tr
from screener.screening.answers import PATIENT
from screener.training.scenario import Release
from screener.training.script import ALONE, Kind
from screener.ui.training.beats import Beat

TO_DISCUSS = tr("To discuss")
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


def telling_of(beat: Beat, titles: Mapping[str, str], theme: str) -> Telling:
    """What the class is shown of a beat: nothing of the author's, and nothing that the presenter is to do."""
    step = beat.step
    where = titles.get(theme) or tr("The beginning")
    place = tr("Step {number}, {where}").format(number=beat.number, where=where)
    room = _room(step.room)
    who, words, quoted = _said(beat)
    return Telling(place, who, words, quoted, room)


def _said(beat: Beat) -> tuple[str, str, bool]:
    """Whose words or what it is, the words, and whether somebody says them."""
    step = beat.step
    match step.kind:
        case Kind.DISCUSS:
            return TO_DISCUSS, step.words, False
        case Kind.PREDICT:
            return tr("What is on the list?"), PREDICT_LEAD, False
        case Kind.OPENING | Kind.SAID:
            return _who(step.by), step.words, True
        case Kind.PAPER:
            return tr("To read: {title}").format(title=step.title), step.words, False
        case Kind.MEASURED:
            return tr("Measured: {title}").format(title=step.title), step.words, False
        case Kind.TURN:
            words = tr("What is ordinary here was asked and is recorded.") if step.records else ""
            return step.title, words, False
        case Kind.ROOM:
            return (tr("Alone with the patient") if step.room == ALONE else tr("No longer alone")), step.words, False
        case Kind.BROKE_IN:
            return tr("Something breaks in"), step.words, False
        case _:
            return tr("The end of the visit"), tr("Esc ends the play; the debrief follows."), False


def notes_of(beat: Beat, coming: Sequence[Beat], telling: Telling, *, stray: bool) -> Notes:
    """What the presenter sees of a beat, with the next question for the class and what comes next."""
    step = beat.step
    asks = [one.step.words for one in (beat, *coming) if one.step.kind is Kind.DISCUSS]
    minutes = [one.step.minute for one in coming if one.step.minute is not None]
    minute = ""
    if step.minute is not None:
        minute = tr("Minute {minute} of the visit").format(minute=step.minute)
    elif minutes:
        minute = tr("Before minute {minute} of the visit").format(minute=minutes[0])
    return Notes(telling, _cue(beat), step.note, minute, asks[:1], [in_short(one) for one in coming], stray)


def in_short(beat: Beat) -> str:
    """A beat in a few words, for what comes next."""
    who, words, quoted = _said(beat)
    if not beat.told:
        return tr("Recorded: {title}").format(title=beat.step.title or who)
    shown = tr("“{words}”").format(words=words) if quoted and words else words
    return ": ".join(part for part in (who, shown) if part)


def _cue(beat: Beat) -> str:
    """What the presenter does: how the question is put."""
    step = beat.step
    if step.kind is not Kind.SAID or step.when is None:
        return step.cue
    how = {
        Release.FIRST: tr("Asked: {question}"),
        Release.AGAIN: tr("Asked again: {question}"),
        Release.OPEN: tr("Asked in open words: {question}"),
        Release.ALONE: tr("Asked with nobody else in the room: {question}"),
    }[step.when]
    return how.format(question=step.cue) if step.cue else ""


def _who(by: str) -> str:
    return tr("The patient") if by in ("", PATIENT) else by[:1].upper() + by[1:]


def _room(room: str) -> str:
    if room == ALONE:
        return tr("Nobody else in the room")
    return tr("In the room: {room}").format(room=room) if room else ""
