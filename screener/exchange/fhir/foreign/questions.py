"""Each item of a foreign form as the question that is asked here, or as what has no form here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.foreign.asked import Asked, Left
from screener.exchange.fhir.foreign.extensions import KEPT, keep_extension, read_extensions, read_unit
from screener.exchange.fhir.foreign.items import Item
from screener.exchange.fhir.foreign.options import Choice, Options, free
from screener.exchange.fhir.foreign.shapes import (
    Remark,
    as_text,
    extensions,
    objects_at,
    plain,
    text_at,
    value_at,
    yes_at,
)
from screener.exchange.fhir.names import CONTROL
from screener.language import tr
from screener.rules.values import Kind

KINDS: Mapping[str, Kind] = {
    "boolean": Kind.YES_NO,
    "decimal": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "quantity": Kind.NUMBER,
    "date": Kind.DATE,
    "dateTime": Kind.DATETIME,
    "time": Kind.TIME,
    "string": Kind.TEXT,
    "text": Kind.TEXT,
    "url": Kind.TEXT,
    "choice": Kind.CHOICE,
    "open-choice": Kind.CHOICE,
}
"""`attachment` and `reference` have no form here; `group` and `display` are no questions."""
OTHER = "another_answer"
_READ = frozenset(
    ("linkId", "type", "text", "prefix", "enableWhen", "enableBehavior", "required", "repeats", "readOnly",
     "answerValueSet", "answerOption", "initial", "item", "extension", "maxLength", "id")
)  # fmt: skip


def question(item: Item, name: str, options: Options) -> Asked | Left:
    """What one item that is neither group nor display becomes."""
    kind = KINDS.get(item.type)
    if kind is None or item.hidden:
        return left(item)
    asked = Asked(item, name, kind, _text(item))
    _name_text(asked)
    read_extensions(asked)
    if kind is Kind.CHOICE:
        _options(asked, options)
    elif "answerOption" in item.raw or "answerValueSet" in item.raw:
        _listed(asked, options)
    if item.type == "integer":
        asked.step = asked.step or _WHOLE
    if item.type == "url":
        asked.remarks.append(_of(item, tr("an address is asked as text here; nobody looks whether it is one"), False))
    if item.type == "quantity" and not asked.unit:
        _unit_of_initial(asked)
    say_what_else(asked)
    return asked


_WHOLE = Decimal(1)


def _of(item: Item, what: str, changes: bool = True, at: str = "") -> Remark:
    return Remark(f"{item.place}.{at}" if at else item.place, item.link, what, changes)


def _text(item: Item) -> str:
    """As it is asked: with the number or letter that stands before it."""
    prefix = text_at(item.raw, "prefix", item.place)
    return " ".join(part for part in (prefix, item.text) if part)


def _name_text(asked: Asked) -> None:
    """A question without words is called by its code, or else by its linkId."""
    if asked.text:
        return
    said = next(
        (text for _, one in objects_at(asked.item.raw, "code", asked.item.place) if (text := _display(one))), ""
    )
    asked.text = said or plain(asked.item.link)
    asked.remarks.append(_of(asked.item, tr("it has no text; it is asked as “{text}”").format(text=asked.text)))


def _display(coding: Mapping[str, Any]) -> str:
    value = coding.get("display")
    return plain(value) if isinstance(value, str) else ""


def left(item: Item) -> Left:
    """What is not asked here, with everything that it said."""
    if item.hidden:
        what = tr("it is hidden there, and is not asked here")
    elif item.type == "reference":
        what = tr("a reference to another resource has no form here; it is not asked")
    else:
        what = tr("an attachment has no form here; it is not asked")
    found = Left(item, [_of(item, what)], [f"not asked, {item.type}: {_text(item) or plain(item.link)}"])
    found.comments += [
        f"{name}: {as_text(value)}"
        for name, value in item.raw.items()
        if name not in ("linkId", "type", "text", "item")
    ]
    return found


# --- options ----------------------------------------------------------------------------------------------------------


def _options(asked: Asked, options: Options) -> None:
    item = asked.item
    asked.choices = options.of(item, asked.remarks)
    if yes_at(item.raw, "repeats", item.place):
        asked.kind = Kind.CHOICES
    if not asked.choices:
        asked.kind = Kind.TEXT
        asked.remarks.append(_of(item, tr("no option is in the file, so it is asked as text")))
        name = item.raw.get("answerValueSet")
        if name is not None:
            asked.comments.append(f"answerValueSet: {as_text(name)}")


def _listed(asked: Asked, options: Options) -> None:
    """A list of values with something that is no choice."""
    found = options.of(asked.item, asked.remarks)
    asked.remarks.append(_of(asked.item, tr("the values listed there are kept as a comment; any can be given here")))
    asked.comments.append(f"values listed: {', '.join(choice.text for choice in found)}")


def free_text(asked: Asked, taken: Mapping[str, Any]) -> Asked | None:
    """The question behind the option that stands for an answer of one's own; None where there is none."""
    item = asked.item
    if item.type != "open-choice" or not asked.choices:
        return None
    other = free(OTHER, {choice.id for choice in asked.choices})
    asked.choices = [*asked.choices, Choice(other, "Another answer", place=item.place)]
    asked.remarks.append(
        _of(item, tr("words of one's own are an option “Another answer” here, with a question behind it"), False)
    )
    found = Asked(item, free(f"{asked.id}_other", taken), Kind.TEXT, f"{asked.text} (another answer)")
    found.more = {"shown_when": {"ask": asked.id, "is": other}, "when_hidden": "not applicable"}
    return found


def _unit_of_initial(asked: Asked) -> None:
    for place, one in objects_at(asked.item.raw, "initial", asked.item.place):
        kind, value = value_at(one, "value", place)
        if kind == "Quantity" and isinstance(value, dict) and (value.get("code") or value.get("unit")):
            read_unit(asked, place, value)
    if not asked.unit:
        asked.remarks.append(_of(asked.item, tr("it names no unit; the figure is asked without one")))


# --- everything else that an item says --------------------------------------------------------------------------------


def say_what_else(asked: Asked) -> None:
    item = asked.item
    if yes_at(item.raw, "required", item.place):
        asked.more["reminder"] = True
    if yes_at(item.raw, "readOnly", item.place):
        what = tr("there nobody types it; here it is asked like any other question")
        asked.remarks.append(_of(item, what, at="readOnly"))
    if yes_at(item.raw, "repeats", item.place) and item.type not in ("choice", "open-choice"):
        what = tr("there it can be answered several times; here it is asked once")
        asked.remarks.append(_of(item, what, at="repeats"))
    for place, one in objects_at(item.raw, "initial", item.place):
        _, value = value_at(one, "value", place)
        what = tr("a value stands there from the start; here nothing is filled in")
        asked.remarks.append(Remark(place, item.link, what))
        asked.comments.append(f"initial there, never filled in here: {as_text(value)}")
    if "maxLength" in item.raw:
        asked.remarks.append(_of(item, KEPT, False, "maxLength"))
        asked.comments.append(f"maxLength: {as_text(item.raw['maxLength'])}")
    for name in item.raw:
        if name not in _READ:
            asked.remarks.append(_of(item, KEPT, False, name))
            asked.comments.append(f"{name}: {as_text(item.raw[name])}")


def of_a_group(item: Item, remarks: list[Remark], comments: list[str]) -> None:
    """What a group says besides its heading, its items and its condition."""
    for name, what in (
        ("repeats", tr("there the group can be answered several times; here it is asked once")),
        ("required", tr("there one answer in the group is required; here nothing reminds of the group as a whole")),
        ("readOnly", tr("there nobody types it; here it is asked like any other question")),
    ):
        if yes_at(item.raw, name, item.place):
            remarks.append(_of(item, what, at=name))
    if not any(one.type != "display" for one in item.inside):
        remarks.append(_of(item, tr("the group holds no question")))
    _keep_all(item, remarks, comments)


def of_a_display(item: Item, remarks: list[Remark], comments: list[str]) -> None:
    """What a text says besides its words."""
    if "enableWhen" in item.raw:
        what = tr("there this text is shown only under a condition; here it stands with its question")
        remarks.append(_of(item, what, at="enableWhen"))
        comments.append(f"enableWhen of “{item.text}”: {as_text(item.raw['enableWhen'])}")
    _keep_all(item, remarks, comments)


def _keep_all(item: Item, remarks: list[Remark], comments: list[str]) -> None:
    for place, url, one in extensions(item.raw, item.place):
        if url != CONTROL or item.type != "display":
            # Which kind of text beside a question it is makes no difference here: each is its help.
            keep_extension(item, place, url, one, remarks, comments)
    for name in item.raw:
        if name not in _READ:
            remarks.append(_of(item, KEPT, False, name))
            comments.append(f"{name} of “{item.text or plain(item.link)}”: {as_text(item.raw[name])}")
