"""A made-up patient and the content: what of one the other does not take, and the opening of a rehearsal with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from screener.forms.answering import NotAnAnswer, read_given
from screener.forms.findings import Code, nearest
from screener.forms.model import Pack, Question
from screener.forms.profiles import not_offered, still_needed
from screener.screening.opening import Opening, PackStamp


class MadeUp(Protocol):
    """Whom a rehearsal is about, and under what it is begun."""

    @property
    def reference(self) -> str: ...
    @property
    def second_mark(self) -> str: ...
    @property
    def pathway(self) -> str: ...
    @property
    def profiles(self) -> tuple[str, ...]: ...
    @property
    def parameters(self) -> Mapping[str, str]: ...
    @property
    def product(self) -> str: ...


class Misfit(NamedTuple):
    """One thing that the content does not take. `path`: where it stands in what is written of the patient."""

    code: Code
    path: tuple[str | int, ...]
    message: str
    suggestion: str

    @property
    def words(self) -> str:
        return f"{self.message}; {self.suggestion}" if self.suggestion else self.message


def setting_misfits(who: MadeUp, pack: Pack) -> Iterator[Misfit]:
    """The pathway; where there is one of that name, its profiles and the chosen figures."""
    pathways = {pathway.id: pathway for pathway in pack.pathways}
    pathway = pathways.get(who.pathway)
    if pathway is None:
        yield _unknown(Code.UNKNOWN_PATHWAY, ("pathway",), "pathway", who.pathway, pathways)
        return
    profiles = [profile.id for profile in pack.profiles]
    for place, name in enumerate(who.profiles):
        if name not in profiles:
            yield _unknown(Code.UNKNOWN_PROFILE, ("profiles", place), "profile", name, profiles)
    for strange in not_offered(pack, pathway, who.profiles):
        yield Misfit(Code.UNKNOWN_PROFILE, ("profiles", strange.place), strange.message, strange.suggestion)
    for lacking in still_needed(pack, pathway, who.profiles):
        add = f"add one of: {', '.join(lacking.options)}"
        yield Misfit(Code.UNKNOWN_PROFILE, ("profiles",), lacking.message, add)
    for name, option in who.parameters.items():
        place_of_it, parameter = ("parameters", name), pack.parameters.get(name)
        if parameter is None:
            yield _unknown(Code.UNKNOWN_PARAMETER, place_of_it, "parameter", name, pack.parameters)
        elif parameter.option(option) is None:
            options = [entry.id for entry in parameter.options]
            yield _unknown(Code.UNKNOWN_OPTION, place_of_it, f"option of {name}", option, options)


def question_misfits(names: Iterable[str], pack: Pack, pathway: str, asked: Mapping[str, Question]) -> Iterator[Misfit]:
    """Names of questions that are none, or none of this pathway. `asked`: the questions that are."""
    for name in names:
        if name not in pack.questions:
            yield _unknown(Code.UNKNOWN_QUESTION, (name,), "question", name, pack.questions)
        elif name not in asked:
            yield Misfit(Code.ABSENT_QUESTION, (name,), f"{name} is not asked on {pathway}", "leave it out")


def answer_misfits(answers: Mapping[str, Any], asked: Mapping[str, Question]) -> Iterator[Misfit]:
    """Answers that cannot be read as the questions ask for them; of what is not asked nothing is said."""
    for name, raw in answers.items():
        try:
            if name in asked:
                read_given(asked[name], raw)
        except NotAnAnswer as wrong:
            yield Misfit(Code.CASE_UNREADABLE, (name,), f"{name}: {wrong}", wrong.suggestion)


def _unknown(code: Code, path: tuple[str | int, ...], what: str, name: str, known: Iterable[str]) -> Misfit:
    return Misfit(code, path, f"{name!r} is no {what} of this content", nearest(name, known))


def opening_for(who: MadeUp, pack: Pack, *, on: date, begun: datetime, clinician: str) -> Opening:
    """The opening of a rehearsal, marked as made-up."""
    return Opening(
        reference=who.reference,
        second_mark=who.second_mark,
        pathway=who.pathway,
        profiles=who.profiles,
        parameters=dict(who.parameters),
        product=who.product,
        visit_date=on.isoformat(),
        clinician=clinician,
        role="clinician",
        begun_at=begun.isoformat(timespec="seconds"),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
        made_up=True,
    )
