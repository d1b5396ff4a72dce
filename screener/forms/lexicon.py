"""The lexicon of neutrality: word forms that advise or decide, each with the object that makes them do so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

_NOUN = (
    r"(?:patients?|persons?|people|clients?|participants?|individuals?|adults?|children|women|men|someone|anyone|"
    r"those|they|he|she|you)"
)
_WHO = rf"(?:(?:the|this|that|these|your|every|each|any|a|an|such|no) )?(?:[a-z]+ )??{_NOUN}"
_PATIENT = r"(?:(?:the|this|that|your) (?:patient|person|client|participant|individual))"
_ONE = rf"(?:{_PATIENT}|s?he|they|you)"
_CARE_NOUN = (
    r"(?:treatments?|therapy|doses?|dosing|ketamine|esketamine|psilocybin|lsd|dmt|mdma|psychedelics?|spravato|"
    r"medication|microdosing|administration|sessions?|infusions?|the (?:product|spray|lozenges?|programme|trial))"
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
_IS = (
    r"(?:is|are|was|were|seems?|appears?|looks?|would be|may be|might be)"
    r"(?: not| still| now| also| medically| clearly| fully| quite| very)*"
)
_MAY = r"(?:can|can ?not|can't|could|may|might)(?: not| now| still| safely)*"
_TO_TREAT = rf"(?:to (?:be )?(?:{_DO}|{_DONE})|for (?:{_WHO}|{_CARE}|him|her|them))\b"
_BEGIN = r"(?:^|[.;:!?(] ?|please |then )"
"""Where an order to somebody begins: at the start of a sentence, or after its colon."""
_THE = r"(?:(?:the|this|that|their|her|his|your|any|all|a|an|another|fresh|new) )*"
_DOCTOR = (
    r"(?:(?:cardiolog|psychiatr|neurolog|obstetric|urolog|hepatolog|pharmac|anaesthe|specialis|physic)[a-z]*"
    r"|gp|doctor|prescriber|expert|colleague)"
)
_TEST = (
    r"(?:ecg|ekg|echo[a-z]*|second opinion|referral|clearance|advice|blood tests?|labs|liver tests?|urine tests?|"
    r"pregnancy test)"
)
_DRUG = (
    r"(?:lithium|alcohol|[sn]+ris?|maois?|drugs?|medicines?|medications?|"
    r"[a-z]{4,}(?:ine|pam|lam|pram|one|lol|pril|ide))"
)
_ORDERED = (
    r"(?:hold(?: off(?: on)?)?|put off|skip|cancel|reschedule|reduce|lower|halve|increase|limit|start|begin|initiate|"
    r"give|administer|continue|resume|offer|prescribe|treat|dose)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One word with its forms: every match of `pattern`, the word with its object, holds a word that a stem begins.

    `stem` is plain letters; `|` stands between one stem and the next.
    """

    word: str
    stem: str
    pattern: str
    instead: str

    @property
    def stems(self) -> list[str]:
        return self.stem.split("|")


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
        rf"\b(?:{_WHO}|{_CARE}|we|i) should(?:n't)?\b"
        r"|\b(?:clinicians?|prescribers?|facilitators?) should(?:n't)?\b(?! (?:look|read|know|review))",
        _FACT,
    ),
    Entry("should be", "should", rf"\bshould{_NOT} (?:be |first be )?(?:{_DONE}|{_DO})\b", _FACT),
    Entry("must", "must", rf"\b(?:{_WHO}|{_CARE}) must\b|\bmust{_NOT} be {_DECIDED}\b", _SOURCES),
    Entry("must do", "must", r"\bmust(?:n't| not)? (?:treat|dose|receive|undergo|wait|stop taking)\b", _SOURCES),
    Entry(
        "has to",
        "need|has to|have to|is to|are to|is required|are required|had better|require|warrant",
        rf"\b{_ONE} (?:(?:needs?|has|have|is|are|(?:is|are) required) to|had better) "
        rf"(?:not )?(?:be {_DONE}|stop|avoid|wait|postpone)\b"
        rf"|\b(?:needs?|requires?|warrants?) (?:{_DOING}|postponement|exclusion|referral|clearance|caution|"
        r"(?:cardiac|cardiology|medical|psychiatric|specialist) clearance|a lower dose|(?:a )?dose reduction)\b",
        _SOURCES,
    ),
    Entry(
        "not allowed",
        "allowed|permitted|forbidden|barred|banned",
        rf"\b{_ONE} (?:is|are)(?: not)? (?:(?:allowed|permitted|forbidden) to (?:be )?(?:{_DO}|{_DONE})"
        rf"|(?:barred|banned) from {_CARE})\b",
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
        "advis|advice|inadvis",
        rf"\b(?:in)?advis(?:e|es|ed|ing) (?:(?:{_WHO} )?(?:that|against|to|not)\b|{_CARE}\b)|\b(?:in)?advisable\b"
        r"|\b(?:our|my|the program's) advice\b|\badvice(?: is)?:|\badvice is to\b",
        _FACT,
    ),
    Entry(
        "suggest",
        "suggest|we propose|we urge|we would|i propose|i urge|i would|program|this propose",
        rf"\b(?:we|i|the program|this) (?:suggest|propose|urge|would (?:not )?(?:{_DO}|postpone|defer|refer))s?\b"
        rf"|\bsuggest(?:s|ed)? (?:{_DOING}|not)\b|\b(?:our|my) suggestion\b",
        _FACT,
    ),
    Entry(
        "consider",
        "consider|reconsider|reassess|rethink|think twice",
        rf"(?:^|[.;:!?] ?|please |to )consider (?:{_DOING}|an? alternative|another|whether to)\b"
        rf"|{_BEGIN}(?:reconsider|reassess|rethink|think twice) (?:before |about )?(?:{_CARE}|{_DOING}|{_WHO})\b",
        "name what the source names",
    ),
    Entry("eligible", "eligib|ineligib|noneligib|non-eligib", r"\b(?:in|non-?)?eligib(?:le|ility)\b", _CRITERION),
    Entry(
        "suitable",
        "suitab|unsuitab",
        rf"\b(?:un)?suitable (?:for (?:{_CARE}|{_WHO}|this)|to (?:be )?(?:{_DO}|{_DONE})|{_NOUN})\b"
        rf"|\b(?:{_WHO}|{_CARE}) (?:is|are|was|seems?|appears?|looks?)(?: not)? (?:un)?suitable\b"
        r"|\b(?:un)?suitability\b",
        _FACT,
    ),
    Entry(
        "appropriate",
        "appropriate|inappropriate",
        rf"\b(?:in)?appropriate (?:for (?:{_CARE}|{_WHO})|to (?:treat|dose|start|begin|proceed)|candidate)\b",
        _FACT,
    ),
    Entry(
        "fit for",
        "fit|unfit|suited|unsuited|match",
        rf"\b(?:un)?fit(?:ness)? (?:for {_CARE}|to (?:be )?(?:{_DONE}|{_DO}))\b"
        rf"|\b{_ONE} (?:is|are|seems?|looks?)(?: not| medically)* (?:un)?fit\b(?! (?:in|into)\b)"
        rf"|\b(?:good|poor|bad|perfect|right|wrong) (?:fit|match)\b|\b(?:well|better|best|ill|un)[- ]?suited\b"
        rf"|\bsuited (?:for|to) (?:{_CARE}|{_WHO}|this)\b",
        _FACT,
    ),
    Entry(
        "ready for",
        "ready|enough|too",
        rf"\b{_ONE} (?:is|are|seems?|looks?)(?: not)? ready (?:for|to (?:start|begin|receive|have|get)) {_CARE}\b"
        rf"|\b(?:safe|stable|well|healthy|good|low|fit) enough {_TO_TREAT}|\bsafe enough\b"
        rf"|\btoo [a-z]+ (?:to (?:be )?(?:treat|dose|start|proceed|receive|{_DONE})|for (?:{_CARE}|{_ONE}))\b",
        _FOUND,
    ),
    Entry(
        "candidate",
        "candidate",
        rf"\b(?:good|poor|ideal|bad|a|right) candidates?\b|\bcandidates? for\b|{_ONE} (?:is|are) candidates?\b",
        _FACT,
    ),
    Entry(
        "qualifies",
        "qualif|disqualif",
        rf"\bdisqualif(?:y|ies|ied|ying|ications?)\b|\bqualif(?:y|ies|ied|ying) for\b"
        rf"|\b{_WHO} (?:does not |do not |doesn't )?qualif(?:y|ies|ied)\b",
        _CRITERION,
    ),
    Entry(
        "safe",
        "safe|unsafe",
        rf"\b(?:un)?safe (?:to (?:be )?(?:{_DO}|{_DONE})|for (?:{_WHO}|{_CARE})|candidate)\b"
        rf"|\b(?:{_WHO}|{_CARE}) (?:is|are|was|seems?|appears?|looks?)(?: not)? (?:un)?safe\b|\bunsafe\b",
        _FOUND,
    ),
    Entry(
        "dangerous to",
        "risky|riskier|dangerous|hazardous|harmless",
        rf"\b(?:risky|riskier|dangerous|hazardous|harmless) {_TO_TREAT}"
        rf"|\b(?:{_CARE}|{_DOING})(?: [a-z]+)? {_IS} (?:too )?(?:risky|riskier|dangerous|hazardous|harmless)\b",
        _SOURCES,
    ),
    Entry(
        "cleared",
        "clear|all clear|all-clear",
        rf"\bcleared (?:for|to) (?:{_CARE}|{_DO}|be)\b|\b{_WHO} (?:is|are|was|has been|have been)(?: not)? cleared\b"
        rf"|\bclear (?:for (?:{_CARE}|{_ONE})|to (?:treat|dose|start|begin|proceed|go|receive))\b"
        r"|\bmedical(?:ly)? clear(?:ance|ed)?\b|\ball[- ]clear\b|\bclearance (?:for|to)\b",
        _OWN,
    ),
    Entry(
        "approve",
        "approv|disapprov",
        rf"\b(?:dis)?approv(?:e|es|ed|al|ing) (?:for|of)\b|\b(?:dis)?approv(?:e|es|ing) (?:{_WHO}|{_CARE})\b"
        rf"|\b{_ONE} (?:is|are|was)(?: not)? (?:dis)?approved\b",
        "declare it as the source's own word",
    ),
    Entry(
        "reject",
        "reject|refus|turn|declin|deny|deni",
        rf"\breject(?:s|ed|ing)? (?:{_WHO}|{_CARE})\b|\b{_ONE} (?:is|are|was) rejected\b"
        rf"|\b(?:refus(?:e|es|ing)|declin(?:e|es|ing)) to (?:treat|dose|give)\b|\bturn {_ONE} (?:away|down)\b"
        rf"|{_BEGIN}(?:decline|deny|refuse|turn (?:down|away)) (?:{_CARE}|{_ONE}|access)\b",
        _FOUND,
    ),
    Entry(
        "accept",
        "accept|enrol|admit|include",
        rf"\b{_ONE} (?:is|are|was|can be|may be)(?: not)? (?:accepted|admitted|enrolled)\b"
        rf"|\baccepted (?:for|into) {_CARE}\b|{_BEGIN}(?:accept|enroll?|admit|include) (?:{_ONE}|{_CARE})\b",
        _CRITERION,
    ),
    Entry(
        "meets criteria",
        "criteri",
        r"\b(?:meets?|met|fulfill?s?|satisf(?:y|ies)) (?:the |all |every |these |our |its |no |none of )*"
        r"(?:inclusion |entry |treatment |exclusion |screening |programme |enrol?ment )*criteri(?:a|on)\b"
        rf"(?: for {_CARE}\b(?!-)|(?=[.,;:!?)]|$))",
        _CRITERION,
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
        "proceed|go ahead|go-ahead|ok to|okay to",
        rf"\b(?:can|may|could|must|do not|don't|cannot|can't|free to|ready to|able to) (?:proceed|go ahead)\b"
        rf"|\b(?:proceed|go ahead) (?:with|to) (?:{_CARE}|{_WHO}|treat|dose|give)\b"
        rf"|\bok(?:ay)? to (?:{_DO}|be {_DONE})\b|{_BEGIN}(?:go ahead|proceed)(?=[.,;:!?)]|$)|\bthe go-ahead\b",
        _FACT,
    ),
    Entry(
        "fine to",
        "ok|fine|alright|all right|acceptable|reasonable|permissible|feasible|justif|warrant|indicated|advised|needed|"
        "required|necessary|in order",
        rf"\b(?:ok(?:ay)?|fine|all ?right|acceptable|reasonable|permissible) (?:to (?:be )?(?:{_DO}|{_DONE})"
        rf"|for (?:{_CARE}|{_PATIENT}))\b"
        rf"|\b(?:{_CARE}|{_DOING}|postponement|exclusion|(?:a )?referral|(?:a )?delay|caution) {_IS} "
        r"(?:warranted|justified|reasonable|acceptable|feasible|advised|needed|required|necessary|in order|fine"
        rf"|ok(?:ay)?)\b(?! by\b)|\b{_CARE} {_IS} indicated (?:here|in {_ONE}|for {_ONE})\b",
        _SOURCES,
    ),
    Entry(
        "in the way",
        "nothing|barrier|obstacle|objection|hurdle|impediment|reason|way of",
        r"\bnothing (?:here |that )?(?:stands in the way|(?:speaks|argues|counts) against)\b"
        rf"|\bnothing (?:here )?prevents? (?:{_CARE}|{_DOING})\b"
        rf"|\bstands? in the way of (?:{_CARE}|{_DOING})\b"
        rf"|\b(?:barriers?|obstacles?|objections?|hurdles?|impediments?) to (?:{_CARE}|{_DOING})\b"
        rf"|\breasons? (?:not to|to not|against) (?:{_DO}\b|{_CARE}|{_DOING})",
        _SOURCES,
    ),
    Entry(
        "can be treated",
        "can|may|could|treated|dosed|enrolled",
        rf"\b{_WHO} (?:can|cannot|can't|may|may not|could) (?:safely )?(?:be {_DONE}|receive|undergo|start|begin)\b"
        rf"|\b{_CARE} (?:can|cannot|can't|may|may not|could) (?:safely )?(?:be {_DONE}|go ahead|proceed|start|begin)\b"
        rf"|{_BEGIN}{_MAY} be (?:treated|dosed|enrolled|accepted|admitted)\b"
        rf"|\b(?:can|could|may) (?:now )?safely (?:be )?(?:{_DO}|{_DONE})\b"
        r"|(?<!is )(?<!are )\bnot to be (?:treated|dosed|enrolled)\b",
        _FACT,
    ),
    Entry(
        "risk patient",
        "risk",
        rf"\b(?:low|lower|moderate|medium|intermediate|high|higher|very high)[- ]risk {_NOUN}\b"
        rf"|\b{_ONE} (?:is|are|has|have) (?:at )?(?:a |an )?(?:low|moderate|medium|high|(?:un)?acceptable) risk\b"
        r"|(?:^|[.;:!?(] ?)(?:very )?(?:low|moderate|medium|intermediate|high|elevated|minimal|(?:un)?acceptable)"
        rf"[- ]risk(?=[.;:,!?)]|$| for (?:{_CARE}|{_WHO}))"
        r"|\b(?:overall|total|combined) risk\b|\brisk (?:score|level|category|rating|class)(?: is\b|:)"
        r"|\b(?:the|this|overall) risk (?:is|seems|appears|looks) (?:very |too )?"
        r"(?:low|moderate|medium|high|minimal|(?:un)?acceptable)\b"
        rf"|\b(?:no|little|zero) risk (?:to|for|in) (?:{_CARE}|{_WHO})\b",
        "name the answers",
    ),
    Entry(
        "outweighs",
        "benefit",
        r"(?<!if )(?<!if the )(?<!unless )(?<!unless the )(?<!whether )(?<!whether the )(?<!when the )"
        r"\b(?:the )?benefits? (?:clearly |far |does not |do not )?(?:outweighs?|exceeds?|justif(?:y|ies))\b",
        _SOURCES,
    ),
    Entry(
        "would benefit",
        "benefit|respond|profit|do well|do better|do best|does well|does better|does best|good responder",
        rf"\b{_WHO} (?:would|could|might|may|will|(?:is|are) (?:un)?likely to|stands? to)(?: not| probably| well)* "
        r"(?:benefit|respond|profit)\b"
        r"|\b(?:would|could|might|will) (?:not |probably |likely |well )*benefit from\b|\bgood responders?\b"
        rf"|\bdo(?:es)? (?:well|better|best) (?:on|with) {_CARE}\b",
        "state the efficacy fact, with its source",
    ),
    Entry(
        "best option",
        "option|choice|course of|out of the question|right for|ideal for|perfect for|best for|good for",
        r"\b(?:best|better|right|wrong|preferred|safest|safer|ideal|reasonable|viable|poor) "
        r"(?:treatment |next |therapeutic )?(?:option|choice|course of action)s?\b"
        rf"|\b(?:{_CARE} {_IS} |not )an option (?:for {_WHO}|here)\b|\b{_CARE} is not an option\b"
        rf"|\b{_CARE} is out of the question\b|\btreatment of choice\b"
        rf"|\b(?:right|ideal|perfect|best|good) for (?:{_PATIENT}|him|her|them)\b"
        rf"|\b{_CARE} {_IS} (?:right|ideal|perfect|best|good) for {_ONE}\b",
        _FACT,
    ),
    Entry(
        "contraindicated",
        "contraindicated",
        rf"\b(?:{_ONE} (?:is|are)|for {_ONE}|in {_ONE}).{{0,30}}contraindicated\b"
        rf"|\bcontraindicated (?:for|in) {_ONE}\b",
        _SOURCES,
    ),
    Entry(
        "no contraindications",
        "contraindication|concern|issue|red flags|worr|objection|cause for|alarming",
        rf"(?:{_BEGIN}|\b(?:there (?:is|are)|{_ONE} (?:has|have)|with|raises?) )(?:no|without) "
        r"(?:absolute |relative |medical |known |safety |further |major |serious |clinical |other |current )*"
        r"(?:contraindications?|concerns?|issues?|red flags?|worries|objections?|cause for concern)\b"
        r"(?! (?:of|on|in|from|about|that|which) (?:the|a|its) )"
        r"|\bnothing (?:to worry about|of concern|alarming|worrying|concerning)\b",
        "say what is not listed on these answers, and what is not established",
    ),
    Entry(
        "excluded",
        "exclu",
        rf"\b{_ONE} (?:is|are|must be|will be|has to be) excluded\b|\bexclude {_ONE}\b",
        _CRITERION,
    ),
    Entry(
        "rule out",
        "rule|ruling",
        rf"\brul(?:e|es|ed|ing) out (?:{_CARE}|{_ONE})\b|\brul(?:e|es|ed|ing) {_ONE} out\b"
        rf"|\b(?:{_CARE}|the (?:patient|person|client|participant)) (?:is|are) ruled out\b|{_BEGIN}rule out\b",
        _CRITERION,
    ),
    Entry(
        "avoid",
        "avoid|best",
        rf"(?:^|[.;:!?] ?|please |to )avoid (?:{_DOING}|{_CARE}|{_WHO})\b|\bbest avoided\b",
        _OWN,
    ),
    Entry(
        "do not",
        "do not|don't|never",
        r"\b(?:do not|don't|never) (?:treat|give|dose|start|administer|prescribe|use|offer)\b(?! by)",
        _OWN,
    ),
    Entry(
        "withhold",
        "withhold|postpone|delay|defer|stop|discontinue",
        rf"(?:^|[.;:!?,] ?|please |to |and |or )(?:withhold|postpone|delay|defer|stop|discontinue) {_CARE}\b",
        _OWN,
    ),
    Entry(
        "order",
        "hold|put|skip|cancel|reschedul|reduc|lower|halve|increase|limit|start|begin|initiate|give|administer|continue|"
        "resume|offer|prescribe|treat|dose|no treatment|no dos|no ketamine|no esketamine|no psilocybin",
        rf"{_BEGIN}{_ORDERED} (?:with )?(?:{_CARE}|{_WHO})\b|\bput {_CARE} on hold\b"
        rf"|{_BEGIN}no {_CARE} (?:for {_ONE}|until)\b|{_BEGIN}no (?:treatment|[a-z]*ketamine|psilocybin) today\b",
        _OWN,
    ),
    Entry(
        "wait",
        "wait|hold|taper|wean|stop|discontinu|pause|switch",
        r"\bwait (?:until|for|at least|[a-z]+|\d+) ?[^.;:!?]{0,40}\b(?:before|until) "
        rf"(?:{_CARE}|{_DOING})\b|{_BEGIN}(?:wait|hold off) (?:at least )?(?:\d+|an?|one|two|three|four|six|a few) "
        r"(?:hours?|days?|weeks?|months?)\b"
        rf"|{_BEGIN}(?:taper|wean|stop|discontinue|hold|pause|switch) (?:off |from |taking )?{_THE}{_DRUG}\b",
        _OWN,
    ),
    Entry(
        "monitor",
        "monitor|caution",
        rf"{_BEGIN}(?:closely |carefully )?monitor (?:the|this|for|her|his|their|closely|carefully|blood|vital)\b"
        rf"|{_BEGIN}(?:use|exercise|apply) (?:with )?(?:extra |great |special )?caution\b|\bcaution (?:is )?advised\b",
        _OWN,
    ),
    Entry(
        "refer",
        "refer|send|consult|contact|ask|involve|speak|talk|discuss|check|obtain|order|arrange|seek|get|request",
        rf"\b(?:refer|send) {_ONE} (?:to|for)\b"
        rf"|{_BEGIN}(?:refer to|consult|contact|ask|involve|speak (?:to|with)|talk to|discuss with|check with) "
        rf"{_THE}{_DOCTOR}\b|{_BEGIN}(?:obtain|order|arrange|seek|get|request) {_THE}(?:[a-z]+ )?{_TEST}\b",
        _FACT,
    ),
    Entry(
        "best to",
        "best|better|wise|prudent|safer|safest|sensible|make",
        r"\b(?:it is|it's|would be|may be|might be|is|seems) "
        r"(?:best|better|wise|prudent|wiser|safest|safer|sensible) (?:to|not to)\b|\bmakes? sense (?:to|not to)\b"
        rf"|\bbetter off (?:with|without|on|waiting|{_CARE})\b",
        _FACT,
    ),
    Entry(
        "go",
        "good to go|green|red light|red flag|amber|yellow|all good|all fine|look good|look fine|look ok|looks good|"
        "looks fine|looks ok|thumbs|no go|no-go|deal|show|hard stop|everything is",
        r"\b(?:good to go|(?:green|red|amber|yellow) (?:light|flag)s?|all (?:good|fine)|looks? (?:good|fine|ok)"
        r"|thumbs[- ](?:up|down)|no[- ]go|deal[- ]?breaker|show[- ]?stopper|hard stop"
        r"|everything is (?:fine|ok|in order)|(?:flags?|all|marks?|lights?) (?:is |are |on )?green)\b",
        _FOUND,
    ),
    Entry(
        "no action",
        "action|ignored|disregarded|overlooked|dismissed|not clinically",
        r"\b(?:no|immediate|urgent) (?:further |immediate )?action (?:is )?(?:needed|required|necessary)\b"
        r"|\b(?:can|may|could) (?:safely )?be (?:ignored|disregarded|overlooked|dismissed)\b"
        r"|\bnot clinically (?:relevant|significant|important)\b",
        _FOUND,
    ),
)  # fmt: skip


Lexicon = tuple[Entry, ...]


@cache
def compiled(lexicon: Lexicon = LEXICON) -> tuple[tuple[Entry, re.Pattern[str], re.Pattern[str]], ...]:
    """The entries with stem and pattern, ready to search."""
    return tuple((entry, beginning(entry), re.compile(entry.pattern, re.IGNORECASE)) for entry in lexicon)


@cache
def beginning(entry: Entry) -> re.Pattern[str]:
    """Finds the word of one entry, with or without its object."""
    return _any_of(entry.stems)


@cache
def stems(lexicon: Lexicon = LEXICON) -> re.Pattern[str]:
    """Found in every text that any entry could match: one quick look spares the rest for most texts."""
    return _any_of(stem for entry in lexicon for stem in entry.stems)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds where one of these begins a word. Letter by letter: side by side, hundreds of words are slow to try."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return re.compile(rf"\b{_letters(tree)}", re.IGNORECASE)


def _letters(tree: Mapping[str, Any]) -> str:
    if "" in tree:
        return ""  # a stem ends here: whatever follows, it is found
    ways = [(r"\s+" if letter == " " else re.escape(letter)) + _letters(below) for letter, below in tree.items()]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
