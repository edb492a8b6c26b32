"""Which fact each number of a message states. The roles are learned; a number that is not sure states nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.decision.facts import FactValue
from bot.decision.next_question import fit
from bot.understanding.found import Found
from bot.understanding.learned.encoder import together, understood
from bot.understanding.learned.linear import NOTHING
from bot.understanding.learned.number_model import ROLE, load_numbers
from bot.understanding.message import Message, Part
from bot.understanding.number_features import samples
from bot.understanding.number_values import COUNTS, SCORES, SIZES, TALLIES, Numbers, fact_of, measured
from bot.understanding.numbers import Quantity, find_quantities
from bot.understanding.restated import Restated, restate
from bot.understanding.weighing import NOTHING_WEIGHS, Weighing

_SURE = 0.45
"""Below this probability a number states nothing; measured in cross-validation."""
_JOKE = re.compile(
    r"\banswer to (?:everything|life|the universe)\b|\bkidding\b|\bjk\b|\bover 9000\b|\b[gb]azillion"
)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one quantity states."""

    index: int
    role: str
    value: FactValue
    share: float


def find_amounts(message: Message, question_id: str = "", weighing: Weighing = NOTHING_WEIGHS) -> list[Found]:
    """Return every fact that a number states; `weighing` is of the question that waits."""
    if _JOKE.search(message.plain):
        return []
    restated = restate(message)
    numbers = measured(restated.message, find_quantities(restated.message), question_id)
    stated = _at_hand(numbers, _stated(numbers, restated, weighing))
    if "examples_n" in weighing.asked - weighing.unknown:
        stated = _reviewed(numbers, stated)
    stated = _out_of_the_same(numbers, _with_whole(numbers, stated))
    stated = _with_intervals(numbers, stated, weighing.asked)
    by_fact: dict[str, list[_Stated]] = {}
    for one in _added_up(numbers, _halved(numbers, _shared(numbers, stated))):
        by_fact.setdefault(fact_of(one.role), []).append(one)
    return [
        Found(fact, one.value, part.start, part.end)
        for fact, said in by_fact.items()
        for one in _kept(numbers, said)
        for part in [restated.place(numbers.quantities[one.index].start, numbers.units[one.index].end)]
    ]


_FEW_CASES = 40
"""Scores of a set so small are told by how many pass, if all of them are numbers that it can hold."""


def _out_of_the_same(numbers: Numbers, stated: dict[int, _Stated]) -> dict[int, _Stated]:
    """Return what is stated, with all scores counted out of the cases where one is: "64, of them 41, needs 60"."""
    cases = next((one.value for one in stated.values() if one.role == "eval_set_n"), None)
    scores = {
        index: one for index, one in stated.items() if fact_of(one.role) in ("baseline_score", "target_score")
    }
    bare = {index: numbers.quantities[index].said for index in scores if _is_bare(numbers, index)}
    if (
        type(cases) is not int
        or len(bare) < len(scores)
        or any(not 1 < said <= cases for said in bare.values())
    ):
        return stated
    plainly = {index: round(said / 100, 4) for index, said in bare.items()}
    is_counted = {
        index: one.value not in (plainly[index], round(1 - plainly[index], 4))
        for index, one in scores.items()
    }
    if not any(is_counted.values()) and cases > _FEW_CASES:
        return stated
    kept, best = dict(stated), 0.0
    for index, one in sorted(scores.items(), key=lambda item: fact_of(item[1].role)):
        share = round(bare[index] / cases, 4)
        is_allowance = one.role.endswith("_error")
        if is_counted[index]:
            assert isinstance(one.value, float)
            share, is_allowance = one.value, False
        elif fact_of(one.role) == "target_score" and share < best:
            is_allowance = True  # what is needed is more than there is: so many may fail
        share = round(1 - share, 4) if is_allowance else share
        best = max(best, share)
        kept[index] = replace(one, value=share)
    return kept


def _is_bare(numbers: Numbers, index: int) -> bool:
    quantity = numbers.quantities[index]
    return not quantity.unit and not numbers.units[index].dimension and quantity.said == round(quantity.said)


def _with_intervals(
    numbers: Numbers, stated: dict[int, _Stated], asked: Collection[str]
) -> dict[int, _Stated]:
    """Return what is stated, with "one every five minutes" for who was asked how often."""
    role = "requests_per_day"
    if role not in asked or any(one.role == role for one in stated.values()):
        return stated
    values = {
        index: numbers.value(index, role)
        for index, unit in enumerate(numbers.units)
        if unit.dimension == "time"
    }
    often = {index: _Stated(index, role, value, 1.0) for index, value in values.items() if value is not None}
    return {**stated, **often}


_ROUND = (20, 50, 100, 1000)
"""Wholes of which people speak without counting: "15 in 100"."""


def _with_whole(numbers: Numbers, stated: Mapping[int, _Stated]) -> dict[int, _Stated]:
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


_IN_PART = re.compile(r"\b(?:some|part|partly|parts|most|mostly|many|few)\b")


def _reviewed(numbers: Numbers, stated: Mapping[int, _Stated]) -> dict[int, _Stated]:
    """Return what is stated; who is asked for reviewed examples and counts raw ones only has none."""
    raw = next((one for one in stated.values() if one.role == "raw_examples_n"), None)
    is_part = any(_is_share(one) for one in numbers.quantities) or _IN_PART.search(numbers.message.plain)
    if raw is None or is_part or any(one.role == "examples_n" for one in stated.values()):
        return dict(stated)
    return {**stated, raw.index: replace(raw, role="examples_n", value=0)}


def _kept(numbers: Numbers, said: Sequence[_Stated]) -> Iterator[_Stated]:
    """Yield the likeliest amount of a fact, and each that contradicts it with nothing to tell them apart."""
    best = max(said, key=lambda one: (_holds_now(numbers, one), one.share))
    yield best
    for one in said:
        if _contradicts(numbers, one, best) and _holds_now(numbers, one) == _holds_now(numbers, best):
            yield one


_PRESENT = re.compile(
    r"\b(?:now|today|currently|current|these days|meanwhile|since|at present|latest|in production|live|new)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|used to|old|earlier|previous(?:ly)?|before|initially|originally|formerly|started|"
    r"last (?:year|quarter|month|spring|summer|autumn|fall|winter|week)|back then|in the beginning|at first)\b"
)
_USUAL = re.compile(
    r"\b(?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|on average|average|otherwise|regular|ordinary|quiet)\b"
)
_RARE = re.compile(
    r"\b(?:peaks?|busiest|spikes?|bursts?|at most|black friday|cyber monday|christmas|xmas|holidays?|launch\w*|"
    r"campaigns?|rush|high season|in season)\b"
)
"""Words beside a number by which it holds on few days only."""


def _holds_now(numbers: Numbers, one: _Stated) -> int:
    """Return 1 for a score that is said to be the present one, -1 for a past one; of traffic, a usual or a rare day.

    Of counts, both are kept, and asked about.
    """
    if one.role == "requests_per_day":
        holds, holds_not = _USUAL, _RARE
    elif one.role in SCORES | TALLIES:
        holds, holds_not = _PRESENT, _PAST
    else:
        return 0
    quantity = numbers.quantities[one.index]
    part = numbers.message.segment_at(quantity.start)
    ends = (other.end for other in numbers.quantities if other.end <= quantity.start)
    begins = (other.start for other in numbers.quantities if other.start >= quantity.end)
    start, end = max([part.start, *ends]), min([part.end, *begins])
    found = [pattern.search(numbers.message.plain, start, end) is not None for pattern in (holds, holds_not)]
    return found[0] - found[1]


_WHICH = frozenset(["from", "by", "for", "in", "on", "with", "of", "at", "to", "per", "and"])
"""Words that say which ones are meant, and so tell two numbers of them apart."""


def _contradicts(numbers: Numbers, one: _Stated, other: _Stated) -> bool:
    """Say whether both count the same: the same word stands after them, or they stand there bare."""
    if one.role != other.role or one.role in SCORES | TALLIES or fit(one.value, other.value):
        return False
    word = _next_word(numbers, one.index)
    if word != _next_word(numbers, other.index):
        return False
    first, second = sorted((one.index, other.index))
    between = numbers.message.plain[numbers.quantities[first].end : numbers.quantities[second].start]
    return word not in _WHICH if word else re.search(r"\w", between) is None


def _next_word(numbers: Numbers, index: int) -> str:
    """Return the word after a number in its part of the sentence; "" when it ends there."""
    end = numbers.quantities[index].end
    rest = numbers.message.plain[end : numbers.message.segment_at(numbers.quantities[index].start).end]
    word = re.search(r"\w+", rest)
    return word[0] if word else ""


def _stated(numbers: Numbers, restated: Restated, weighing: Weighing) -> dict[int, _Stated]:
    model, read = load_numbers(), understood(numbers.message.plain, numbers.question_id)
    found: dict[int, _Stated] = {}
    for index, sample in enumerate(samples(numbers)):
        quantity = numbers.quantities[index]
        roles = together(model.probabilities(sample), read.shares(Part(quantity.start, quantity.end)))[ROLE]
        start = restated.place(quantity.start, quantity.end).start
        is_nought = quantity.unit == "none"
        old = _before_correction(numbers, index, restated.corrected.get(start))
        likely = [
            _Stated(index, role, value, weighing.share(fact_of(role), share, start, is_nought=is_nought))
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


def _together(likely: Sequence[_Stated]) -> Iterator[_Stated]:
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


def _at_hand(numbers: Numbers, stated: dict[int, _Stated]) -> dict[int, _Stated]:
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


_OF = re.compile(r"(?: of)?(?: (?:the|our|my|those|these|all|about|some|roughly|around|them|which|were))* ~?")


def _shared(numbers: Numbers, stated: dict[int, _Stated]) -> dict[int, _Stated]:
    """Return what is stated, with "two thirds of 900" for the 600 that it means; the share is no score then."""
    kept = dict(stated)
    for index, one in stated.items():
        before = numbers.quantities[index - 1] if index else None
        if before is None or one.role != "examples_n" or type(one.value) is not int or not _is_share(before):
            continue
        between = numbers.message.plain[before.end : numbers.quantities[index].start]
        if between.startswith(" of") and _OF.fullmatch(between):
            share = before.middle if before.unit == "share" else before.said / 100
            kept[index] = replace(one, value=round(one.value * share))
            kept.pop(index - 1, None)
    return kept


_OF_THEM = (
    r"(?: (?:of (?:them|those|it|that|these|which)|are|is|was|were|seem|look|exact|near|actually|really))* "
)
_WORTHLESS = re.compile(
    rf"{_OF_THEM}(?:duplicates?|dupes?|junk|rubbish|trash|crap|garbage|unusable|useless|noise|spam|broken|"
    r"worthless|outdated|mislabell?ed|unchecked|unreviewed)\b"
)
_USABLE = re.compile(rf"{_OF_THEM}(?:usable|good|clean|correct|reviewed|checked|trustworthy|any good)\b")
_MINUS = re.compile(
    r"[ ,(-]*(?:minus|less|except|without|not counting|of which)(?: (?:the|about|some|maybe))* ?~?"
)
_BUT = re.compile(r"[ ,(-]*(?:(?:but|though|only|and|of (?:those|them|these|which)) )*")


def _halved(numbers: Numbers, stated: dict[int, _Stated]) -> Iterator[_Stated]:
    """Yield what is stated, without the part that is called worthless: "2000 but half are duplicates"."""
    left = dict(stated)
    for index, one in sorted(stated.items()):
        kept = _kept_part(numbers, one) if index in left else None
        if kept is not None:
            left[index] = replace(one, value=kept)
            left.pop(index + 1, None)
    yield from left.values()


def _kept_part(numbers: Numbers, one: _Stated) -> int | None:
    """Return what the number after a count leaves of it; None when it takes nothing away."""
    if one.role not in COUNTS or type(one.value) is not int or one.index + 1 == len(numbers.quantities):
        return None
    part, plain = numbers.quantities[one.index + 1], numbers.message.plain
    between = plain[numbers.units[one.index].end : part.start]
    is_bad = _WORTHLESS.match(plain, part.end)
    if _is_share(part):
        share = part.middle if part.unit == "share" else part.said / 100
        is_good = _USABLE.match(plain, part.end) and _BUT.fullmatch(between)
        return round(one.value * (1 - share if is_bad else share)) if is_bad or is_good else None
    is_taken_off = _MINUS.fullmatch(between) if not is_bad else _BUT.fullmatch(between)
    is_count = not part.unit and not numbers.units[one.index + 1].dimension and part.said < one.value
    if not is_taken_off or not is_count or (between.strip(" ,").startswith("of which") and not is_bad):
        return None
    return one.value - round(part.said)


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit in ("share", "percent")


_PLUS = re.compile(r"[^.;!?]{0,40}?(?:\bplus\b|\+|\band another\b|\bas well as\b|\band\b)[^.;!?\d]{0,20}")


def _added_up(numbers: Numbers, stated: Iterator[_Stated]) -> Iterator[_Stated]:
    """Yield what is stated, two amounts of one fact added up when "plus" joins them in one sentence."""
    last: _Stated | None = None
    for one in sorted(stated, key=lambda each: each.index):
        if last is not None and _is_sum(numbers, last, one):
            assert isinstance(last.value, int)
            assert isinstance(one.value, int)
            last = replace(one, value=last.value + one.value, share=max(last.share, one.share))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


_ADDS = re.compile(r"\bplus\b|\+|\banother\b|\bas well as\b")
_A_PART = re.compile(r"\b(?:it|we|they|of (?:them|those|which|these))\b")
_PART_AFTER = re.compile(
    r"(?: of (?:them|those|these|which))? (?:have|has|are|were|is) (?:been )?(?!from|by)"
)
"""Words by which the second of two numbers joined by "and" is a part of the first, or something else."""


def _is_sum(numbers: Numbers, first: _Stated, second: _Stated) -> bool:
    is_amount = first.role in COUNTS | SIZES and first.role != "label_count"
    if (
        first.role != second.role
        or not is_amount
        or type(first.value) is not int
        or type(second.value) is not int
    ):
        return False
    between = numbers.message.plain[numbers.units[first.index].end : numbers.quantities[second.index].start]
    is_part = _A_PART.search(between) or _PART_AFTER.match(
        numbers.message.plain, numbers.units[second.index].end
    )
    return (
        bool(_PLUS.fullmatch(between))
        and (bool(_ADDS.search(between)) or not is_part)
        and not _is_set_aside(numbers, second.index)
    )


_ASIDE = re.compile(
    r"\b(?:aside|test|tests|testing|eval|evals|evaluation|held|holdout|validation|validating)\b"
)


def _is_set_aside(numbers: Numbers, index: int) -> bool:
    """Say whether the words after a number keep it for testing: it is no part of what there is to learn from."""
    start = numbers.quantities[index].end
    return bool(_ASIDE.search(numbers.message.plain, start, numbers.message.sentence_at(start).end))
