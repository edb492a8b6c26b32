"""Which fact each number of a message states. The roles are learned; a number that is not sure states nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.understanding.accepted_today import with_accepted_today
from bot.understanding.amount_choice import choose_amounts
from bot.understanding.amount_conclusions import with_conclusion, with_rest_class
from bot.understanding.amount_parts import (
    added_up,
    is_share,
    with_removed,
    with_shares,
    without_worthless,
)
from bot.understanding.amount_scores import (
    out_of_the_same,
    with_agreement,
    with_both_counted,
    with_lower_as_today,
    with_raised,
    with_tally,
    with_wanted,
    with_whole,
    without_denied_targets,
    without_other_measures,
    without_settings,
)
from bot.understanding.checked_part import with_checked_part
from bot.understanding.failures_wanted import with_failures_wanted
from bot.understanding.fallen import with_fallen
from bot.understanding.few_of_a_kind import without_few_of_a_kind
from bot.understanding.found import Found
from bot.understanding.later_count import with_later_count
from bot.understanding.learned.encoder import together, understood
from bot.understanding.learned.linear import NOTHING
from bot.understanding.learned.number_model import ROLE, load_numbers
from bot.understanding.message import Message, Part
from bot.understanding.named_counts import find_named_counts
from bot.understanding.number_features import samples
from bot.understanding.number_values import COUNTS, Numbers, fact_of, measured
from bot.understanding.numbers import Quantity, find_quantities
from bot.understanding.restated import Restated, restate
from bot.understanding.sampled import without_sampled_requests
from bot.understanding.scored_on import with_cases_scored_on
from bot.understanding.set_aside import with_test_cases
from bot.understanding.share_that_counts import with_share_that_counts
from bot.understanding.shown_in_prompt import without_what_is_shown
from bot.understanding.stated_amount import StatedAmount
from bot.understanding.weighing import NOTHING_WEIGHS, Weighing

_SURE = 0.45
"""Below this probability a number states nothing; measured in cross-validation."""
_JOKE = re.compile(
    r"\banswer to (?:everything|life|the universe)\b|\bkidding\b|\bjk\b|\bover 9000\b|\b[gb]azillion"
)


def find_amounts(message: Message, question_id: str = "", weighing: Weighing = NOTHING_WEIGHS) -> list[Found]:
    """Return every fact that a number states; `weighing` is of the question that waits."""
    if _JOKE.search(message.plain):
        return []
    restated = restate(message)
    numbers = measured(restated.message, find_quantities(restated.message), question_id)
    stated = with_test_cases(numbers, _stated(numbers, restated, weighing))
    stated = without_few_of_a_kind(numbers, without_what_is_shown(numbers, stated))
    stated = with_fallen(numbers, without_sampled_requests(numbers, with_cases_scored_on(numbers, stated)))
    if "eval_set_n" not in weighing.asked:
        stated = with_checked_part(numbers, stated)
    stated = _at_hand(numbers, stated)
    stated = without_denied_targets(numbers, with_agreement(numbers, without_settings(numbers, stated)))
    stated = with_share_that_counts(numbers, with_accepted_today(numbers, stated))
    stated = with_failures_wanted(numbers, stated)
    if "examples_n" in weighing.asked - weighing.unknown:
        stated = _reviewed(numbers, stated)
    stated = out_of_the_same(numbers, with_lower_as_today(with_whole(numbers, stated)))
    stated = with_later_count(numbers, stated)
    if "baseline_score" in weighing.asked:
        stated = with_raised(numbers, with_tally(numbers, with_both_counted(numbers, stated)))
    stated = without_other_measures(numbers, with_wanted(numbers, _in_the_prompt(numbers, stated)))
    stated = _with_intervals(numbers, stated, weighing.asked)
    stated = _with_another(numbers, stated)
    if "examples_n" in weighing.asked:
        stated = _with_named_counts(numbers, stated, weighing.asked)
    stated = with_conclusion(numbers, with_rest_class(numbers, stated))
    by_fact: dict[str, list[StatedAmount]] = {}
    for one in added_up(
        numbers, without_worthless(numbers, with_removed(numbers, with_shares(numbers, stated)))
    ):
        by_fact.setdefault(fact_of(one.role), []).append(one)
    return [
        Found(fact, one.value, part.start, part.end)
        for fact, said in by_fact.items()
        for one in choose_amounts(numbers, said)
        for part in [restated.place(numbers.quantities[one.index].start, numbers.units[one.index].end)]
    ]


def _with_intervals(
    numbers: Numbers, stated: dict[int, StatedAmount], asked: Collection[str]
) -> dict[int, StatedAmount]:
    """Return what is stated, with "one every five minutes" or "twice a week" for who was asked how often."""
    role = "requests_per_day"
    if role not in asked or any(one.role == role for one in stated.values()):
        return stated
    values = {
        index: numbers.value(index, role)
        for index, unit in enumerate(numbers.units)
        if unit.dimension in ("time", "rate") and index not in stated
    }
    often = {
        index: StatedAmount(index, role, value, 1.0) for index, value in values.items() if value is not None
    }
    return {**stated, **often}


_PROMPT_AFTER = re.compile(r"[^.,;:!?]{0,24} in (?:the|our|its) (?:system )?prompt\b")


def _in_the_prompt(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the size of what stands in the prompt as the prompt's and no material's."""
    return {
        index: replace(one, role="prompt_tokens")
        if one.role == "corpus_tokens"
        and _PROMPT_AFTER.match(numbers.message.plain, numbers.units[index].end)
        else one
        for index, one in stated.items()
    }


def _with_another(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with a number that goes on counting what the one before it does."""
    kept = dict(stated)
    for index in range(1, len(numbers.quantities)):
        before = kept.get(index - 1)
        if index not in kept and before is not None and numbers.is_another(index):
            value = numbers.value(index, before.role)
            kept |= {} if value is None else {index: replace(before, index=index, value=value)}
    return kept


def _with_named_counts(
    numbers: Numbers, stated: dict[int, StatedAmount], asked: Collection[str]
) -> dict[int, StatedAmount]:
    """Return what is stated, with listed counts added up for who was asked how many there are, and their number."""
    listed = find_named_counts(numbers)
    if not listed:
        return stated
    rest = {index: one for index, one in stated.items() if index not in listed}
    together = round(sum(numbers.quantities[index].said for index in listed))
    rest[listed[-1]] = StatedAmount(listed[-1], "examples_n", together, 1.0)
    if "label_count" in asked and not any(one.role == "label_count" for one in rest.values()):
        rest[listed[0]] = StatedAmount(listed[0], "label_count", len(listed), 1.0)
    return rest


_IN_PART = re.compile(r"\b(?:some|part|partly|parts|most|mostly|many|few)\b")


_RAW = re.compile(
    r"\b(?:raw|un(?:reviewed|labell?ed|checked|read|touched|annotated|sorted|filtered)|not|no|nobody|none|logs?|"
    r"dump\w*|scraped|just|only|never|havent|hasnt|arent|yet|nada|nicht|niemand|keiner|sin|sans|non)\b"
)
_REVIEWED = re.compile(r"\b(?:reviewed|checked|labell?ed|approved|verified|annotated|proofread|corrected)\b")


def _reviewed(numbers: Numbers, stated: Mapping[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated; who is asked for reviewed examples and counts raw ones only has none."""
    raw = next((one for one in stated.values() if one.role == "raw_examples_n"), None)
    is_part = any(is_share(one) for one in numbers.quantities) or _IN_PART.search(numbers.message.plain)
    is_raw = _RAW.search(numbers.message.plain) is not None
    if raw is None or is_part or any(one.role == "examples_n" for one in stated.values()):
        return dict(stated)
    if not is_raw and _REVIEWED.search(numbers.message.plain):
        return {
            index: replace(one, role="examples_n") if one.role == "raw_examples_n" else one
            for index, one in stated.items()
        }
    if not is_raw:
        return dict(stated)
    return {**stated, raw.index: replace(raw, role="examples_n", value=0)}


def _stated(numbers: Numbers, restated: Restated, weighing: Weighing) -> dict[int, StatedAmount]:
    model, read = load_numbers(numbers.question_id), understood(numbers.message.plain, numbers.question_id)
    found: dict[int, StatedAmount] = {}
    for index, sample in enumerate(samples(numbers)):
        quantity = numbers.quantities[index]
        roles = together(model.probabilities(sample), read.shares(Part(quantity.start, quantity.end)))[ROLE]
        start = restated.place(quantity.start, quantity.end).start
        is_nought = quantity.unit == "none"
        old = _before_correction(numbers, index, restated.corrected.get(start))
        likely = [
            StatedAmount(index, role, value, weighing.share(fact_of(role), share, start, is_nought=is_nought))
            for role, share in roles.items()
            if role != NOTHING
            and (value := numbers.value(index, role)) is not None
            and (old is None or old.value(index, role) is not None)
        ]
        best = max(_together(likely), key=lambda one: one.share, default=None)
        if best is not None and best.share >= _SURE:
            found[index] = best
    return found


def _before_correction(numbers: Numbers, index: int, old: Quantity | None) -> Numbers | None:
    """Return the numbers with the one that was corrected: its correction counts what it could count."""
    if old is None:
        return None
    one = numbers.quantities[index]
    corrected = replace(old, start=one.start, end=one.end)
    return replace(
        numbers, quantities=[*numbers.quantities[:index], corrected, *numbers.quantities[index + 1 :]]
    )


def _together(likely: Sequence[StatedAmount]) -> Iterator[StatedAmount]:
    """Yield what may be stated, each as likely as all roles are by which the number says the same."""
    for one in likely:
        same = (
            other for other in likely if fact_of(other.role) == fact_of(one.role) and other.value == one.value
        )
        yield replace(one, share=sum(other.share for other in same))


_NOT_THERE = re.compile(
    r"\b(?:(?:could|would|might|(?<!since )(?<!in )(?<!from )(?<!by )(?<!last )(?<!of )may)(?! be\b)|"
    r"will|can|plan(?:s|ning)? to|going to|hop(?:e|ing) to|"
    r"if (?:we|i|they) (?:had|get|got)|"
    r"once (?:we|i) have|accepts?|requires?|recommends?|suggests?|minimum(?: of| is)?)\b[^.;:!?,\d]{0,30}$"
)
"""What may be had some day, or what somebody demands, is not at hand."""
_DENIED = re.compile(r"\b(?:not|no longer|forget|instead of)(?: the)? $")
_SAID_BEFORE = re.compile(r"\bi said $")


def _at_hand(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated without what is denied, said before, or may be had some day."""
    plain, kept = numbers.message.plain, dict(stated)
    for index, quantity in enumerate(numbers.quantities):
        before = plain[max(0, quantity.start - 20) : quantity.start]
        is_wished = (
            index in kept and kept[index].role in COUNTS and _NOT_THERE.search(plain[: quantity.start])
        )
        if _DENIED.search(before) or _SAID_BEFORE.search(before) or is_wished:
            kept.pop(index, None)
    return kept
