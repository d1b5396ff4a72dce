"""Where the table of costs goes, what it says of a goal, and that the pack which grows is what it says."""

from __future__ import annotations

import pytest

from screener.forms.evaluation import RuleSet
from tests.benchmarks import growth, pack, readme
from tests.benchmarks.__main__ import Row, cells
from tests.proofs.table import README
from tests.rules.running import VISIT


def test_the_table_goes_between_its_markers_and_nothing_else_changes() -> None:
    before = f"Costs\n{readme.BEGIN}\nold\n{readme.END}\nafter"
    found = readme.with_table(before, "Measured.", [("a|b", "1.00", "", "1 ms", "c\\1", "1 ms")])
    assert found.startswith(f"Costs\n{readme.BEGIN}\nMeasured.\n\n| what |")
    assert "| a/b | 1.00 |  | 1 ms | c\\1 | 1 ms |\n" in found
    assert found.endswith(f"{readme.END}\nafter")
    assert "old" not in found


def test_a_readme_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="not one pair"):
        readme.with_table("Costs", "Measured.", [])


def test_the_readme_has_the_markers() -> None:
    text = README.read_text(encoding="utf-8")
    assert (text.count(readme.BEGIN), text.count(readme.END)) == (1, 1)


def test_a_missed_goal_says_so_and_a_small_ratio_is_not_nothing() -> None:
    assert cells(Row("a", 0.002, 0.001, "b", 1.5)) == ("a", "2.00", "<= 1.5, missed", "2.000 ms", "b", "1.000 ms")
    assert cells(Row("a", 0.001, 0.002, "b", 0.5))[1:3] == ("0.50", "<= 0.5")
    assert cells(Row("a", 0.00001, 0.002, "b"))[1:3] == ("0.005", "")
    assert cells(Row("a", 1234, 5000, "b", 0, "n"))[3:] == ("1,234", "b", "5,000")
    assert cells(Row("a", 0, 5000, "b", 0, "n"))[1] == "0.00"


def test_a_pack_that_grows_has_the_same_rules_and_what_they_read_once_more_each_time() -> None:
    one, three = (RuleSet(growth.repeated(times), pack.PATHWAY, [], pack.LIMIT) for times in (1, 3))
    assert (len(one.rules), len(three.rules)) == (10, 30)
    assert len(three.form.questions) == 3 * len(one.form.questions)
    for answers in growth.answered(3):
        known = {question: said for question, said in answers.items() if question in three.form.questions}
        _, outcomes = three.evaluate(known, VISIT)
        kinds = [
            [outcome.outcome for rule_id, outcome in outcomes.items() if rule_id.startswith(f"b{copy}.")]
            for copy in range(3)
        ]
        assert kinds[0] == kinds[1] == kinds[2]
        assert len(kinds[0]) == 10
