"""Scores of one message beside each other: what they are counted out of, and the cases that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.understanding.agreement import agreement_told, may_be_with_the_model, share_that_agrees
from bot.understanding.amount_parts import is_share
from bot.understanding.no_target import find_denial, find_denials
from bot.understanding.number_values import AGREEMENT, Numbers, fact_of
from bot.understanding.stated_amount import StatedAmount

_SCORES = ("baseline_score", "target_score")
_FEW_CASES = 40
"""Scores of a set so small are told by how many pass, if all of them are numbers that it can hold."""


def out_of_the_same(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, all scores out of the cases where one is: "64 cases, 41 pass, needs 60"."""
    cases = next((one.value for one in stated.values() if one.role == "eval_set_n"), None)
    scores = sorted((one for one in stated.values() if fact_of(one.role) in _SCORES), key=_fact)
    if type(cases) is not int or not all(_may_count(numbers, one, cases) for one in scores):
        return stated
    counted = [one for one in scores if not _is_of_a_hundred(numbers, one)]
    if not counted and cases > _FEW_CASES:
        return stated
    kept, best = dict(stated), 0.0
    for one in scores:
        value = one.value
        if one not in counted:
            share = round(numbers.quantities[one.index].said / cases, 4)
            # What is needed is more than there is: a smaller number says how many may fail.
            is_of_failures = one.role.endswith("_error") or share < best
            counted_out = round(1 - share, 4) if is_of_failures else share
            value = value if counted_out < best else counted_out
        assert isinstance(value, float)
        best = max(best, value)
        kept[one.index] = replace(one, value=value)
    return kept


def with_lower_as_today(stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the lower of two scores that seem to be needed as the one there is."""
    scores = [one for one in stated.values() if fact_of(one.role) in _SCORES]
    values = {one.index: one.value for one in scores if isinstance(one.value, float)}
    if [_fact(one) for one in scores] != ["target_score"] * 2 or len(set(values.values())) < len(scores):
        return stated
    lower = min(values, key=values.__getitem__)
    return {**stated, lower: replace(stated[lower], role="baseline_score")}


_A_SETTING = re.compile(
    r"(?<!at )(?<!at our )(?<!at the )(?<!at a )(?<!at this )(?<!at that )(?<!with the )(?<!with a )"
    r"\b(?:min(?:imum|imal)? (?:score|similarity|confidence|relevance)|"
    r"(?:score|similarity|confidence|relevance|distance) (?:threshold|cut[- ]?off|limit)|"
    r"temperature|temp|top[_ -]?p|learning rate|drop[- ]?out)"
    r"(?: (?:is|was|of|at|set to|set at|to))? ?[=:~]? ?$"
)
"""Before a number: what somebody sets, and no score that it gets."""


_NO_SHARE = (
    r"(?:mrr|rouge|meteor|bert ?score|chrf|wer|cer|ter|(?:word|character|translation) error rate|kl|rmse|"
    r"mae|mse)"
)
_PERPLEXITY = r"(?:perplexity|ppl)"
_LOSS = r"(?:eval|train|training|val|validation|test|cross-entropy) loss"
_IS = r"(?:[@-]\w+|\+\+)?(?: (?:score|is|of|at|was|gets?|around|about|only|now|just|still|an?))*[ :=]*~?$"
_BY_ANOTHER_MEASURE = re.compile(rf"\b{_NO_SHARE}{_IS}")
_BY_NO_MEASURE = re.compile(rf"\b(?:{_PERPLEXITY}|{_LOSS}){_IS}")
_BY_PERPLEXITY = re.compile(rf"\b{_PERPLEXITY}{_IS}")
_MEASURE_AFTER = re.compile(rf" {_NO_SHARE}\b")


def without_other_measures(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, without a score that is no share of right answers: "ROUGE 0.41", "WER 12%".

    Beside what is needed, in the same measure, it tells how far it is off, and stays. So do BLEU and nDCG,
    which our cases count.
    """
    has_target = any(_fact(one) == "target_score" for one in stated.values())
    plain, kept = numbers.message.plain, dict(stated)
    for index, one in stated.items():
        quantity = numbers.quantities[index]
        is_score = _fact(one) in _SCORES
        if (is_score and _BY_NO_MEASURE.search(plain, 0, quantity.start)) or (
            one.role == "eval_set_n" and _BY_PERPLEXITY.search(plain, 0, quantity.start)
        ):
            kept.pop(index)
        elif is_score and not has_target:
            other = _BY_ANOTHER_MEASURE.search(plain, 0, quantity.start)
            if other or _MEASURE_AFTER.match(plain, quantity.end):
                kept.pop(index)
    return kept


def with_agreement(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with how often people agree as just that: "two moderators agree on only 87%"."""
    plain, quantities = numbers.message.plain, numbers.quantities
    agreed = {
        index: told
        for index, quantity in enumerate(quantities)
        if (index not in stated or fact_of(stated[index].role) in _SCORES or is_share(quantity))
        and (told := agreement_told(plain, quantity.start, quantity.end))
    }
    others = {_fact(one) for index, one in stated.items() if index not in agreed}
    if others & {"target_score", "eval_set_n"} and "baseline_score" not in others:  # it scores the model
        agreed = {
            index: told
            for index, told in agreed.items()
            if not may_be_with_the_model(plain, quantities[index].start)
        }
    kept = {index: one for index, one in stated.items() if index not in agreed}
    for index, told in agreed.items():
        share = share_that_agrees(told, quantities[index])
        if share is not None:
            kept[index] = StatedAmount(index, AGREEMENT, share, 1.0)
    return kept


def without_denied_targets(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, without a target that is denied; the "no" before a target counts nothing."""
    message = numbers.message
    denials = find_denials(message, numbers.quantities)
    kept = dict(stated)
    for index, one in stated.items():
        quantity = numbers.quantities[index]
        is_of_a_target = any(part.holds(quantity.start) for part in denials)
        if (quantity.unit == "none" and is_of_a_target) or (
            _fact(one) in _SCORES and find_denial(message, quantity.start, quantity.end)
        ):
            kept.pop(index)
    return kept


def without_settings(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, without scores that are settings: "minimum score 0.32", "temperature 0.2"."""
    return {
        index: one
        for index, one in stated.items()
        if not (
            fact_of(one.role) == "baseline_score"
            and _A_SETTING.search(numbers.message.plain, 0, numbers.quantities[index].start)
        )
    }


def _fact(one: StatedAmount) -> str:
    return fact_of(one.role)


def _may_count(numbers: Numbers, one: StatedAmount, cases: int) -> bool:
    said = numbers.quantities[one.index].said
    return numbers.is_bare_count(one.index) and 1 < said <= cases and said == round(said)


def _is_of_a_hundred(numbers: Numbers, one: StatedAmount) -> bool:
    percent = numbers.quantities[one.index].said / 100
    return one.value in (round(percent, 4), round(1 - percent, 4))


def with_both_counted(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the cases and the score of "40 pass, 10 fail", which name no whole."""
    counted = {index for index in range(len(numbers.quantities)) if numbers.is_bare_count(index)}
    has_cases = any(one.role == "eval_set_n" and one.index not in counted for one in stated.values())
    right, wrong = (
        [index for index in counted if numbers.is_tallied(index, is_missed=is_missed)]
        for is_missed in (False, True)
    )
    if has_cases or len(right) != 1 or len(wrong) != 1 or counted - {*right, *wrong}:
        return stated
    passed, failed = (numbers.quantities[one[0]].said for one in (right, wrong))
    if not passed + failed:
        return stated
    rest = {index: one for index, one in stated.items() if index not in counted}
    score = StatedAmount(right[0], "baseline_score", round(passed / (passed + failed), 4), 1.0)
    cases = StatedAmount(wrong[0], "eval_set_n", round(passed + failed), 1.0)
    return {**rest, right[0]: score, wrong[0]: cases}


def with_tally(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with a number beside "pass" or "fail" as the score of the cases told before."""
    cases = min((index for index, one in stated.items() if one.role == "eval_set_n"), default=None)
    if cases is None or any(_fact(one) == "baseline_score" for one in stated.values()):
        return stated
    for index in range(cases + 1, len(numbers.quantities)):
        is_open = index not in stated or stated[index].role == "eval_set_n"
        value = numbers.tallied(index) if is_open else None
        if value is not None:
            return {**stated, index: StatedAmount(index, "baseline_score", value, 1.0)}
    return stated


_MORE = re.compile(r" ?(?:%|percent(?:age points?)?|points?|pp)? ?(?:more|higher|better|on top)\b")


def with_raised(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with 0.9 as needed in "88 % and we need 2 % more"."""
    today = next((one for one in stated.values() if _fact(one) == "baseline_score"), None)
    if today is None or not isinstance(today.value, float):
        return stated
    for index, quantity in enumerate(numbers.quantities):
        by = quantity.said / 100
        is_rise = quantity.unit in ("", "percent") and _MORE.match(numbers.message.plain, quantity.end)
        if index > today.index and is_rise and today.value + by <= 1:
            return {**stated, index: StatedAmount(index, "target_score", round(today.value + by, 4), 1.0)}
    return stated


_ROUND = (20, 50, 100, 1000)
"""Wholes of which people speak without counting: "15 in 100"."""


def with_whole(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the 60 of "41 of 60 pass": so many cases there are."""
    kept = dict(stated)
    if any(one.role == "eval_set_n" for one in stated.values()):
        return kept
    for one in stated.values():
        share = numbers.quantities[one.index]
        if not share.whole or share.whole in _ROUND or one.role not in ("baseline_score", "baseline_error"):
            continue
        for index, quantity in enumerate(numbers.quantities):
            value = numbers.value(index, "eval_set_n")
            if quantity.end == share.end and quantity.said == share.whole and value is not None:
                kept.setdefault(index, replace(one, index=index, role="eval_set_n", value=value))
    return kept


_WANTED = re.compile(
    r"\b(?:(?:we|i|they|boss|it)(?:d| would)? (?:like|need|want|require|aim for)s?|needs?|want(?:ed)?|"
    r"target(?: is|:)?|goal(?: is|:)?)(?: (?:at least|about|around|it at|to (?:be|reach|get to)))* ?~?$"
)
_NOTHING_COUNTED = re.compile(r" ?(?:%|percent)?(?=\s*(?:[,.;!?)]|$))")


def with_wanted(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with 0.95 as needed in "recall is 70%, we'd like 95"."""
    today = next((one for one in stated.values() if _fact(one) == "baseline_score"), None)
    if today is None or any(_fact(one) == "target_score" for one in stated.values()):
        return stated
    for index in range(today.index + 1, len(numbers.quantities)):
        quantity, value = numbers.quantities[index], numbers.value(index, "target_score")
        if (
            index not in stated
            and isinstance(value, float)
            and isinstance(today.value, float)
            and today.value < value <= 1
            and _WANTED.search(numbers.message.plain, 0, quantity.start)
            and find_denial(numbers.message, quantity.start, quantity.end) is None
            and _NOTHING_COUNTED.match(numbers.message.plain, quantity.end)
        ):
            return {**stated, index: StatedAmount(index, "target_score", value, 1.0)}
    return stated
