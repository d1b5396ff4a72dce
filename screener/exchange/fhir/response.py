"""The answers of a record: what holds as the answer, why there is none, and every account beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from screener.exchange.fhir.elements import Json, absent, extended, filled, nested, part, reference, resource, text_of
from screener.exchange.fhir.enabling import Enabling
from screener.exchange.fhir.material import AsAsked, Material
from screener.exchange.fhir.names import ABSENT_REASONS
from screener.exchange.fhir.questionnaire import UNREAD, around, canonical_of, enabling_of
from screener.exchange.fhir.values import (
    GROUPS,
    answers_of,
    as_text,
    comes_back,
    items_of,
    typed_of,
    typed_of_items,
    under,
    value_as,
)
from screener.forms.model import Question
from screener.rules.values import Kind, State
from screener.screening.answers import Entry


def questionnaire_response(material: Material, form: Json, patient: Json, author: Json) -> Json:
    """Every question of the record in the order of its form."""
    content = material.content
    themes = [
        filled(
            linkId=theme["id"],
            text=text_of(theme["title"]),
            item=[_placed(material, material.asked[raw["id"]]) for raw in theme["questions"]],
        )
        for theme in content["themes"]
    ]
    unread = [_unread(entry["question"], entry["recorded"]) for entry in content.get("unread", ())]
    kept = [{"linkId": UNREAD, "text": "Kept and not evaluated", "item": unread}] if unread else []
    return resource(
        "QuestionnaireResponse",
        material.id("response"),
        extension=[_setting(content)],
        questionnaire=canonical_of(form),
        status="completed",
        subject=reference(patient),
        authored=content["made_at"],
        author=reference(author),
        item=themes + kept,
    )


def _setting(content: Mapping[str, Any]) -> Json:
    """What the rules ran under: the day of the visit, the pathway, the profiles, the figures that the clinic chose."""
    opening = content["opening"]
    parts = [
        *part("visit-date", "valueDate", content["visit"]["visit_date"]),
        *part("pathway", "valueCode", opening["pathway"]),
        *(one for name in opening["profiles"] for one in part("profile", "valueCode", name)),
        *(
            {"url": "parameter", "extension": [*part("id", "valueCode", name), *part("option", "valueCode", option)]}
            for name, option in opening.get("parameters", {}).items()
        ),
        *part("product", "valueString", content["visit"]["product"]),
        *part("drafts", "valueBoolean", bool(opening.get("drafts"))),
        *part("made-up", "valueBoolean", bool(opening.get("made_up"))),
        *part("pack-hash", "valueString", content["pack"]["hash"]),
    ]
    return nested("setting", parts)


def _placed(material: Material, asked: AsAsked) -> Json:
    """The item, inside the groups that stand around it in the form."""
    item, enabled = _item(material, asked), enabling_of(material, asked)
    return _inside(item, enabled, asked.id)


def _inside(item: Json, enabled: Enabling, link: str) -> Json:
    for number in range(len(enabled.around), 0, -1):
        item = {"linkId": around(link, number), "item": [item]}
    return item


def _item(material: Material, asked: AsAsked) -> Json:
    raw = asked.raw
    base = {"linkId": asked.id, "text": text_of(raw["text"])}
    if asked.question is None:
        return _of_no_question(base, asked)
    extensions = _kept_beside(material, asked)
    if asked.question.kind is Kind.DERIVED and asked.state is State.ANSWERED and raw["words"]:
        return _with(extensions, base | {"answer": [{"valueString": text_of(raw["words"])}]})
    if asked.stands is None:
        return _with([*_missing(asked.state), *extensions], base)
    found, _ = held(asked.question, asked.stands.raw, material.offset)
    if not found:
        extensions.insert(0, absent("as-text"))
    return _with(extensions, base | found)


def held(question: Question, raw: Any, offset: str) -> tuple[Json, bool]:
    """An answer as `answer` or `item`, and whether it reads back as what was typed."""
    if question.kind in GROUPS:
        items = items_of(question, raw)
        return filled(item=items), comes_back(question, raw, lambda: typed_of_items(question, items))
    values = answers_of(question, raw, offset)
    found = filled(answer=[{value_as(question): value} for value in values])
    return found, comes_back(question, raw, lambda: typed_of(question, values))


def _with(extensions: Sequence[Json], item: Json) -> Json:
    return filled(linkId=item["linkId"], extension=list(extensions)) | item


def _missing(state: State) -> list[Json]:
    """Why nothing holds as the answer: the code of FHIR, and beside it our own word, which tells more apart."""
    said = State.NOT_KNOWN if state is State.ANSWERED else state
    return [absent(ABSENT_REASONS[said]), extended("state", "valueCode", str(said))]


def _kept_beside(material: Material, asked: AsAsked) -> list[Json]:
    recorded, raw, question = asked.recorded, asked.raw, asked.question
    found: list[Json] = []
    if recorded is not None and question is not None:
        found += [_account(material, question, entry, asked) for entry in recorded.entries]
    found += [extended("hidden-because", "valueString", line) for line in raw["hidden_because"] or () if line]
    found += [extended("remark", "valueString", remark) for remark in raw.get("remarks", ())]
    if raw.get("earlier"):
        found.append(nested("earlier", [one for key, said in raw["earlier"].items() for one in _part_of(key, said)]))
    return found


def _part_of(key: str, said: Any) -> list[Json]:
    return part(key, "valueBoolean" if isinstance(said, bool) else "valueString", said)


def _account(material: Material, question: Question, entry: Entry, asked: AsAsked) -> Json:
    """Who said it and who wrote it down, when; what they said, where the answer does not say it."""
    stands = entry is asked.stands
    parts = _who(entry.by, entry.at, entry.recorded_by, entry.note, used=asked.used == entry.by)
    if entry.carried is not None:
        carried = [one for key, said in entry.carried.to_json().items() for one in _part_of(key, said)]
        parts.append({"url": "carried", "extension": carried})
    if stands:
        parts += part("stands", "valueBoolean", True)
    if entry.state is not State.ANSWERED:
        parts += part("state", "valueCode", str(entry.state))
        return nested("account", parts)
    found, whole = held(question, entry.raw, material.offset)
    if not whole or (not stands and question.kind in GROUPS):
        parts += part("typed", "valueString", as_text(entry.raw))
    elif not stands:
        parts += [{"url": "value", **answer} for answer in found["answer"]]
    return nested("account", parts)


def _who(by: str, at: str, recorded_by: str, note: str, *, used: bool) -> list[Json]:
    return [
        *part("by", "valueString", by),
        *part("at", "valueString", at),
        *part("recorded-by", "valueString", recorded_by),
        *part("note", "valueString", note),
        *(part("used", "valueBoolean", True) if used else ()),
    ]


def _of_no_question(base: Json, asked: AsAsked) -> Json:
    """What the content at hand does not know as a question: in the words of the record, and as it was typed."""
    raw, words = asked.raw, text_of(asked.raw["words"])
    accounts = _plain_accounts(raw["recorded"])
    if raw["state"] == State.ANSWERED and raw["hidden_because"] is None and words.strip():
        return _with(accounts, base | {"answer": [{"valueString": words}]})
    hidden = raw["hidden_because"] is not None
    return _with([*_missing(State.NOT_APPLICABLE if hidden else asked.state), *accounts], base)


def _unread(question: str, recorded: Mapping[str, Any]) -> Json:
    """No rule reads it, so it is no answer: what was recorded stands beside the code for that."""
    item = {"linkId": under(UNREAD, question), "text": question}
    return _with([*_missing(State.GATE_OPEN), *_plain_accounts(recorded)], item)


def _plain_accounts(recorded: Mapping[str, Any] | None) -> list[Json]:
    if recorded is None:
        return []
    used = recorded["used"]
    found = []
    for one in recorded["accounts"]:
        parts = _who(one["by"], one["at"], one["recorded_by"], one.get("note", ""), used=used == one["by"])
        said = part("state", "valueCode", one["state"]) if "state" in one else []
        parts += said or part("typed", "valueString", as_text(one.get("value")))
        found.append(nested("account", parts))
    return found
