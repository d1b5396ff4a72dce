"""The items of a foreign form, in the order in which they stand, with all that surrounds each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from screener.exchange.fhir.bindings import REQUIRED
from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.foreign.shapes import Refused, objects_at, text_at
from screener.language import tr

MOST_ITEMS = 2_000
_TYPES = REQUIRED["Questionnaire.item.type"]
_OPERATORS = REQUIRED["Questionnaire.item.enableWhen.operator"]
_BEHAVIORS = REQUIRED["Questionnaire.item.enableBehavior"]
HIDDEN = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"


@dataclass(eq=False)
class Item:
    """One item: where it stands, what it is, the items around it from the outside in."""

    place: str
    raw: Json
    link: str
    type: str
    text: str
    around: tuple[Item, ...] = ()
    inside: list[Item] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether nobody is ever shown it there, itself or one around it."""
        return any(_is_hidden(one.raw) for one in (*self.around, self))

    def all(self) -> Iterator[Item]:
        yield self
        for one in self.inside:
            yield from one.all()


def _is_hidden(raw: Json) -> bool:
    extension = raw.get("extension", [])
    return isinstance(extension, list) and any(
        isinstance(one, dict) and one.get("url") == HIDDEN and one.get("valueBoolean") is True for one in extension
    )


def items_of(form: Json) -> list[Item]:
    """Every item of a form, checked as far as the form has to hold together."""
    top = list(_items(form, "Questionnaire", ()))
    found = [item for one in top for item in one.all()]
    if not found:
        raise Refused("Questionnaire.item", tr("it asks nothing"))
    if len(found) > MOST_ITEMS:
        raise Refused("Questionnaire.item", tr("it has more than {most} items").format(most=MOST_ITEMS))
    by_link: dict[str, Item] = {}
    for item in found:
        if item.link in by_link:
            what = tr("the linkId {link} stands twice, first in {first}")
            raise Refused(f"{item.place}.linkId", what.format(link=repr(item.link), first=by_link[item.link].place))
        by_link[item.link] = item
    for item in found:
        _check_conditions(item, by_link)
    _refuse_circles(found, by_link)
    return top


def _items(of: Json, place: str, around: tuple[Item, ...]) -> Iterator[Item]:
    for here, raw in objects_at(of, "item", place):
        link = raw.get("linkId")
        if not isinstance(link, str) or not link.strip():
            raise Refused(here, tr("it has no linkId"))
        kind = text_at(raw, "type", here)
        if kind not in _TYPES:
            raise Refused(f"{here}.type", _wrong_type(kind))
        item = Item(here, raw, link, kind, text_at(raw, "text", here), around)
        item.inside = list(_items(raw, here, (*around, item)))
        yield item


def _wrong_type(kind: str) -> str:
    if kind == "coding":
        return tr("“coding” is a type of R5; this program reads R4, which says choice or open-choice")
    if kind == "question":
        return tr("“question” is a type of an earlier FHIR; this program reads R4")
    return tr("{kind} is no type of R4").format(kind=repr(kind))


def _check_conditions(item: Item, by_link: Mapping[str, Item]) -> None:
    behavior = item.raw.get("enableBehavior")
    if behavior is not None and (not isinstance(behavior, str) or behavior not in _BEHAVIORS):
        raise Refused(f"{item.place}.enableBehavior", tr("it is neither all nor any"))
    for here, when in objects_at(item.raw, "enableWhen", item.place):
        named, operator = when.get("question"), when.get("operator")
        if not isinstance(named, str) or named not in by_link:
            what = tr("it names the linkId {link}, which is not there").format(link=repr(named))
            raise Refused(f"{here}.question", what)
        if operator is None:
            raise Refused(here, tr("it has no operator: that is an earlier FHIR, and this program reads R4"))
        if not isinstance(operator, str) or operator not in _OPERATORS:
            raise Refused(f"{here}.operator", tr("{operator} is no operator of R4").format(operator=repr(operator)))


def _refuse_circles(found: list[Item], by_link: Mapping[str, Item]) -> None:
    """No item decides, through others or through what stands inside it, whether it is itself shown."""
    needs = {item.link: [*(when["question"] for _, when in _whens(item)), *_outside(item)] for item in found}
    done: set[str] = set()
    for start in needs:
        above: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [] if start in done else [(start, iter(needs[start]))]
        while stack:
            link, left = stack[-1]
            if len(above) < len(stack):
                above.append(link)
            after = next(left, None)
            if after is None:
                stack.pop()
                above.pop()
                done.add(link)
            elif after in above:
                circle = ", ".join(above[above.index(after) :])
                what = tr("it decides about itself, through {circle}").format(circle=circle)
                raise Refused(f"{by_link[after].place}.enableWhen", what)
            elif after not in done:
                stack.append((after, iter(needs[after])))


def _whens(item: Item) -> Iterator[tuple[str, Json]]:
    return objects_at(item.raw, "enableWhen", item.place)


def _outside(item: Item) -> list[str]:
    return [item.around[-1].link] if item.around else []
