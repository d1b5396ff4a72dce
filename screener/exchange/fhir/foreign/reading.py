"""A foreign Questionnaire read whole, or refused with its place: what it becomes, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.faults import elements
from screener.exchange.fhir.foreign.asked import Asked, Left
from screener.exchange.fhir.foreign.items import items_of
from screener.exchange.fhir.foreign.options import slug
from screener.exchange.fhir.foreign.shapes import Refused, Remark, as_text, objects_at, plain, text_at
from screener.exchange.fhir.foreign.theme import Walk, inputs
from screener.exchange.fhir.foreign.writing import flow, theme_text
from screener.exchange.fhir.parsing import NotRead, parsed
from screener.forms.findings import Finding, Place
from screener.forms.model import LASTING, Pack
from screener.forms.neutrality import check_text, said
from screener.language import tr
from screener.text import WorldError

MOST_BYTES = 8 * 1024 * 1024
_MODIFYING = ("modifierExtension", "implicitRules")
_HEAD = ("title", "url", "version", "name", "status", "date", "publisher", "copyright", "description", "purpose")
_NOT_KEPT = frozenset(("resourceType", "item", "contained", *_HEAD))
"""The value sets that are contained stand as options with their questions."""
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Incoming:
    """A form as it would stand in a local pack. Nothing is written yet."""

    theme: str
    title: str
    form: Json
    found: tuple[Asked | Left, ...]
    remarks: tuple[Remark, ...]
    """Of the form as a whole; those of its items stand with them."""
    copyright: str
    publisher: str

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.found if isinstance(one, Asked))

    @property
    def all_remarks(self) -> tuple[Remark, ...]:
        return (*self.remarks, *(remark for one in self.found for remark in one.remarks))

    @property
    def advising(self) -> tuple[Finding, ...]:
        """The words that no text of content may have, where they stand."""
        found = check_text(self.title, Place("Questionnaire.title"))
        for one in self.asked:
            for text in _texts(one):
                found += check_text(text, Place(one.item.place))
        return tuple(found)


def incoming(raw: bytes, name: str, pack: Pack, *, theme: str = "") -> Incoming:
    """What a file would become beside the content that is open; NotRead with place and reason where it is not taken.

    `theme`: the id of the theme, where it is not to be made of the title.
    """
    if len(raw) > MOST_BYTES:
        raise NotRead(name, "", tr("it is larger than {most} MB").format(most=MOST_BYTES // 1024 // 1024))
    form = parsed(raw, name)
    kind = form.get("resourceType")
    if kind != "Questionnaire":
        what = tr("it is no Questionnaire") + (f" ({as_text(kind)[:60]})" if isinstance(kind, str) else "")
        raise NotRead(name, "", what, tr("Choose the form itself, one in a file."))
    for element in elements("Questionnaire", "Questionnaire", form):
        if element.path.rpartition(".")[2] in _MODIFYING:
            raise NotRead(name, element.place, tr("this program does not know what it changes in the meaning"))
    try:
        return _read(form, name, pack, theme)
    except Refused as wrong:
        raise NotRead(name, wrong.place, str(wrong), _MEND) from wrong


_MEND = tr("Mend it there, or ask whoever made the form.")


def _read(form: Json, name: str, pack: Pack, theme: str) -> Incoming:
    title = text_at(form, "title", "Questionnaire") or text_at(form, "name", "Questionnaire") or plain(Path(name).stem)
    title = title[:LONGEST_TITLE] or "Questionnaire"
    theme = theme or _theme_id(title)
    if theme in {one.id for one in pack.themes}:
        raise WorldError(
            tr("There is a theme {theme} already.").format(theme=theme),
            tr("Take that one out first, or give this one another name."),
        )
    walk = Walk(form, theme.replace("-", "_"), pack)
    found = walk.through(items_of(form))
    if not any(isinstance(one, Asked) for one in found):
        raise Refused("Questionnaire.item", tr("it asks nothing that has a form here"))
    return Incoming(
        theme,
        title,
        form,
        tuple(found),
        tuple(_of_the_whole(form)),
        text_at(form, "copyright", "Questionnaire"),
        text_at(form, "publisher", "Questionnaire"),
    )


def _theme_id(title: str) -> str:
    found = slug(title).replace("_", "-")
    return found if found[:1].isalpha() else f"form-{found}".rstrip("-")


def _of_the_whole(form: Json) -> list[Remark]:
    found = []
    status = form.get("status")
    if status != "active":
        what = tr("its standing there is {status}").format(status=as_text(status) if status else tr("not said"))
        found.append(Remark("Questionnaire.status", "", what))
    for place, _ in _contained(form):
        found.append(Remark(place, "", tr("it is kept as a comment in the file"), False))
    for name in form:
        if name not in _NOT_KEPT:
            found.append(Remark(f"Questionnaire.{name}", "", tr("it is kept as a comment in the file"), False))
    return found


def _contained(form: Json) -> Iterator[tuple[str, Json]]:
    """What lies inside a form besides the options of its questions."""
    inside = objects_at(form, "contained", "Questionnaire")
    return ((place, one) for place, one in inside if one.get("resourceType") != "ValueSet")


def _texts(asked: Asked) -> list[str]:
    return [text for text in (asked.text, asked.short, asked.help, *(one.text for one in asked.choices)) if text]


# --- the files --------------------------------------------------------------------------------------------------------


def files(found: Incoming, pathways: Sequence[str], *, declared: bool) -> dict[str, bytes]:
    """The files that it becomes, by their names in a local pack.

    `declared`: words that advise are declared beside their texts as the form's own, which is then a source.
    """
    head: dict[str, Any] = {"id": found.theme, "title": found.title, "pathways": list(pathways)}
    words = _own_words([found.title], found.theme) if declared else []
    if words:
        head["own_words"] = words
    read = inputs(list(found.found))
    written = [_marked(one, found.theme, read, declared=declared) for one in found.found]
    sourced = bool(words) or any("own_words" in one.more for one in written if isinstance(one, Asked))
    made = {f"themes/{found.theme}/questions.yaml": theme_text(head, _comments(found), written).encode("utf-8")}
    if sourced:
        made[f"sources/{found.theme}.yaml"] = _source(found).encode("utf-8")
    return made


def _marked(one: Asked | Left, source: str, read: frozenset[str], *, declared: bool) -> Asked | Left:
    """With what is said of every question that is taken in: the clinic's own, asked anew at every visit."""
    if isinstance(one, Left):
        return one
    words = _own_words(_texts(one), source) if declared else []
    own = {} if one.id in read else {"own": True}
    lasting = {"asked_anew": True} if one.kind in LASTING else {}
    return replace(one, more={**one.more, **own, **lasting, **({"own_words": words} if words else {})})


def _own_words(texts: Sequence[str], source: str) -> list[dict[str, str]]:
    words = dict.fromkeys(one.words for text in texts for one in said(text))
    return [{"word": word, "own_word_of": source} for word in words]


def _source(found: Incoming) -> str:
    version = as_text(found.form.get("version", "")) or "no version named"
    entry = {"title": found.title, "organisation": found.publisher, "url": as_text(found.form.get("url", ""))}
    entry["read"] = f"the form itself, {version}"
    return f"{found.theme}: {flow({name: value for name, value in entry.items() if value})}\n"


def _comments(found: Incoming) -> list[str]:
    """What a form says of itself, and of its rights, at the head of its theme."""
    said = ["Taken in from a FHIR R4 Questionnaire. What it held beyond the questions stands as comments."]
    said += [f"{name}: {as_text(found.form[name])}" for name in _HEAD if name in found.form]
    said += [f"{name}: {as_text(value)}" for name, value in found.form.items() if name not in _NOT_KEPT]
    said += [f"contained: {as_text(one)}" for _, one in _contained(found.form)]
    return said
