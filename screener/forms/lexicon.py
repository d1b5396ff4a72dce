"""The lexicon of neutrality: word forms that advise or decide, each with the object that makes them do so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_NOUN = (
    r"(?:patients?|persons?|people|clients?|participants?|individuals?|adults?|children|women|men|someone|anyone|"
    r"those|they|he|she|you)"
)
_WHO = rf"(?:(?:the|this|that|these|your|every|each|any|a|an|such|no) )?(?:[a-z]+ )??{_NOUN}"
_ONE = r"(?:(?:the|this|that|your) (?:patient|person|client|participant|individual)|s?he|they|you)"
_CARE_NOUN = (
    r"(?:treatments?|therapy|doses?|dosing|ketamine|esketamine|psilocybin|psychedelics?|spravato|medication|"
    r"administration|sessions?|infusions?|the product)"
)
_CARE = rf"(?:(?:the|this|that|a|any|further|today's|their|its|next|first) )*{_CARE_NOUN}"
_DONE = (
    r"(?:treated|dosed|given|excluded|included|referred|stopped|started|offered|avoided|postponed|deferred|delayed|"
    r"withheld|administered|prescribed|discontinued|reduced|considered|enrolled|accepted|declined|turned away)"
)
_DECIDED = (
    r"(?:treated|dosed|excluded|referred|avoided|postponed|deferred|withheld|administered|prescribed|discontinued)"
)
_DO = (
    r"(?:treat|dose|give|start|begin|use|proceed|go ahead|take|receive|have|get|administer|prescribe|enrol|enroll|"
    r"undergo|stop|avoid|wait|see|continue|discontinue)"
)
_DOING = (
    r"(?:treating|dosing|giving|starting|beginning|using|proceeding|taking|administering|prescribing|stopping|waiting|"
    r"avoiding|referring|delaying|postponing|deferring|withholding|excluding|reducing|lowering|continuing)"
)
_TESTED = r"(?:screening|checks?|criteria|assessment|evaluation)"
_NOT = r"(?:n't| not| never)?"


@dataclass(frozen=True, slots=True)
class Entry:
    """One word with its forms: `stem` begins a word in every match, `pattern` is the word with its object."""

    word: str
    stem: str
    pattern: str
    instead: str


_FACT = "state the fact, with its source"
_FOUND = "state what was found"
_SOURCES = "say what the source lists, in its own strength"
_STRENGTH = "give the source's strength"
_OWN = "give the source's own words as its own"
_CRITERION = "state the criterion as the source's"

LEXICON: tuple[Entry, ...] = (
    Entry(
        "should",
        "should",
        rf"\b(?:{_WHO}|{_CARE}|we|i) should\b"
        r"|\b(?:clinicians?|prescribers?|facilitators?) should\b(?! (?:look|read|know|review))",
        _FACT,
    ),
    Entry("should be", "should", rf"\bshould{_NOT} (?:be |first be )?(?:{_DONE}|{_DO})\b", _FACT),
    Entry("must", "must", rf"\b(?:{_WHO}|{_CARE}) must\b|\bmust{_NOT} be {_DECIDED}\b", _SOURCES),
    Entry("must do", "must", r"\bmust(?:n't| not)? (?:treat|dose|receive|undergo|wait|stop taking)\b", _SOURCES),
    Entry(
        "has to",
        "(?:needs?|has|have|is|are) to",
        rf"\b{_ONE} (?:needs?|has|have|is|are) to (?:be {_DONE}|stop|avoid|wait)\b",
        _SOURCES,
    ),
    Entry("ought to", "ought", r"\bought(?: not)? to\b", _FACT),
    Entry("recommended", "recommend", r"\b(?:recommended|recommendations?|recommendable)\b", _STRENGTH),
    Entry(
        "recommend",
        "recommend",
        rf"\brecommend(?:s|ing)? (?:(?:that|against|to|not|the|a|an|your|strongly)\b|{_WHO}\b|{_CARE}\b"
        r"|(?!nothing|anything|something)[a-z]+ing\b)",
        _STRENGTH,
    ),
    Entry(
        "advise",
        "(?:in)?advis",
        rf"\b(?:in)?advis(?:e|es|ed|ing) (?:(?:that|against|to|not)\b|{_WHO}\b|{_CARE}\b)|\b(?:in)?advisable\b",
        _FACT,
    ),
    Entry("suggest", "suggest", rf"\b(?:we|i) suggest\b|\bsuggest(?:s|ed)? (?:{_DOING}|not)\b", _FACT),
    Entry(
        "consider",
        "consider",
        rf"(?:^|[.;:!?] ?|please |to )consider (?:{_DOING}|an? alternative|another|whether to)\b",
        "name what the source names",
    ),
    Entry("eligible", "(?:in|non-?)?eligib", r"\b(?:in|non-?)?eligib(?:le|ility)\b", _CRITERION),
    Entry(
        "suitable",
        "(?:un)?suitab",
        rf"\b(?:un)?suitable (?:for (?:{_CARE}|{_WHO}|this)|to (?:be )?(?:{_DO}|{_DONE})|{_NOUN})\b"
        rf"|\b(?:{_WHO}|{_CARE}) (?:is|are|was|seems?|appears?|looks?)(?: not)? (?:un)?suitable\b"
        r"|\b(?:un)?suitability\b",
        _FACT,
    ),
    Entry(
        "appropriate",
        "(?:in)?appropriate",
        rf"\b(?:in)?appropriate (?:for (?:{_CARE}|{_WHO})|to (?:treat|dose|start|begin|proceed)|candidate)\b",
        _FACT,
    ),
    Entry("fit for", r"(?:un)?fit\b", rf"\b(?:un)?fit (?:for {_CARE}|to (?:be )?(?:{_DONE}|{_DO}))\b", _FACT),
    Entry(
        "candidate",
        "candidate",
        rf"\b(?:good|poor|ideal|bad|a|right) candidates?\b|\bcandidates? for\b|{_ONE} (?:is|are) candidates?\b",
        _FACT,
    ),
    Entry(
        "qualifies",
        "(?:dis)?qualif",
        rf"\bdisqualif(?:y|ies|ied|ying|ications?)\b|\bqualif(?:y|ies|ied|ying) for\b"
        rf"|\b{_WHO} (?:does not |do not |doesn't )?qualif(?:y|ies|ied)\b",
        _CRITERION,
    ),
    Entry(
        "safe",
        "(?:un)?safe",
        rf"\b(?:un)?safe (?:to (?:be )?(?:{_DO}|{_DONE})|for (?:{_WHO}|{_CARE})|candidate)\b"
        rf"|\b(?:{_WHO}|{_CARE}) (?:is|are|was|seems?|appears?|looks?)(?: not)? (?:un)?safe\b|\bunsafe\b",
        _FOUND,
    ),
    Entry(
        "cleared",
        "clear|all[- ]clear",
        rf"\bcleared (?:for|to) (?:{_CARE}|{_DO}|be)\b|\b{_WHO} (?:is|are|was|has been|have been)(?: not)? cleared\b"
        r"|\bmedical(?:ly)? clear(?:ance|ed)\b|\ball[- ]clear\b|\bclearance (?:for|to)\b",
        _OWN,
    ),
    Entry(
        "approve",
        "(?:dis)?approv",
        rf"\b(?:dis)?approv(?:e|es|ed|al|ing) (?:for|of)\b|\b(?:dis)?approv(?:e|es|ing) (?:{_WHO}|{_CARE})\b"
        rf"|\b{_ONE} (?:is|are|was)(?: not)? (?:dis)?approved\b",
        "declare it as the source's own word",
    ),
    Entry(
        "reject",
        "reject|refus|turn",
        rf"\breject(?:s|ed|ing)? (?:{_WHO}|{_CARE})\b|\b{_ONE} (?:is|are|was) rejected\b"
        rf"|\brefus(?:e|es|ing) to (?:treat|dose|give)\b|\bturn {_ONE} away\b",
        _FOUND,
    ),
    Entry(
        "pass",
        "pass|screening",
        rf"\b{_ONE} (?:has |have )?pass(?:es|ed)?(?! (?:through|on|out|over|away|urine|blood|stools?)\b)\b"
        rf"|\bpass(?:es|ed|ing)? (?:the |this |all |every |these )*{_TESTED}\b"
        r"|\bscreening (?:is |was |has been )?passed\b",
        _FOUND,
    ),
    Entry(
        "fail",
        "fail|screen",
        r"\b(?:the|this|that|your) (?:patient|person|client|participant|individual) (?:has |have )?fail(?:s|ed)?\b"
        rf"|\bfail(?:s|ed|ing)? (?:the |this |all |every |these )*{_TESTED}\b"
        r"|\bscreening (?:is |was |has been )?failed\b|\bscreen(?:ing)?[- ]failures?\b",
        _FOUND,
    ),
    Entry(
        "proceed",
        "proceed|go ahead|ok(?:ay)? to",
        rf"\b(?:can|may|could|must|do not|don't|cannot|can't|free to|ready to|able to) (?:proceed|go ahead)\b"
        rf"|\b(?:proceed|go ahead) (?:with|to) (?:{_CARE}|{_WHO}|treat|dose|give)\b"
        rf"|\bok(?:ay)? to (?:{_DO}|be {_DONE})\b",
        _FACT,
    ),
    Entry(
        "can be treated",
        r"(?:can|cannot|can't|may|could)\b",
        rf"\b{_WHO} (?:can|cannot|can't|may|may not|could) (?:safely )?(?:be {_DONE}|receive|undergo|start|begin)\b"
        rf"|\b{_CARE} (?:can|cannot|can't|may|may not|could) (?:safely )?(?:be {_DONE}|go ahead|proceed|start|begin)\b",
        _FACT,
    ),
    Entry(
        "risk patient",
        "(?:low|moderate|medium|intermediate|high|acceptable|unacceptable)",
        rf"\b(?:low|lower|moderate|medium|intermediate|high|higher|very high)[- ]risk {_NOUN}\b"
        rf"|\b{_ONE} (?:is|are|has|have) (?:at )?(?:a |an )?(?:low|moderate|medium|high|(?:un)?acceptable) risk\b",
        "name the answers",
    ),
    Entry(
        "contraindicated",
        "contraindicated",
        rf"\b(?:{_ONE} (?:is|are)|for {_ONE}|in {_ONE}).{{0,30}}contraindicated\b"
        rf"|\bcontraindicated (?:for|in) {_ONE}\b",
        _SOURCES,
    ),
    Entry(
        "excluded",
        "exclu",
        rf"\b{_ONE} (?:is|are|must be|will be|has to be) excluded\b|\bexclude {_ONE}\b",
        _CRITERION,
    ),
    Entry("avoid", "avoid", rf"(?:^|[.;:!?] ?|please |to )avoid (?:{_DOING}|{_CARE}|{_WHO})\b", _OWN),
    Entry(
        "do not",
        "do not|don't|never",
        r"\b(?:do not|don't|never) (?:treat|give|dose|start|administer|prescribe|use|offer)\b(?! by)",
        _OWN,
    ),
    Entry(
        "withhold",
        "withh|postpon|delay|defer|stop|discontinu",
        rf"(?:^|[.;:!?,] ?|please |to |and |or )(?:withhold|postpone|delay|defer|stop|discontinue) {_CARE}\b",
        _OWN,
    ),
    Entry("refer", "refer", rf"\brefer {_ONE} (?:to|for)\b", _FACT),
    Entry(
        "best to",
        "best|better|wise|prudent|safer|safest",
        r"\b(?:it is|it's|would be|is) (?:best|better|wise|prudent|wiser|safest|safer) (?:to|not to)\b",
        _FACT,
    ),
    Entry("go", "good|green|all|looks?", r"\b(?:good to go|green light|all good|looks? (?:good|fine|ok))\b", _FOUND),
)  # fmt: skip


@cache
def compiled() -> tuple[tuple[Entry, re.Pattern[str], re.Pattern[str]], ...]:
    """The entries with stem and pattern, ready to search."""
    return tuple(
        (entry, re.compile(rf"\b(?:{entry.stem})", re.IGNORECASE), re.compile(entry.pattern, re.IGNORECASE))
        for entry in LEXICON
    )


@cache
def stems() -> re.Pattern[str]:
    """Found in every text that any entry could match: one quick look spares the rest for most texts."""
    return re.compile(rf"\b(?:{'|'.join(sorted({entry.stem for entry in LEXICON}))})", re.IGNORECASE)
