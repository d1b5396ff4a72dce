"""The live list: what is listed, what stands open beside it, and what is only counted."""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.evaluation import RuleOutcome
from screener.forms.model import TIERS
from screener.rules.evaluate import PARAMETER, Ids
from screener.rules.values import State
from screener.screening.session import Session

SPOKEN_FOR = (State.NOT_KNOWN, State.DECLINED, State.COME_BACK, State.DIFFERING)
"""States that make an open, source-critical rule stand in the live list at once."""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Source-critical items that are not established for want of the same answers."""

    missing: Ids
    items: tuple[RuleOutcome, ...]


@dataclass(frozen=True, slots=True)
class LiveList:
    """What the clinician has before them, in the order of the screen. Counts are kept apart and never summed."""

    listed: tuple[RuleOutcome, ...]
    open: tuple[OpenGroup, ...]
    otherwise_open: tuple[RuleOutcome, ...]
    """Not established, but only counted until review."""
    not_listed: tuple[RuleOutcome, ...]

    def marks(self) -> dict[str, int]:
        """How many items there are of each mark; `open` counts the items that stand as not established."""
        counts: dict[str, int] = {tier: sum(item.tier == tier for item in self.listed) for tier in TIERS}
        counts["open"] = sum(len(group.items) for group in self.open)
        return counts


def live_list(session: Session, *, review: bool = False) -> LiveList:
    """The list as it stands.

    `review`: from the review on, also rules of critical sources whose questions were not asked. Completeness rules
    (answers not recorded) are shown from the check-answers page on, never while a theme is being filled.
    """
    outcomes = [o for o in session.outcomes.values() if review or o.rule.class_ != "completeness"]
    listed = [outcome for outcome in outcomes if outcome.outcome == "listed"]
    unknown = [outcome for outcome in outcomes if outcome.outcome == "not_established"]
    standing = [outcome for outcome in unknown if _stands_open(session, outcome, review)]
    held = {outcome.rule.id for outcome in standing}
    groups: dict[Ids, list[RuleOutcome]] = {}
    for outcome in standing:
        groups.setdefault(outcome.missing, []).append(outcome)
    return LiveList(
        listed=tuple(sorted(listed, key=lambda o: (o.rule.class_ == "efficacy note", TIERS.index(o.tier)))),
        open=tuple(OpenGroup(missing, tuple(items)) for missing, items in groups.items()),
        otherwise_open=tuple(outcome for outcome in unknown if outcome.rule.id not in held),
        not_listed=tuple(outcome for outcome in outcomes if outcome.outcome == "not_listed"),
    )


def _stands_open(session: Session, outcome: RuleOutcome, review: bool) -> bool:
    if not outcome.rule.source_critical:
        return False
    return review or any(session.state(question) in SPOKEN_FOR for question in outcome.missing)


@dataclass(frozen=True, slots=True)
class StillOpen:
    """An unanswered question, with the items that wait for it, strongest source first."""

    question: str
    items: tuple[RuleOutcome, ...]


_STRENGTH_ORDER = (
    "contraindication", "boxed warning", "law", "required question", "warning", "not recommended", "caution",
    "indication", "dosing", "guideline", "policy", "trial exclusion", "evidence", "editorial",
)  # fmt: skip


def still_open(session: Session) -> list[StillOpen]:
    """The questions that can still change an item, strongest source first, then in form order."""
    waiting: dict[str, list[RuleOutcome]] = {}
    for outcome in session.outcomes.values():
        for question in outcome.missing:
            if not question.startswith(PARAMETER) and question in session.questions:
                waiting.setdefault(question, []).append(outcome)
    order = {question: rank for rank, question in enumerate(session.questions)}
    strongest_first = {question: tuple(sorted(items, key=_strength)) for question, items in waiting.items()}
    ranked = sorted(waiting, key=lambda question: (_strength(strongest_first[question][0]), order[question]))
    return [StillOpen(question, strongest_first[question]) for question in ranked]


def _strength(item: RuleOutcome) -> int:
    return _STRENGTH_ORDER.index(item.rule.source.strength)


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """What is still open, each question once: what somebody meant to come back to comes first."""

    come_back: tuple[StillOpen, ...]
    """In form order, also those that change no item."""
    differing: tuple[StillOpen, ...]
    """Their accounts differ, and none is named as used."""
    others: tuple[StillOpen, ...]
    """Those that can still change an item, as `still_open` orders them."""

    @property
    def all(self) -> tuple[StillOpen, ...]:
        return self.come_back + self.differing + self.others


def open_questions(session: Session) -> OpenQuestions:
    """What is still open, by why it is."""
    waiting = {entry.question: entry for entry in still_open(session)}

    def take(state: State) -> tuple[StillOpen, ...]:
        found = [name for name in session.questions if session.is_shown(name) and session.state(name) is state]
        return tuple(waiting.pop(name, StillOpen(name, ())) for name in found)

    return OpenQuestions(take(State.COME_BACK), take(State.DIFFERING), tuple(waiting.values()))
