"""An ordinary true answer as a patient would say it: briefly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from screener.forms.answering import read_given
from screener.forms.model import Pack
from screener.forms.words import account_words
from screener.language import tr
from screener.rules.values import Kind, State

_STATES = {
    State.NOT_KNOWN: tr("I don't know."),
    State.DECLINED: tr("I'd rather not say."),
    State.COME_BACK: tr("Can we come back to that?"),
}
_SHORT = {"yes": tr("Yes."), "no": tr("No.")}


def in_words(pack: Pack) -> Callable[[str, Any], str]:
    """Says any answer to a question of this content."""

    def say(name: str, raw: Any) -> str:
        question = pack.questions[name]
        given = read_given(question, raw)
        account = given.accounts[0]
        if account.state is not State.ANSWERED or account.value is None:
            return _STATES.get(account.state, "")
        if question.kind is Kind.YES_NO and isinstance(account.value, str):
            return _SHORT.get(account.value, account.value)
        if _is_none(question.kind, account.value):
            return tr("No, nothing of that kind.")
        return account_words(question, account, brief=True)

    return say


def _is_none(kind: Kind, value: object) -> bool:
    if kind is Kind.CHOICES:
        return value == frozenset()
    items = getattr(value, "items", None)
    return kind in (Kind.MEDICINES, Kind.READINGS) and not isinstance(value, Mapping) and items == ()
