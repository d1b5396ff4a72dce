"""What stands in a foreign file, taken only where it has the shape that FHIR gives it; the path of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.writing import json_text
from screener.language import tr

LONGEST_TEXT = 20_000
_LONGEST_KEPT = 2_000


class Refused(ValueError):  # noqa: N818 - it names what was found
    """Why nothing of a file is taken: where, and what."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(what)
        self.place = place


@dataclass(frozen=True, slots=True)
class Remark:
    """What of a file is not as it was there, and where. `changes`: somebody is asked something else than there.

    The others are kept word for word beside the question, and do nothing here.
    """

    place: str
    link: str
    what: str
    changes: bool = True


def plain(text: str) -> str:
    """A text on one line, with signs that no YAML file may hold replaced."""
    shown = "".join(sign if sign.isprintable() or sign.isspace() else "\ufffd" for sign in text)
    return " ".join(shown.split())


def text_at(found: Mapping[str, Any], name: str, place: str) -> str:
    """A text, on one line; empty where there is none."""
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"{place}.{name}", tr("it must be a text"))
    if len(value) > LONGEST_TEXT:
        raise Refused(f"{place}.{name}", tr("it is longer than {most} letters").format(most=LONGEST_TEXT))
    return plain(value)


def yes_at(found: Mapping[str, Any], name: str, place: str) -> bool:
    value = found.get(name, False)
    if not isinstance(value, bool):
        raise Refused(f"{place}.{name}", tr("it must be true or false"))
    return value


def number_at(found: Mapping[str, Any], name: str, place: str) -> Decimal:
    value = found.get(name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Refused(f"{place}.{name}", tr("it must be a number"))
    return Decimal(value)


def objects_at(found: Mapping[str, Any], name: str, place: str) -> Iterator[tuple[str, Json]]:
    """The objects of a list, each with its path."""
    value = found.get(name, [])
    if not isinstance(value, list):
        raise Refused(f"{place}.{name}", tr("it must be a list"))
    for number, one in enumerate(value):
        here = f"{place}.{name}[{number}]"
        if not isinstance(one, dict):
            raise Refused(here, tr("it must be an object"))
        yield here, one


def object_at(found: Mapping[str, Any], name: str, place: str) -> Json:
    value = found.get(name)
    if not isinstance(value, dict):
        raise Refused(f"{place}.{name}", tr("it must be an object"))
    return value


def value_at(found: Mapping[str, Any], start: str, place: str) -> tuple[str, Any]:
    """The one value of a choice of types, such as `answerCoding`: its type, and the value."""
    names = [name for name in found if name.startswith(start) and name[len(start) :][:1].isupper()]
    if len(names) != 1:
        what = tr("it has no {start}[x]") if not names else tr("it has more than one {start}[x]")
        raise Refused(place, what.format(start=start))
    return names[0][len(start) :], found[names[0]]


def extensions(found: Mapping[str, Any], place: str) -> Iterator[tuple[str, str, Json]]:
    """The path, address and content of each extension."""
    for here, one in objects_at(found, "extension", place):
        url = text_at(one, "url", here)
        if not url:
            raise Refused(here, tr("it has no url"))
        yield here, url, one


def as_text(value: Any) -> str:
    """Anything of a file as text, on one line, for a comment; cut where it is very long."""
    said = value if isinstance(value, str) else json_text(value)
    said = plain(said)
    return said if len(said) <= _LONGEST_KEPT else f"{said[:_LONGEST_KEPT]} ... ({len(said)} letters)"


def tail(url: str) -> str:
    """The last part of an extension's address."""
    return url.rstrip("/").rpartition("/")[2].rpartition(":")[2] or url
