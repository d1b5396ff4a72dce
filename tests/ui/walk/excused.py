"""What a text may say although it advises: a source's own words, declared beside their text, and names of sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from screener.forms.content import Strength
from screener.forms.model import Pack
from screener.forms.neutrality import excused_texts, places_of, python_strings, said
from tests.exchange.fhir.foreign.test_refusals import CANDIDATE
from tests.ui.walk.command_line import EXCEPTION_OF_SMALL_PACK
from tests.ui.walk.registry import ROOT

_PUT_IN = re.compile(r"\{[^}]*\}")


class Excused:
    """The phrases that may stand, each with whose they are, and how many texts needed them."""

    def __init__(self, pack: Pack) -> None:
        self.phrases = dict(_phrases(pack))
        self.used: Counter[str] = Counter()

    def refused(self, text: str) -> list[str]:
        """The words of a text that advise or decide and stand in no such phrase."""
        found = said(text)
        if not found:
            return []
        spans = [(phrase, *span) for phrase in self.phrases for span in places_of(phrase, text)]
        left = []
        for one in found:
            around = [phrase for phrase, start, end in spans if start <= one.start and one.end <= end]
            self.used.update(around[:1])
            left += [] if around else [one.words]
        return left

    def lines(self) -> Iterator[str]:
        """Each phrase that was needed, with whose it is."""
        yield from (f"“{phrase}”, {self.phrases[phrase]}: {times}" for phrase, times in sorted(self.used.items()))


def _phrases(pack: Pack) -> Iterator[tuple[str, str]]:
    for text, declared in excused_texts(pack):
        # What an answer puts into a text stands between its pieces on screen.
        yield from (
            (piece.strip(), f"own word of {declared.own_word_of}") for piece in _PUT_IN.split(text) if said(piece)
        )
    for name, source in pack.sources.items():
        yield from ((text, f"name of {name}") for text in (source.title, source.organisation, source.url) if said(text))
    yield from ((one.text, one.own_word_of) for one in python_strings(ROOT / "forms" / "words.py") if one.own_word_of)
    for strength in get_args(Strength):
        if said(strength):
            # As the report names the strength of a source, and as JSON does.
            whose = "the source that has this strength"
            yield from (
                (form.format(strength), whose) for form in ("Source: {}", "strength: {}", "({})", '"strength": {}')
            )
    yield EXCEPTION_OF_SMALL_PACK, "own word of a small pack"
    yield CANDIDATE, "words of a made-up form of another system, shown while it is looked over"
    yield "“candidate for” advises or decides", "what is said of them"
