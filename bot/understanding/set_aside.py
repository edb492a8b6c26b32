"""Cases that are kept apart to test on, and not to learn from: "150,000 labels, 4,000 set aside"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.amount_parts import is_share, share_of
from bot.understanding.message import Part
from bot.understanding.negation import is_denied_before
from bot.understanding.number_values import Numbers
from bot.understanding.stated_amount import StatedAmount

_END = r"(?= ?(?:[.,;:!?()]|$)| (?:and|but|plus) (?:\d|(?:we|it|our)\b))"
"""Nothing follows: tests of something else would be what the cases are about."""
_TESTING = (
    r"(?:(?:the|our|a|later|final|offline|blind|only|just) )*"
    r"(?:testing|tests?|evals?|evaluations?|validation|benchmarking)(?: set)?"
)
_FOR_TESTING = rf" (?:just |only )?(?:for|as) {_TESTING}{_END}"
_OUT_OF_TRAINING = rf" out of (?:the |our |all |any )?(?:training|tuning|fine-tuning)(?: data| set)?{_END}"
_SET = r"(?:set|put|kept|keep|held|hold|laid|left|leave)"
_ASIDE = rf"(?:{_SET}(?: them)? (?:aside|(?<!put )back|apart)|(?:held|hold)[- ]out)"
_NEVER = r"(?:never|not|dont|do not|didnt|havent|have not)"
_UNSEEN = (
    rf"(?:(?:we|i|they) (?:have |had |ve )?{_NEVER} (?:ever )?"
    r"(?:train(?:ed)? on|used? (?:for|in) training|show(?:n|ed)? (?:it|to (?:it|anyone|the (?:model|bot))))"
    rf"|(?:the )?(?:model|bot|it) (?:has |had )?{_NEVER} (?:seen|saw|trained on)"
    rf"|{_NEVER} (?:used (?:for|in)|seen (?:in|during)|part of) (?:the )?training)"
    r"\b(?! (?:yet|so far|until|before|because|since|as|due)\b)"
)
_OF_WHICH = (
    r"(?: of (?:them|those|these|which|(?:the|our|those|these) [a-z-]+))?(?: (?!un|raw)[a-z][\w-]*){0,2}?"
)
_ARE = r"(?:,?(?: (?:we|which|that|and|have|has|are|were|is|was|been|always))*)"
_TOLD_AFTER = re.compile(
    rf"{_OF_WHICH}(?: {_UNSEEN})?{_ARE} (?:(?:{_ASIDE}|reserved|withheld|kept|keep|earmarked){_FOR_TESTING}"
    rf"|{_SET}(?: them)?{_OUT_OF_TRAINING})"
    r"|(?: [a-z][\w-]*){1,3} (?:that |which )?we (?:always )?(?:replay|re-?run) to (?:check|test|evaluate)\b"
)
_PART_AFTER = re.compile(
    r"(?: more| further| extra| others?| of (?:them|those|these|which)| cases| examples| pairs)?"
    rf"{_FOR_TESTING}"
    rf"|{_OF_WHICH}{_ARE} (?:{_ASIDE}{_END}|{_UNSEEN})"
)
_SOME = r"(?: (?:about|around|roughly|some|the|another|a|an|other|of|always|also))* ?~?$"
_TOLD_BEFORE = re.compile(rf"\b(?:hold-?out|held[- ]out) (?:set|split|sample) of{_SOME}")
_UNSEEN_BEFORE = re.compile(rf"\b{_UNSEEN}{_SOME}")
_KEEP = re.compile(
    rf"\b(?:{_SET}|reserved?)(?P<apart> (?:aside|(?<!put )back|apart|(?<=h[eo]ld )out))?{_SOME}"
)
_TOLD_KEPT = re.compile(rf"{_OF_WHICH}(?: (?:aside|back|apart|out))?(?:{_FOR_TESTING}|{_OUT_OF_TRAINING})")
_PART_KEPT = re.compile(rf"{_OF_WHICH}{_END}")
_ONLY_ASKED = re.compile(r"\b(?:should|shall|could|can|do|would|must) (?:we|i|they)\b[^.;:!?]{0,30}$")
_REASON = re.compile(r"[^.;!?\d]*\b(?:because|since|due to|until|till|they (?:are|hold|have|contain))\b")
"""After a number: it is put away for something else than to test."""
_OUT_OF = re.compile(r" (?:out )?of(?: (?:the|our|my|these|those|all|about|some))*(?: ~)? ")
_SHARE_AFTER = re.compile(
    rf"(?: of (?:them|those|these|it))?(?: (?:are|were|is|was|we))* (?:{_ASIDE}|reserved)"
    rf"(?:{_FOR_TESTING}|{_END})"
)
_SHARE_KEPT = re.compile(rf"(?: (?:aside|back|apart|out))?(?:{_FOR_TESTING}|(?<=aside|apart){_END})")
_SPLIT = re.compile(r" for (?:the )?training,?(?: and| &)? $")
_REST_AFTER = re.compile(_FOR_TESTING)
_HALF = 0.5
_CASES = ("examples_n", "raw_examples_n", "pairs_pref_n", "eval_set_n")


def with_test_cases(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, what is kept apart as test cases and as nothing else."""
    kept = dict(stated)
    for index, quantity in enumerate(numbers.quantities):
        if is_share(quantity) and _is_share_kept(numbers, index):
            kept = _with_part_of_all(numbers, kept, index)
        elif not quantity.whole and numbers.is_bare_count(index) and _is_kept_apart(numbers, kept, index):
            value = numbers.value(index, "eval_set_n")
            if value is not None:
                kept = _with_cases(numbers, kept, index) | {
                    index: StatedAmount(index, "eval_set_n", value, 1.0)
                }
    return kept


def _with_cases(numbers: Numbers, stated: dict[int, StatedAmount], index: int) -> dict[int, StatedAmount]:
    """Return what is stated beside cases kept apart: the whole is no test set, and a "never" is no nought."""
    larger = _larger(numbers, stated, index)
    unseen = [Part(*found.span()) for found in re.finditer(_UNSEEN, numbers.message.plain)]
    return {
        place: replace(one, role="examples_n") if place in larger and one.role == "eval_set_n" else one
        for place, one in stated.items()
        if numbers.quantities[place].unit != "none"
        or not any(part.holds(numbers.quantities[place].start) for part in unseen)
    }


def _larger(numbers: Numbers, stated: dict[int, StatedAmount], index: int) -> list[int]:
    """Return the places of cases that there are more of, which the number may be a part of."""
    said = numbers.quantities[index].said
    return [
        place
        for place, one in stated.items()
        if one.role in _CASES and numbers.is_bare_count(place) and numbers.quantities[place].said > said
    ]


def _with_part_of_all(
    numbers: Numbers, stated: dict[int, StatedAmount], index: int
) -> dict[int, StatedAmount]:
    """Return what is stated, with the 500 of "5,000 labelled photos, 10% held out" in place of a score."""
    before = [one for place, one in sorted(stated.items()) if place < index and one.role == "examples_n"]
    if not before or type(before[-1].value) is not int:
        return stated
    many = round(before[-1].value * share_of(numbers.quantities[index]))
    scores = {index, index - 1} if _is_rest(numbers, index) else {index}
    kept = {place: one for place, one in stated.items() if place not in scores}
    return {**kept, index: StatedAmount(index, "eval_set_n", many, 1.0)}


def _is_rest(numbers: Numbers, index: int) -> bool:
    """Say whether it is the 20% of "80% for training and 20% for testing"."""
    if index == 0 or not is_share(numbers.quantities[index - 1]):
        return False
    before, quantity = numbers.quantities[index - 1 : index + 1]
    return round(share_of(before) + share_of(quantity), 4) == 1 and bool(
        _SPLIT.fullmatch(numbers.message.plain, before.end, quantity.start)
    )


def _is_share_kept(numbers: Numbers, index: int) -> bool:
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    if share_of(quantity) > _HALF:
        return False
    after = quantity.end
    keep = _KEEP.search(plain, numbers.message.sentence_at(quantity.start).start, quantity.start)
    return bool(
        _SHARE_AFTER.match(plain, after)
        or (keep and (_SHARE_KEPT.match(plain, after) or (keep["apart"] and _PART_KEPT.match(plain, after))))
        or (_is_rest(numbers, index) and _REST_AFTER.match(plain, after))
    )


def _is_kept_apart(numbers: Numbers, stated: dict[int, StatedAmount], index: int) -> bool:
    """Say whether a number is what is kept apart: it is told what for, or to be a part of more."""
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    start = numbers.message.sentence_at(quantity.start).start
    if _ONLY_ASKED.search(plain, start, quantity.start) or _REASON.match(plain, quantity.end):
        return False
    if any(_whole_of(numbers, place) == index for place in range(index)):
        return False
    whole = _whole_of(numbers, index)
    after = quantity.end if whole is None else numbers.quantities[whole].end
    told, part = _TOLD_AFTER.match(plain, after), _PART_AFTER.match(plain, after)
    before = _TOLD_BEFORE.search(plain, start, quantity.start)
    part_before = _UNSEEN_BEFORE.search(plain, start, quantity.start)
    keep = _KEEP.search(plain, start, quantity.start)
    if keep is not None:
        before = keep if _TOLD_KEPT.match(plain, after) else before
        part = part or (_PART_KEPT.match(plain, after) if keep["apart"] else None)
    if before is not None and is_denied_before(numbers.message, before.start()):
        return False
    return bool(told or before or ((part or part_before) and _larger(numbers, stated, index)))


def _whole_of(numbers: Numbers, index: int) -> int | None:
    """Return the place of the 500 in "30 of our 500 translations": what follows it is said of the 30."""
    plain, part = numbers.message.plain, numbers.quantities[index]
    counts = (place for place in range(index + 1, len(numbers.quantities)) if numbers.is_bare_count(place))
    whole = next(counts, None)
    is_whole = whole is not None and _OUT_OF.fullmatch(plain, part.end, numbers.quantities[whole].start)
    return whole if is_whole and numbers.is_bare_count(index) else None
