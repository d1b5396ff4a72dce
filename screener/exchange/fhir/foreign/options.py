"""The options of a foreign choice: written with the question, or in a value set inside the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.foreign.items import Item
from screener.exchange.fhir.foreign.shapes import (
    Refused,
    Remark,
    as_text,
    object_at,
    objects_at,
    plain,
    text_at,
    value_at,
)
from screener.exchange.fhir.names import NONE_OF_THESE, OPTION_EXCLUSIVE, options_of
from screener.language import tr

MOST_OPTIONS = 500
_LONGEST_ID = 40


def slug(text: str, longest: int = _LONGEST_ID) -> str:
    """A text as an id can hold it; empty where nothing of it can stand there."""
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")[:longest].strip("_")


def free(name: str, taken: Mapping[str, Any] | set[str]) -> str:
    """The name, or the name with a number behind it, as nothing else bears it."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its id here, its words, and what it was there."""

    id: str
    text: str
    system: str = ""
    code: str = ""
    value: Any = None
    """Of an option that is no code."""
    kept: tuple[str, ...] = ()
    place: str = ""

    @property
    def there(self) -> str:
        """How it was called there, for the comment beside it."""
        if self.system.startswith(options_of("")):
            return ""
        return plain("|".join(part for part in (self.system, self.code) if part))

    def is_(self, kind: str, value: Any) -> bool:
        """Whether a test against this value means it."""
        if kind == "Coding" and isinstance(value, Mapping):
            code, system = value.get("code"), value.get("system")
            if code:
                return code == self.code and (not system or not self.system or system == self.system)
            return value.get("display") == self.text
        if kind == "Coding":
            return False
        return self.value == value if self.value is not None else str(value) in (self.text, self.code)


class Options:
    """Reads the options of one form's items."""

    def __init__(self, form: Json) -> None:
        self._sets: dict[str, tuple[str, Json]] = {}
        for place, one in objects_at(form, "contained", "Questionnaire"):
            if one.get("resourceType") == "ValueSet" and isinstance(one.get("id"), str):
                self._sets[one["id"]] = place, one
                if isinstance(one.get("url"), str):
                    self._sets[one["url"]] = place, one

    def of(self, item: Item, remarks: list[Remark]) -> list[Choice]:
        """The options of an item; none where they lie elsewhere, which is said."""
        found = [*self._written(item, remarks), *self._from_set(item, remarks)]
        if len(found) > MOST_OPTIONS:
            what = tr("it has more than {most} options").format(most=MOST_OPTIONS)
            raise Refused(item.place, what)
        named: dict[str, Choice] = {}
        for one in found:
            same = next((known for known in named.values() if _alike(known, one)), None)
            if same is not None:
                remarks.append(Remark(one.place, item.link, tr("the option stands twice; it is taken once")))
                continue
            name = free(slug(one.code) or slug(str(one.value or "")) or slug(one.text) or "option", named)
            named[name] = Choice(name, one.text, one.system, one.code, one.value, one.kept, one.place)
        return list(named.values())

    def _written(self, item: Item, remarks: list[Remark]) -> Iterator[Choice]:
        for place, one in objects_at(item.raw, "answerOption", item.place):
            kind, value = value_at(one, "value", place)
            kept = []
            several = item.raw.get("repeats") is True
            exclusive = any(
                extension.get("url") == OPTION_EXCLUSIVE and extension.get("valueBoolean") is True
                for _, extension in objects_at(one, "extension", place)
            )
            if exclusive and kind == "Coding" and isinstance(value, Mapping) and _is_none_of_ours(value):
                continue
            for here, extension in objects_at(one, "extension", place):
                if extension.get("url") == OPTION_EXCLUSIVE and not several:
                    continue  # of one answer every option takes back the others
                if extension.get("url") == OPTION_EXCLUSIVE:
                    what = tr("there this option takes back every other one; here it stands beside them")
                    remarks.append(Remark(here, item.link, what))
                else:
                    kept.append(as_text(extension))
                    remarks.append(Remark(here, item.link, tr("it is kept as a comment beside the option"), False))
            if one.get("initialSelected"):
                what = tr("there this option is chosen from the start; here nothing is filled in")
                remarks.append(Remark(f"{place}.initialSelected", item.link, what))
                kept.append("initialSelected")
            kept += _beside(value, place, item, remarks)
            yield _choice(kind, value, tuple(kept), place)

    def _from_set(self, item: Item, remarks: list[Remark]) -> Iterator[Choice]:
        name = text_at(item.raw, "answerValueSet", item.place)
        if not name:
            return
        here = f"{item.place}.answerValueSet"
        known = self._sets.get(name.removeprefix("#")) or self._sets.get(name.partition("|")[0])
        if known is None:
            what = tr("its options lie in {name}, which is not in the file; nothing is fetched")
            remarks.append(Remark(here, item.link, what.format(name=name)))
            return
        yield from _expanded(*known, item, remarks)


def _expanded(place: str, found: Json, item: Item, remarks: list[Remark]) -> Iterator[Choice]:
    if isinstance(found.get("expansion"), dict):
        yield from _contains(found["expansion"], f"{place}.expansion", item, remarks)
        return
    compose = object_at(found, "compose", place)
    for here, include in objects_at(compose, "include", f"{place}.compose"):
        system = text_at(include, "system", here)
        if "concept" not in include or "filter" in include or "valueSet" in include:
            what = tr("these options are described and not listed; nothing is fetched")
            remarks.append(Remark(here, item.link, what))
        for at, concept in objects_at(include, "concept", here):
            kept = tuple(_beside(concept, at, item, remarks))
            yield _choice("Coding", {"system": system, **concept}, kept, at)
    for here, _ in objects_at(compose, "exclude", f"{place}.compose"):
        remarks.append(Remark(here, item.link, tr("what is left out of the options there is not left out here")))


def _beside(value: Any, place: str, item: Item, remarks: list[Remark]) -> list[str]:
    """What an option says besides its code and its words."""
    rest = {name: one for name, one in value.items() if name not in _OF_AN_OPTION} if isinstance(value, Mapping) else {}
    for name in rest:
        what = tr("it is kept as a comment beside the option")
        remarks.append(Remark(f"{place}.{name}", item.link, what, changes=False))
    return [f"{name}: {as_text(one)}" for name, one in rest.items()]


_OF_AN_OPTION = frozenset(("system", "code", "display", "reference", "contains", "abstract"))


def _contains(of: Json, place: str, item: Item, remarks: list[Remark]) -> Iterator[Choice]:
    for here, one in objects_at(of, "contains", place):
        if not one.get("abstract"):
            yield _choice("Coding", one, tuple(_beside(one, here, item, remarks)), here)
        yield from _contains(one, here, item, remarks)


def _choice(kind: str, value: Any, kept: tuple[str, ...], place: str) -> Choice:
    if kind == "Coding":
        if not isinstance(value, dict):
            raise Refused(place, tr("it must be an object"))
        code, system = text_at(value, "code", place), text_at(value, "system", place)
        text = text_at(value, "display", place) or code
        if not text:
            raise Refused(place, tr("an option has neither a code nor words"))
        return Choice("", text, system, code, None, kept, place)
    if kind == "Reference":
        value = as_text(value.get("display") or value.get("reference") or "") if isinstance(value, Mapping) else value
    if isinstance(value, bool | list | dict) or not plain(str(value)):
        raise Refused(place, tr("an option has neither a code nor words"))
    return Choice("", plain(str(value)), "", "", value, kept, place)


def _alike(one: Choice, other: Choice) -> bool:
    return (one.system, one.code, one.value) == (other.system, other.code, other.value) and (
        bool(one.code) or one.text == other.text
    )


def _is_none_of_ours(value: Mapping[str, Any]) -> bool:
    return value.get("code") == NONE_OF_THESE and str(value.get("system", "")).startswith(options_of(""))
