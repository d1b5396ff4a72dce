"""What would change a rule, in lines."""

from __future__ import annotations

from datetime import date

from screener.forms.analysis.search import Searched
from screener.forms.analysis.turning import Turn, turns
from screener.forms.evaluation import RuleSet
from screener.forms.model import Question, Rule
from screener.forms.visibility import Answers
from screener.forms.words import OUTCOME_WORDS, reading_words, value_words
from screener.language import WINDOW, Voice
from screener.rules.values import Readings, Value

MOST_LINES = 16
"""More are not read: the first are the smallest changes."""


def would_change(rules: RuleSet, rule_id: str, answers: Answers, day: date, say: Voice = WINDOW) -> list[str]:
    """Lines, the smallest changes first; the last says what was left out. None where no one or two answers do it."""
    searched = Searched(rules.form, rules.figures, day)
    found = turns(searched, rules.conditions[rule_id], answers)
    lines = [_line(rules, rules.rules[rule_id], turn, say) for turn in (*found.single, *found.paired)]
    more = len(lines) - MOST_LINES
    if more > 0:
        lines[MOST_LINES:] = [say.tr_n("1 more of one or two answers.", "{n} more of one or two answers.", more)]
    if not lines:
        lines.append(say.tr("No other answer to one question, or to two, would change it."))
    if not found.whole:
        lines.append(say.tr("Of figures, times, readings and medicines only some were tried."))
    return lines


def said_of(question: Question, value: Value, say: Voice) -> str:
    """A value in words; readings that read alike are said once."""
    alike = (
        isinstance(value, Readings) and len({(one.phase, reading_words(one, brief=True)) for one in value.items}) == 1
    )
    if not isinstance(value, Readings) or not alike or len(value.items) < 2:
        return value_words(question, value, brief=True, say=say)
    once = value_words(question, Readings(value.items[:1]), brief=True, say=say)
    return say.tr_n("{once}, in {n} reading", "{once}, in each of {n} readings", len(value.items), once=once)


def _line(rules: RuleSet, rule: Rule, turn: Turn, say: Voice) -> str:
    supposed = [
        f"{rules.form.questions[name].label}: {said_of(rules.form.questions[name], value, say)}"
        for name, value in turn.answers.items()
    ]
    outcome = say.word(OUTCOME_WORDS[turn.outcome])
    level = next((level.title for level in rule.levels if level.id == turn.level), "")
    if level:
        outcome = say.tr("{outcome}, {level}").format(outcome=outcome, level=level)
    if len(supposed) == 1:
        return say.tr("With {answer}. {outcome}").format(answer=supposed[0], outcome=outcome)
    return say.tr("With {answer} and {another}. {outcome}").format(
        answer=supposed[0], another=supposed[1], outcome=outcome
    )
