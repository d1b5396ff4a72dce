"""What a card says of a question that nothing on the list of this screening waits for."""

from __future__ import annotations

from screener.forms.evaluation import RuleSet
from screener.language import tr


def read_elsewhere_words(rules: RuleSet, question_id: str) -> str:
    """Whose rules ask for it, where none of this screening's do; trials are named where only they are left."""
    ids = rules.read_elsewhere.get(question_id, ())
    profiles = [profile for profile in rules.pack.profiles if profile.id in ids]
    named = [profile.short for profile in profiles if not profile.of_a_trial] or [one.short for one in profiles]
    said = tr("No rule of this screening asks for it. Others do: {profiles}.")
    return said.format(profiles=", ".join(named)) if named else ""
