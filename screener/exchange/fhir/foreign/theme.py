"""The theme that a foreign form becomes: its questions in the order in which they will be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.foreign import ours
from screener.exchange.fhir.foreign.asked import Asked, Left
from screener.exchange.fhir.foreign.conditions import Conditions
from screener.exchange.fhir.foreign.items import Item
from screener.exchange.fhir.foreign.options import Options, free, slug
from screener.exchange.fhir.foreign.questions import free_text, left, of_a_display, of_a_group, question
from screener.exchange.fhir.foreign.shapes import Remark
from screener.forms.model import Pack
from screener.language import tr
from screener.rules.values import Kind

_LONGEST_ID, _LONGEST_HEADING = 60, 80
_BARE = 40
"""Letters of a text that says too little in a list, away from its heading: "Left arm"."""


@dataclass
class _Waiting:
    """What stands before the next question: headings, texts, and what is said of them."""

    texts: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def give(self, asked: Asked) -> None:
        asked.helping += self.texts
        asked.remarks += self.remarks
        asked.comments += self.comments
        self.texts, self.remarks, self.comments = [], [], []


class Walk:
    """Goes through the items of one form, and finds what each becomes."""

    def __init__(self, form: Json, prefix: str, pack: Pack) -> None:
        self._prefix, self._pack = prefix, pack
        self._ours = ours.is_ours(form)
        self._options = Options(form)
        self._taken: dict[str, object] = dict.fromkeys(pack.questions)
        self._waiting = _Waiting()
        self.found: list[Asked | Left] = []
        self._by_link: dict[str, Asked] = {}
        self._derived: list[tuple[int, Item]] = []

    def through(self, top: list[Item]) -> list[Asked | Left]:
        """Questions and what has no form here, in their order, each with its condition."""
        for item in top:
            self._item(item, "")
        self._work_out()
        conditions = Conditions(self._by_link)
        for asked in self.asked():
            if "shown_when" in asked.more:
                continue
            condition = conditions.of(asked.item, asked.remarks)
            if condition is not None:
                asked.more |= {"shown_when": condition.written(), "when_hidden": "not applicable"}
        self._give_to_last()
        return self.found

    def asked(self) -> Iterator[Asked]:
        return (one for one in self.found if isinstance(one, Asked))

    def _item(self, item: Item, heading: str) -> None:
        match item.type:
            case "group":
                self._group(item, heading)
            case "display":
                self._display(item)
            case _:
                self._question(item, heading)

    def _group(self, item: Item, heading: str) -> None:
        whole = ours.whole(item, self._name(item), self._pack) if self._ours else None
        if whole is not None:
            self._take(whole, heading)
            self._inside(item, heading, only="display")
            return
        of_a_group(item, self._waiting.remarks, self._waiting.comments)
        if item.text:
            self._waiting.texts.append(item.text if item.text[-1] in ".:?!" else f"{item.text}.")
        before = len(self.found)
        for one in item.inside:
            self._item(one, item.text or heading)
        if len(self.found) > before:
            self._give_to_last()

    def _display(self, item: Item) -> None:
        if item.hidden:
            self.found.append(left(item))
            return
        of_a_display(item, self._waiting.remarks, self._waiting.comments)
        if item.text:
            self._waiting.texts.append(item.text)
        for one in item.inside:
            self._item(one, "")

    def _question(self, item: Item, heading: str) -> None:
        if self._ours and ours.formula(item) is not None:
            self._derived.append((len(self.found), item))
            self.found.append(left(item))
            self._inside(item, heading)
            return
        made = question(item, self._name(item), self._options)
        if isinstance(made, Left):
            self.found.append(made)
            self._inside(item, heading)
            return
        self._take(made, heading)
        self._inside(item, heading, only="display")
        behind = free_text(made, self._taken)
        if behind is not None:
            self._taken[behind.id] = behind
            self.found.append(behind)
        self._inside(item, heading, but="display")

    def _inside(self, item: Item, heading: str, *, only: str = "", but: str = "") -> None:
        """What stands inside a question; a text there is help to it."""
        for one in item.inside:
            if (not only or one.type == only) and one.type != but:
                self._item(one, heading)
        if only == "display":
            self._give_to_last()

    def _take(self, asked: Asked, heading: str) -> None:
        self._taken[asked.id] = asked
        self._by_link[asked.item.link] = asked
        self._waiting.give(asked)
        if heading and len(asked.text) <= _BARE and len(heading) < _LONGEST_HEADING:
            asked.short = f"{heading.rstrip('.:')}: {asked.text}"
        self.found.append(asked)

    def _give_to_last(self) -> None:
        """What stands after the last question of a group belongs to that one."""
        last = next((one for one in reversed(self.found) if isinstance(one, Asked)), None)
        if last is not None:
            self._waiting.give(last)

    def _work_out(self) -> None:
        for place, item in self._derived:
            made = ours.worked_out(item, self._name(item), self._by_link, self._pack)
            if made is None:
                what = tr("it is worked out from what is not asked here; it is left out")
                self.found[place].remarks[:] = [Remark(item.place, item.link, what)]
                continue
            self._taken[made.id] = made
            self.found[place] = made

    def _name(self, item: Item) -> str:
        return free(f"{self._prefix}.{slug(item.link, _LONGEST_ID) or 'question'}", self._taken)


def inputs(found: list[Asked | Left]) -> frozenset[str]:
    """The questions that something is worked out from."""
    derived = (one for one in found if isinstance(one, Asked) and one.kind is Kind.DERIVED)
    return frozenset(name for one in derived for name in one.more["formula"]["of"])
