"""Looks for words that advise or decide in every text that ships: content, interface, report, command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from screener.forms.composition import Places
from screener.forms.content import OwnWordOf, Strength
from screener.forms.findings import Code, Finding, Place, nearest
from screener.forms.lexicon import LEXICON, Entry, Lexicon, beginning, compiled, stems
from screener.forms.model import OtherSource, Pack, SourceRef
from screener.forms.reading import Keys

_SPACE = re.compile(r"\s+")
_PUT_IN = re.compile(r"\{[^{}]*\}")
TRANSLATING = {"tr": 1, "tr_n": 2, "tr_in": 2, "kept": 1}
"""What takes texts to be translated, and how many; `tr` and `tr_n` also as what a voice says."""
_DECLARED = re.compile(r"#\s*own_word_of:\s*(\S.*)$")
# Names, addresses and what a source says in its own words; the lint reads everything else.
_NOT_READ = frozenset(
    ("id", "own_words", "own_word_of", "word", "url", "ref", "at", "basis", "unit", "hash", "of", "when", "shown_when",
     "given", "kind", "class", "tier", "strength", "status", "is", "on", "pathways", "profiles", "themes", "formula")
)  # fmt: skip
# The names of the strengths in content and code; what the screen says for each is read like every other text.
_STRENGTHS = frozenset(get_args(Strength))
_NOT_READ_OF_SOURCES = frozenset(("title", "organisation", "section_style", "url"))


@dataclass(frozen=True, slots=True)
class Declared:
    """An exception that a text declares beside itself: the words, whose they are, and where."""

    word: str
    own_word_of: str
    place: Place


@dataclass(frozen=True, slots=True)
class Said:
    """A place in a text that advises or decides."""

    entry: Entry
    words: str
    start: int
    end: int


def said(text: str, lexicon: Lexicon = LEXICON) -> list[Said]:
    """Everything in one text that advises or decides, in the order of the lexicon. Line breaks count as spaces."""
    if not stems(lexicon).search(text):
        return []
    flat = _SPACE.sub(" ", text)
    return [
        Said(entry, match[0].strip(" .;:!?,"), match.start(), match.end())
        for entry, stem, pattern in compiled(lexicon)
        if stem.search(flat)
        for match in pattern.finditer(flat)
    ]


def check_text(text: str, place: Place, allowed: Iterable[OwnWordOf] = ()) -> list[Finding]:
    """Words in one text that advise or decide and are not declared beside it as a source's own."""
    found = said(text)
    if not found:
        return []
    declared = list(allowed)
    left = [one for one in found if not any(_excuses(own.word, one, text) for own in declared)]
    return [
        Finding(Code.ADVISING_WORD, place, f"“{one.words}” advises or decides", _instead(one))
        for one in _once(left, _SPACE.sub(" ", text))
    ]


def _instead(one: Said) -> str:
    return f"{one.entry.instead}; or declare the word beside its text (own_words: word, own_word_of)"


def _once(found: list[Said], flat: str) -> list[Said]:
    """What overlaps is one find, from its first to its last letter: one place, one finding."""
    merged: list[Said] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        last = merged[-1] if merged else None
        if last is None or one.start >= last.end:
            merged.append(one)
        elif one.end > last.end:
            merged[-1] = Said(last.entry, flat[last.start : one.end].strip(" .;:!?,"), last.start, one.end)
    return merged


def _excuses(word: str, one: Said, text: str) -> bool:
    """Whether declared words stand where a find does and hold what makes it one: `the` and `patient` excuse nothing."""
    return bool(beginning(one.entry).search(word)) and any(
        start < one.end and one.start < end for start, end in places_of(word, text)
    )


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """From where to where words stand in a text, in whatever case. Line breaks count as spaces."""
    pattern = rf"(?<!\w){re.escape(_SPACE.sub(' ', words.strip()))}(?!\w)"
    return [match.span() for match in re.finditer(pattern, _SPACE.sub(" ", text), re.IGNORECASE)]


# A pack


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a pack, with the exceptions declared around it."""

    text: str
    kind: str
    name: str
    path: Keys
    declared: tuple[OwnWordOf, ...]


def lint_words(pack: Pack, places: Places) -> Iterator[Finding]:
    """Every text of a pack that advises or decides without a declaration."""
    for text in _texts(pack):
        if stems().search(text.text):
            yield from check_text(text.text, places.of(text.kind, text.name, *text.path), text.declared)


def declarations_that_excuse_nothing(pack: Pack, places: Places) -> Iterator[Finding]:
    """A declared exception names a source of the pack, and stands beside a text that needs it."""
    for kind, name, path, model, declared in _declarations(pack):
        place = places.of(kind, name, *path)
        if declared.own_word_of not in pack.sources:
            message = f"there is no source {declared.own_word_of!r}"
            yield Finding(Code.UNKNOWN_SOURCE, place, message, nearest(declared.own_word_of, pack.sources))
        texts = [text.text for text in _walk(model, kind, name, (), ())]
        if not any(_excuses(declared.word, one, text) for text in texts for one in said(text)):
            message = f"no text here needs the exception “{declared.word}”"
            yield Finding(Code.UNUSED_EXCEPTION, place, message, "take it out, or correct the word")


def exceptions_used(pack: Pack, places: Places | None = None) -> list[Declared]:
    """Every exception of a pack, to be counted and printed: declared words, and advising words that sources say."""
    found = [
        Declared(declared.word, declared.own_word_of, _place(places, kind, name, path))
        for kind, name, path, _, declared in _declarations(pack)
    ]
    for kind, name, path, model in _models(pack):
        if isinstance(model, SourceRef | OtherSource) and said(model.own_words):
            found.append(Declared(model.own_words, model.ref, _place(places, kind, name, (*path, "own_words"))))
    return found


def excused_texts(pack: Pack) -> Iterator[tuple[str, Declared]]:
    """Every text of a pack that advises by a word declared beside it, or that is a source's own words, and whose."""
    for text in _texts(pack):
        found = said(text.text)
        for own in text.declared if found else ():
            if any(_excuses(own.word, one, text.text) for one in found):
                yield text.text, Declared(own.word, own.own_word_of, _place(None, text.kind, text.name, text.path))
    for kind, name, path, model in _models(pack):
        if isinstance(model, SourceRef | OtherSource) and said(model.own_words):
            yield model.own_words, Declared(model.own_words, model.ref, _place(None, kind, name, path))


def _place(places: Places | None, kind: str, name: str, path: Keys) -> Place:
    return places.of(kind, name, *path) if places is not None else Place(f"{kind} {name}", path=path)


def _entries(pack: Pack) -> Iterator[tuple[str, str, BaseModel]]:
    """What a pack holds, as (kind, id, model); themes give their questions and rules apart."""
    yield from (("profile", profile.id, profile) for profile in pack.profiles)
    yield from (("pathway", pathway.id, pathway) for pathway in pack.pathways)
    for theme in pack.themes:
        yield "theme", theme.id, theme
        yield from (("question", question.id, question) for question in theme.questions)
        yield from (("rule", rule.id, rule) for rule in theme.rules)
    yield from (("instrument", instrument.id, instrument) for instrument in pack.instruments)
    yield from (("medicine class", entry.id, entry) for entry in pack.medicines.classes)
    yield from (("medicine", entry.name, entry.half_life) for entry in pack.medicines.names if entry.half_life)
    yield from (("source", name, source) for name, source in pack.sources.items())


def _texts(pack: Pack) -> Iterator[_Text]:
    yield from _walk(pack.head, "pack", pack.head.id, (), ())
    for kind, name, model in _entries(pack):
        yield from _walk(model, kind, name, (), ())
    for row, entry in pack.rows.items():
        yield from _inside(entry, "row", row, (), ())


def _walk(model: BaseModel, kind: str, name: str, path: Keys, declared: tuple[OwnWordOf, ...]) -> Iterator[_Text]:
    own = getattr(model, "own_words", ())
    around = (*declared, *own) if isinstance(own, tuple) else declared
    for key, value in _fields(model):
        if key not in _NOT_READ and not (kind == "source" and key in _NOT_READ_OF_SOURCES):
            yield from _inside(value, kind, name, (*path, key), around)


def _inside(value: object, kind: str, name: str, path: Keys, declared: tuple[OwnWordOf, ...]) -> Iterator[_Text]:
    match value:
        case str():
            yield _Text(value, kind, name, path, declared)
        case BaseModel():
            yield from _walk(value, kind, name, path, declared)
        case Mapping():
            for key, inner in value.items():
                yield from _inside(inner, kind, name, (*path, str(key)), declared)
        case tuple() | list():
            for index, inner in enumerate(value):
                yield from _inside(inner, kind, name, (*path, index), declared)


def _fields(model: BaseModel) -> Iterator[tuple[str, object]]:
    """A model's fields by the keys they are written with; a theme's questions and rules are entries of their own."""
    for name, field in type(model).model_fields.items():
        if name not in ("questions", "rules"):
            yield field.alias or name, getattr(model, name)


def _models(pack: Pack) -> Iterator[tuple[str, str, Keys, BaseModel]]:
    """Every model of a pack, with the entry that it is part of and its path in there."""

    def visit(value: object, kind: str, name: str, path: Keys) -> Iterator[tuple[str, str, Keys, BaseModel]]:
        if isinstance(value, BaseModel):
            yield kind, name, path, value
            for key, inner in _fields(value):
                yield from visit(inner, kind, name, (*path, key))
        elif isinstance(value, tuple):
            for index, inner in enumerate(value):
                yield from visit(inner, kind, name, (*path, index))

    for kind, name, model in _entries(pack):
        yield from visit(model, kind, name, ())


def _declarations(pack: Pack) -> Iterator[tuple[str, str, Keys, BaseModel, OwnWordOf]]:
    for kind, name, path, model in _models(pack):
        own = getattr(model, "own_words", ())
        for index, declared in enumerate(own if isinstance(own, tuple) else ()):
            yield kind, name, (*path, "own_words", index), model, declared


# The program's own texts


def scan_python_strings(folder: Path) -> tuple[list[Finding], list[Declared]]:
    """Texts in Python files that advise or decide, and the exceptions declared beside them.

    An exception is a comment on a line of the text: `# own_word_of: ...`. Docstrings are not shown and not read;
    the parts of an f-string are read as one text, and what is put into a text of the window later counts as there.
    """
    found: list[Finding] = []
    declared: list[Declared] = []
    for one in python_strings(folder):
        findings = check_text(one.text, one.place)
        if findings and one.own_word_of:
            declared.append(Declared(one.text, one.own_word_of, one.place))
        else:
            found += findings
    return found, declared


@dataclass(frozen=True, slots=True)
class PythonString:
    """A text in a Python file, with `…` where something is put in, and whose own word a comment says that it is."""

    text: str
    place: Place
    own_word_of: str = ""
    aside: bool = False
    """Handed to translators, or read where our own mistake is looked into: said to nobody as it stands."""


def python_strings(folder: Path) -> Iterator[PythonString]:
    """Every text in the Python files of a folder, or in one file, but for docstrings and names of strengths."""
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
        source = path.read_text("utf-8")
        lines = source.splitlines()
        for text, node, aside in _strings(ast.parse(source)):
            first, last = node.lineno, node.end_lineno or node.lineno
            sources = [match[1] for line in lines[first - 1 : last] if (match := _DECLARED.search(line))]
            place = Place(path.name, first, node.col_offset + 1)
            yield PythonString(text, place, sources[0] if sources else "", aside)


def translating(node: ast.AST) -> str:
    """Of a call that takes texts to be translated, by which name: `tr(...)`, `say.tr_n(...)`; empty of any other."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in TRANSLATING:
            return name
        case ast.Call(func=ast.Attribute(attr=name)) if name in ("tr", "tr_n"):
            return name
    return ""


def _docstrings_of(tree: ast.Module) -> set[int]:
    """The texts that stand in a file for whoever reads its code, by the identity of their nodes."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _strings(tree: ast.Module) -> Iterator[tuple[str, ast.expr, bool]]:
    """Each text with its node, and whether it is said to nobody as it stands."""
    docstrings = _docstrings_of(tree)
    parts: set[int] = set()
    filled: set[int] = set()
    asserted: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg is not None:
            asserted |= {id(part) for part in ast.walk(node.msg)}
        name = translating(node)
        if isinstance(node, ast.Call) and name:
            filled |= {id(given) for given in node.args}
            # The context of a text is read by translators alone.
            parts |= {id(given) for given in node.args[:1] if name == "tr_in"}
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | parts:
            text = "" if node.value in _STRENGTHS else node.value
            text = _PUT_IN.sub("…", text) if id(node) in filled else text
        else:
            continue
        yield text, node, id(node) in filled | asserted


def scan_text(file: Path, comment: str = "") -> list[Finding]:
    """The same over a plain text file, line by line; lines that begin with `comment` are not read."""
    lines = file.read_text("utf-8").splitlines()
    return [
        finding
        for number, line in enumerate(lines, start=1)
        if not (comment and line.lstrip().startswith(comment))
        for finding in check_text(line, Place(file.name, number))
    ]
