"""That what is kept in English is shown in the language of the window, in a process that speaks the pseudo-language.

`tests/languages/test_spoken.py` runs this file. A page says something in English where a text that the translators were
given stands on it as the code has it. Content is in English, and so are the sentences of its rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from screener.forms.words import PHASE_WORDS, STATE_WORDS
from screener.language import CHOSEN_BY, PSEUDO, WINDOW, spoken
from screener.rules.words import ROUTE_WORDS
from screener.ui.widgets import speech
from screener.ui.widgets.controls import label
from tests.languages.catalogues import entries, template
from tests.ui.desks import shipped
from tests.ui.walk.browsing import walk_browser
from tests.ui.walk.debriefing import walk_debrief
from tests.ui.walk.deeds import walk_deeds
from tests.ui.walk.dose_day import walk_dose_day
from tests.ui.walk.handover import walk_handover
from tests.ui.walk.history import walk_history
from tests.ui.walk.keeping import walk_keeping
from tests.ui.walk.reader import Ears, Place, Reader
from tests.ui.walk.shell import walk_shell

assert spoken() == PSEUDO, f"begin with {CHOSEN_BY}={PSEUDO}"

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_OF_RULES = frozenset((*STATE_WORDS.values(), *PHASE_WORDS.values(), *ROUTE_WORDS.values()))
"""What a rule's condition says in the language of the content."""

_ON_PAPER = ("chart text", "gallery")
"""Screens that show what is copied in English, and controls with made-up words."""
_AS_WRITTEN = re.compile(r"\[Àš ît štàñdš îñ thé lõg.*", re.DOTALL)
"""A line of the log as it was written stands below what is said of it."""
_GIVEN_BY_THE_WALK = frozenset(
    (
        "the disk is full",
        "signed record",
        "the records have a new key",
        "the content cannot be read",
        "saved step",
        "writing line so far",
        "content not yet re-read by a named clinician",
        "show findings",
        "unpacking the backup",
        "partner or family",
        "unfinished screening",
        "a date",
        "not chosen",
        "when asked",
    )
)
"""What the walk itself puts on a page or types, what stands in content put together anew, and what authors wrote."""


def words_of(text: str) -> Words:
    return tuple(_WORD.findall(text.lower()))


@cache
def of_translators() -> frozenset[Words]:
    """Texts of two words or more, with nothing put in, that the translators were given."""
    english = (text for entry in entries(template()) for text, _ in entry.forms)
    found = (words_of(text) for text in english if "{" not in text and text not in _OF_RULES)
    return frozenset(words for words in found if len(words) > 1)


@cache
def of_content() -> frozenset[Words]:
    """What the content says: whatever of the translators' texts stands in it too is read in it."""
    sentences = re.split(r"[.:;\n]", shipped().model_dump_json().replace('"', "\n"))
    return frozenset(run for sentence in sentences for run in _runs(words_of(sentence)) if run in of_translators())


def _runs(words: Words) -> Iterator[Words]:
    most = max(map(len, of_translators()))
    return (words[a:b] for a in range(len(words)) for b in range(a + 2, min(a + most, len(words)) + 1))


def in_english(texts: Iterable[str]) -> dict[str, str]:
    """Texts with something in them as the code has it, each with that."""
    wanted = of_translators() - of_content()
    # Line by line: what ends one and what begins the next do not belong together.
    runs = {text: (run for line in re.split(r"[\n;]", text) for run in _runs(words_of(line))) for text in texts}
    found = {text: next((run for run in runs[text] if run in wanted), None) for text in runs}
    return {text: " ".join(run) for text, run in found.items() if run is not None}


WALKS = (
    walk_shell,
    walk_keeping,
    walk_deeds,
    walk_dose_day,
    walk_handover,
    walk_history,
    walk_browser,
    walk_debrief,
)


@pytest.fixture(scope="module")
def walked(qapp: object) -> Reader:
    reader = Reader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "QAccessible", Ears(reader))
        for walk in WALKS:
            walk(reader)
    return reader


def test_no_page_says_in_english_what_the_translators_were_given(walked: Reader) -> None:
    shown = {_AS_WRITTEN.sub("", text): place for text, place in walked.texts.items() if place[0] not in _ON_PAPER}
    told: dict[str, tuple[Place, str]] = {}
    for text, words in in_english(shown).items():
        told.setdefault(words, (shown[text], text[:200]))
    assert len(shown) > 10_000 and told.keys() >= _GIVEN_BY_THE_WALK, _GIVEN_BY_THE_WALK - told.keys()
    for words in _GIVEN_BY_THE_WALK:
        told.pop(words)
    lines = [f"{words}: {place}: {text}" for words, (place, text) in told.items()]
    assert lines == [], "\n".join(lines)


def test_a_word_of_the_record_that_is_shown_as_it_is_kept_is_found() -> None:
    shown, forgotten = WINDOW.word("partner or family"), label("Partner or family, 10:22")
    assert in_english([f"{shown}, 10:22"]) == {}
    assert in_english([forgotten.text()]) == {"Partner or family, 10:22": "partner or family"}
