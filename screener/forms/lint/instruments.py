"""Instruments and the dictionary of medicines, and the tests that read them."""

from __future__ import annotations

from collections.abc import Iterator

from screener.forms.composition import Places
from screener.forms.findings import Code, Finding
from screener.forms.lint.walking import everywhere, unknown
from screener.forms.medicines import duplicate_names
from screener.forms.model import Pack
from screener.forms.reading import Keys
from screener.rules.expressions import HalfLives, Score, Takes
from screener.rules.values import Kind


def instruments_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """Questions name instruments that exist, and the sources of instruments exist."""
    ids = [instrument.id for instrument in pack.instruments]
    for question in pack.questions.values():
        if question.instrument is not None and question.instrument not in ids:
            place = places.of("question", question.id, "instrument")
            yield unknown(Code.UNKNOWN_INSTRUMENT, place, "instrument", question.instrument, ids)
        if question.complete is not None:
            other = pack.questions.get(question.complete)
            place = places.of("question", question.id, "complete")
            if other is None:
                yield unknown(Code.UNKNOWN_QUESTION, place, "question", question.complete, pack.questions)
            elif other.kind is not Kind.YES_NO:
                message = f"`complete` names {other.id}, a {other.kind}"
                yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a question of kind yes_no")
    for instrument in pack.instruments:
        named: list[tuple[Keys, str]] = [
            (("bands", index, "source"), band.source) for index, band in enumerate(instrument.bands)
        ]
        if instrument.licence.source:
            named.append((("licence", "source"), instrument.licence.source))
        for keys, source in named:
            if source not in pack.sources:
                place = places.of("instrument", instrument.id, *keys)
                yield unknown(Code.UNKNOWN_SOURCE, place, "source", source, pack.sources)


def scores_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """`score` names a question of kind instrument, a score or an item of it, and a figure inside its range."""
    for node, place in everywhere(pack, places):
        question = pack.questions.get(node.score) if isinstance(node, Score) else None
        if not isinstance(node, Score) or question is None:
            continue
        if question.kind is not Kind.INSTRUMENT:
            message = f"{question.id}, a {question.kind}, has no score"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a question of kind instrument")
            continue
        scoring = question.scoring
        if scoring is None:
            continue  # said already
        if node.item is not None:
            if node.item not in scoring.items:
                yield unknown(Code.UNKNOWN_OPTION, place, f"item of {question.id}", node.item, scoring.items)
                continue
            low, high = scoring.items[node.item].low, scoring.items[node.item].high
        else:
            name = scoring.score_id(node.part)
            if name not in scoring.scores:
                yield unknown(Code.UNKNOWN_OPTION, place, f"score of {question.id}", name, scoring.scores)
                continue
            low, high = scoring.scores[name].low, scoring.scores[name].high
        for figure in node.limits():
            if not low <= figure <= high:
                message = f"{figure} lies outside {low} to {high}, the range of {question.id}"
                yield Finding(Code.OUT_OF_RANGE, place, message, "check the figure")


def medicines_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """`takes` reads a medicines list, and names classes and substances that the dictionary holds."""
    classes = {entry.id: entry for entry in pack.medicines.classes}
    for node, place in everywhere(pack, places):
        if not isinstance(node, Takes):
            continue
        question = pack.questions.get(node.in_)
        if question is not None and question.kind is not Kind.MEDICINES:
            message = f"`takes` reads {question.id}, a {question.kind}"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a question of kind medicines")
        before = pack.questions.get(node.before or "")
        if before is not None and before.kind not in (Kind.DATE, Kind.DATETIME):
            message = f"`before` names {before.id}, a {before.kind}"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a date or a datetime")
        for name in node.takes.class_ or ():
            if name not in classes:
                yield unknown(Code.UNKNOWN_MEDICINE, place, "class of medicines", name, classes)
        for name in node.takes.substance or ():
            if name not in pack.medicines.substances:
                yield unknown(Code.UNKNOWN_MEDICINE, place, "substance", name, pack.medicines.substances)
            elif isinstance(node.within, HalfLives) and pack.medicines.substances[name].half_life is None:
                message = f"{name} has no sourced half-life, so this is never established"
                yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "write a window in days, or add the half-life")


def dictionary_that_does_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """Classes and parts that entries name exist, no name stands for two entries, and half-lives have a source."""
    medicines = pack.medicines
    classes = {entry.id for entry in medicines.classes}
    for entry in medicines.classes:
        for name in entry.parents:
            if name not in classes:
                place = places.of("medicine class", entry.id, "parents")
                yield unknown(Code.UNKNOWN_MEDICINE, place, "class of medicines", name, classes)
    for medicine in medicines.names:
        place = places.of("medicine", medicine.name)
        for name in medicine.classes:
            if name not in classes:
                yield unknown(Code.UNKNOWN_MEDICINE, place, "class of medicines", name, classes)
        for name in medicine.holds:
            if name not in medicines.substances:
                yield unknown(Code.UNKNOWN_MEDICINE, place, "substance", name, medicines.substances)
        if medicine.holds and medicine.classes:
            message = f"{medicine.name} holds others and has classes of its own"
            yield Finding(Code.WRONG_SHAPE, place, message, "give the classes to its parts")
        if medicine.half_life is not None and medicine.half_life.source not in pack.sources:
            place = places.of("medicine", medicine.name, "half_life", "source")
            yield unknown(Code.UNKNOWN_SOURCE, place, "source", medicine.half_life.source, pack.sources)
    for index, name, first in duplicate_names(medicines.names):
        place = places.of("medicine", medicines.names[index].name)
        message = f"{name!r} stands for {first} too"
        yield Finding(Code.DUPLICATE_ID, place, message, "leave it with one of the two")
