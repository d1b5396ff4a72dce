"""A patient's answers out of a file: a QuestionnaireResponse to a form of ours, as answers that can be offered.

Nothing of it is fetched from anywhere, and nothing of it is an answer until somebody takes it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timezone
from pathlib import Path
from typing import Any

from screener.exchange.fhir.blank import blank
from screener.exchange.fhir.checking_forms import items_in
from screener.exchange.fhir.incoming_items import Items, Remark, Said
from screener.exchange.fhir.names import BASE, extension
from screener.exchange.fhir.parsing import NotRead, parsed, read_whole
from screener.exchange.fhir.questionnaire import canonical_of
from screener.forms.model import Pack
from screener.forms.visibility import Form
from screener.language import kept, tr
from screener.rules.values import State
from screener.screening.answers import PATIENT
from screener.screening.offered import OfferedFile

Json = Mapping[str, Any]
KIND = "QuestionnaireResponse"
CHART, FAMILY, CLINICIAN = kept("chart or letter"), kept("partner or family"), kept("other clinician")
_WHO: Mapping[str, str] = {
    "Patient": PATIENT,
    "RelatedPerson": FAMILY,
    "Practitioner": CLINICIAN,
    "PractitionerRole": CLINICIAN,
}
_FORMS = f"{BASE}:questionnaire:"
_MODIFYING = ("modifierExtension", "implicitRules")
_READ = (KIND, "Questionnaire", "Patient", "RelatedPerson", "Practitioner", "PractitionerRole")
_OF_A_RESPONSE = frozenset(
    (
        *("resourceType", "id", "meta", "language", "text", "contained", "extension", "identifier"),
        *("questionnaire", "status", "subject", "authored", "author", "source", "item"),
    )
)
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T.+)?)?)?")
_ASK_THERE = tr("Ask whoever sent it for the answers to a form that was exported here.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The screening that the answers are for."""

    pack: Pack
    pathway: str
    """Empty for the one whose form was answered."""
    day: date
    """Of the visit."""
    offset: timezone
    """Of local time."""


@dataclass(frozen=True)
class Incoming:
    """What a file holds for a screening."""

    name: str
    sha256: str
    form: str
    """The canonical address of the form that it answers."""
    fits: str
    """How that form and this screening's go together, in words."""
    pathway: str
    """Of the screening."""
    subjects: tuple[str, ...]
    """What the file calls the person that it is about."""
    by: str
    """Who answered; empty where the file does not say so."""
    authored: str
    """The day, the month or the year that it names, as ISO; empty where it names none."""
    answers: Mapping[str, Said]
    unanswered: int
    """Questions of the form that it holds without an answer."""
    remarks: tuple[Remark, ...]

    @property
    def unused(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if not remark.offered)

    @property
    def to_look_at(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.offered)

    def to_offer(self, by: str, read_at: str, read_by: str) -> OfferedFile:
        """As a screening holds it. `by`: who answered, as somebody looked at it."""
        said = {
            name: {"value": one.raw} if one.state is State.ANSWERED else {"state": str(one.state)}
            for name, one in self.answers.items()
        }
        return OfferedFile(self.sha256, self.name, self.sha256, by, self.authored, read_at, read_by, said)


def read(raw: bytes, name: str, wanted: Wanted) -> Incoming:
    """Read a response alone or in a Bundle. `NotRead` for what is none: nothing of it is taken then."""
    whole = parsed(raw, name)
    _refuse_what_is_no_text(whole, name)
    _refuse_what_modifies(whole, name)
    try:
        found = _Found.of(whole, name)
        return _incoming(found, hashlib.sha256(raw).hexdigest(), wanted)
    except NotRead:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as wrong:
        raise NotRead(name, "", tr("it is not whole")) from wrong


def of_path(path: Path, wanted: Wanted) -> Incoming:
    """The same out of a file. WorldError where it cannot be read."""
    return read(read_whole(path), path.name, wanted)


# --- the file as a whole ----------------------------------------------------------------------------------------------


def walked(value: Any, place: str) -> Iterator[tuple[str, str, Any]]:
    """Every element with its place and its name, from the outside in."""
    pairs = value.items() if isinstance(value, Mapping) else ()
    for name, inner in pairs:
        here = f"{place}.{name}"
        yield here, name, inner
        yield from walked(inner, here)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield f"{place}[{number}]", "", inner
            yield from walked(inner, f"{place}[{number}]")


def _kind(found: Json) -> str:
    kind = found.get("resourceType")
    return kind if isinstance(kind, str) else ""


def _refuse_what_modifies(whole: Json, name: str) -> None:
    for place, element, _ in walked(whole, _kind(whole) or "$"):
        if element in _MODIFYING:
            raise NotRead(name, place, tr("this program does not know what it changes in the meaning"))


def _refuse_what_is_no_text(whole: Json, name: str) -> None:
    for place, element, value in walked(whole, _kind(whole)[:60] or "$"):
        for text in (element, value):
            if isinstance(text, str) and any("\ud800" <= sign <= "\udfff" for sign in text):
                at = place.encode("utf-8", "backslashreplace").decode("utf-8")
                raise NotRead(name, at, tr("it holds half of a sign, which is no text"))


@dataclass
class _Found:
    """The response of a file, with what stands around it."""

    name: str
    response: Json
    place: str
    entries: Mapping[str, Json]
    """Other resources, by every name that a reference can call them."""
    forms: Sequence[Json]
    remarks: list[Remark]

    @classmethod
    def of(cls, whole: Json, name: str) -> _Found:
        if _kind(whole) == KIND:
            return cls._made(name, whole, KIND, {}, [], [])
        if _kind(whole) != "Bundle":
            what = _kind(whole)[:60] or tr("no FHIR resource")
            raise NotRead(name, "", tr("it is {what}, and no answers to a form").format(what=what), _ASK_THERE)
        return cls._of_bundle(whole, name)

    @classmethod
    def _of_bundle(cls, whole: Json, name: str) -> _Found:
        entries = whole.get("entry", [])
        if not isinstance(entries, list):
            raise NotRead(name, "Bundle.entry", tr("it is no list"))
        named: dict[str, Json] = {}
        responses, forms, remarks = [], [], []
        others: Counter[str] = Counter()
        for number, entry in enumerate(entries):
            place = f"Bundle.entry[{number}]"
            found = entry.get("resource") if isinstance(entry, Mapping) else None
            if not isinstance(found, Mapping) or not _kind(found):
                remarks.append(Remark(place, tr("it holds no resource")))
                continue
            for called in (entry.get("fullUrl"), f"{_kind(found)}/{found.get('id')}"):
                if isinstance(called, str):
                    named.setdefault(called, found)
            if _kind(found) == KIND:
                responses.append((found, f"{place}.resource"))
            elif _kind(found) == "Questionnaire":
                forms.append(found)
            elif _kind(found) not in _READ:
                others[_kind(found)[:60]] += 1
        if others:
            kinds = ", ".join(f"{kind} ({count})" for kind, count in others.items())
            remarks.append(Remark("Bundle.entry", tr("{kind}: not read here").format(kind=kinds)))
        if len(responses) != 1:
            said = tr("it holds the answers to {count} forms, and one is read at a time")
            raise NotRead(name, "Bundle.entry", said.format(count=len(responses)), _ASK_THERE)
        ((response, place),) = responses
        return cls._made(name, response, place, named, forms, remarks)

    @classmethod
    def _made(
        cls, name: str, response: Json, place: str, named: dict[str, Json], forms: list[Json], remarks: list[Remark]
    ) -> _Found:
        inside = response.get("contained", [])
        contained = [one for one in inside if isinstance(one, Mapping)] if isinstance(inside, list) else []
        _refuse_circles(contained, name, place)
        entries = named | {f"#{one.get('id')}": one for one in contained}
        own = [one for one in contained if _kind(one) == "Questionnaire"]
        for number, one in enumerate(contained):
            if _kind(one) not in _READ:
                said = tr("{kind}: not read here").format(kind=_kind(one)[:60])
                remarks.append(Remark(f"{place}.contained[{number}]", said))
        return cls(name, response, place, entries, [*own, *forms], remarks)

    def meant(self, reference: Any) -> tuple[str, Json]:
        """The kind of what is referred to, and the resource where it is at hand."""
        if not isinstance(reference, Mapping):
            return "", {}
        named = reference.get("reference")
        found = self.entries.get(named, {}) if isinstance(named, str) else {}
        if found:
            return _kind(found), found
        kind = reference.get("type")
        if not isinstance(kind, str) and isinstance(named, str):
            kind = next((part for part in named.split("/") if part in _WHO), "")
        return (kind if isinstance(kind, str) else ""), {}


def _refuse_circles(contained: Sequence[Json], name: str, place: str) -> None:
    """Resources inside one another that refer to each other in a circle have no meaning that could be read."""
    leads: dict[str, set[str]] = {}
    for one in contained:
        inner = {value[1:] for _, key, value in walked(one, "") if key == "reference" and _is_inside(value)}
        leads[str(one.get("id"))] = inner
    while leads:
        ends = [one for one, to in leads.items() if not to & leads.keys()]
        if not ends:
            raise NotRead(name, f"{place}.contained", tr("what is inside refers to itself in a circle"))
        for end in ends:
            del leads[end]


def _is_inside(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("#") and len(value) > 1


# --- the response -----------------------------------------------------------------------------------------------------


def _incoming(found: _Found, sha256: str, wanted: Wanted) -> Incoming:
    response = found.response
    there = _form_of(found)
    pathway = wanted.pathway or _pathway_of(there, found, wanted.pack)
    form = blank(wanted.pack, pathway)
    same = there == canonical_of(form)
    remarks = [*found.remarks, *_of_the_whole(found)]
    authored = _authored(found, remarks, wanted.day)
    items = Items(
        questions=Form(wanted.pack, pathway).questions,
        words=None if same else _words_of(found, there),
        offset=wanted.offset,
        day=wanted.day,
        groups=frozenset(str(item["linkId"]) for item in items_in(form["item"]) if item["type"] == "group"),
    )
    items.take(response.get("item"), found.place)
    return Incoming(
        name=found.name,
        sha256=sha256,
        form=there,
        fits=_fits(there, form),
        pathway=pathway,
        subjects=_subjects(found),
        by=_by(found),
        authored=authored,
        answers=dict(items.said),
        unanswered=items.unanswered,
        remarks=(*remarks, *items.remarks),
    )


def _form_of(found: _Found) -> str:
    """The canonical address of the form that was answered; `NotRead` where it is none of ours."""
    place, named = f"{found.place}.questionnaire", found.response.get("questionnaire")
    if not isinstance(named, str) or not named:
        raise NotRead(found.name, place, tr("it does not say which form it answers"), _ASK_THERE)
    inside = found.entries.get(named)
    if inside is not None and _kind(inside) == "Questionnaire":
        named = f"{inside.get('url')}|{inside.get('version')}"
    if not named.startswith(_FORMS):
        said = tr("it answers another form, {form}, which this program did not write")
        raise NotRead(found.name, place, said.format(form=named[:160]), _ASK_THERE)
    return named


def _pathway_of(canonical: str, found: _Found, pack: Pack) -> str:
    """The pathway whose form this is; `NotRead` where this content has none under that address."""
    address, _, _ = canonical.partition("|")
    for pathway in pack.pathways:
        if address == f"{_FORMS}{pack.head.id}:{pathway.id}":
            return pathway.id
    said = tr("it answers a form of other content, {form}").format(form=address.removeprefix(_FORMS)[:120])
    next_step = tr("Name the content that the form was exported from, or a pathway of this one.")
    raise NotRead(found.name, f"{found.place}.questionnaire", said, next_step)


def _words_of(found: _Found, canonical: str) -> Mapping[str, str]:
    """What each question asks in the form that is in the file beside the answers."""
    for form in found.forms:
        if f"{form.get('url')}|{form.get('version')}" == canonical or form.get("url") == canonical:
            return {
                item["linkId"]: item["text"]
                for item in _all_items(form)
                if isinstance(item.get("linkId"), str) and isinstance(item.get("text"), str)
            }
    return {}


def _all_items(form: Json) -> Iterator[Json]:
    inner = form.get("item")
    for item in inner if isinstance(inner, list) else ():
        if isinstance(item, Mapping):
            yield item
            yield from _all_items(item)


def _fits(there: str, form: Json) -> str:
    url, _, version = there.partition("|")
    if there == canonical_of(form):
        return tr("It answers the form as this screening asks it.")
    same_words = tr("Only answers to questions in the same words can be offered.")
    if url == form["url"]:
        said = tr("It answers version {there} of this form; this screening asks version {here}.")
        return " ".join((said.format(there=version[:60] or "?", here=form["version"]), same_words))
    said = tr("It answers another form, {there}; this screening asks {here}.")
    names = (url.removeprefix(_FORMS)[:120], form["url"].removeprefix(_FORMS))
    return " ".join((said.format(there=names[0], here=names[1]), same_words))


def _of_the_whole(found: _Found) -> Iterator[Remark]:
    response, place = found.response, found.place
    for name in response:
        if name not in _OF_A_RESPONSE:
            yield Remark(f"{place}.{name}", tr("this program reads no such element"))
    extensions = response.get("extension", [])
    for number, one in enumerate(extensions if isinstance(extensions, list) else [extensions]):
        url = one.get("url") if isinstance(one, Mapping) else None
        if url != extension("setting"):
            said = tr("this program does not know the extension {url}").format(url=str(url)[:120])
            yield Remark(f"{place}.extension[{number}]", said)
    status = response.get("status")
    if status == "entered-in-error":
        raise NotRead(found.name, f"{place}.status", tr("it says of itself that it was entered in error"), _ASK_THERE)
    if status in ("in-progress", "stopped"):
        yield Remark(f"{place}.status", tr("it was not finished: {status}").format(status=status), offered=True)
    elif status not in ("completed", "amended"):
        raise NotRead(found.name, f"{place}.status", tr("it says nothing that is known of how far it is"), _ASK_THERE)
    if not _by(found):
        yield Remark(f"{place}.source", tr("it does not say who answered"), offered=True)


def _authored(found: _Found, remarks: list[Remark], day: date) -> str:
    place, said = f"{found.place}.authored", found.response.get("authored")
    if not isinstance(said, str) or not _DAY.fullmatch(said) or not _is_a_day(said[:10]):
        remarks.append(Remark(place, tr("it does not say when it was answered"), offered=True))
        return ""
    if said[:10] > day.isoformat():
        remarks.append(Remark(place, tr("{day} lies after the visit's date").format(day=said[:10]), offered=True))
    return said[:10]


def _is_a_day(said: str) -> bool:
    try:
        date.fromisoformat(said + "-01-01"[len(said) - 10 :] if len(said) < 10 else said)
    except ValueError:
        return False
    return True


def _by(found: _Found) -> str:
    """Who answered. Whoever only wrote it down is not taken for them."""
    kind, _ = found.meant(found.response.get("source"))
    if kind in _WHO:
        return _WHO[kind]
    kind, _ = found.meant(found.response.get("author"))
    return _WHO[kind] if kind in ("Patient", "RelatedPerson") else ""


def _subjects(found: _Found) -> tuple[str, ...]:
    subject = found.response.get("subject")
    if not isinstance(subject, Mapping):
        return ()
    _, patient = found.meant(subject)
    named = [_identifier(subject.get("identifier"))]
    identifiers = patient.get("identifier")
    named += [_identifier(one) for one in identifiers] if isinstance(identifiers, list) else []
    called: list[Any] = named if any(named) else [subject.get("display"), subject.get("reference")]
    return tuple(dict.fromkeys(one for one in called if isinstance(one, str) and one))


def _identifier(found: Any) -> str:
    value = found.get("value") if isinstance(found, Mapping) else None
    return value if isinstance(value, str) else ""
