"""The content model: pack, profiles, pathways, themes, questions, rules, sources, as frozen pydantic models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, model_validator

from screener.forms.content import Content, DottedId, Id, OwnWordOf, Strength, Text
from screener.forms.course import Course
from screener.forms.instruments import Instrument
from screener.forms.medicines import MedicineList
from screener.language import kept
from screener.rules.expressions import All, Any_, Ask, Exact, Expression, Length
from screener.rules.medicines import Dictionary
from screener.rules.scores import Scoring
from screener.rules.values import Kind

Groups = Mapping[str, tuple[str, ...]]
"""Pathways under one name, so that a rule of all ketamine pathways need not list them."""


def _members(value: Any, info: ValidationInfo) -> Any:
    """Names of groups become the pathways that stand in them, each once."""
    groups: Groups = (info.context or {}).get("groups", {})
    if not isinstance(value, list | tuple) or not groups:
        return value
    return list(dict.fromkeys(member for name in value for member in groups.get(str(name), (name,))))


Pathways = Annotated[tuple[Id, ...], BeforeValidator(_members)]
"""Ids of pathways; a file may also write the name of a group, which is read as its members."""


SOURCE_CRITICAL: frozenset[str] = frozenset(("contraindication", "boxed warning", "law"))


class Source(Content):
    """Where facts come from, and how much of it was actually read."""

    title: Text
    organisation: str = ""
    year: str = ""
    section_style: str = ""
    country: str = ""
    url: str = ""
    product: str = ""
    """The product that a label or leaflet speaks of; shown beside the product of the visit."""
    read: Text
    """The text version that was actually read."""
    how_far: str = ""
    on: str = ""


class SourceRef(Content):
    """A place in a source, with the source's own strength."""

    ref: Id
    at: str = ""
    strength: Strength
    own_words: str = ""
    """The source's own phrase for it, a few words."""
    says: str = ""
    """What that place says, in our words."""


class OtherSource(Content):
    """What another source says about the same fact."""

    ref: Id
    at: str = ""
    says: Text
    strength: Strength
    own_words: str = ""


class ParameterOption(Content):
    """One option of a clinic parameter. A part that is absent sets no limit: tests against it are NO."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    label: Text
    values: Mapping[str, Exact]
    source: SourceRef
    basis: tuple[str, ...] = ()


class Parameter(Content):
    """A figure that the clinic chooses, never preselected."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Text
    help: str = ""
    unit: str = ""
    pathways: Pathways = ()
    options: tuple[ParameterOption, ...] = Field(min_length=2)

    def option(self, option_id: str) -> ParameterOption | None:
        return next((option for option in self.options if option.id == option_id), None)


class StateForm(Content):
    """A form that a state publishes and that nothing may take the place of: what is printed here is a supplement."""

    title: Text
    """As it stands inside a sentence: the client information form of the authority."""
    dated: DottedId
    """The question whose answer is the day that the filled-in form bears."""


class Profile(Content):
    """Rules that apply by label and country, law or clinic policy."""

    id: Id
    title: Text
    short: Text
    summary: Text
    basis: Text
    version: Text
    date: Text
    country: str = ""
    always: bool = False
    state_form: StateForm | None = None
    parameters: tuple[Parameter, ...] = ()

    @property
    def of_a_trial(self) -> bool:
        """Whether it holds the figures of one trial: its id says so."""
        return self.id.startswith("trial-")


class OneOf(Content):
    one_of: tuple[Id, ...] = Field(min_length=2)


class Fact(Content):
    """One fact on a pathway card."""

    label: Text
    text: Text
    source: str = ""
    basis: str = ""
    own_words: tuple[OwnWordOf, ...] = ()


class Pathway(Content):
    """What is being considered, with the facts on its card and the profiles it needs."""

    id: Id
    title: Text
    short: Text
    summary: Text
    legal: str = ""
    """Legal standing in one line, a fact."""
    needs: tuple[Id | OneOf, ...]
    offers: tuple[Id, ...] = ()
    """Profiles that may be added, any number of them: trials whose figures are shown beside the others."""
    products: tuple[str, ...] = ()
    themes: tuple[Id, ...]
    facts: tuple[Fact, ...] = ()
    course: Course | None = None
    """Of a dose-day pathway: the answers that tell how far the day has come."""
    own_words: tuple[OwnWordOf, ...] = ()

    @property
    def needed(self) -> tuple[tuple[Id, ...], ...]:
        """Each profile that it needs, as those of which any would do: one alone, or several of which one is chosen."""
        return tuple(need.one_of if isinstance(need, OneOf) else (need,) for need in self.needs)

    @property
    def choosing(self) -> tuple[Id, ...]:
        """The profiles of which one is chosen when a screening is begun; none where there is no such choice."""
        return next((options for options in self.needed if len(options) > 1), ())


class Option(Content):
    """One option of a choice."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    text: Text
    help: str = ""


def _as_pair(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Formula(Content):
    """A derived value: one of a closed list of formulas over other questions."""

    name: Literal["bmi", "map", "pulse_pressure", "age", "days_between"]
    of: tuple[DottedId, ...]


class Question(Content):
    """One question of a theme."""

    id: DottedId
    kind: Kind
    text: Text
    """As the clinician asks it."""
    short: str = ""
    """A label for lists and the report; the text when absent."""
    help: str = ""
    why: str = ""
    for_patient: str = ""
    options: tuple[Option, ...] = ()
    unit: str = ""
    units: tuple[str, ...] = ()
    """Other linear units that entry accepts; converted at entry."""
    step: Exact | None = None
    plausible: Annotated[tuple[Exact, Exact] | None, BeforeValidator(_as_pair)] = None
    parts: tuple[str, ...] = ()
    plausible_parts: Mapping[str, tuple[Exact, Exact]] = Field(default_factory=dict)
    formula: Formula | None = None
    instrument: Id | None = None
    """Whose result is recorded."""
    complete: DottedId | None = None
    """Of a list of medicines: the yes_no question whether that is all. While it says no, the list may lack any."""
    shown_when: Ask | All | Any_ | None = None
    when_hidden: str | None = None
    """A value, or "not applicable": mandatory beside `shown_when`."""
    pathways: Pathways = ()
    """Empty: every pathway that shows the theme."""
    sensitive: bool = False
    asked_anew: bool | None = None
    """At every visit: an earlier answer is never offered. Without a word the theme decides."""
    same_for: Length | None = None
    """Asked anew, and an earlier answer changes by itself: one of less than so long ago is offered to be said again,
    and is never taken over unasked."""
    worse: Literal["up", "down", "order", "yes", "no"] | None = None
    planned: bool = False
    """A date to come, which lies after the visit as a matter of course."""
    all_of_these: bool = False
    """Of options that all hold as a matter of course: one press ticks every one of them."""
    together: Annotated[str, Field(pattern=r"^[a-z0-9_]*$")] = ""
    """A word that questions of one look share, which the clinician answers: one press says yes to all of them."""
    says_yes: bool = False
    """What is typed here says yes to the yes_no that it hangs on: on a dose day one line asks both."""
    at_need: tuple[DottedId, ...] = ()
    """On a dose day the keyboard comes to it by itself once the answer to one of these calls for it, and passes it over
    until then."""
    was: str = ""
    override: bool = False
    of: str = ""
    """In a local pack: the hash of the shipped question that this one replaces."""
    reminder: bool = False
    """A clinic question without a rule: listed when empty if the clinic says so."""
    own: bool = False
    """A clinic's own question, which no rule reads: asked, marked as such, and in record and report."""
    own_words: tuple[OwnWordOf, ...] = ()
    _scoring: Scoring | None = PrivateAttr(None)
    _medicines: MedicineList | None = PrivateAttr(None)

    @property
    def scoring(self) -> Scoring | None:
        """The numbers of its instrument; None where the pack has no such instrument."""
        return self._scoring

    @property
    def dictionary(self) -> Dictionary | None:
        """The names of medicines that the pack knows, for a list of medicines."""
        return None if self._medicines is None else self._medicines.dictionary

    @property
    def label(self) -> str:
        return self.short or self.text

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return ("yes", "no") if self.kind is Kind.YES_NO else tuple(option.id for option in self.options)

    def option_text(self, option_id: str) -> str:
        """What an option is called on screen."""
        if self.kind is Kind.YES_NO:
            return {"yes": kept("Yes"), "no": kept("No")}[option_id]
        return next(option.text for option in self.options if option.id == option_id)


LASTING: frozenset[Kind] = frozenset((Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.DATE, Kind.TEXT))
"""Kinds whose answers can hold longer than their day. Readings, medicines with their last days, instruments, times and
what is worked out are always of their day."""


Class = Literal["safety", "efficacy note", "logistics", "legal", "consistency", "completeness"]
Tier = Literal["time-critical", "review", "note", "check"]
TIERS: tuple[Tier, ...] = ("time-critical", "review", "note", "check")
OutcomeWord = Literal["listed", "not_listed", "not_established"]


class Case(Content):
    """A worked case of a rule: answers in, outcome out."""

    name: Text
    given: Mapping[str, Any]
    is_: OutcomeWord = Field(alias="is")
    level: str | None = None
    on: str | None = None
    """The visit date; 2026-11-23 when absent."""
    parameters: Mapping[str, str] = Field(default_factory=dict)
    pathway: Id | None = None
    """The pathway it is worked on; the rule's first when absent."""


class Reread(Content):
    """Who re-read the rule's numbers in the original, and when; empty until a named clinician has."""

    by: str = ""
    on: str = ""


class Level(Content):
    """One level of a rule with levels, written from the lowest to the highest; only its lower edge is written."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    title: Text
    when: Expression
    tier: Tier | None = None
    statement: str = ""


class Rule(Content):
    """A declared condition with source, cases and status. Exactly one of `when` and `levels`."""

    id: DottedId
    title: Text
    class_: Class = Field(alias="class")
    tier: Tier
    profiles: tuple[Id, ...] = Field(min_length=1)
    pathways: Annotated[Pathways, Field(min_length=1)]
    when: Expression | None = None
    levels: tuple[Level, ...] = ()
    statement: Text
    source: SourceRef
    others: tuple[OtherSource, ...] = ()
    basis: tuple[str, ...] = ()
    """Rows of the fact bases; none for a rule of a clinic's own."""
    status: Literal["active", "draft", "retired", "off"] = "active"
    """`off` is set by a local pack that switches a rule off; it is never written beside a rule."""
    reread: Reread = Reread()
    cases: tuple[Case, ...] = ()
    override: bool = False
    of: str = ""
    own_words: tuple[OwnWordOf, ...] = ()
    note: str = ""
    """A remark for authors: shown in the rules browser only."""
    justified: Mapping[str, Text] = Field(default_factory=dict)
    """Logic checks that this rule does not pass on purpose, by their codes, each with the reason."""

    @model_validator(mode="after")
    def _one_condition(self) -> Rule:
        if (self.when is None) == (not self.levels):
            raise ValueError("a rule needs `when` or `levels`, and not both")
        return self

    @property
    def source_critical(self) -> bool:
        return self.source.strength in SOURCE_CRITICAL

    def conditions(self) -> tuple[Expression, ...]:
        """The rule's condition, or those of its levels from the lowest up."""
        return (self.when,) if self.when is not None else tuple(level.when for level in self.levels)


class Theme(Content):
    """One theme: its questions and its rules."""

    id: Id
    title: str = ""
    """A local pack that adds to a shipped theme leaves it out."""
    pathways: Pathways = ()
    """In a local pack: the pathways that show a theme of its own."""
    for_patient: str = ""
    intro: str = ""
    why: str = ""
    asked_anew: bool = False
    """Its questions are asked anew at every visit, unless one says otherwise."""
    questions: tuple[Question, ...] = ()
    rules: tuple[Rule, ...] = ()
    own_words: tuple[OwnWordOf, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of its questions and rules."""
        return (*(question.id for question in self.questions), *(rule.id for rule in self.rules))


class Off(Content):
    """A rule that a local pack switches off, with who did so, when and why."""

    rule: DottedId
    reason: Text
    by: Text
    on: Text


class PackHead(Content):
    """`pack.yaml`: who a pack is."""

    id: Id
    version: Text
    standing: Literal["unreviewed", "reviewed"] = "unreviewed"
    languages: tuple[str, ...] = ("en",)
    owner: str = ""
    title: str = ""
    extends: Id | None = None
    groups: Mapping[Id, tuple[Id, ...]] = Field(default_factory=dict)
    """Names for several pathways, to be written where a rule or a question lists its pathways."""
    drafts: bool = False
    off: tuple[Off, ...] = ()


class Pack(Content):
    """A whole pack, as composed. `hash` is over its content, not over its files' spelling."""

    head: PackHead
    hash: str
    profiles: tuple[Profile, ...]
    pathways: tuple[Pathway, ...]
    themes: tuple[Theme, ...]
    sources: Mapping[str, Source]
    rows: Mapping[str, Any] = Field(default_factory=dict)
    instruments: tuple[Instrument, ...] = ()
    medicines: MedicineList = MedicineList()

    def model_post_init(self, _: Any) -> None:
        """Questions come to know the instrument or the dictionary that their answers are read with."""
        scorings = {instrument.id: instrument.scoring for instrument in self.instruments}
        for question in (question for theme in self.themes for question in theme.questions):
            if question.instrument is not None:
                question._scoring = scorings.get(question.instrument)
            if question.kind is Kind.MEDICINES:
                question._medicines = self.medicines

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        return {question.id: question for theme in self.themes for question in theme.questions}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        return {rule.id: rule for theme in self.themes for rule in theme.rules}

    @cached_property
    def theme_of(self) -> Mapping[str, Theme]:
        """The theme of each question and rule id."""
        return {name: theme for theme in self.themes for name in theme.names}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        return {parameter.id: parameter for profile in self.profiles for parameter in profile.parameters}

    def asked_anew(self, question_id: str) -> bool:
        """Whether a question is asked anew at every visit, so that no earlier answer is offered for it."""
        question = self.questions[question_id]
        if question.kind not in LASTING:
            return True
        if question.asked_anew is not None:
            return question.asked_anew
        return question.own or self.theme_of[question_id].asked_anew

    def pathway(self, pathway_id: str) -> Pathway:
        return next(pathway for pathway in self.pathways if pathway.id == pathway_id)

    def profile(self, profile_id: str) -> Profile:
        return next(profile for profile in self.profiles if profile.id == profile_id)

    @cached_property
    def active_rules(self) -> int:
        return sum(rule.status == "active" for rule in self.rules.values())

    @cached_property
    def reread_rules(self) -> int:
        """How many active rules a named clinician has re-read in their originals."""
        return sum(rule.status == "active" and bool(rule.reread.by) for rule in self.rules.values())
