"""What a kept rehearsal says, worked out from its JSON alone: answers folded by hand, every rule run over them anew.

Nothing here knows a session, its steps or the debrief's own way through the events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from screener.forms.answering import Given, read_given
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Pack
from screener.forms.words import answer_words

Json = Mapping[str, Any]
NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
TAKES = {"first": "asked", "again": "asked again", "open": "asked in open words", "alone": "nobody else in the room"}


@dataclass
class ByHand:
    """A rehearsal and its scenario as plain JSON, and what follows from them."""

    kept: Json
    scenario: Json
    pack: Pack
    answers: dict[str, Given] = field(default_factory=dict)
    day: str = ""
    moments: list[tuple[float, dict[str, RuleOutcome]]] = field(default_factory=list)
    """Every rule's outcome after each change, with its second."""

    def __post_init__(self) -> None:
        opening = self.kept["opening"]
        self.rules = RuleSet(self.pack, opening["pathway"], opening["profiles"], opening["parameters"])
        self.answers, self.day = {}, opening["visit_date"]
        self.responses: dict[str, Any] = {}
        self.responded: dict[str, float] = {}
        self.moments = [(0.0, self.run(self.answers))]
        for event in self.events("recorded"):
            self.fold(event)
        self.end = self.moments[-1][1]

    def events(self, *kinds: str) -> list[Json]:
        return [event for event in self.kept["events"] if not kinds or event["kind"] in kinds]

    def fold(self, event: Json) -> None:
        step = event["step"]
        if step["step"] == "answer":
            self.take(self.answers, step)
        elif step["step"] == "visit" and step["field"] == "visit_date":
            self.day = step["after"]
        elif step["step"] == "respond":
            self.responded.pop(step["rule"], None)
            self.responses[step["rule"]] = step["after"]
            if step["after"] is not None:
                self.responded[step["rule"]] = event["at"]
        self.moments.append((event["at"], self.run(self.answers)))

    def take(self, answers: dict[str, Given], step: Json) -> None:
        name, after = step["question"], step["after"]
        if after is None:
            answers.pop(name, None)
            return
        accounts = [{k: v for k, v in one.items() if k in ("by", "value", "state")} for one in after["accounts"]]
        answers[name] = read_given(self.rules.form.questions[name], {"accounts": accounts, "used": after["used"]})

    def run(self, answers: Mapping[str, Given]) -> dict[str, RuleOutcome]:
        return self.rules.evaluate(dict(answers), date.fromisoformat(self.day))[1]

    def answers_at(self, second: float) -> dict[str, Given]:
        found: dict[str, Given] = {}
        for event in self.events("recorded"):
            if event["at"] <= second and event["step"]["step"] == "answer":
                self.take(found, event["step"])
        return found

    def clock(self, second: float) -> str:
        moment = datetime.fromisoformat(self.kept["opening"]["begun_at"]) + timedelta(seconds=second)
        return moment.strftime("%H:%M")

    # The list

    def listed(self, rule: str) -> tuple[float | None, float | None]:
        """When an item was last put on the list, and when it left it after that."""
        begun = ended = None
        before = ""
        for at, outcomes in self.moments:
            now = outcomes[rule].outcome
            if now == "listed" != before:
                begun, ended = at, None
            elif before == "listed" != now:
                ended = at
            before = now
        return begun, ended

    def ever_because(self, rule: str, names: set[str]) -> bool:
        return any(
            outcomes[rule].outcome == "listed" and names & set(outcomes[rule].because) for _, outcomes in self.moments
        )

    # The story

    @property
    def truth(self) -> dict[str, Any]:
        found: dict[str, Any] = {**self.scenario["usual"], **self.scenario["ordinary"]}
        for fact in self.scenario["facts"]:
            found |= fact["truth"]
        for figure in self.scenario["measured"]:
            same = [one["gives"] for one in self.scenario["measured"] if one["question"] == figure["question"]]
            found[figure["question"]] = same if isinstance(same[0], Mapping) else same[-1]
        return found

    def true(self, name: str) -> Given | None:
        question = self.rules.form.questions.get(name)
        return None if question is None or name not in self.truth else read_given(question, self.truth[name])

    def instead(self, names: set[str]) -> dict[str, RuleOutcome]:
        """Every outcome with the true answers to these questions in place of what was recorded."""
        put = dict(self.answers)
        for name in names:
            true = self.true(name)
            if true is not None:
                put[name] = true
        return self.run(put)

    def recorded_words(self, name: str) -> str:
        given = self.answers.get(name)
        return "" if given is None else answer_words(self.rules.form.questions[name], given, brief=True)

    def left_to_ask(self) -> list[Json]:
        facts, cut = self.scenario["facts"], self.kept["cut_min"]
        return [fact for fact in facts if cut is None or fact["id"] in self.scenario["cuts"][str(cut)]]

    # The conversation

    def heard(self) -> Iterator[tuple[int, Json, str]]:
        """Words that came out and had not come out before: their event, and how they were told."""
        known: set[tuple[str, int]] = set()
        for place, event in enumerate(self.kept["events"]):
            if event["kind"] != "asked" or event["told"] is None or (event["fact"], event["told"]) in known:
                continue
            known.add((event["fact"], event["told"]))
            same = [
                one
                for one in self.kept["events"][: place + 1]
                if one["kind"] == "asked" and (one["fact"], one["to"]) == (event["fact"], event["to"])
            ]
            how = f"told the {NTH[len(same) - 1]} time"
            how += ", in open words" if event["openly"] else ""
            how += ", alone" if event["alone"] else ""
            how += f", by {event['to']}" if event["to"] != "patient" else ""
            yield place, event, how

    def times(self) -> dict[str, float]:
        turned = self.events("turned")
        found: dict[str, float] = {}
        over = self.kept["signed_at"]
        if over is None:
            over = max([event["at"] for event in self.kept["events"] if event["kind"] != "wrote"], default=0.0)
        for here, after in zip(turned, [*turned[1:], {"at": over}][: len(turned)], strict=True):
            found[here["theme"]] = found.get(here["theme"], 0.0) + max(0.0, after["at"] - here["at"])
        return found
