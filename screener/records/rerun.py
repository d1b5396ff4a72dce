"""Today's content over an old record: what its rules say of the answers that the record holds. Nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from screener.forms.answering import Given, NotAnAnswer
from screener.forms.evaluation import RuleSet
from screener.forms.local import entry_hash
from screener.forms.model import Pack, Question
from screener.language import tr
from screener.records.browse import Json
from screener.records.outcomes import ItemPair, outcome_now, outcomes_of, pair_outcomes
from screener.records.shown import answer_shown
from screener.records.sitting import questions_of
from screener.screening.answers import Recorded

Since = Literal["same", "changed", "new", "gone", "unknown"]
"""Of a rule, since the record was signed: the same, another text or condition, did not run then, does not run now, not
known because the pack of then is not at hand."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer of the record that today's content does not take, with why in words."""

    question: str
    label: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of every rule then, as sealed, beside what comes of it now. `lost`: what keeps today's content from it.

    With something lost that rules cannot run without there are no pairs.
    """

    pairs: tuple[ItemPair, ...]
    since: Mapping[str, Since]
    unread: tuple[Unread, ...]
    lost: tuple[str, ...]
    same_content: bool
    """The open pack is the very one that the record was made with."""


def rerun(content: Json, pack: Pack, then: Pack | None = None) -> Rerun:
    """Run an open pack over a record's recorded answers, for the day of its visit, under its pathway and profiles.

    `then`: the pack that the record was made with, where it is at hand, so that each rule can be told to be the same.
    """
    opening = content["opening"]
    same = pack.hash == content["pack"]["hash"]
    if opening["pathway"] not in {pathway.id for pathway in pack.pathways}:
        return Rerun((), {}, (), (tr("the pathway {title}").format(title=content["pathway"]["title"]),), same)
    known = {profile.id for profile in pack.profiles}
    titles = {profile["id"]: profile["title"] for profile in content["profiles"]}
    lost = tuple(
        tr("the profile {title}").format(title=titles.get(name, name))
        for name in opening["profiles"]
        if name not in known
    )
    profiles = [name for name in opening["profiles"] if name in known]
    rules = RuleSet(pack, opening["pathway"], profiles, opening.get("parameters"), drafts=bool(opening.get("drafts")))
    answers, unread = _answers(content, rules)
    facts, outcomes = rules.evaluate(answers, date.fromisoformat(content["visit"]["visit_date"]))
    now = {rule_id: outcome_now(outcome, rules, answers, facts) for rule_id, outcome in outcomes.items()}
    before = outcomes_of(content)
    pairs = pair_outcomes(before, now)
    since = {pair.rule: _since(pair, pack, pack if same else then) for pair in pairs}
    return Rerun(pairs, since, unread, lost, same)


def _answers(content: Json, rules: RuleSet) -> tuple[dict[str, Given], tuple[Unread, ...]]:
    """The recorded answers as today's questions read them, and those that they do not read."""
    answers: dict[str, Given] = {}
    unread: list[Unread] = []
    held = {question["id"]: question for _, question in questions_of(content) if question["recorded"]}
    earlier = [{"id": e["question"], "label": e["question"], "words": "", **dict(e)} for e in content.get("unread", ())]
    for entry in (*held.values(), *(e for e in earlier if e["question"] not in held and e["recorded"])):
        question = rules.form.questions.get(entry["id"])
        try:
            given = _read(question, entry["recorded"])
        except NotAnAnswer as wrong:
            given, why = None, tr("the question does not take it in this way: {why}").format(why=wrong)
        else:
            why = tr("the content has no such question on this pathway")
        if given is None:
            unread.append(Unread(entry["id"], entry["label"], answer_shown(entry) or _as_typed(entry["recorded"]), why))
        else:
            answers[entry["id"]] = given
    return answers, tuple(unread)


def _read(question: Question | None, recorded: Json) -> Given | None:
    return None if question is None else Recorded.from_json(question, recorded).given


def _as_typed(recorded: Mapping[str, Any]) -> str:
    return "; ".join(f"{entry['by']}: {entry.get('value', entry.get('state'))}" for entry in recorded["accounts"])


def _since(pair: ItemPair, now: Pack, then: Pack | None) -> Since:
    if pair.first is None:
        return "new"
    if pair.second is None:
        return "gone"
    if then is now:
        return "same"
    old = then.rules.get(pair.rule) if then is not None else None
    if old is None:
        return "unknown"
    return "same" if entry_hash(old) == entry_hash(now.rules[pair.rule]) else "changed"
