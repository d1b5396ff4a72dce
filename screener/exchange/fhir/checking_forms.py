"""What has to hold of a form and of the answers to it, beside what the models say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from screener.exchange.fhir.faults import Fault
from screener.exchange.fhir.names import ABSENT

Json = Mapping[str, Any]
_ANSWER_OF: Mapping[str, str] = {
    "boolean": "valueBoolean",
    "decimal": "valueDecimal",
    "integer": "valueInteger",
    "date": "valueDate",
    "dateTime": "valueDateTime",
    "time": "valueTime",
    "string": "valueString",
    "text": "valueString",
    "choice": "valueCoding",
    "quantity": "valueQuantity",
}


def items_in(items: Iterable[Json]) -> Iterator[Json]:
    """Every item, from the outside in."""
    for item in items:
        yield item
        yield from items_in(item.get("item", ()))


# --- the form ---------------------------------------------------------------------------------------------------------


def form_faults(form: Json) -> Iterator[Fault]:
    """Unique linkIds, conditions about questions that are there, and the invariants of items."""
    types: dict[str, str] = {}
    for item in items_in(form.get("item", ())):
        if item["linkId"] in types:
            yield Fault(_at(item), "the same linkId stands twice")
        types[item["linkId"]] = item["type"]
    for item in items_in(form.get("item", ())):
        yield from _of_item(item)
        for condition in item.get("enableWhen", ()):
            yield from _of_condition(item, condition, types)


def _at(item: Json) -> str:
    return f"Questionnaire.item({item['linkId']})"


def _of_item(item: Json) -> Iterator[Fault]:
    kind = item["type"]
    if kind == "group" and not item.get("item"):
        yield Fault(_at(item), "a group holds items")  # que-1
    if kind == "display" and (item.get("item") or item.get("required") or item.get("repeats")):
        yield Fault(_at(item), "a display item asks nothing")  # que-1, que-6
    if bool(item.get("answerOption")) != (kind == "choice"):
        yield Fault(_at(item), "options stand under choices, and every choice has some")  # que-5
    if len(item.get("enableWhen", ())) > 1 and "enableBehavior" not in item:
        yield Fault(_at(item), "several conditions say whether all or any have to hold")  # que-12
    codes = [(option["valueCoding"].get("system"), option["valueCoding"]["code"]) for option in _options(item)]
    if len(set(codes)) < len(codes):
        yield Fault(_at(item), "the same option stands twice")


def _options(item: Json) -> Sequence[Json]:
    return [option for option in item.get("answerOption", ()) if "valueCoding" in option]


def _of_condition(item: Json, condition: Json, types: Mapping[str, str]) -> Iterator[Fault]:
    asked = types.get(condition["question"])
    if asked is None or asked in ("group", "display"):
        yield Fault(_at(item), f"a condition reads {condition['question']}, which is no question of the form")
        return
    if condition["question"] == item["linkId"]:
        yield Fault(_at(item), "a condition reads the item itself")
    answer = next((name for name in condition if name.startswith("answer")), "")
    wanted = _ANSWER_OF[asked].replace("value", "answer")
    if answer != ("answerBoolean" if condition["operator"] == "exists" else wanted):
        yield Fault(_at(item), f"a condition compares {condition['question']} with {answer or 'nothing'}")  # que-7


# --- the response -----------------------------------------------------------------------------------------------------


def response_faults(response: Json, forms: Iterable[Json]) -> Iterator[Fault]:
    """Every answer is one that its form takes; every question has an answer, or says why not."""
    form = next((one for one in forms if f"{one['url']}|{one['version']}" == response["questionnaire"]), None)
    if form is None:
        yield Fault("QuestionnaireResponse.questionnaire", f"{response['questionnaire']} is not in this Bundle")
        return
    answers = _answers(response)
    yield from _level(response.get("item", ()), form.get("item", ()), answers, whole=True)


def _answers(response: Json) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items_in(response.get("item", ())):
        values = [value for answer in item.get("answer", ()) for name, value in answer.items() if name[:5] == "value"]
        found.setdefault(item["linkId"], []).extend(values)
    return found


def _level(
    given: Sequence[Json], asked: Sequence[Json], answers: Mapping[str, list[Any]], *, whole: bool
) -> Iterator[Fault]:
    """`whole`: each question of this level has to be there; not so of the parts of an answer."""
    by_link = {item["linkId"]: item for item in asked}
    place, order = 0, list(by_link)
    seen: set[str] = set()
    for item in given:
        link = item["linkId"]
        if link not in by_link:
            yield Fault(_in(item), "its form has no such item at this place")
            continue
        if link in seen and not by_link[link].get("repeats"):
            yield Fault(_in(item), "stands twice, and does not repeat")
        if order.index(link) < place:
            yield Fault(_in(item), "stands in another order than in its form")
        place = max(place, order.index(link))
        seen.add(link)
        yield from _of_answer(item, by_link[link], answers, whole=whole)
    for link in order if whole else ():
        if link not in seen and by_link[link]["type"] != "display":
            yield Fault(f"QuestionnaireResponse.item({link})", "is missing: no answer, and no reason why not")


def _in(item: Json) -> str:
    return f"QuestionnaireResponse.item({item['linkId']})"


def _of_answer(item: Json, asked: Json, answers: Mapping[str, list[Any]], *, whole: bool) -> Iterator[Fault]:
    given = item.get("answer", ())
    inner = asked.get("item", ())
    why = any(extension["url"] == ABSENT for extension in item.get("extension", ()))
    if why and (given or item.get("item")):
        yield Fault(_in(item), "has an answer, and says why there is none")
    if asked["type"] == "group":
        if given:
            yield Fault(_in(item), "a group has no answer of its own")
        question = _is_question(asked)
        yield from _level(item.get("item", ()), inner, answers, whole=whole and not question)
        if whole and question and not why and not item.get("item"):
            yield Fault(_in(item), "no answer, and no reason why not")
    else:
        if not given and not why:
            yield Fault(_in(item), "no answer, and no reason why not")
        if len(given) > 1 and not asked.get("repeats"):
            yield Fault(_in(item), "has several answers, and takes one")
        for answer in given:
            yield from _of_value(item, asked, answer)
    if (given or (item.get("item") and _is_question(asked))) and not enabled(asked, answers):
        yield Fault(_in(item), "has an answer, and is not shown on these answers")


def _is_question(asked: Json) -> bool:
    """Whether a group is a question whose answer has parts: our questions have a theme before a full stop."""
    link = asked["linkId"]
    return asked["type"] == "group" and "." in link and "/" not in link


def _of_value(item: Json, asked: Json, answer: Json) -> Iterator[Fault]:
    names = [name for name in answer if name.startswith("value")]
    if names != [_ANSWER_OF[asked["type"]]]:
        yield Fault(_in(item), f"{', '.join(names) or 'nothing'} is no answer to a question of type {asked['type']}")
    elif asked["type"] == "choice":
        value = answer["valueCoding"]
        options = [option["valueCoding"] for option in _options(asked)]
        if not any(_same(value, option) for option in options):
            yield Fault(_in(item), f"{value.get('code')} is not one of the options")


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return (one.get("system"), one.get("code")) == (other.get("system"), other.get("code"))
    return bool(one == other)


# --- what is shown ----------------------------------------------------------------------------------------------------


def enabled(asked: Json, answers: Mapping[str, list[Any]]) -> bool:
    """Whether FHIR shows an item on these answers: a condition about a question without an answer does not hold."""
    conditions = asked.get("enableWhen", ())
    if not conditions:
        return True
    held = [_holds(condition, answers.get(condition["question"], [])) for condition in conditions]
    return any(held) if asked.get("enableBehavior") == "any" else all(held)


def _holds(condition: Json, given: Sequence[Any]) -> bool:
    name = next(name for name in condition if name.startswith("answer"))
    wanted, operator = condition[name], condition["operator"]
    if operator == "exists":
        return bool(given) == bool(wanted)
    if operator == "=":
        return any(_same(value, wanted) for value in given)
    if operator == "!=":
        return bool(given) and not any(_same(value, wanted) for value in given)
    return any(_compares(_figure(value), operator, _figure(wanted)) for value in given)


def _figure(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) else value


def _compares(value: Any, operator: str, limit: Any) -> bool:
    match operator:
        case ">":
            return bool(value > limit)
        case ">=":
            return bool(value >= limit)
        case "<":
            return bool(value < limit)
        case _:
            return bool(value <= limit)
