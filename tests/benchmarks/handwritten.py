"""The yardstick: the benchmark's rules as plain three-valued Python functions over local variables, nothing else.

True, False and None stand for YES, NO and UNKNOWN; a rule with levels returns the level's name. One function a rule, as
somebody would write them who had only these rules and no engine, repeated by pattern where rules differ by a name only.
`tests/benchmarks/test_handwritten.py` holds them to the engine.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from screener.rules.values import PartialDate, Reading, Readings

Truth3 = bool | None
Level = str | bool | None
Flag = str | None
Figure = Decimal | None
Options = frozenset[str] | None
Day = PartialDate | None
Moment = datetime | None
Rows = Readings | None

TWO_HOURS = timedelta(hours=2)
BEFORE = ("before", None)
"""A reading whose phase nobody said counts as taken before any dose."""


class Record(NamedTuple):
    """One visit's values, None where there is none, with the few states that rules about recording read."""

    y1: Flag
    y2: Flag
    y3: Flag
    y4: Flag
    y5: Flag
    y6: Flag
    y7: Flag
    y8: Flag
    y9: Flag
    y10: Flag
    y11: Flag
    y12: Flag
    y13: Flag
    y14: Flag
    y15: Flag
    y16: Flag
    y17: Flag
    y18: Flag
    y19: Flag
    y20: Flag
    y21: Flag
    y22: Flag
    y23: Flag
    y24: Flag
    y25: Flag
    y26: Flag
    y27: Flag
    y28: Flag
    y29: Flag
    y30: Flag
    y31: Flag
    y32: Flag
    y33: Flag
    y34: Flag
    y35: Flag
    y36: Flag
    k1: Flag
    k2: Flag
    k3: Flag
    k4: Flag
    k5: Flag
    k6: Flag
    c1: Options
    c2: Options
    c3: Options
    c4: Options
    n1: Figure
    n2: Figure
    n3: Figure
    n4: Figure
    n5: Figure
    n6: Figure
    n7: Figure
    n8: Figure
    n9: Figure
    n10: Figure
    n11: Figure
    n12: Figure
    d1: Day
    d2: Day
    d3: Day
    d4: Day
    d5: Day
    d6: Day
    d7: Day
    d8: Day
    m1: Moment
    m2: Moment
    m3: Moment
    m4: Moment
    dose: Moment
    weight: Figure
    height: Figure
    bp: Rows
    limit: Figure
    y1_open: bool
    n1_open: bool
    y2_asked: bool
    y2_differs: bool
    y3_asked: bool
    y3_differs: bool


def plain_1(y1: Flag) -> Truth3:
    return None if y1 is None else y1 == "yes"


def plain_2(y2: Flag) -> Truth3:
    return None if y2 is None else y2 == "yes"


def plain_3(y3: Flag) -> Truth3:
    return None if y3 is None else y3 == "yes"


def plain_4(y4: Flag) -> Truth3:
    return None if y4 is None else y4 == "yes"


def plain_5(y5: Flag) -> Truth3:
    return None if y5 is None else y5 == "yes"


def plain_6(y6: Flag) -> Truth3:
    return None if y6 is None else y6 == "yes"


def plain_7(y7: Flag) -> Truth3:
    return None if y7 is None else y7 == "yes"


def plain_8(y8: Flag) -> Truth3:
    return None if y8 is None else y8 == "yes"


def plain_9(y9: Flag) -> Truth3:
    return None if y9 is None else y9 == "yes"


def plain_10(y10: Flag) -> Truth3:
    return None if y10 is None else y10 == "yes"


def plain_11(y11: Flag) -> Truth3:
    return None if y11 is None else y11 == "yes"


def plain_12(y12: Flag) -> Truth3:
    return None if y12 is None else y12 == "yes"


def plain_13(y13: Flag) -> Truth3:
    return None if y13 is None else y13 == "yes"


def plain_14(y14: Flag) -> Truth3:
    return None if y14 is None else y14 == "yes"


def plain_15(y15: Flag) -> Truth3:
    return None if y15 is None else y15 == "yes"


def plain_16(y16: Flag) -> Truth3:
    return None if y16 is None else y16 == "yes"


def plain_17(y17: Flag) -> Truth3:
    return None if y17 is None else y17 == "yes"


def plain_18(y18: Flag) -> Truth3:
    return None if y18 is None else y18 == "yes"


def plain_19(y19: Flag) -> Truth3:
    return None if y19 is None else y19 == "yes"


def plain_20(y20: Flag) -> Truth3:
    return None if y20 is None else y20 == "yes"


def kind_1(k1: Flag) -> Truth3:
    return None if k1 is None else k1 in ("b", "c")


def kind_2(k2: Flag) -> Truth3:
    return None if k2 is None else k2 in ("b", "c")


def kind_3(k3: Flag) -> Truth3:
    return None if k3 is None else k3 in ("b", "c")


def kind_4(k4: Flag) -> Truth3:
    return None if k4 is None else k4 in ("b", "c")


def kind_5(k5: Flag) -> Truth3:
    return None if k5 is None else k5 in ("b", "c")


def kind_6(k6: Flag) -> Truth3:
    return None if k6 is None else k6 in ("b", "c")


def set_1(c1: Options) -> Truth3:
    return None if c1 is None else "a" in c1 or "d" in c1


def set_2(c2: Options) -> Truth3:
    return None if c2 is None else "a" in c2 or "d" in c2


def set_3(c3: Options) -> Truth3:
    return None if c3 is None else "a" in c3 or "d" in c3


def set_4(c4: Options) -> Truth3:
    return None if c4 is None else "a" in c4 or "d" in c4


def number_1(n1: Figure) -> Truth3:
    return None if n1 is None else n1 > 41


def number_2(n2: Figure) -> Truth3:
    return None if n2 is None else n2 > 42


def number_3(n3: Figure) -> Truth3:
    return None if n3 is None else n3 > 43


def number_4(n4: Figure) -> Truth3:
    return None if n4 is None else n4 >= 44


def number_5(n5: Figure) -> Truth3:
    return None if n5 is None else n5 >= 45


def number_6(n6: Figure) -> Truth3:
    return None if n6 is None else n6 >= 46


def number_7(n7: Figure) -> Truth3:
    return None if n7 is None else n7 <= 47


def number_8(n8: Figure) -> Truth3:
    return None if n8 is None else n8 <= 48


def number_9(n9: Figure) -> Truth3:
    return None if n9 is None else n9 < 49


def number_10(n10: Figure) -> Truth3:
    return None if n10 is None else n10 < 50


def number_11(n11: Figure) -> Truth3:
    return None if n11 is None else 18 <= n11 <= 35


def number_12(n12: Figure) -> Truth3:
    return None if n12 is None else 18 <= n12 <= 36


def since_1(y1: Flag, d1: Day, today: date, six_weeks_ago: date) -> Truth3:
    if y1 == "no":
        return False
    if y1 is None or d1 is None:
        return None
    if d1.first >= six_weeks_ago and d1.last <= today:
        return True
    return False if d1.last < six_weeks_ago or d1.first > today else None


def since_2(y2: Flag, d2: Day, today: date, six_weeks_ago: date) -> Truth3:
    if y2 == "no":
        return False
    if y2 is None or d2 is None:
        return None
    if d2.first >= six_weeks_ago and d2.last <= today:
        return True
    return False if d2.last < six_weeks_ago or d2.first > today else None


def since_3(y3: Flag, d3: Day, today: date, six_weeks_ago: date) -> Truth3:
    if y3 == "no":
        return False
    if y3 is None or d3 is None:
        return None
    if d3.first >= six_weeks_ago and d3.last <= today:
        return True
    return False if d3.last < six_weeks_ago or d3.first > today else None


def since_4(y4: Flag, d4: Day, today: date, six_weeks_ago: date) -> Truth3:
    if y4 == "no":
        return False
    if y4 is None or d4 is None:
        return None
    if d4.first >= six_weeks_ago and d4.last <= today:
        return True
    return False if d4.last < six_weeks_ago or d4.first > today else None


def since_5(y5: Flag, d5: Day, today: date, six_weeks_ago: date) -> Truth3:
    if y5 == "no":
        return False
    if y5 is None or d5 is None:
        return None
    if d5.first >= six_weeks_ago and d5.last <= today:
        return True
    return False if d5.last < six_weeks_ago or d5.first > today else None


def since_6(y6: Flag, d6: Day, today: date, six_weeks_ago: date) -> Truth3:
    if y6 == "no":
        return False
    if y6 is None or d6 is None:
        return None
    if d6.first >= six_weeks_ago and d6.last <= today:
        return True
    return False if d6.last < six_weeks_ago or d6.first > today else None


def past_7(y7: Flag, d7: Day, ninety_days_ago: date) -> Truth3:
    if y7 == "no":
        return False
    if y7 is None or d7 is None:
        return None
    if d7.last < ninety_days_ago:
        return True
    return False if d7.first >= ninety_days_ago else None


def past_8(y8: Flag, d8: Day, ninety_days_ago: date) -> Truth3:
    if y8 == "no":
        return False
    if y8 is None or d8 is None:
        return None
    if d8.last < ninety_days_ago:
        return True
    return False if d8.first >= ninety_days_ago else None


def hours_1(m1: Moment, dose: Moment) -> Truth3:
    return None if m1 is None or dose is None else dose - TWO_HOURS <= m1 <= dose


def hours_2(m2: Moment, dose: Moment) -> Truth3:
    return None if m2 is None or dose is None else dose - TWO_HOURS <= m2 <= dose


def hours_3(m3: Moment, dose: Moment) -> Truth3:
    return None if m3 is None or dose is None else dose - TWO_HOURS <= m3 <= dose


def hours_4(m4: Moment, dose: Moment) -> Truth3:
    return None if m4 is None or dose is None else dose - TWO_HOURS <= m4 <= dose


def both_1(y21: Flag, y22: Flag) -> Truth3:
    if y21 == "no" or y22 == "no":
        return False
    return None if y21 is None or y22 is None else True


def both_2(y22: Flag, y23: Flag) -> Truth3:
    if y22 == "no" or y23 == "no":
        return False
    return None if y22 is None or y23 is None else True


def both_3(y23: Flag, y24: Flag) -> Truth3:
    if y23 == "no" or y24 == "no":
        return False
    return None if y23 is None or y24 is None else True


def both_4(y24: Flag, y25: Flag) -> Truth3:
    if y24 == "no" or y25 == "no":
        return False
    return None if y24 is None or y25 is None else True


def both_5(y25: Flag, y26: Flag) -> Truth3:
    if y25 == "no" or y26 == "no":
        return False
    return None if y25 is None or y26 is None else True


def three_1(y26: Flag, n1: Figure, k1: Flag) -> Truth3:
    if y26 == "no" or (n1 is not None and n1 <= 30) or k1 in ("c", "d"):
        return False
    return None if y26 is None or n1 is None or k1 is None else True


def three_2(y27: Flag, n2: Figure, k2: Flag) -> Truth3:
    if y27 == "no" or (n2 is not None and n2 <= 30) or k2 in ("c", "d"):
        return False
    return None if y27 is None or n2 is None or k2 is None else True


def three_3(y28: Flag, n3: Figure, k3: Flag) -> Truth3:
    if y28 == "no" or (n3 is not None and n3 <= 30) or k3 in ("c", "d"):
        return False
    return None if y28 is None or n3 is None or k3 is None else True


def three_4(y29: Flag, n4: Figure, k4: Flag) -> Truth3:
    if y29 == "no" or (n4 is not None and n4 <= 30) or k4 in ("c", "d"):
        return False
    return None if y29 is None or n4 is None or k4 is None else True


def three_5(y30: Flag, n5: Figure, k5: Flag) -> Truth3:
    if y30 == "no" or (n5 is not None and n5 <= 30) or k5 in ("c", "d"):
        return False
    return None if y30 is None or n5 is None or k5 is None else True


def either_1(y31: Flag, y32: Flag) -> Truth3:
    if y31 == "yes" or y32 == "yes":
        return True
    return None if y31 is None or y32 is None else False


def either_2(y32: Flag, y33: Flag) -> Truth3:
    if y32 == "yes" or y33 == "yes":
        return True
    return None if y32 is None or y33 is None else False


def either_3(y33: Flag, y34: Flag) -> Truth3:
    if y33 == "yes" or y34 == "yes":
        return True
    return None if y33 is None or y34 is None else False


def either_4(y34: Flag, y35: Flag) -> Truth3:
    if y34 == "yes" or y35 == "yes":
        return True
    return None if y34 is None or y35 is None else False


def either_5(y35: Flag, y36: Flag) -> Truth3:
    if y35 == "yes" or y36 == "yes":
        return True
    return None if y35 is None or y36 is None else False


def four_1(y21: Flag, y26: Flag, y31: Flag, k1: Flag) -> Truth3:
    if y21 == "yes" or y26 == "yes" or y31 == "yes" or k1 == "b":
        return True
    return None if y21 is None or y26 is None or y31 is None or k1 is None else False


def four_2(y22: Flag, y27: Flag, y32: Flag, k2: Flag) -> Truth3:
    if y22 == "yes" or y27 == "yes" or y32 == "yes" or k2 == "b":
        return True
    return None if y22 is None or y27 is None or y32 is None or k2 is None else False


def four_3(y23: Flag, y28: Flag, y33: Flag, k3: Flag) -> Truth3:
    if y23 == "yes" or y28 == "yes" or y33 == "yes" or k3 == "b":
        return True
    return None if y23 is None or y28 is None or y33 is None or k3 is None else False


def four_4(y24: Flag, y29: Flag, y34: Flag, k4: Flag) -> Truth3:
    if y24 == "yes" or y29 == "yes" or y34 == "yes" or k4 == "b":
        return True
    return None if y24 is None or y29 is None or y34 is None or k4 is None else False


def four_5(y25: Flag, y30: Flag, y35: Flag, k5: Flag) -> Truth3:
    if y25 == "yes" or y30 == "yes" or y35 == "yes" or k5 == "b":
        return True
    return None if y25 is None or y30 is None or y35 is None or k5 is None else False


def mixed_1(y11: Flag, y21: Flag, n1: Figure, y31: Flag) -> Truth3:
    if y11 == "no" or y21 == "yes":
        return False
    if (n1 is not None and n1 > 50) or y31 == "yes":
        return None if y11 is None or y21 is None else True
    return None if n1 is None or y31 is None else False


def mixed_2(y12: Flag, y22: Flag, n2: Figure, y32: Flag) -> Truth3:
    if y12 == "no" or y22 == "yes":
        return False
    if (n2 is not None and n2 > 50) or y32 == "yes":
        return None if y12 is None or y22 is None else True
    return None if n2 is None or y32 is None else False


def mixed_3(y13: Flag, y23: Flag, n3: Figure, y33: Flag) -> Truth3:
    if y13 == "no" or y23 == "yes":
        return False
    if (n3 is not None and n3 > 50) or y33 == "yes":
        return None if y13 is None or y23 is None else True
    return None if n3 is None or y33 is None else False


def mixed_4(y14: Flag, y24: Flag, n4: Figure, y34: Flag) -> Truth3:
    if y14 == "no" or y24 == "yes":
        return False
    if (n4 is not None and n4 > 50) or y34 == "yes":
        return None if y14 is None or y24 is None else True
    return None if n4 is None or y34 is None else False


def mixed_5(y15: Flag, y25: Flag, n5: Figure, y35: Flag) -> Truth3:
    if y15 == "no" or y25 == "yes":
        return False
    if (n5 is not None and n5 > 50) or y35 == "yes":
        return None if y15 is None or y25 is None else True
    return None if n5 is None or y35 is None else False


def mixed_6(y16: Flag, y26: Flag, n6: Figure, y36: Flag) -> Truth3:
    if y16 == "no" or y26 == "yes":
        return False
    if (n6 is not None and n6 > 50) or y36 == "yes":
        return None if y16 is None or y26 is None else True
    return None if n6 is None or y36 is None else False


def count_1(y1: Flag, y9: Flag, y17: Flag, y25: Flag) -> Truth3:
    certain = (y1 == "yes") + (y9 == "yes") + (y17 == "yes") + (y25 == "yes")
    if certain >= 2:
        return True
    unknown = (y1 is None) + (y9 is None) + (y17 is None) + (y25 is None)
    return None if certain + unknown >= 2 else False


def count_2(y2: Flag, y10: Flag, y18: Flag, y26: Flag) -> Truth3:
    certain = (y2 == "yes") + (y10 == "yes") + (y18 == "yes") + (y26 == "yes")
    if certain >= 2:
        return True
    unknown = (y2 is None) + (y10 is None) + (y18 is None) + (y26 is None)
    return None if certain + unknown >= 2 else False


def count_3(y3: Flag, y11: Flag, y19: Flag, y27: Flag) -> Truth3:
    certain = (y3 == "yes") + (y11 == "yes") + (y19 == "yes") + (y27 == "yes")
    if certain >= 2:
        return True
    unknown = (y3 is None) + (y11 is None) + (y19 is None) + (y27 is None)
    return None if certain + unknown >= 2 else False


def count_4(y4: Flag, y12: Flag, y20: Flag, y28: Flag) -> Truth3:
    certain = (y4 == "yes") + (y12 == "yes") + (y20 == "yes") + (y28 == "yes")
    if certain >= 2:
        return True
    unknown = (y4 is None) + (y12 is None) + (y20 is None) + (y28 is None)
    return None if certain + unknown >= 2 else False


def compare_1(n1: Figure, n2: Figure) -> Truth3:
    return None if n1 is None or n2 is None else n1 > n2


def compare_2(n3: Figure, n4: Figure) -> Truth3:
    return None if n3 is None or n4 is None else n3 >= n4 * 4


def compare_3(n5: Figure, n6: Figure) -> Truth3:
    return None if n5 is None or n6 is None else n5 - n6 >= 40


def compare_4(n7: Figure, n8: Figure) -> Truth3:
    return None if n7 is None or n8 is None else n7 < n8


def before(readings: tuple[Reading, ...]) -> list[Reading]:
    """The readings before a dose; while nothing of them is taken, those at screening stand for them."""
    found = [r for r in readings if r.phase in BEFORE]
    if any(r.systolic or r.diastolic or r.pulse is not None for r in found):
        return found
    return [r for r in readings if r.phase in BEFORE or r.phase == "screening"]


def pressure_1(bp: Rows) -> Truth3:
    if bp is None:
        return None
    taken = [r.systolic for r in before(bp.items) if r.systolic]
    return sum(taken) > 140 * len(taken) if taken else None


def pressure_2(bp: Rows) -> Truth3:
    if bp is None:
        return None
    upper = [r.systolic for r in before(bp.items) if r.systolic]
    if upper and sum(upper) > 140 * len(upper):
        return True
    lower = [r.diastolic for r in before(bp.items) if r.diastolic]
    if lower and sum(lower) > 90 * len(lower):
        return True
    return False if upper and lower else None


def pressure_3(bp: Rows) -> Truth3:
    if bp is None:
        return None
    taken = [r.systolic for r in bp.items if r.systolic]
    return taken[-1] >= 160 if taken else None


def pressure_4(bp: Rows) -> Truth3:
    if bp is None:
        return None
    taken = [r.diastolic for r in bp.items if r.diastolic]
    return max(taken) > 100 if taken else None


def pressure_5(bp: Rows) -> Truth3:
    if bp is None:
        return None
    taken = [r.systolic for r in bp.items if r.systolic]
    return min(taken) < 90 if taken else None


def pressure_6(bp: Rows) -> Truth3:
    if bp is None:
        return None
    taken = [r.systolic for r in before(bp.items) if r.systolic]
    return max(taken) - min(taken) > 10 if len(taken) > 1 else None


def pressure_7(bp: Rows) -> Truth3:
    if bp is None:
        return None
    if bp.none_taken:
        return True
    taken = [r for r in before(bp.items) if r.systolic or r.diastolic or r.pulse is not None]
    return len(taken) < 2 if taken else None


def pressure_8(bp: Rows) -> Truth3:
    if bp is None:
        return None
    if bp.none_taken:
        return False
    taken = [r.systolic for r in bp.items if r.systolic]
    return sum(value >= 140 for value in taken) >= 2 if taken else None


def limit_1(bp: Rows, limit: Figure) -> Truth3:
    if bp is None or limit is None:
        return None
    taken = [r.systolic for r in before(bp.items) if r.systolic]
    return sum(taken) > limit * len(taken) if taken else None


def limit_2(n9: Figure, limit: Figure) -> Truth3:
    return None if n9 is None or limit is None else n9 > limit


def size(weight: Figure, height: Figure) -> Truth3:
    if weight is None or not height:
        return None
    return weight * 10000 >= 35 * height * height


def missing_1(y1_open: bool) -> Truth3:
    return y1_open


def missing_2(n1_open: bool) -> Truth3:
    return n1_open


def differ_1(y2_asked: bool, y2_differs: bool) -> Truth3:
    return y2_differs if y2_asked else None


def differ_2(y3_asked: bool, y3_differs: bool) -> Truth3:
    return y3_differs if y3_asked else None


def levels_1(n1: Figure) -> Level:
    if n1 is None:
        return None
    if n1 >= 30:
        return "l2"
    if n1 >= 25:
        return "l1"
    return "l0" if n1 >= 18 else False


def levels_2(n2: Figure) -> Level:
    if n2 is None:
        return None
    if n2 >= 30:
        return "l2"
    if n2 >= 25:
        return "l1"
    return "l0" if n2 >= 18 else False


def levels_3(n3: Figure) -> Level:
    if n3 is None:
        return None
    if n3 >= 30:
        return "l2"
    if n3 >= 25:
        return "l1"
    return "l0" if n3 >= 18 else False


def levels_4(n4: Figure) -> Level:
    if n4 is None:
        return None
    if n4 >= 30:
        return "l2"
    if n4 >= 25:
        return "l1"
    return "l0" if n4 >= 18 else False


def levels_5(y1: Flag, y2: Flag) -> Level:
    if y1 == "yes":
        return "l1" if y2 == "yes" else "l0"
    return None if y1 is None else False


def levels_6(weight: Figure, height: Figure, y3: Flag) -> Level:
    if weight is None or not height:
        return None
    scaled, square = weight * 10000, height * height
    if scaled >= 35 * square and y3 == "yes":
        return "l1"
    return "l0" if scaled >= 30 * square else False


NAMES = (
    "plain_1",
    "plain_2",
    "plain_3",
    "plain_4",
    "plain_5",
    "plain_6",
    "plain_7",
    "plain_8",
    "plain_9",
    "plain_10",
    "plain_11",
    "plain_12",
    "plain_13",
    "plain_14",
    "plain_15",
    "plain_16",
    "plain_17",
    "plain_18",
    "plain_19",
    "plain_20",
    "kind_1",
    "kind_2",
    "kind_3",
    "kind_4",
    "kind_5",
    "kind_6",
    "set_1",
    "set_2",
    "set_3",
    "set_4",
    "number_1",
    "number_2",
    "number_3",
    "number_4",
    "number_5",
    "number_6",
    "number_7",
    "number_8",
    "number_9",
    "number_10",
    "number_11",
    "number_12",
    "since_1",
    "since_2",
    "since_3",
    "since_4",
    "since_5",
    "since_6",
    "past_7",
    "past_8",
    "hours_1",
    "hours_2",
    "hours_3",
    "hours_4",
    "both_1",
    "both_2",
    "both_3",
    "both_4",
    "both_5",
    "three_1",
    "three_2",
    "three_3",
    "three_4",
    "three_5",
    "either_1",
    "either_2",
    "either_3",
    "either_4",
    "either_5",
    "four_1",
    "four_2",
    "four_3",
    "four_4",
    "four_5",
    "mixed_1",
    "mixed_2",
    "mixed_3",
    "mixed_4",
    "mixed_5",
    "mixed_6",
    "count_1",
    "count_2",
    "count_3",
    "count_4",
    "compare_1",
    "compare_2",
    "compare_3",
    "compare_4",
    "pressure_1",
    "pressure_2",
    "pressure_3",
    "pressure_4",
    "pressure_5",
    "pressure_6",
    "pressure_7",
    "pressure_8",
    "limit_1",
    "limit_2",
    "size",
    "missing_1",
    "missing_2",
    "differ_1",
    "differ_2",
    "levels_1",
    "levels_2",
    "levels_3",
    "levels_4",
    "levels_5",
    "levels_6",
)


def evaluate(record: Record, today: date) -> tuple[Level, ...]:
    """Every rule on one record, in the order of NAMES."""
    (
        y1,
        y2,
        y3,
        y4,
        y5,
        y6,
        y7,
        y8,
        y9,
        y10,
        y11,
        y12,
        y13,
        y14,
        y15,
        y16,
        y17,
        y18,
        y19,
        y20,
        y21,
        y22,
        y23,
        y24,
        y25,
        y26,
        y27,
        y28,
        y29,
        y30,
        y31,
        y32,
        y33,
        y34,
        y35,
        y36,
        k1,
        k2,
        k3,
        k4,
        k5,
        k6,
        c1,
        c2,
        c3,
        c4,
        n1,
        n2,
        n3,
        n4,
        n5,
        n6,
        n7,
        n8,
        n9,
        n10,
        n11,
        n12,
        d1,
        d2,
        d3,
        d4,
        d5,
        d6,
        d7,
        d8,
        m1,
        m2,
        m3,
        m4,
        dose,
        weight,
        height,
        bp,
        limit,
        y1_open,
        n1_open,
        y2_asked,
        y2_differs,
        y3_asked,
        y3_differs,
    ) = record
    six_weeks_ago, ninety_days_ago = today - timedelta(days=42), today - timedelta(days=90)
    return (
        plain_1(y1),
        plain_2(y2),
        plain_3(y3),
        plain_4(y4),
        plain_5(y5),
        plain_6(y6),
        plain_7(y7),
        plain_8(y8),
        plain_9(y9),
        plain_10(y10),
        plain_11(y11),
        plain_12(y12),
        plain_13(y13),
        plain_14(y14),
        plain_15(y15),
        plain_16(y16),
        plain_17(y17),
        plain_18(y18),
        plain_19(y19),
        plain_20(y20),
        kind_1(k1),
        kind_2(k2),
        kind_3(k3),
        kind_4(k4),
        kind_5(k5),
        kind_6(k6),
        set_1(c1),
        set_2(c2),
        set_3(c3),
        set_4(c4),
        number_1(n1),
        number_2(n2),
        number_3(n3),
        number_4(n4),
        number_5(n5),
        number_6(n6),
        number_7(n7),
        number_8(n8),
        number_9(n9),
        number_10(n10),
        number_11(n11),
        number_12(n12),
        since_1(y1, d1, today, six_weeks_ago),
        since_2(y2, d2, today, six_weeks_ago),
        since_3(y3, d3, today, six_weeks_ago),
        since_4(y4, d4, today, six_weeks_ago),
        since_5(y5, d5, today, six_weeks_ago),
        since_6(y6, d6, today, six_weeks_ago),
        past_7(y7, d7, ninety_days_ago),
        past_8(y8, d8, ninety_days_ago),
        hours_1(m1, dose),
        hours_2(m2, dose),
        hours_3(m3, dose),
        hours_4(m4, dose),
        both_1(y21, y22),
        both_2(y22, y23),
        both_3(y23, y24),
        both_4(y24, y25),
        both_5(y25, y26),
        three_1(y26, n1, k1),
        three_2(y27, n2, k2),
        three_3(y28, n3, k3),
        three_4(y29, n4, k4),
        three_5(y30, n5, k5),
        either_1(y31, y32),
        either_2(y32, y33),
        either_3(y33, y34),
        either_4(y34, y35),
        either_5(y35, y36),
        four_1(y21, y26, y31, k1),
        four_2(y22, y27, y32, k2),
        four_3(y23, y28, y33, k3),
        four_4(y24, y29, y34, k4),
        four_5(y25, y30, y35, k5),
        mixed_1(y11, y21, n1, y31),
        mixed_2(y12, y22, n2, y32),
        mixed_3(y13, y23, n3, y33),
        mixed_4(y14, y24, n4, y34),
        mixed_5(y15, y25, n5, y35),
        mixed_6(y16, y26, n6, y36),
        count_1(y1, y9, y17, y25),
        count_2(y2, y10, y18, y26),
        count_3(y3, y11, y19, y27),
        count_4(y4, y12, y20, y28),
        compare_1(n1, n2),
        compare_2(n3, n4),
        compare_3(n5, n6),
        compare_4(n7, n8),
        pressure_1(bp),
        pressure_2(bp),
        pressure_3(bp),
        pressure_4(bp),
        pressure_5(bp),
        pressure_6(bp),
        pressure_7(bp),
        pressure_8(bp),
        limit_1(bp, limit),
        limit_2(n9, limit),
        size(weight, height),
        missing_1(y1_open),
        missing_2(n1_open),
        differ_1(y2_asked, y2_differs),
        differ_2(y3_asked, y3_differs),
        levels_1(n1),
        levels_2(n2),
        levels_3(n3),
        levels_4(n4),
        levels_5(y1, y2),
        levels_6(weight, height, y3),
    )
