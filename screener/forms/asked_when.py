"""When a question is asked, in words for paper: "if yes to 3.2 (Psychosis ever)"."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

from screener.forms.model import Pack, Question
from screener.forms.words import PackNames
from screener.rules.expressions import All, Any_, Ask, Node, questions_read
from screener.rules.values import Kind
from screener.rules.words import in_words, leaf_words, series

Named = Callable[[str], str]
"""What a question is called inside a sentence."""


class AskedNames(PackNames):
    """A pack's names, with questions called as they stand on the paper."""

    def __init__(self, pack: Pack, named: Named) -> None:
        super().__init__(pack)
        self._named = named

    def question(self, question_id: str) -> str:
        return self._named(question_id)


def reachable(gate: Node | None, asked: Container[str]) -> Node | None:
    """The condition, less what rests on questions that are not asked here; None where it can then never be met.

    Of a question without a condition None is no answer: ask only for those that have one.
    """
    match gate:
        case None:
            return None
        case Any_():
            parts = [part for one in gate.any if (part := reachable(one, asked)) is not None]
            return None if not parts else parts[0] if len(parts) == 1 else Any_(any=tuple(parts))  # type: ignore[arg-type]
        case All():
            parts = [part for one in gate.all if (part := reachable(one, asked)) is not None]
            return None if len(parts) < len(gate.all) else All(all=tuple(parts))  # type: ignore[arg-type]
        case _:
            return gate if all(name in asked for name in questions_read(gate)) else None


def asked_when(gate: Node, questions: Mapping[str, Question], names: PackNames) -> str:
    """A condition as a clause that begins with "if"."""
    return f"if {_clause(gate, questions, names)}"


def _clause(node: Node, questions: Mapping[str, Question], names: PackNames) -> str:
    match node:
        case All():
            return _joined(node.all, " and ", questions, names)
        case Any_():
            return _joined(node.any, " or ", questions, names)
        case Ask(test="is") | Ask(test="one_of"):
            return _chosen(node, questions[node.ask], names)
        case Ask():
            return leaf_words(node, names)
        case _:
            return in_words(node, names)


def _joined(parts: tuple[Node, ...], by: str, questions: Mapping[str, Question], names: PackNames) -> str:
    said = [(part, _clause(part, questions, names)) for part in parts]
    return by.join(f"({text})" if part.children() else text for part, text in said)


def _chosen(node: Ask, question: Question, names: PackNames) -> str:
    """Yes to a question, or one of its options."""
    options = (node.is_,) if node.is_ is not None else node.one_of or ()
    called = names.question(question.id)
    if question.kind is Kind.YES_NO:
        return f"{series([str(option) for option in options])} to {called}"
    left_out = [option for option in question.option_ids if option not in options]
    if question.kind is Kind.CHOICES and not left_out:
        return f"anything but “None of these” is ticked at {called}"
    # Of several boxes that are ticked, one that is not meant says nothing of the others.
    if question.kind is Kind.CHOICE and len(options) > len(left_out) > 0 and len(options) > MANY:
        return f"anything but {series(_quoted(question, left_out), 'and')} at {called}"
    return f"{series(_quoted(question, options))} at {called}"


def _quoted(question: Question, options: Iterable[str]) -> list[str]:
    return [f"“{question.option_text(option)}”" for option in options]


MANY = 3
"""Of more options than so many it is shorter to say which are not meant."""
