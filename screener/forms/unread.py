"""Questions of a pathway that only rules of profiles read which were not chosen for a screening.

They stay in the form, which is one for each pathway, and are answered like any other: who sees that nothing on the list
waits for one of them can leave it.
"""

from __future__ import annotations

from collections.abc import Mapping

from screener.forms.coverage import rests_on
from screener.forms.model import Pack, Rule
from screener.forms.visibility import Form


def read_elsewhere(pack: Pack, form: Form, pathway_id: str, chosen: Mapping[str, Rule]) -> dict[str, tuple[str, ...]]:
    """Such questions, in form order, each with the profiles whose rules read it, in the order of the pack.

    `chosen`: the rules of the screening, by id. What no rule of this pathway reads, under any profile, is not among
    them: such a question is there for its own sake.
    """
    read = {question_id for rule in chosen.values() for question_id in _asked_for(pack, rule, form)}
    profiles: dict[str, set[str]] = {}
    for rule in pack.rules.values():
        if rule.status == "active" and pathway_id in rule.pathways and rule.id not in chosen:
            for question_id in _asked_for(pack, rule, form) - read:
                profiles.setdefault(question_id, set()).update(rule.profiles)
    order = [profile.id for profile in pack.profiles]
    return {q: tuple(sorted(profiles[q], key=order.index)) for q in form.questions if q in profiles}


def _asked_for(pack: Pack, rule: Rule, form: Form) -> set[str]:
    """The questions that have to be asked for a rule.

    Nobody asks a question for a check that only looks whether its own answer is mistyped.
    """
    found = rests_on(pack, rule) & form.questions.keys()
    return set() if rule.tier == "check" and len(found) == 1 else found
