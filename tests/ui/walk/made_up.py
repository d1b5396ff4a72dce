"""Made-up patients whose answers open every question of a pathway, so that each page can be read in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from screener.forms.answering import NONE_TAKEN
from screener.forms.model import Pack, Question
from screener.forms.visibility import Form
from screener.rules.expressions import All, Any_, Ask, Node, ParameterRef
from screener.rules.values import Kind
from screener.screening.session import Session

Wanted = dict[str, tuple[Any, ...]]
"""What some questions have to say: the options of a choice, or one figure."""


class Patients:
    """Fills screenings of one pathway. One patient after another, until every question was shown to one of them."""

    def __init__(self, pack: Pack, pathway_id: str) -> None:
        self._form = Form(pack, pathway_id)
        self._turn = [pathway.id for pathway in pack.pathways].index(pathway_id)
        self._medicines = [entry.name for entry in pack.medicines.names]

    def fill(self, session: Session, unseen: set[str], theme_id: str = "") -> set[str]:
        """Answer all that is shown, or all of one theme, so that as many `unseen` questions as can be are shown too.

        Gives those of them that are shown now.
        """
        wanted = self._wanted(unseen)
        of_theme = next((theme.names for theme in self._form.themes if theme.id == theme_id), ())
        for question in self._form.questions.values():
            here = question.id in of_theme or not theme_id
            if here and session.is_shown(question.id) and question.kind is not Kind.DERIVED:
                session.answer(question.id, self.answer(question, wanted.get(question.id, ())))
        return {name for name in unseen if session.is_shown(name)}

    def answer(self, question: Question, wanted: Sequence[Any] = ()) -> Any:
        """A value that the question takes: what is wanted of it, else one that says a lot."""
        match question.kind:
            case Kind.YES_NO:
                return wanted[0] if wanted else "yes"
            case Kind.CHOICE:
                return wanted[0] if wanted else question.option_ids[self._turn % len(question.option_ids)]
            case Kind.CHOICES:
                return list(question.option_ids)
            case Kind.NUMBER:
                return str(wanted[0] if wanted else _figure(question))
            case Kind.MEDICINES:
                return [{"name": name, "use": "current", "dose": "as prescribed"} for name in self._some_medicines()]
            case Kind.READINGS:
                return [
                    {"systolic": 151, "diastolic": 94, "pulse": 82, "phase": phase} for phase in ("screening", "before")
                ]
            case Kind.INSTRUMENT:
                return _figures(question)
            case Kind.DATE:
                return "2027-02" if question.planned else "2026-11-02"
            case Kind.TIME:
                return "10:31"
            case Kind.DATETIME:
                return "2026-11-23T10:31"
            case _:
                return "as the patient put it"

    def fill_with_no(self, session: Session) -> None:
        """Answer all that is shown with no, with none, and where there is no such answer with any."""
        nothing: Mapping[Kind, Any] = {
            Kind.YES_NO: "no",
            Kind.READINGS: NONE_TAKEN,
            Kind.MEDICINES: [],
            Kind.CHOICES: [],
        }
        for question in self._form.questions.values():
            if session.is_shown(question.id) and question.kind is not Kind.DERIVED:
                no = nothing.get(question.kind)
                session.answer(question.id, self.answer(question) if no is None else no)

    def _some_medicines(self) -> list[str]:
        """Other ones on each pathway."""
        step = len(self._medicines) // 5
        return [self._medicines[(place * step + self._turn * 7) % len(self._medicines)] for place in range(5)]

    def _wanted(self, unseen: set[str]) -> Wanted:
        """What has to be said for unseen questions to be shown, as far as one patient can say all of it."""
        wanted: Wanted = {}
        for question in self._form.questions.values():
            if question.id in unseen:
                for way in self._ways(question):
                    merged = self._merged(wanted, way)
                    if merged is not None:
                        wanted = merged
                        break
        return wanted

    def _ways(self, question: Question) -> Iterator[Wanted]:
        """Each way in which a question comes to be shown; what it rests on has to be shown too."""
        if question.shown_when is None:
            yield {}
            return
        for way in self._met(question.shown_when):
            above: Wanted | None = way
            for name in way:
                asked = self._form.questions.get(name)
                first = next(self._ways(asked), None) if asked is not None else None
                above = None if first is None or above is None else self._merged(above, first)
            if above is not None:
                yield above

    def _met(self, node: Node) -> Iterator[Wanted]:
        match node:
            case Ask() if node.is_ is not None:
                yield {node.ask: (node.is_,)}
            case Ask() if node.one_of is not None:
                yield from ({node.ask: (option,)} for option in node.one_of)
            case Ask() if node.comparison is not None:
                yield {node.ask: (_beside(node),)}
            case All():
                ways: list[Wanted] = [{}]
                for part in node.children():
                    ways = [m for way in ways for more in self._met(part) if (m := self._merged(way, more)) is not None]
                yield from ways
            case Any_():
                for part in node.children():
                    yield from self._met(part)

    def _merged(self, one: Wanted, other: Wanted) -> Wanted | None:
        """Both together; None where one question had to say two things. Of `choices` any number can be ticked."""
        for name in one.keys() & other.keys():
            asked = self._form.questions.get(name)
            if one[name] != other[name] and (asked is None or asked.kind is not Kind.CHOICES):
                return None
        return {**one, **other}


def _figure(question: Question) -> Decimal:
    """The upper end of what is plausible: more is listed there than in the middle."""
    return question.plausible[1] if question.plausible else Decimal(3)


def _beside(node: Ask) -> Decimal:
    """A figure for which the comparison holds."""
    assert not isinstance(node.limit, ParameterRef)
    return {"above": node.limit + 1, "below": max(Decimal(0), node.limit - 1)}.get(node.comparison or "", node.limit)


def _figures(question: Question) -> Mapping[str, Any]:
    """Every item at its highest, and every score that is not worked out of them."""
    scoring = question.scoring
    assert scoring is not None, question.id
    scores = {name: str(made.high) for name, made in scoring.scores.items() if name != scoring.main}
    total = {"total": str(scoring.scores[scoring.main].high)} if scoring.main in scoring.scores else {}
    items = {item: str(scale.high) for item, scale in scoring.items.items()}
    found = {"items": items, "scores": scores, **total}
    return {name: said for name, said in found.items() if said}
