"""What a local pack changes in the shipped one, as values and in words: commands and window say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from screener.forms.model import Pack, Question, Rule
from screener.forms.words import PackNames
from screener.rules.words import in_words

Entry = Rule | Question
_CONDITIONS = ("when", "shown_when")
_NOT_COMPARED = {"override", "of"}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry that differs: what it is called in the file, as shipped, as it is here."""

    name: str
    shipped: str
    here: str


@dataclass(frozen=True, slots=True)
class Added:
    """Something of the local pack's own: its kind, its id, and what it is called on screen."""

    kind: str
    id: str
    label: str

    @property
    def words(self) -> str:
        return f"{self.id} ({self.label})" if self.label else self.id


@dataclass(frozen=True, slots=True)
class Replaced:
    """A shipped entry that the local pack replaces, with each part that differs."""

    kind: str
    id: str
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A shipped rule that is not evaluated: why, by whose word, since when."""

    rule: str
    title: str
    reason: str
    by: str
    on: str

    @property
    def words(self) -> str:
        return f"{self.reason} {self.by}, {self.on}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a local pack changes in the one it extends."""

    extends: str
    drafts: bool
    added: tuple[Added, ...]
    replaced: tuple[Replaced, ...]
    off: tuple[SwitchedOff, ...]

    def touched(self, kind: str) -> frozenset[str]:
        """The entries of a kind that are added, replaced or switched off."""
        added = {entry.id for entry in self.added if entry.kind == kind}
        replaced = {entry.id for entry in self.replaced if entry.kind == kind}
        return frozenset(added | replaced | ({entry.rule for entry in self.off} if kind == "rule" else set()))

    @property
    def nothing(self) -> bool:
        """No entry is added, replaced or switched off."""
        return not (self.added or self.replaced or self.off)


def difference(pack: Pack, base: Pack) -> Difference:
    """A local pack, as composed, against the pack that it extends."""
    here, there = dict(_entries(pack)), dict(_entries(base))
    names_here, names_there = PackNames(pack), PackNames(base)
    replaced = [
        Replaced(kind, name, _label(entry), tuple(parts(there[kind][name], entry, names_there, names_here)))
        for kind in ("question", "rule")
        for name, entry in here[kind].items()
        if entry.override and name in there[kind]
    ]
    off = (
        SwitchedOff(entry.rule, pack.rules[entry.rule].title, entry.reason, entry.by, entry.on)
        for entry in pack.head.off
        if entry.rule in pack.rules
    )
    return Difference(
        extends=base.head.id,
        drafts=pack.head.drafts,
        added=tuple(
            Added(kind, name, _label(entry))
            for kind, entries in here.items()
            for name, entry in entries.items()
            if name not in there[kind]
        ),
        replaced=tuple(replaced),
        off=tuple(off),
    )


def difference_lines(found: Difference) -> list[str]:
    """The same as lines of text, one for each entry and one for each part of it."""
    drafts = "Drafts are evaluated." if found.drafts else "Drafts are off."
    lines = [f"Extends {found.extends}. {drafts}"]
    lines += [f"added {entry.kind}: {entry.words}" for entry in found.added]
    for entry in found.replaced:
        lines.append(f"replaced {entry.kind}: {entry.id} ({entry.label})")
        lines += [f"    {part.name}: shipped {part.shipped} / here {part.here}" for part in entry.parts]
        lines += [] if entry.parts else ["    no part differs"]
    return lines + [f"switched off: {entry.rule} ({entry.title}): {entry.words}" for entry in found.off]


def _entries(pack: Pack) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Everything with an id that a local pack can bring, by kind."""
    yield "theme", {theme.id: theme for theme in pack.themes}
    yield "question", pack.questions
    yield "rule", pack.rules
    yield "pathway", {pathway.id: pathway for pathway in pack.pathways}
    yield "profile", {profile.id: profile for profile in pack.profiles}
    yield "source", pack.sources
    yield "instrument", {instrument.id: instrument for instrument in pack.instruments}
    yield "medicine class", {entry.id: entry for entry in pack.medicines.classes}
    yield "medicine", {entry.name: entry for entry in pack.medicines.names}


def _label(entry: Any) -> str:
    return entry.label if isinstance(entry, Question) else str(getattr(entry, "title", ""))


# Part by part


def parts(there: Entry, here: Entry, names_there: PackNames, names_here: PackNames) -> Iterator[Part]:
    """The parts in which an entry differs from the shipped one, in the order in which a file has them."""
    for name, field in type(there).model_fields.items():
        called = field.alias or name
        old, new = getattr(there, name), getattr(here, name)
        # A rule that is switched off besides stands in a list of its own.
        if old == new or name in _NOT_COMPARED or (name == "status" and new == "off"):
            continue
        if name == "cases":
            yield _cases(old, new)
        else:
            yield from _inside(called, old, new, names_there, names_here)


def _cases(old: Sequence[Any], new: Sequence[Any]) -> Part:
    counts = [f"{len(cases)} worked case{'' if len(cases) == 1 else 's'}" for cases in (old, new)]
    return Part("cases", counts[0], counts[1] if counts[0] != counts[1] else f"{counts[1]}, not the same ones")


def _inside(called: str, old: Any, new: Any, names_there: PackNames, names_here: PackNames) -> Iterator[Part]:
    """A part as a whole, or what differs in it where both sides are built alike."""
    if called.rpartition(", ")[2] in _CONDITIONS:
        yield _condition(called, old, new, names_there, names_here)
    elif isinstance(old, BaseModel) and type(old) is type(new):
        for name, field in type(old).model_fields.items():
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                yield from _inside(f"{called}, {field.alias or name}", before, after, names_there, names_here)
    elif (members := _by_id(old)) is not None and (others := _by_id(new)) is not None:
        yield from _members(called, members, others, names_there, names_here)
    else:
        yield Part(called, _as_text(old), _as_text(new))


def _condition(called: str, old: Any, new: Any, names_there: PackNames, names_here: PackNames) -> Part:
    shipped = in_words(old, names_there) if old is not None else NOTHING
    here = in_words(new, names_here) if new is not None else NOTHING
    if shipped == here:  # other questions under the same name: only what is written tells them apart
        shipped, here = _as_text(old), _as_text(new)
    return Part(called, shipped, here)


def _by_id(value: Any) -> dict[str, Any] | None:
    """Members by their ids, or by the source that they name; None of anything else. Nothing has no members."""
    if not isinstance(value, tuple):
        return None
    found = {str(getattr(entry, "id", getattr(entry, "ref", ""))): entry for entry in value}
    return found if len(found) == len(value) and "" not in found else None


def _members(
    called: str, old: Mapping[str, Any], new: Mapping[str, Any], names_there: PackNames, names_here: PackNames
) -> Iterator[Part]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield from _inside(f"{called}, {name}", before, after, names_there, names_here)
    if set(old) == set(new) and list(old) != list(new):
        yield Part(f"{called}, order", ", ".join(old), ", ".join(new))


def _as_text(value: Any) -> str:
    """A value as one reads it in a file, without what holds nothing."""
    if isinstance(value, BaseModel):
        value = value.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    return _plain(value) or NOTHING


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case BaseModel():
            return _as_text(value)
        case Mapping():
            said = ((str(key), _inner(inner)) for key, inner in value.items())
            return ", ".join(f"{key}: {text}" for key, text in said if text)
        case list() | tuple():
            return ", ".join(text for text in map(_inner, value) if text)
        case _:
            return str(value)


def _inner(value: Any) -> str:
    """The same inside something else: what has parts of its own is held together by braces."""
    text = _plain(value)
    return f"{{{text}}}" if text and isinstance(value, Mapping | BaseModel | list | tuple) else text
