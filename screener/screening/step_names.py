"""What a step is called where it can be undone: in the user's words, short enough for a button. Never kept."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest

from screener.forms.answering import Account
from screener.forms.model import Question
from screener.forms.words import PHASE_WORDS, account_words, by_words, value_words
from screener.language import WINDOW, tr
from screener.rules.values import READING_PARTS, MedicineEntry, Medicines, Reading, Readings
from screener.rules.words import figure_words
from screener.screening.answers import Entry, Recorded

MOST_CHARACTERS = 60
_PART_WORDS = {
    "systolic": tr("systolic"),
    "diastolic": tr("diastolic"),
    "pulse": tr("pulse"),
    "phase": tr("phase"),
    "arm": tr("arm"),
    "position": tr("position"),
    "at": tr("time of the reading"),
    "cuff": tr("cuff"),
    "device": tr("device"),
    "taken_by": tr("taken by"),
}


def clipped(text: str, most: int = MOST_CHARACTERS) -> str:
    """A text in one line of so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def answer_name(question: Question, before: Recorded | None, after: Recorded | None) -> str:
    """`Weight: 104 kg`, `systolic 144`, `Weight cleared`. Of a sensitive question what was said is left out.

    A name stands on every page, whoever is in the room.
    """
    if question.sensitive:
        return question.label
    if after is None:
        return tr("{what} cleared").format(what=question.label)
    if before is not None:
        for entry in before.entries:
            if after.entry_of(entry.by) is None:
                return clipped(tr("{what} cleared").format(what=f"{question.label}, {by_words(entry.by, WINDOW)}"))
        if before.entries == after.entries:
            used = by_words(after.used, WINDOW) if after.used else tr("none named")
            return clipped(tr("{label}: account used, {used}").format(label=question.label, used=used))
    entry = next(e for e in after.entries if before is None or e not in before.entries)
    return _entry_name(question, before, after, entry)


def _entry_name(question: Question, before: Recorded | None, after: Recorded, entry: Entry) -> str:
    old = before.entry_of(entry.by) if before is not None else None
    if old is not None and (old.state, old.raw) == (entry.state, entry.raw):
        return clipped(tr("note to {label}").format(label=question.label))
    account = _account(after, entry.by)
    earlier = None if old is None or before is None else _account(before, entry.by)
    if isinstance(account.value, Readings):
        part = _reading_part(earlier, account.value)
        if part:
            return part
    who = f", {by_words(entry.by, WINDOW)}" if len(after.entries) > 1 else ""
    said = _medicine(earlier, account.value) if isinstance(account.value, Medicines) else ""
    if isinstance(account.value, Readings):
        said = _reading(question, earlier, account.value)
    return clipped(f"{question.label}{who}: {said or account_words(question, account, brief=True, say=WINDOW)}")


def _account(recorded: Recorded, by: str) -> Account:
    return next(account for account in recorded.given.accounts if account.by == by)


def _readings(account: Account | None) -> tuple[Reading, ...]:
    return account.value.items if account is not None and isinstance(account.value, Readings) else ()


def _changed(earlier: Account | None, now: Readings) -> list[tuple[Reading | None, Reading | None]]:
    """The readings that differ, each as it was and as it is."""
    pairs = zip_longest(_readings(earlier), now.items)
    return [(old, new) for old, new in pairs if old != new]


def _reading_part(earlier: Account | None, now: Readings) -> str:
    """The one figure of one reading that is another now; empty where more changed."""
    changed = _changed(earlier, now)
    if len(changed) != 1 or changed[0][1] is None:
        return ""
    old, new = changed[0][0] or Reading(), changed[0][1]
    parts = [part for part in READING_PARTS if getattr(old, part) != getattr(new, part)]
    if changed[0][0] is None:
        # A new row takes over phase, cuff and device from the one above: the figure is what was typed.
        parts = [part for part in parts if part in READING_PARTS[:3]]
    if len(parts) != 1:
        return ""
    value = getattr(new, parts[0])
    words = figure_words(value) if isinstance(value, Decimal) else WINDOW.word(PHASE_WORDS.get(value, value or ""))
    part = _PART_WORDS[parts[0]]
    return clipped(f"{part} {words}" if words else tr("{what} cleared").format(what=part))


def _reading(question: Question, earlier: Account | None, now: Readings) -> str:
    """The reading that was added or changed; empty where it is more than one."""
    changed = _changed(earlier, now)
    if len(now.items) < len(_readings(earlier)):
        return tr("reading removed")
    if len(changed) == 1 and changed[0][1] is not None:
        return value_words(question, Readings((changed[0][1],)), brief=True, say=WINDOW)
    return ""


def _medicine(earlier: Account | None, now: Medicines) -> str:
    """The medicine that was added, changed or removed; empty where it is more than one."""
    old = earlier.value.items if earlier is not None and isinstance(earlier.value, Medicines) else ()
    if len(now.items) < len(old):
        gone = [entry.name for entry in old if entry.name not in _names(now.items)]
        return tr("{what} removed").format(what=gone[0]) if len(gone) == 1 else ""
    changed = [new.name for new in now.items if new not in old]
    return changed[0] if len(changed) == 1 else ""


def _names(entries: tuple[MedicineEntry, ...]) -> list[str]:
    return [entry.name for entry in entries]
