"""Local packs: a folder of a clinic's own that adds to the shipped pack, replaces entries or switches rules off."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from screener.forms.changes import parts
from screener.forms.composition import (
    Places,
    Reader,
    canonical_json,
    composed,
    duplicates,
    finished,
    no_pack,
)
from screener.forms.findings import Code, Finding, nearest
from screener.forms.folder import Folder, is_pack
from screener.forms.medicines import MedicineList
from screener.forms.model import Pack, PackHead, Pathway, Profile, Question, Rule, Theme
from screener.forms.reading import read_bytes
from screener.forms.words import PackNames
from screener.places import forms_folder

Read = tuple[Pack | None, list[Finding], Places]
_ID = re.compile(r"[a-z][a-z0-9_-]*")
_LONGEST = 160
"""How many characters a finding quotes of each side."""


def read_pack(folder: Path) -> Read:
    """Read and validate a folder, whole or local, without judging what its parts say of each other."""
    return read_gathered(Folder(folder)) if is_pack(folder) else no_pack(folder)


def read_gathered(folder: Folder) -> Read:
    """The same of files that were gathered already."""
    reader = Reader(folder)
    head = reader.head()
    if head is None and extends_of(folder) is not None:
        # As a pack by itself it would lack nearly everything: none of that is what is wrong.
        return None, reader.findings, reader.places
    if head is None or head.extends is None:
        return composed(reader, head)
    return _Extension(reader, head, folder).read()


def extends_of(folder: Folder) -> str | None:
    """The pack that a folder says it extends, as far as its head can be read."""
    data = read_bytes(folder.files.get("pack.yaml", b""), "pack.yaml").data
    extends = data.get("extends") if isinstance(data, dict) else None
    return extends if isinstance(extends, str) and _ID.fullmatch(extends) else None


def base_folder(extends: str) -> Path:
    """The folder of the shipped pack of this id."""
    return forms_folder() / extends


def entry_hash(entry: Rule | Question) -> str:
    """What `of:` names: 12 digits over an entry as it stands, whatever spelling it is written in."""
    dumped = entry.model_dump(by_alias=True, exclude_defaults=True, exclude={"override", "of"})
    text = json.dumps(dumped, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=canonical_json)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


class _Extension:
    """Reads a local pack over the pack that it extends."""

    def __init__(self, reader: Reader, head: PackHead, folder: Folder) -> None:
        self._reader, self._head, self._folder = reader, head, folder
        self._findings = reader.findings
        self._places = reader.places
        self._base: Pack

    def read(self) -> Read:
        wanted = str(self._head.extends)
        where = base_folder(wanted)
        place = self._places.of("pack", self._head.id, "extends")
        if not is_pack(where):
            message = f"there is no shipped pack {wanted!r}"
            return None, [Finding(Code.MISSING_FILE, place, message, "write extends: intake")], self._places
        if self._head.id == wanted:
            own = self._places.of("pack", self._head.id, "id")
            message = f"{wanted} is the id of the pack that this one extends"
            self._findings.append(Finding(Code.DUPLICATE_ID, own, message, "give it a name of your own"))
        base, findings, base_places = read_pack(where)
        if base is None:
            return None, findings, base_places
        self._base = base
        self._reader.extends = True
        self._reader.groups = {**base.head.groups, **self._head.groups}
        pack = self._composed()
        self._findings += [*self._folder.unread(), *duplicates(self._places)]
        if self._findings:
            return None, self._findings, self._places
        return finished(pack), [], base_places.with_others(self._places)

    def _composed(self) -> Pack:
        base, reader = self._base, self._reader
        profiles = reader.many("profiles", Profile, "profile")
        pathways = reader.many("pathways", Pathway, "pathway")
        instruments = reader.instruments()
        sources = reader.sources(needed=False)
        medicines = reader.medicines()
        local = {theme.id: theme for theme in reader.themes()}
        for kind, ids, known in (
            ("profile", [p.id for p in profiles], [p.id for p in base.profiles]),
            ("pathway", [p.id for p in pathways], [p.id for p in base.pathways]),
            ("instrument", [i.id for i in instruments], [i.id for i in base.instruments]),
            ("source", list(sources), list(base.sources)),
            ("medicine class", [c.id for c in medicines.classes], [c.id for c in base.medicines.classes]),
            ("medicine", [m.name for m in medicines.names], [m.name for m in base.medicines.names]),
        ):
            for name in sorted(set(ids) & set(known)):
                self._taken(kind, name)
        themes = [self._merged(theme, local.get(theme.id)) for theme in base.themes]
        new = [theme for name, theme in local.items() if name not in {t.id for t in base.themes}]
        named = {theme for pathway in (*base.pathways, *pathways) for theme in pathway.themes}
        for theme in new:
            self._check_new(theme, shown=theme.id in named or bool(theme.pathways))
        for theme in local.values():
            self._check_pathways(theme, [pathway.id for pathway in (*base.pathways, *pathways)])
        shown = {theme.id: theme.pathways for theme in local.values()}
        rules = {rule.id for theme in (*themes, *new) for rule in theme.rules}
        off = self._switched_off(rules)
        # Made anew, not copied: a copy would keep the indexes of the pack that it was copied from.
        return Pack(
            head=self._head.model_copy(update={"groups": reader.groups, "title": self._head.title or base.head.title}),
            hash="",
            profiles=(*base.profiles, *profiles),
            pathways=tuple(_with_themes(pathway, shown) for pathway in (*base.pathways, *pathways)),
            themes=tuple(_without(theme, off) for theme in (*themes, *new)),
            sources={**base.sources, **sources},
            rows=base.rows,
            instruments=(*base.instruments, *instruments),
            medicines=MedicineList(
                classes=(*base.medicines.classes, *medicines.classes),
                names=(*base.medicines.names, *medicines.names),
            ),
        )

    def _check_new(self, theme: Theme, *, shown: bool) -> None:
        place = self._places.of("theme", theme.id)
        if not place.line:  # it holds nothing but rules
            place = self._folder.place(f"themes/{theme.id}/rules.yaml")
        if not theme.title:
            known = [t.id for t in self._base.themes]
            hint = f"{nearest(theme.id, known)}; a theme of your own has `title` and `pathways`"
            self._findings.append(Finding(Code.MISSING_KEY, place, f"there is no shipped theme {theme.id!r}", hint))
        elif not shown:
            hint = "add the pathways that show it: `pathways: [kap]`"
            self._findings.append(Finding(Code.MISSING_KEY, place, f"no pathway shows the theme {theme.id}", hint))
        for kind, entries in (("question", theme.questions), ("rule", theme.rules)):
            for entry in entries:
                self._fits(kind, entry, None)
                if entry.id in (self._base.questions if kind == "question" else self._base.rules):
                    self._taken(kind, entry.id)

    def _check_pathways(self, theme: Theme, known: Sequence[str]) -> None:
        for name in theme.pathways:
            if name not in known:
                place = self._places.of("theme", theme.id, "pathways")
                message = f"there is no pathway {name!r}"
                self._findings.append(Finding(Code.UNKNOWN_PATHWAY, place, message, nearest(name, known)))

    def _check_shipped(self, theme: Theme) -> None:
        """What a shipped theme is called and says of itself stays as it is."""
        for name in ("title", "intro", "why", "for_patient", "asked_anew"):
            if getattr(theme, name):
                place = self._places.of("theme", theme.id, name)
                message = f"the {name} of the shipped theme {theme.id} stays as it is"
                self._findings.append(Finding(Code.UNKNOWN_KEY, place, message, "take it out"))

    def _merged(self, theme: Theme, local: Theme | None) -> Theme:
        if local is None:
            return theme
        self._check_shipped(local)
        return theme.model_copy(
            update={
                "questions": self._entries("question", theme.questions, local.questions, self._base.questions),
                "rules": self._entries("rule", theme.rules, local.rules, self._base.rules),
            }
        )

    def _entries(self, kind: str, shipped: Any, local: Any, everywhere: Mapping[str, Any]) -> tuple[Any, ...]:
        """The shipped entries with those that are replaced in their places, and the new ones after them."""
        here = {entry.id: entry for entry in shipped}
        for entry in local:
            if entry.id not in here and entry.id in everywhere:
                self._taken(kind, entry.id)
            self._fits(kind, entry, here.get(entry.id))
            here[entry.id] = entry
        return tuple(here.values())

    def _fits(self, kind: str, entry: Any, shipped: Any) -> None:
        """An entry with a shipped id says that it replaces it, and which text of it."""
        place = self._places.of(kind, entry.id)
        if shipped is None:
            if entry.override:
                known = self._base.questions if kind == "question" else self._base.rules
                message = f"{entry.id} replaces nothing: there is no shipped {kind} of that id"
                hint = nearest(entry.id, known) or "take override and of out"
                self._findings.append(Finding(Code.UNKNOWN_ENTRY, place, message, hint))
            return
        now = entry_hash(shipped)
        if not entry.override:
            message = f"the {kind} {entry.id} is in the shipped pack"
            hint = f"give it another id, or write override: true and of: {now}"
            self._findings.append(Finding(Code.DUPLICATE_ID, place, message, hint))
        elif entry.of != now:
            message = (
                f"{entry.id} replaces {entry.of or 'a text that is not named'}, and the shipped {kind} is {now} now"
            )
            names = PackNames(self._base)
            both = "; ".join(
                f"{part.name}: shipped {_short(part.shipped)}, here {_short(part.here)}"
                for part in parts(shipped, entry, names, names)
            )
            hint = f"compare ({both or 'no part differs'}), then write of: {now}"
            self._findings.append(Finding(Code.CHANGED_ENTRY, self._places.of(kind, entry.id, "of"), message, hint))

    def _taken(self, kind: str, name: str) -> None:
        message = f"the {kind} {name} is in the shipped pack"
        hint = "give it another id"
        if kind in ("question", "rule"):
            hint += f"; to replace it, write it in its own theme, {self._base.theme_of[name].id}, with override: true"
        self._findings.append(Finding(Code.DUPLICATE_ID, self._places.of(kind, name), message, hint))

    def _switched_off(self, rules: set[str]) -> frozenset[str]:
        for index, entry in enumerate(self._head.off):
            if entry.rule not in rules:
                place = self._places.of("pack", self._head.id, "off", index, "rule")
                message = f"there is no rule {entry.rule!r} to switch off"
                self._findings.append(Finding(Code.UNKNOWN_RULE, place, message, nearest(entry.rule, rules)))
        return frozenset(entry.rule for entry in self._head.off)


def _with_themes(pathway: Pathway, shown: Mapping[str, tuple[str, ...]]) -> Pathway:
    """A pathway with the local themes that name it, at its end."""
    more = [theme for theme, pathways in shown.items() if pathway.id in pathways and theme not in pathway.themes]
    return pathway.model_copy(update={"themes": (*pathway.themes, *more)}) if more else pathway


def _without(theme: Theme, off: frozenset[str]) -> Theme:
    """A theme whose rules of these ids are switched off."""
    if off.isdisjoint(rule.id for rule in theme.rules):
        return theme
    rules = (rule.model_copy(update={"status": "off"}) if rule.id in off else rule for rule in theme.rules)
    return theme.model_copy(update={"rules": tuple(rules)})
