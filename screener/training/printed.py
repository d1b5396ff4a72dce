"""A debrief as a document: the same statements as on screen, for paper, under a banner and a watermark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from screener.forms.model import TIERS
from screener.forms.words import TIER_WORDS
from screener.language import KEPT, Voice, kept
from screener.records.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Run,
    Table,
    words,
)
from screener.training.debrief import Debrief
from screener.training.parts import Aside, Effect, Item, Row
from screener.training.sentences import capital

WATERMARK = "MADE-UP PATIENT"
BANNER = f"{WATERMARK}: for practice, not a record of care"
LEAD_OBSERVED = kept("In the order of the conversation. Of what was not recorded, nothing else is known.")
LEAD_NOT_OBSERVED = kept(
    "In the order of the conversation. Asking itself was not observed; “not recorded” is all that is known."
)
UNWRITTEN = "The key is not shown before the trainee has written."
NOTHING_WRITTEN = kept("Nothing was written before the key was shown.")
NO_ITEM = kept("No item rests on it.")


def mark_words(mark: str) -> str:
    """The mark of a listed item in words; nothing for any other."""
    return next((TIER_WORDS[tier] for tier in TIERS if tier == mark), "")


def lead(found: Debrief) -> str:
    """What stands above the rows."""
    return LEAD_OBSERVED if found.observed else LEAD_NOT_OBSERVED


def spoken_answer(row: Row, *, story: bool) -> str:
    """What was recorded, or what is true: one answer, or one a line with its question."""
    said = [(part.label, part.story if story else part.recorded) for part in row.parts]
    if len(said) == 1:
        return capital(said[0][1])
    return "\n".join(f"{label}: {answer}" for label, answer in said)


def printed(found: Debrief) -> Document:
    """The debrief on paper. Before the trainee has written, it says that, and shows nothing of the key."""
    blocks = list(_whole(found)) if found.complete else [Paragraph(words(UNWRITTEN), tone="note"), *_course(found)]
    return Document(
        title="Debrief",
        subtitle=f"{found.title} · {found.reference} · rehearsed {found.begun_at[:10]}",
        language="en",
        standing=found.standing,
        banner=BANNER,
        blocks=tuple(blocks),
        watermark=WATERMARK,
    )


def _whole(found: Debrief) -> Iterable[Block]:
    for note in found.notes:
        yield Paragraph(words(note), tone="note")
    yield Heading("Before the key was shown")
    yield Paragraph(words(f"“{found.wrote}”" if found.wrote else NOTHING_WRITTEN))
    yield Heading("What was told, what was recorded")
    yield Paragraph(words(lead(found)), tone="muted")
    yield _rows(found.rows)
    yield from _remarks(found.rows)
    yield from _never_told(found)
    yield from _otherwise(found)
    yield from _items("Items and the author’s notes", found.items)
    yield from _items("What looks like an item and is none", found.traps)
    yield from _aside("The contradiction", found.contradiction)
    yield from _aside("The interruption", found.interruption)
    yield from _guesses(found)
    yield from _course(found)
    yield Heading("For discussion")
    yield Bullets(tuple(words(ask) for ask in found.discussion))
    yield Heading("One thing to try next")
    yield Paragraph(words(found.try_next))


def _rows(rows: Sequence[Row]) -> Table:
    header = ("The patient’s words or the story", "Recorded", "Story", "What the list did with it")
    return Table("What was told, what was recorded", header, tuple(_row(row) for row in rows), (30, 18, 18, 34))


def _row(row: Row) -> tuple[Inline, ...]:
    told = f"“{row.words}”" if row.words else row.title
    below = [row.title] * bool(row.words) + [row.how] * bool(row.how)
    below += [f"before: {earlier}" for earlier in row.earlier]
    did: list[Run] = []
    for effect in row.effects:
        did += [*_effect(effect), Run("\n")]
    return (
        (Run(told, strong=True), *(Run(f"\n{line}", muted=True) for line in below)),
        words(spoken_answer(row, story=False)),
        words(spoken_answer(row, story=True)),
        tuple(did[:-1]) or (Run(NO_ITEM, muted=True),),
    )


def _effect(effect: Effect) -> Inline:
    mark = mark_words(effect.mark)
    return (Run(f"{effect.title}. ", strong=True), Run(f"{mark}. " if mark else ""), Run(effect.text))


def _remarks(rows: Sequence[Row]) -> Iterable[Block]:
    said = [(row.title, remark) for row in rows for remark in (*row.remarks, *([row.note] if row.note else []))]
    if said:
        yield Heading("Remarks", 2)
        yield Facts(tuple((title, words(remark)) for title, remark in said))


def _never_told(found: Debrief) -> Iterable[Block]:
    if found.never_told:
        yield Heading("What the patient never had a chance to tell")
        header = ("About", "Words", "What it takes")
        rows = tuple((words(one.title), words(f"“{one.words}”"), words(one.takes)) for one in found.never_told)
        yield Table("What the patient never had a chance to tell", header, rows, (3, 4, 3))


def _otherwise(found: Debrief) -> Iterable[Block]:
    if found.otherwise:
        yield Heading("What another answer would have listed")
        header = ("About", "Item", "With the story’s answer")
        rows = tuple((words(one.about), words(one.title), words(one.text)) for one in found.otherwise)
        yield Table("What another answer would have listed", header, rows, (3, 4, 5))


def _items(title: str, items: Sequence[Item]) -> Iterable[Block]:
    if items:
        yield Heading(title)
        rows = tuple(
            (
                (Run(item.title, strong=True),),
                words(did(item)),
                words(item.response),
                words(item.note),
            )
            for item in items
        )
        yield Table(title, ("Item", "The list", "Response", "The author’s note"), rows, (4, 4, 4, 5))


def did(item: Item, say: Voice = KEPT) -> str:
    """What the list did with an item, under which mark it is listed."""
    mark = say.word(mark_words(item.mark))
    return f"{mark}. {item.did}." if mark else f"{item.did}."


def _aside(title: str, aside: Aside | None) -> Iterable[Block]:
    if aside is not None:
        yield Heading(title)
        yield Paragraph((Run(f"{aside.words} "), Run(aside.text, muted=True)))


def _guesses(found: Debrief) -> Iterable[Block]:
    if not found.guesses:
        return
    yield Heading("What the class guessed")
    rows = tuple(
        (words(one.at or "at the end"), words("\n".join(one.guesses)), words("\n".join(one.listed) or "Nothing listed"))
        for one in found.guesses
    )
    yield Table("Guesses, and what was listed", ("Time", "Guessed", "Listed then"), rows, (1, 4, 5))


def _course(found: Debrief) -> Iterable[Block]:
    if found.times:
        yield Heading("Where the time went")
        rows = tuple((words(one.title), words(one.words)) for one in found.times)
        yield Table("Minutes and seconds by theme", ("Theme", "Open for"), rows, (4, 1))
    if found.timeline:
        yield Heading("In which order")
        rows = tuple((words(one.clock), words(one.words)) for one in found.timeline)
        yield Table("What was asked, shown and measured", ("Time", "What"), rows, (1, 9))
