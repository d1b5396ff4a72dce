"""A pathway's questions as a blank form for paper: boxes to tick, lines to write on, and nothing that rules say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from screener.exchange.blank_answers import to_answer
from screener.forms.asked_when import AskedNames, asked_when, reachable
from screener.forms.model import Pack, Pathway, Profile, Question, Theme
from screener.forms.visibility import Form
from screener.records.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Run,
    SignatureBlock,
    ToAnswer,
    words,
)
from screener.records.record import standing_line
from screener.rules.values import Kind

TITLE = "Intake form, blank"
REFERENCE, VISIT = "Patient reference", "Visit date"
ABOUT = (REFERENCE, "Second mark", VISIT, "Product of this visit", "In the room", "Asked by")
_HASH_SHOWN = 12
HOW_TO = (
    "Tick yes or no, elsewhere as the question says, or write on the line. "
    "What was not asked stays empty: an empty answer is never a no.",
    "“Not known” and “Declined” are answers of their own. "
    "A question to come back to has no box, because it is not answered yet: put a ring around its number.",
    "Words after an arrow say when a question is asked; it is asked too where what they rest on is not known or "
    "declined. Where they do not apply, the question is left empty.",
    "“When alone” stands at questions that are put off while somebody else is in the room.",
    "A date is written as exactly as it is known: a year alone will do.",
    "Where people say different things, write each with who said it.",
)


def themes_of(pack: Pack, pathway_id: str) -> list[Theme]:
    """The themes of a pathway that ask something, in their order."""
    form = Form(pack, pathway_id)
    return [theme for theme in form.themes if any(_asked(form, theme))]


def blank_form(pack: Pack, pathway_id: str, profiles: Sequence[str], themes: Collection[str] | None = None) -> Document:
    """The form of a pathway under these profiles; of `themes` only, where some are named.

    Questions keep their numbers whatever is left out, so that parts of one form can be told apart and put together.
    """
    numbered = _Numbered(pack, pathway_id, themes)
    pathway = pack.pathway(pathway_id)
    chosen = _profiles(pack, pathway, profiles)
    beside = [profile.state_form.title for profile in chosen if profile.state_form is not None]
    return Document(
        title=f"{TITLE} (supplement)" if beside else TITLE,
        subtitle=pathway.title,
        language="en",
        standing=standing_line(pack),
        blocks=tuple(_blocks(numbered, chosen, beside)),
        to_write=(REFERENCE, VISIT),
        stamp=stamp(pack),
    )


def stamp(pack: Pack) -> str:
    """Which content a page was printed from."""
    return f"{pack.head.id} {pack.head.version} · {pack.hash[:_HASH_SHOWN]}"


def _profiles(pack: Pack, pathway: Pathway, chosen: Sequence[str]) -> list[Profile]:
    """Those that are always on, those that the pathway needs by themselves, and those that were chosen."""
    needed = [need for need in pathway.needs if isinstance(need, str)]
    return [profile for profile in pack.profiles if profile.always or profile.id in (*needed, *chosen)]


def _blocks(form: _Numbered, profiles: Sequence[Profile], beside: Sequence[str]) -> Iterator[Block]:
    pathway = form.form_of
    yield Heading("This visit on paper")
    yield SignatureBlock(tuple((name, "") for name in ABOUT))
    pairs = (
        ("Pathway", pathway.title),
        ("Legal standing", pathway.legal),
        ("Profiles", "; ".join(one.title for one in profiles)),
        ("Content", f"pack {stamp(form.pack)}, {form.pack.head.standing}"),
        ("Left out of this print", ", ".join(theme.title for theme in form.left_out)),
    )
    yield Facts(tuple((name, words(text)) for name, text in pairs if text))
    for title in beside:
        yield Paragraph(words(f"This form is a supplement to {title}, and does not take its place."), tone="note")
    yield Bullets(tuple((Run(text),) for text in HOW_TO))
    for number, theme in form.themes:
        yield Heading(f"{number} {theme.title}")
        if theme.intro:
            yield Paragraph(words(theme.intro), tone="muted")
        yield from form.questions(theme)
    yield Heading("Filled in")
    yield SignatureBlock(tuple((name, "") for name in ("Name", "Signature", "Date", "Copied by", "Copied on")))


class _Numbered:
    """The questions of a form with their numbers."""

    def __init__(self, pack: Pack, pathway_id: str, themes: Collection[str] | None) -> None:
        self.pack, self.form_of = pack, pack.pathway(pathway_id)
        self._form = Form(pack, pathway_id)
        every = list(enumerate((theme for theme in self._form.themes if any(_asked(self._form, theme))), start=1))
        self.themes = [(place, theme) for place, theme in every if themes is None or theme.id in themes]
        self.left_out = [theme for _, theme in every if themes is not None and theme.id not in themes]
        self._number = {
            question.id: f"{place}.{second}"
            for place, theme in every
            for second, question in enumerate(_asked(self._form, theme), start=1)
        }
        printed = {theme.id for _, theme in self.themes}
        self._elsewhere = {name for name in self._number if pack.theme_of[name].id not in printed}
        self._names = AskedNames(pack, self._called)

    def questions(self, theme: Theme) -> Iterator[ToAnswer]:
        for question in _asked(self._form, theme):
            yield to_answer(self.pack, question, self._number[question.id], self._when(question))

    def _when(self, question: Question) -> str:
        gate = reachable(question.shown_when, self._form.questions)
        if gate is None:
            return ""
        clause = asked_when(gate, self._form.questions, self._names)
        return clause[0].upper() + clause[1:]

    def _called(self, question_id: str) -> str:
        label = self.pack.questions[question_id].label
        number = self._number.get(question_id)
        if number is None:
            return label
        apart = ", not in this print" if question_id in self._elsewhere else ""
        return f"{number} ({label}{apart})"


def _asked(form: Form, theme: Theme) -> Iterator[Question]:
    """What a person is asked: nothing that is worked out, and nothing that no answer here could bring up."""
    for question in theme.questions:
        asked = form.questions.get(question.id)
        if asked is None or asked.kind is Kind.DERIVED:
            continue
        if asked.shown_when is None or reachable(asked.shown_when, form.questions) is not None:
            yield asked
