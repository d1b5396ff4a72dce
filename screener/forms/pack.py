"""A folder of content as a pack: read, validated with places, checked, hashed, cached; the last good one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from screener.forms.findings import Code, Finding, Place, nearest
from screener.forms.model import Pack, PackHead, Pathway, Profile, Rule, Source, Theme
from screener.forms.reading import Read, read_file
from screener.rules.expressions import LEADING_KEYS

M = TypeVar("M", bound=BaseModel)
_RULES = TypeAdapter(tuple[Rule, ...])


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack, or None when findings stop it; and all findings."""

    pack: Pack | None
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        return self.pack is None


class Places:
    """Where each rule, question and file of a pack is written, for findings made after reading."""

    def __init__(self) -> None:
        self._reads: dict[tuple[str, str], tuple[Read, tuple[str | int, ...]]] = {}

    def remember(self, kind: str, name: str, read: Read, path: tuple[str | int, ...]) -> None:
        self._reads[kind, name] = (read, path)

    def of(self, kind: str, name: str, *inside: str | int) -> Place:
        """The place of something inside the entry `name` of a kind (rule, question, pathway, profile, theme)."""
        if (kind, name) not in self._reads:
            return Place(f"{kind} {name}")
        read, path = self._reads[kind, name]
        return read.place((*path, *inside))


class _Reader:
    """Gathers a folder's files into one mapping, with every finding at its line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.places = Places()

    def file(self, path: Path) -> Read:
        read = read_file(path, path.relative_to(self.folder.parent).as_posix())
        self.findings += read.findings
        return read

    def one(self, path: Path, model: type[M], kind: str = "") -> M | None:
        """One file that holds one entry."""
        if not path.is_file():
            name = path.relative_to(self.folder.parent).as_posix()
            self.findings.append(Finding(Code.MISSING_FILE, Place(name), f"{path.name} is missing", "add the file"))
            return None
        read = self.file(path)
        if read.findings:
            return None
        entry = self.validated(read, (), model)
        if entry is not None and kind:
            self.places.remember(kind, getattr(entry, "id", path.stem), read, ())
        return entry

    def validated(self, read: Read, path: tuple[str | int, ...], model: type[M]) -> M | None:
        try:
            return model.model_validate(_at(read.data, path))
        except ValidationError as wrong:
            self.findings += validation_findings(wrong, read, path, model)
            return None

    def many(self, folder: str, model: type[M], kind: str) -> list[M]:
        """A folder of files with one entry each, in the order of their names."""
        paths = sorted((self.folder / folder).glob("*.yaml"))
        return [entry for entry in (self.one(path, model, kind) for path in paths) if entry is not None]

    def themes(self) -> list[Theme]:
        found = []
        for folder in sorted(path for path in (self.folder / "themes").glob("*") if path.is_dir()):
            theme = self.theme(folder)
            if theme is not None:
                found.append(theme)
        return found

    def theme(self, folder: Path) -> Theme | None:
        rules = self.rules(folder / "rules.yaml")
        theme = self.one(folder / "questions.yaml", Theme, "theme")
        if theme is None or rules is None:
            return None
        read = self.places._reads["theme", theme.id][0]
        for index, question in enumerate(theme.questions):
            self.places.remember("question", question.id, read, ("questions", index))
        return theme.model_copy(update={"rules": rules})

    def rules(self, path: Path) -> tuple[Rule, ...] | None:
        if not path.is_file():
            return ()
        read = self.file(path)
        if read.findings:
            return None
        if not isinstance(read.data, list):
            self.findings.append(
                Finding(Code.WRONG_SHAPE, read.place(()), "rules.yaml must be a list", "begin each rule with `- id:`")
            )
            return None
        found = []
        before = len(self.findings)
        for index in range(len(read.data)):
            rule = self.validated(read, (index,), Rule)
            if rule is not None:
                self.places.remember("rule", rule.id, read, (index,))
                found.append(rule)
        return tuple(found) if len(self.findings) == before else None

    def sources(self) -> dict[str, Source]:
        path = self.folder / "sources.yaml"
        if not path.is_file():
            self.findings.append(
                Finding(Code.MISSING_FILE, Place(self.folder.name), "sources.yaml is missing", "add the file")
            )
            return {}
        read = self.file(path)
        found = {}
        for name in read.data if isinstance(read.data, dict) else ():
            source = self.validated(read, (name,), Source)
            if source is not None:
                found[name] = source
                self.places.remember("source", name, read, (name,))
        return found

    def rows(self) -> dict[str, Any]:
        path = self.folder / "rows.yaml"
        data = self.file(path).data if path.is_file() else {}
        return data if isinstance(data, dict) else {}


def _at(data: Any, path: Iterable[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data


def validation_findings(
    wrong: ValidationError, read: Read, base: tuple[str | int, ...], model: type[BaseModel]
) -> list[Finding]:
    """pydantic's errors as findings at their lines, in words that say what to do."""
    found: list[Finding] = []
    for error in wrong.errors(include_url=False):
        path = _path_in(read.data, base, error["loc"])
        code, message, suggestion = _explained(error, _at_or_none(read.data, path[:-1]))
        finding = Finding(code, read.place(path), message, suggestion)
        if finding not in found and not (error["type"] == "too_short" and found):
            found.append(finding)
    return found


def _path_in(data: Any, base: tuple[str | int, ...], loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """pydantic's location without the union tags that stand between the keys."""
    path = list(base)
    here = _at(data, base)
    rest = list(loc)
    while rest:
        part = rest.pop(0)
        inside: Any = here
        listed = isinstance(inside, list) and isinstance(part, int) and part < len(inside)
        if listed or (isinstance(inside, Mapping) and part in inside):
            path.append(part)
            here = inside[part]
        elif not rest and isinstance(part, str) and part not in LEADING_KEYS:
            path.append(part)
    return tuple(path)


def _at_or_none(data: Any, path: Iterable[str | int]) -> Any:
    try:
        return _at(data, path)
    except (KeyError, IndexError, TypeError):
        return None


def _explained(error: Any, holder: Any) -> tuple[Code, str, str]:
    kind, loc, given = error["type"], error["loc"], error.get("input")
    last = str(loc[-1]) if loc else ""
    match kind:
        case "extra_forbidden":
            return Code.UNKNOWN_KEY, f"{last!r} is not known here", "take it out, or check its spelling"
        case "missing":
            return Code.MISSING_KEY, f"{last!r} is missing", f"add `{last}:`"
        case "union_tag_not_found" | "union_tag_invalid":
            keys = ", ".join(LEADING_KEYS)
            first = next(iter(given), "") if isinstance(given, Mapping) else str(given)
            hint = nearest(str(first), LEADING_KEYS)
            return (
                Code.UNKNOWN_NODE,
                f"{first!r} begins no condition",
                f"{hint}; conditions begin with {keys}".lstrip("; "),
            )
        case "literal_error":
            return (
                Code.WRONG_SHAPE,
                f"{given!r} is not one of the words for {last!r}",
                f"use one of: {error['ctx']['expected']}",
            )
        case "string_pattern_mismatch":
            return Code.WRONG_SHAPE, f"{given!r} is not an id", "lower case, as theme.name"
        case "string_too_short":
            return Code.MISSING_KEY, f"{last!r} is empty", "write it"
        case "value_error":
            return Code.WRONG_SHAPE, str(error["ctx"]["error"]), "see the rule language"
        case _:
            return Code.WRONG_SHAPE, f"{last or 'this'}: {error['msg'].lower()}", "see the content guide"


def content_hash(*parts: Any) -> str:
    """SHA-256 over content as canonical JSON: the same for every spelling, file order and comment."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_pack(folder: Path) -> tuple[Pack | None, list[Finding], Places]:
    """Read and validate a folder without judging what its parts say of each other."""
    reader = _Reader(folder)
    if not folder.is_dir():
        finding = Finding(
            Code.MISSING_FILE,
            Place(str(folder.name)),
            "there is no such pack folder",
            "choose a folder with a pack.yaml",
        )
        return None, [finding], reader.places
    head = reader.one(folder / "pack.yaml", PackHead)
    profiles = reader.many("profiles", Profile, "profile")
    pathways = reader.many("pathways", Pathway, "pathway")
    themes = reader.themes()
    sources = reader.sources()
    rows = reader.rows()
    if head is not None and head.extends:
        place = Place(f"{folder.name}/pack.yaml")
        reader.findings.append(
            Finding(Code.NOT_SUPPORTED, place, "local packs (`extends`) are not read yet", "choose a whole pack")
        )
    if reader.findings or head is None:
        return None, reader.findings, reader.places
    order = [theme for pathway in pathways for theme in pathway.themes]
    themes.sort(key=lambda theme: order.index(theme.id) if theme.id in order else len(order))
    parts = [head, profiles, pathways, themes, sources]
    digest = content_hash(TypeAdapter(Any).dump_python(parts, mode="json", by_alias=True))
    pack = Pack(
        head=head,
        hash=digest,
        profiles=tuple(profiles),
        pathways=tuple(pathways),
        themes=tuple(themes),
        sources=sources,
        rows=rows,
    )
    return pack, [], reader.places


def load_pack(folder: Path, *, cases: bool = False) -> Loaded:
    """Read a pack and check it; with `cases`, also run every worked case. Findings that stop leave no pack."""
    from screener.forms.lint import lint

    pack, findings, places = read_pack(folder)
    if pack is not None:
        findings = lint(pack, places)
        if cases:
            from screener.forms.cases import run_cases

            findings = [*findings, *run_cases(pack, places)]
    stopped = any(finding.stops for finding in findings)
    return Loaded(None if stopped else pack, tuple(findings))


def keep_last_good(pack: Pack, file: Path) -> None:
    """Keep the last pack that loaded without a finding that stops, as JSON, written whole or not at all."""
    if file.exists() and _hash_of(file) == pack.hash:
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_suffix(".part")
    part.write_text(pack.model_dump_json(by_alias=True), "utf-8")
    part.replace(file)


def last_good(file: Path) -> Pack | None:
    """The pack that `keep_last_good` kept, or None when there is none that can be read."""
    try:
        return Pack.model_validate_json(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _hash_of(file: Path) -> str | None:
    try:
        found = json.loads(file.read_text("utf-8")).get("hash")
    except (OSError, ValueError):
        return None
    return found if isinstance(found, str) else None
