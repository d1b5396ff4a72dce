"""Paper for three people at one desk: a sheet for who plays the patient, for who records, and for who watches.

Nothing of the key stands on the recorder's sheet, and nowhere is there room for a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from screener.forms.answering import NotAnAnswer, read_given
from screener.forms.model import Pack
from screener.forms.visibility import Form
from screener.forms.words import answer_words
from screener.records.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    NewSheet,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    ToAnswer,
    words,
)
from screener.records.record import standing_line
from screener.training.printed import BANNER, WATERMARK
from screener.training.scenario import PATIENT, Answers, Fact, Scenario
from screener.training.sentences import WHEN, capital

WHOLE_MIN = 60
"""Minutes on the sheets of a rehearsal that was not shortened."""
STOP = "Anybody says the stop word, at any time, and everybody stops. Nobody asks why."
HOW_TO_PLAY = (
    "Say the opening line, then answer only what you are asked.",
    "Say each thing when its condition is met, and not before. Your own words will do.",
    "What is not on this sheet you do not know, or it is ordinary: say so briefly.",
)
HOW_TO_RECORD = (
    "Ask aloud, in your own order. Record what you hear, in the program or on a blank form of this pathway.",
    "What you do not ask stays empty. An empty answer is not a no.",
    "Respond to what is listed, and sign in the rehearsal if there is time.",
)
HOW_TO_WATCH = (
    "Say nothing while it goes on. Write down the time and what was asked, as near to the words as you can.",
    "You keep the time, and you bring the interruption at its minute.",
    "Nothing here is added up. What you wrote is read out when you talk it over.",
)
LINES_TO_WATCH, LINES_TO_RECORD = 16, 14
FIRST_WORDS = "What I was unsure of, and what I would ask next time"


def actor_sheet(scenario: Scenario, pack: Pack, cut: int | None = None) -> Document:
    """For whoever plays the patient: the story, the words by what it takes, the stop word."""
    return _document(scenario, pack, cut, "Sheet for who plays the patient", _actor(scenario, cut))


def recorder_sheet(scenario: Scenario, pack: Pack, cut: int | None = None) -> Document:
    """For whoever asks and records: what to begin the screening with. Nothing of the key."""
    return _document(scenario, pack, cut, "Sheet for who asks and records", _recorder(scenario, pack, cut))


def observer_sheet(scenario: Scenario, pack: Pack, cut: int | None = None) -> Document:
    """For whoever watches: times, what was asked, room to write."""
    return _document(scenario, pack, cut, "Sheet for who watches", _observer(scenario, cut))


def paper_kit(scenario: Scenario, pack: Pack, cut: int | None = None) -> Document:
    """All three as one document, each on sheets of its own."""
    parts: tuple[tuple[str, Iterator[Block]], ...] = (
        ("For who plays the patient", _actor(scenario, cut)),
        ("For who asks and records", _recorder(scenario, pack, cut)),
        ("For who watches", _observer(scenario, cut)),
    )
    sheets = [(Heading(title), *part) for title, part in parts]
    blocks = chain(sheets[0], *((NewSheet(), *sheet) for sheet in sheets[1:]))
    return _document(scenario, pack, cut, "Rehearsal for three", blocks)


def _document(scenario: Scenario, pack: Pack, cut: int | None, title: str, blocks: Iterator[Block]) -> Document:
    return Document(
        title=title,
        subtitle=f"{scenario.title} · {scenario.reference} · {cut or WHOLE_MIN} minutes",
        language="en",
        standing=standing_line(pack),
        banner=BANNER,
        blocks=tuple(blocks),
        watermark=WATERMARK,
    )


def _kept_facts(scenario: Scenario, cut: int | None) -> list[Fact]:
    """The facts that are left to ask in so many minutes."""
    names = next((facts for minutes, facts in scenario.cuts.items() if minutes == str(cut)), None)
    return [fact for fact in scenario.facts if names is None or fact.id in names]


# Who plays the patient


def _actor(scenario: Scenario, cut: int | None) -> Iterator[Block]:
    yield Paragraph((Run("Stop word: ", strong=True), Run(f"{scenario.stop_word}. "), Run(STOP)), tone="note")
    if scenario.content_warning:
        yield Paragraph((Run("What it touches: ", strong=True), Run(scenario.content_warning)), tone="note")
    yield Paragraph((Run("You begin with: ", strong=True), Run(f"“{scenario.opening_line}”")))
    yield Bullets(tuple(words(line) for line in HOW_TO_PLAY))
    yield Heading("What is true", 2)
    yield Paragraph(words(scenario.story))
    yield Heading("What you say, and when", 2)
    yield Table("Words by what it takes", ("About", "Words", "Said"), tuple(_told(scenario, cut)), (3, 6, 4))
    if scenario.in_room:
        yield Heading("Who else is in the room", 2)
        pairs = ((one.who, f"asked to leave: “{one.leaving}”" if one.leaving else "stays") for one in scenario.in_room)
        yield Facts(tuple((capital(who), words(said)) for who, said in pairs))
    if scenario.papers:
        yield Heading("What you have with you", 2)
        yield Facts(
            tuple((paper.title, words(f"shown when it is asked for: {paper.words}")) for paper in scenario.papers)
        )
    yield from _figures(scenario)


def _told(scenario: Scenario, cut: int | None) -> Iterator[tuple[tuple[Run, ...], ...]]:
    for fact in _kept_facts(scenario, cut):
        for told in fact.told:
            who = "" if told.by == PATIENT else f"the {told.by} says it, "
            yield words(fact.title), words(f"“{told.words}”"), words(f"{who}{WHEN[told.when]}")


def _figures(scenario: Scenario) -> Iterator[Block]:
    """What is measured, in its order."""
    if not scenario.measured:
        return
    yield Heading("When something is measured", 2)
    yield Paragraph(words("Give the next figure each time that somebody measures."), tone="muted")
    rows = tuple((words(_figure(one.gives)), words(one.words)) for one in scenario.measured)
    yield Table("Figures in their order", ("Figure", "Said or seen then"), rows, (2, 3))


def _figure(gives: object) -> str:
    match gives:
        case {"systolic": systolic, "diastolic": diastolic, **more}:
            return f"{systolic}/{diastolic}" + (f", pulse {more['pulse']}" if "pulse" in more else "")
        case _:
            return str(gives)


# Who asks and records


def _recorder(scenario: Scenario, pack: Pack, cut: int | None) -> Iterator[Block]:
    pathway = pack.pathway(scenario.pathway)
    profiles = "; ".join(pack.profile(name).title for name in scenario.profiles)
    yield Paragraph((Run("Stop word: ", strong=True), Run(f"{scenario.stop_word}. "), Run(STOP)), tone="note")
    yield Facts(
        tuple(
            (name, words(text))
            for name, text in (
                ("Patient reference", scenario.reference),
                ("Second mark", scenario.second_mark),
                ("Visit date", f"{scenario.visit_date}, {scenario.begins}"),
                ("Pathway", pathway.title),
                ("Product of this visit", scenario.product),
                ("Profiles", profiles),
                ("Clinic’s choice", "; ".join(_chosen(scenario, pack))),
                ("Time", f"{cut or WHOLE_MIN} minutes"),
            )
            if text
        )
    )
    yield Paragraph((Run("The patient begins with: ", strong=True), Run(f"“{scenario.opening_line}”")))
    yield Bullets(tuple(words(line) for line in HOW_TO_RECORD))
    yield Heading("Themes of this pathway", 2)
    yield Paragraph(words(", ".join(theme.title for theme in Form(pack, scenario.pathway).themes)))
    yield from _known(scenario, pack, cut)
    yield Heading("Notes", 2)
    yield ToAnswer("", FIRST_WORDS, blank_lines=LINES_TO_RECORD)
    yield SignatureBlock((("Name", ""),))


def _chosen(scenario: Scenario, pack: Pack) -> Iterator[str]:
    for name, option in scenario.parameters.items():
        parameter = pack.parameters.get(name)
        found = None if parameter is None else parameter.option(option)
        if parameter is not None and found is not None:
            yield f"{parameter.title}: {found.label}"


def _known(scenario: Scenario, pack: Pack, cut: int | None) -> Iterator[Block]:
    """What was answered before, where it was shortened: by the facts that are not left to ask."""
    left = {fact.id for fact in _kept_facts(scenario, cut)}
    asked = Form(pack, scenario.pathway).questions
    rows = [
        (words(asked[name].label), words(said))
        for fact in scenario.facts
        if fact.id not in left
        for name in fact.truth
        if name in asked and (said := _answer(pack, fact.truth, name))
    ]
    if rows:
        yield Heading("Known from before", 2)
        yield Paragraph(words("Record these first. Everything else that is not asked today is ordinary."), tone="muted")
        yield Table("Answers from before", ("Question", "Answer"), tuple(rows), (1, 1))


def _answer(pack: Pack, answers: Answers, name: str) -> str:
    try:
        return answer_words(pack.questions[name], read_given(pack.questions[name], answers[name]))
    except NotAnAnswer:
        return ""


# Who watches


def _observer(scenario: Scenario, cut: int | None) -> Iterator[Block]:
    minutes = cut or WHOLE_MIN
    yield Paragraph((Run("Stop word: ", strong=True), Run(f"{scenario.stop_word}. "), Run(STOP)), tone="note")
    yield Bullets(tuple(words(line) for line in HOW_TO_WATCH))
    yield Facts(tuple(_times(scenario, minutes)))
    yield Heading("What was asked", 2)
    header = ("Time", "What was asked, in which words", "Again, open, alone", "What came back")
    for title in ("Write as it goes on", "Going on"):
        yield ToAnswer("", title, grid=Grid("What was asked", header, ("",) * LINES_TO_WATCH, (2, 7, 3, 7)))
    yield Heading("For the talk afterwards", 2)
    for ask in ("What happened at the interruption, and just after it?", "Which question opened something up?"):
        yield ToAnswer("", ask, blank_lines=3)
    yield SignatureBlock((("Name", ""),))


def _times(scenario: Scenario, minutes: int) -> Iterator[tuple[str, tuple[Run, ...]]]:
    yield "Begun at", words("_" * 12)
    breaks_in = min(scenario.interruption.minute, max(1, minutes - 2))
    asks = f" {scenario.interruption.ask}" if scenario.interruption.ask else ""
    yield f"Minute {breaks_in}", words(f"You break in: {scenario.interruption.words}{asks}")
    yield f"Minute {minutes}", words("You end it.")
