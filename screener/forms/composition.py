"""Gathered files read into one pack: entries validated at their places, composed, hashed."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from screener.forms.findings import Code, Finding, Place
from screener.forms.folder import Folder
from screener.forms.instruments import Instrument
from screener.forms.medicines import MedicineClass, MedicineList, MedicineName
from screener.forms.model import Groups, Pack, PackHead, Pathway, Profile, Rule, Source, Theme
from screener.forms.reading import Keys, Read, read_bytes
from screener.forms.validation import validation_findings

M = TypeVar("M", bound=BaseModel)


class Places:
    """Where each rule, question and other entry of a pack is written, for findings made after reading."""

    def __init__(self) -> None:
        self._reads: dict[tuple[str, str], tuple[Read, Keys]] = {}
        self.twice: list[tuple[str, str, Place, Place]] = []
        """Kind, id and both places of entries that came with an id already taken."""

    def remember(self, kind: str, name: str, read: Read, path: Keys) -> None:
        if (kind, name) in self._reads:
            self.twice.append((kind, name, self.of(kind, name), read.place(path)))
            return
        self._reads[kind, name] = (read, path)

    def with_others(self, others: Places) -> Places:
        """These places, and those of entries that were read elsewhere, which come first."""
        found = Places()
        found._reads = {**self._reads, **others._reads}
        return found

    def names(self, kind: str) -> list[str]:
        """The ids of all entries of a kind."""
        return [name for one, name in self._reads if one == kind]

    def read_of(self, kind: str, name: str) -> Read:
        """The file that an entry was read from."""
        return self._reads[kind, name][0]

    def of(self, kind: str, name: str, *inside: str | int) -> Place:
        """The place of something inside the entry `name` of a kind (rule, question, pathway, profile, theme, row)."""
        if (kind, name) not in self._reads:
            return Place(f"{kind} {name}")
        read, path = self._reads[kind, name]
        return read.place((*path, *inside))


class Reader:
    """Gathers a folder's files into models, with every finding at its line."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.findings = folder.findings
        self.places = Places()
        self.groups: Groups = {}
        self.extends = False
        """A local pack: a theme may hold nothing but rules."""

    def file(self, name: str) -> Read | None:
        """One file's content; None, with findings, where there is none to judge."""
        self.folder.read.add(name)
        if name not in self.folder.files:
            if not any(finding.place == self.folder.place(name) for finding in self.findings):
                self.findings.append(
                    Finding(Code.MISSING_FILE, self.folder.place(name), f"{name} is missing", "add it")
                )
            return None
        read = read_bytes(self.folder.files[name], self.folder.place(name).file)
        self.findings += [*read.findings, *read.doubtful]
        return None if read.findings else read

    def validated(self, read: Read, path: Keys, model: type[M]) -> M | None:
        data = read.data
        for part in path:
            data = data[part]
        try:
            return model.model_validate(data, context={"groups": self.groups})
        except ValidationError as wrong:
            self.findings += validation_findings(wrong, read, path, model)
            return None

    def one(self, name: str, model: type[M], kind: str = "", called: str = "") -> M | None:
        """One file that holds one entry, whose id is `called` like the file or folder."""
        read = self.file(name)
        entry = None if read is None else self.validated(read, (), model)
        if read is None or entry is None or not kind:
            return entry
        own = getattr(entry, "id", called)
        self.places.remember(kind, own, read, ())
        if own != called:
            message = f"the id {own} is not that of its file, {called}"
            self.findings.append(Finding(Code.FILE_NAME, read.place(("id",)), message, "give both the same name"))
        return entry

    def head(self) -> PackHead | None:
        """Who the pack is."""
        read = self.file("pack.yaml")
        head = None if read is None else self.validated(read, (), PackHead)
        if read is not None and head is not None:
            self.places.remember("pack", head.id, read, ())
        return head

    def many(self, folder: str, model: type[M], kind: str) -> list[M]:
        """A folder of files with one entry each, in the order of their names."""
        names = self.folder.names(f"{folder}/*.yaml")
        entries = [self.one(name, model, kind, Path(name).stem) for name in names]
        return [entry for entry in entries if entry is not None]

    def themes(self) -> list[Theme]:
        names = self.folder.names("themes/*/*.yaml")
        found = [self.theme(folder) for folder in sorted({name.split("/")[1] for name in names})]
        return [theme for theme in found if theme is not None]

    def theme(self, called: str) -> Theme | None:
        name = f"themes/{called}/questions.yaml"
        if self.extends and name not in self.folder.files:
            return Theme(id=called, rules=self.rules(f"themes/{called}/rules.yaml"))
        theme = self.one(name, Theme, "theme", called)
        rules = self.rules(f"themes/{called}/rules.yaml")
        if theme is None:
            return None
        if not self.extends:
            self._theme_by_itself(theme)
        if theme.rules:
            place = self.places.of("theme", theme.id, "rules")
            self.findings.append(Finding(Code.UNKNOWN_KEY, place, "rules stand in rules.yaml", "move them there"))
        read = self.places.read_of("theme", theme.id)
        for index, question in enumerate(theme.questions):
            self.places.remember("question", question.id, read, ("questions", index))
        return theme.model_copy(update={"rules": rules})

    def _theme_by_itself(self, theme: Theme) -> None:
        """What only a local pack may leave out or say."""
        if not theme.title:
            place = self.places.of("theme", theme.id)
            self.findings.append(Finding(Code.MISSING_KEY, place, "'title' is missing", "add `title:`"))
        if theme.pathways:
            place = self.places.of("theme", theme.id, "pathways")
            hint = "name the theme in the pathways' own files"
            self.findings.append(Finding(Code.UNKNOWN_KEY, place, "`pathways` stand in themes of local packs", hint))

    def rules(self, name: str) -> tuple[Rule, ...]:
        """A theme's rules, one by one: an error in one leaves the others judged. No file: no rules."""
        read = self.file(name) if name in self.folder.files else None
        if read is None:
            return ()
        if not isinstance(read.data, list):
            message, hint = "the file must be a list of rules", "begin each rule with `- id:`"
            self.findings.append(Finding(Code.WRONG_SHAPE, read.place(()), message, hint))
            return ()
        found = []
        for index in range(len(read.data)):
            rule = self.validated(read, (index,), Rule)
            if rule is not None:
                self.places.remember("rule", rule.id, read, (index,))
                found.append(rule)
                if rule.status == "off":
                    hint = "a local pack switches rules off in its pack.yaml, with a reason: `off:`"
                    place = read.place((index, "status"))
                    self.findings.append(Finding(Code.WRONG_SHAPE, place, "a rule is not written as `off`", hint))
        return tuple(found)

    def mapping(self, name: str, kind: str) -> tuple[Read | None, dict[str, Any]]:
        """A file of entries by id, as plain data."""
        read = self.file(name)
        if read is None or read.data is None:
            return read, {}
        if not isinstance(read.data, dict):
            message = "the file must hold entries by their ids"
            self.findings.append(Finding(Code.WRONG_SHAPE, read.place(()), message, "begin each entry with `id:`"))
            return read, {}
        for entry in read.data:
            self.places.remember(kind, entry, read, (entry,))
        return read, read.data

    def sources(self, *, needed: bool = True) -> dict[str, Source]:
        """`sources.yaml`, or several files in `sources/`."""
        found: dict[str, Source] = {}
        several = self.folder.names("sources/*.yaml")
        alone = "sources.yaml" in self.folder.files or (needed and not several)
        for file in [*(["sources.yaml"] if alone else []), *several]:
            read, data = self.mapping(file, "source")
            for name in data:
                source = None if read is None else self.validated(read, (name,), Source)
                if source is not None:
                    found[name] = source
        return found

    def instruments(self) -> list[Instrument]:
        return self.many("instruments", Instrument, "instrument")

    def medicines(self) -> MedicineList:
        """`medicines/classes.yaml`, and any number of files with names."""
        files = self.folder.names("medicines/*.yaml")
        classes: list[MedicineClass] = []
        names: list[MedicineName] = []
        for file in files:
            if file == "medicines/classes.yaml":
                classes += self.listed(file, MedicineClass, "medicine class", "id")
            else:
                names += self.listed(file, MedicineName, "medicine", "name")
        return MedicineList(classes=tuple(classes), names=tuple(names))

    def listed(self, name: str, model: type[M], kind: str, called: str) -> list[M]:
        """A file that is a list of entries; each is judged by itself."""
        read = self.file(name)
        if read is None or read.data is None:
            return []
        if not isinstance(read.data, list):
            message, hint = f"the file must be a list of entries, each a {kind}", f"begin each with `- {called}:`"
            self.findings.append(Finding(Code.WRONG_SHAPE, read.place(()), message, hint))
            return []
        found = []
        for index in range(len(read.data)):
            entry = self.validated(read, (index,), model)
            if entry is not None:
                self.places.remember(kind, getattr(entry, called), read, (index,))
                found.append(entry)
        return found

    def rows(self) -> dict[str, Any]:
        return self.mapping("rows.yaml", "row")[1] if "rows.yaml" in self.folder.files else {}


def content_hash(pack: Pack) -> str:
    """SHA-256 over content as canonical JSON: the same for every spelling, file order and comment.

    Defaults are left out, so that a field that a later version of the program adds changes no hash.
    """
    parts = pack.model_dump(by_alias=True, exclude_defaults=True, exclude={"hash"})
    for name in ("profiles", "pathways", "themes", "instruments"):
        parts[name] = {entry["id"]: entry for entry in parts.get(name, ())}
    if not parts["instruments"]:
        del parts["instruments"]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=canonical_json)
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_json(value: object) -> object:
    """What JSON has no word for.

    140.0 is 140; another decimal stands apart from text of the same figures; lengths of time are their text.
    """
    if not isinstance(value, Decimal):
        return str(value)
    whole = value == value.to_integral_value()
    return int(value) if whole else {"decimal": f"{value:f}".rstrip("0")}


def no_pack(folder: Path) -> tuple[None, list[Finding], Places]:
    said = f"{folder} holds no pack.yaml" if _is_folder(folder) else f"there is no folder {folder}"
    finding = Finding(Code.MISSING_FILE, Place(folder.name or str(folder)), said, "choose a folder with a pack.yaml")
    return None, [finding], Places()


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        # Longer than a name may be, say.
        return False


def composed(reader: Reader, head: PackHead | None) -> tuple[Pack | None, list[Finding], Places]:
    """A pack that stands by itself: its parts read, validated and put together."""
    reader.groups = head.groups if head is not None else {}
    profiles = reader.many("profiles", Profile, "profile")
    pathways = reader.many("pathways", Pathway, "pathway")
    themes = reader.themes()
    sources = reader.sources()
    rows = reader.rows()
    instruments = reader.instruments()
    medicines = reader.medicines()
    findings = [*reader.findings, *reader.folder.unread(), *duplicates(reader.places)]
    if findings or head is None:
        return None, findings, reader.places
    order = [theme for pathway in pathways for theme in pathway.themes]
    themes.sort(key=lambda theme: (order.index(theme.id) if theme.id in order else len(order), theme.id))
    pack = Pack(
        head=head,
        hash="",
        profiles=tuple(profiles),
        pathways=tuple(pathways),
        themes=tuple(themes),
        sources=sources,
        rows=rows,
        instruments=tuple(instruments),
        medicines=medicines,
    )
    return finished(pack), [], reader.places


def finished(pack: Pack) -> Pack:
    """A pack with the hash of its content."""
    return pack.model_copy(update={"hash": content_hash(pack)})


def duplicates(places: Places) -> list[Finding]:
    """Entries whose id was taken before."""
    return [
        Finding(Code.DUPLICATE_ID, second, f"the {kind} {name} stands twice, first in {first}", "give one another id")
        for kind, name, first, second in places.twice
    ]
