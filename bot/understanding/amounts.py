"""What a number counts: examples, test cases, classes, tokens, requests, milliseconds, dollars.

The words around a number decide; the question that waits decides for a number that stands alone. A number
that counts nothing we know is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.count_role import NOT_COUNTED_AFTER, CountRole
from bot.understanding.counting import COUNT_ROLES
from bot.understanding.found import Found
from bot.understanding.measures import find_measure
from bot.understanding.message import Message
from bot.understanding.numbers import Quantity
from bot.understanding.rates import find_rate
from bot.understanding.scores import find_scores
from bot.understanding.surroundings import Surroundings, surroundings

_HYPOTHETICAL = re.compile(
    r"\b(?:could|would|might|will|can (?:get|write|label|make|produce|collect|do)|"
    r"should be able|plan(?:s|ning)? to|"
    r"going to|hope to|hoping|if (?:we|i|you|it|they)|by (?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day|by next|next "
    r"(?:week|month|quarter|year)|aim(?:ing)? (?:for|to)|soon|eventually|someday|how many|do (?:we|i) need|"
    r"is (?:it )?enough\b.*\bif|need at least|needs? (?:about|around|at least|like|maybe)|"
    r"minimum|podriamos|konnten|wurden)\b"
)
_BARE = re.compile(
    r"\s*(?:$|[.,;!)\n(\U0001F300-\U0001FAFF]|\+|-ish|(?:ones?|of (?:them|those|these)|"
    r"in (?:total|all|the|a|our|my)|total|so far|now|right now|"
    r"or so|or|i|we|maybe|roughly|ish|already|by|from|hand|approved|reviewed|checked|"
    r"labeled|all|each|tops|max|today|"
    r"currently|left|and|plus|good|great|clean|at|here|there|give|probably|perhaps|that|"
    r"which|yes|yeah|as|is|per|lol|tbh|but|not|the)\b)"
)
_ROLE_OF_A_BARE_NUMBER: tuple[tuple[str, str], ...] = (
    ("Q3", "eval_set_n"),
    ("Q5", "examples_n"),
    ("Q10", "requests_per_day"),
    ("Q15", "label_count"),
)
_JOKE = re.compile(
    r"\banswer to (?:everything|life|the universe)\b|\bjust kidding\b|\bjk\b|\blma+o\b|"
    r"\bkidding\b|\bover 9000\b|\bgazillion|\bbazillion"
)
_FOR_TRAINING = re.compile(r"\bfor training\b|\bto train\b|\btraining (?:examples|set|pairs|data)\b")
_AROUND = 64
_PUT_IN = re.compile(
    r"\b(?:add(?:ed)?|put|gave|give|show(?:ed)?|past(?:ed|e)|used|includ\w+|with)\b[^,.;]{0,24}$"
)
"""Examples that were put somewhere, named among what was tried, stood in a prompt."""


def find_amounts(
    message: Message, quantities: Sequence[Quantity], question_id: str, asked: frozenset[str]
) -> list[Found]:
    """Return every fact that a number states; `asked` are the facts of the question that waits."""
    found, used = find_scores(message, quantities, asked)
    is_joke = bool(_JOKE.search(message.plain))
    for index, quantity in enumerate(quantities):
        if index in used or quantity.unit == "percent":
            continue
        around = surroundings(message, quantities, index)
        fact = _role(message, quantity, around, quantities[:index], question_id)
        if fact is None and not is_joke:
            fact = _bare(quantity, around, question_id, found) or _corrected(message, quantity, found)
        if fact is not None:
            found.append(fact)
    return _added_up(message, found)


def _role(
    message: Message, quantity: Quantity, around: Surroundings, earlier: Sequence[Quantity], question_id: str
) -> Found | None:
    measured = find_measure(around, is_budget_asked=question_id == "Q13")
    if measured is not None:
        return measured if measured.fact else None
    rate = find_rate(message, quantity, around.before, around.after, earlier)
    if rate is not None:
        return rate if rate.fact else None
    if NOT_COUNTED_AFTER.match(around.after):
        return None
    return _count(message, quantity, around, question_id)


def _count(message: Message, quantity: Quantity, around: Surroundings, question_id: str) -> Found | None:
    # Whoever was asked for the number of kinds need not say again that it is about sorting.
    whole = f"{message.plain} sort" if question_id == "Q15" else message.plain
    for role in COUNT_ROLES:
        if role.fits(around.before, around.after, whole):
            return _stated(role, message, quantity, around, question_id)
    return None


def _stated(
    role: CountRole, message: Message, quantity: Quantity, around: Surroundings, question_id: str
) -> Found | None:
    amount = quantity.as_amount()
    if not role.fact or amount is None or _is_supposed(message, quantity, around):
        return None
    if role.fact == "label_count" and quantity.said > role.most:
        return None
    end = quantity.end + len(role.words_after(around.after))
    if role.fact == "examples_n" and question_id == "Q3" and not _FOR_TRAINING.search(around.segment):
        return Found("eval_set_n", amount, quantity.start, end)
    if role.fact == "examples_n" and question_id == "Q2" and _PUT_IN.search(around.before):
        return Found("tried_few_shot", True, quantity.start, end)
    return Found(role.fact, amount, quantity.start, end)


def _is_supposed(message: Message, quantity: Quantity, around: Surroundings) -> bool:
    """Say whether the number is wished for, planned or only possible."""
    segment = message.segment_at(quantity.start)
    before = message.plain[segment.start : quantity.start]
    return bool(
        _HYPOTHETICAL.search(before)
        or _HYPOTHETICAL.match(around.after.lstrip())
        or re.match(
            r"[^,.;]{0,30}\b(?:by (?:mon|tues|wednes|thurs|fri)day|by next|next (?:week|month))", around.after
        )
    )


def _bare(quantity: Quantity, around: Surroundings, question_id: str, found: Sequence[Found]) -> Found | None:
    fact = dict(_ROLE_OF_A_BARE_NUMBER).get(question_id)
    amount = quantity.as_amount()
    if fact is None or amount is None or quantity.unit or not _BARE.match(around.after):
        return None
    if NOT_COUNTED_AFTER.match(around.after) or _HYPOTHETICAL.search(around.before):
        return None
    if quantity.said != round(quantity.said) or (
        fact == "label_count" and any(one.fact == fact for one in found)
    ):
        return None
    if re.search(r"\bnot(?: the)? ?$", around.before):
        return None
    return Found(fact, amount, quantity.start, quantity.end)


_INSTEAD = re.compile(
    r"\b(?:actually|make (?:that|it)|scratch that|sorry|i mean|i meant|correction|rather|"
    r"wait|no)\b[ ,:]*(?:no )?(?:its |it is |make that |only |about |just )*$"
)


def _corrected(message: Message, quantity: Quantity, found: Sequence[Found]) -> Found | None:
    """Return a bare number after a word of correction as the fact that was counted just before."""
    before = message.plain[max(0, quantity.start - _AROUND) : quantity.start]
    last = next((one for one in reversed(found) if one.fact in _SUMMED), None)
    amount = quantity.as_amount()
    if last is None or amount is None or quantity.unit or not _INSTEAD.search(before):
        return None
    after = message.plain[quantity.end : quantity.end + _AROUND]
    return Found(last.fact, amount, quantity.start, quantity.end) if _BARE.match(after) else None


_PLUS = re.compile(r"[^.;!?]{0,40}?(?:\bplus\b|\+|\band another\b|\bas well as\b|\band\b)[^.;!?\d]{0,20}")


def _added_up(message: Message, found: list[Found]) -> list[Found]:
    """Add two amounts of one fact that are joined by "plus" in one sentence."""
    result: list[Found] = []
    for one in sorted(found, key=lambda each: each.start):
        last = result[-1] if result else None
        if last is not None and last.fact == one.fact and _is_sum(message, last, one):
            assert isinstance(last.value, int)
            assert isinstance(one.value, int)
            result[-1] = Found(one.fact, last.value + one.value, last.start, one.end)
        else:
            result.append(one)
    return result


_SUMMED = frozenset({"examples_n", "raw_examples_n", "eval_set_n", "pairs_pref_n", "corpus_tokens"})


def _is_sum(message: Message, first: Found, second: Found) -> bool:
    if first.fact not in _SUMMED or type(first.value) is not int or type(second.value) is not int:
        return False
    between = message.plain[first.end : second.start]
    return bool(_PLUS.fullmatch(between)) and not _INSTEAD.search(between)
