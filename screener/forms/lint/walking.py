"""Walking a pack's conditions with the place of every node; the finding for a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.forms.composition import Places
from screener.forms.findings import Code, Finding, Place, nearest
from screener.forms.model import Pack, Question, Rule
from screener.forms.reading import Keys
from screener.rules.expressions import All, Any_, Ask, Count, Node, Not


def unknown(code: Code, place: Place, what: str, name: str, known: Iterable[str]) -> Finding:
    """The finding for a name that nothing has, with the nearest one that something has."""
    return Finding(code, place, f"there is no {what} {name!r}", nearest(name, known))


def nodes_of(node: Node, path: Keys = ()) -> Iterator[tuple[Node, Keys]]:
    """A node and every node inside it, each with its path of keys as written."""
    yield node, path
    match node:
        case All():
            inside: Keys = ("all",)
        case Any_():
            inside = ("any",)
        case Count():
            inside = ("count", "of")
        case Not():
            yield from nodes_of(node.not_, (*path, "not"))
            return
        case _:
            return
    for index, child in enumerate(node.children()):
        yield from nodes_of(child, (*path, *inside, index))


def of_rules(pack: Pack, places: Places) -> Iterator[tuple[Rule, Node, Place]]:
    """Every node of every rule."""
    for rule in pack.rules.values():
        for index, condition in enumerate(rule.conditions()):
            base: Keys = ("when",) if rule.when is not None else ("levels", index, "when")
            for node, path in nodes_of(condition):
                yield rule, node, places.of("rule", rule.id, *base, *path)


def of_displays(pack: Pack, places: Places) -> Iterator[tuple[Question, Node, Place]]:
    """Every node of every display condition."""
    for question in pack.questions.values():
        if question.shown_when is not None:
            for node, path in nodes_of(question.shown_when):
                yield question, node, places.of("question", question.id, "shown_when", *path)


def everywhere(pack: Pack, places: Places) -> Iterator[tuple[Node, Place]]:
    """Every node of every rule and display condition."""
    yield from ((node, place) for _, node, place in of_rules(pack, places))
    yield from ((node, place) for _, node, place in of_displays(pack, places))


def asked(pack: Pack, places: Places) -> Iterator[tuple[Ask, Question, Place]]:
    """Every `ask` of a question that exists."""
    for node, place in everywhere(pack, places):
        if isinstance(node, Ask) and node.ask in pack.questions:
            yield node, pack.questions[node.ask], place
