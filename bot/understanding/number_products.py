"""What a number is times: things that have a size, people who ask, calls of a run, files of a batch."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.decision.facts import Range
from bot.understanding.kind_lists import count_listed
from bot.understanding.measured import Measured
from bot.understanding.numbers import Quantity
from bot.understanding.units import a_day

_MILLISECONDS_AN_HOUR = 3_600_000
_NEAR = 16
_EVERY_WORD = r"(?:every|each|alle|cada|toutes les|ogni) "
_EVERY = re.compile(rf"\b{_EVERY_WORD}$")
_AT_ONCE = re.compile(r" (?:[a-z]+ ){0,2}")
_EVERY_SO_OFTEN = re.compile(rf" (?:[a-z]+ ){{0,2}}?{_EVERY_WORD}\S+ (?:s|sec|min|h|hour)")
"""After a count: so many happen at once, as often as follows."""
_A_CALL = r"(?:calls?|requests?|prompts?|queries|questions?|completions?|hits?)"
_CALLS = re.compile(rf"(?:{_A_CALL}|times)\b")
_CALLS_AFTER = re.compile(rf" (?:\w+ )?{_A_CALL}\b")
_A_THING = re.compile(r" an? (?P<noun>\w+)")
"""After "12 calls": what they are counted for, which may also be a day."""
_OFTEN = re.compile(r" times\b")
_ONCE = re.compile("once|twice|thrice")
_DONE_AT_ONCE = re.compile(
    r"\b(?:(?:runs?|send|process(?:es)?|handles?|score|do|does|put|go|batch(?:es)?|load|import)(?: \w+){0,3}? (?:of|over|on|through)|"
    r"runs?|sends?|process(?:es)?|handles?|scores?|does|batch(?:es)? of)(?: about| some| all| our| the| its)* ~?$"
)
"""Between "once a day" and a number: so many are done each time."""
_EACH_OF_THEM = re.compile(
    r"\b(?:each|every|an?|per|jede[rs]?|cada|chaque|ogni) (?P<noun>[a-z]{3,}) "
    r"(?:(?!(?:and|but|or)\b)[a-z]+ ){0,3}~?$"
)
_A_HEAD = re.compile(
    r" (?:[a-z]+ ){0,2}(?:a head|per head|a person|per person|pro kopf|por cabeza|par tete)\b"
)
_THEY = re.compile(
    r"\b(?:they(?: each)?|each of (?:them|us|these|those)|each(?: one)?) "
    r"(?:ask|send|run|write|make|do|use|try|need|want)(?:e?s)?(?: \w+){0,2} ~?$"
)
_NEXT_WORD = re.compile(r" ([a-z]+)")
_IS_OF_ONE = (
    r" (?:(?:must|should|can|may|has to|needs to) )?(?:(?:belongs?|goes|go|falls?|fits?|is|was)"
    r"(?: (?:to|into|in|under|of|sent|assigned))* (?:exactly |only )?one of|"
    r"(?:is|was|be) (?:sorted|routed|classified) (?:in)?to)\b"
)
"""After "each": it is of one kind out of so many, and does not multiply with them."""
_EACH = re.compile(
    rf" ?(?:[a-z][\w-]* ){{0,3}}?(?:(?:each|apiece|a piece)(?! (?:with|has|have|having|of|about|between)\b|{_IS_OF_ONE})|(?:of|in) each(?! \w)|a pop|"
    r"(?:per|(?:for|in|of) (?:each|every)) (?!second|minute|hour|day|night|week|work|business|month|year|quarter|dag\b|tag\b|dia\b|jour\b)(?P<noun>\w+))\b"
)
_EACH_OF_SOME = re.compile(r" (?:[a-z]+ )?each (?:from|for|of|by|in)\b")
"""After a number: so many from each of those who are listed."""
_TIMES = re.compile(
    r"(?: x|×|\*|\btimes|,? each(?: (?!(?:the|all|same|those|these)\b)\w+){0,2}?)(?: (?:about|around|roughly|maybe|perhaps|some|with|of|has|is|at least|at most|over|under|up to))* ?~?$"
)
_EACH_OF = re.compile(r"(?<!\bfor )(?<!\bin )\beach of (?:the |our |my |these |those )?$")
"""Before a number: each of so many has what the next number says."""
_HAS_MADE = re.compile(
    r"(?: [a-z]+){1,2} (?:has|have|did|wrote|writes?|made|makes?|gave|gives?|sent|sends?|sent in|went through|"
    r"has gone through|labell?ed|picked|asks?|sends?|submits?|gets?|receives?|handles?)"
    r"(?: (?:it|us|about|around|roughly|maybe|perhaps|some))* ~?"
)
"""Between the two: they made it, and did not only look at it."""
_IN_ALL = re.compile(r"[^.;!?]*\b(?:in total|in all|overall|altogether|together|between them|same)\b")
_STEM = 5
_OF_SIZE = re.compile(
    r"^(?: [\w'-]+){1,4}?,? (?:of|at|averaging|with|de|di|da|van|von|zu je|zu|je|x)"
    r"(?: about| around| roughly| maybe| some)* ?~?$"
)
_ON_AVERAGE = re.compile(
    r"(?: or so)? ?(?:on average|in average|average|avg|in the mean|im schnitt|de media|en moyenne|apiece|a piece|"
    r"each|chacune?|cada una?|ciascun[oa]|per stuk)\b"
)
"""After a size: it is that of each of those counted before."""
_A_NOUN = re.compile(r" (?:an?|per|each|every|por|par|pro|je|al) (?P<noun>[a-z]{3,})")
_TO_CHOOSE = re.compile(
    r" (?:[a-z]+ )?(?:drafts|answers|versions|options|replies|candidates|texts|of the two)\b"
)
"""After a number: what people choose between, and not how many chose."""
_LOTS_OF = re.compile(
    r"^ (?:[a-z]+ ){0,2}?(?:batch(?:es)?|sheets|sets|folders|files|lots|rounds|piles|packs|boxes|blocks|bundles|"
    r"chunks|spreadsheets|tabs|binders|exports|dumps) (?:of|with)(?: about| around| roughly| maybe)* ?~?$"
)
"""After a number: so many of what holds as many as the next number says."""


def total(numbers: Measured, index: int, *, is_material: bool = False) -> Quantity | None:
    """Return the quantity times what it stands for each of; None when that is not known.

    Material may be told by the size of one of many things, wherever they are counted.
    """
    quantity, unit = numbers.quantities[index], numbers.units[index]
    plain = numbers.message.plain
    is_each = _EACH.match(plain, unit.end) or _EACH.match(plain, quantity.end)
    if is_material and is_each is None and (many := _so_many_of(numbers, index)):
        return quantity.times(many)
    if (many := for_each(numbers, index)) != 1:
        return quantity.times(many)
    if (each_of := _EACH_OF_SOME.match(plain, quantity.end)) and (some := count_listed(plain, each_of.end())):
        return quantity.times(some)
    partner = _partner(numbers, index, is_each["noun"] or "" if is_each is not None else "")
    if is_each is not None:
        return quantity.times(_all_of(numbers, index, partner)) if partner is not None else None
    if partner is None or partner.end > quantity.start:
        return quantity
    between = plain[partner.end : quantity.start]
    is_counted = numbers.is_bare_count(numbers.quantities.index(partner))
    is_sized = unit.dimension == "tokens" and is_counted and _OF_SIZE.search(between)
    is_said_of_each = (
        is_counted
        and not quantity.unit
        and _EACH_OF.search(plain, 0, partner.start)
        and _HAS_MADE.fullmatch(between)
        and not _IN_ALL.match(plain, quantity.end)
    )
    is_lot = is_sized or is_said_of_each or _TIMES.search(between) or _LOTS_OF.search(between)
    return quantity.times(partner.middle) if is_lot else quantity


def _all_of(numbers: Measured, index: int, partner: Quantity) -> float:
    """Return how many a partner stands for: 1,000 documents in "10 folders with 100 documents each"."""
    place = numbers.quantities.index(partner)
    together = total(numbers, place) if place < index and numbers.is_bare_count(place) else None
    return together.middle if together is not None else partner.middle


def _so_many_of(numbers: Measured, index: int) -> float:
    """Return how many things have the size at `index`: 450 of "450 recipes. 250 words on average"; 0 for one."""
    plain, end = numbers.message.plain, numbers.units[index].end
    things = [one for place, one in enumerate(numbers.quantities[:index]) if numbers.is_bare_count(place)]
    if not things:
        return 0
    a_noun = _A_NOUN.match(plain, end)
    if a_noun is not None:
        return next((one.middle for one in things if _counts(numbers, one, a_noun["noun"])), 0)
    return things[-1].middle if _ON_AVERAGE.match(plain, end + 1) or _ON_AVERAGE.match(plain, end) else 0


def _partner(numbers: Measured, index: int, noun: str) -> Quantity | None:
    """Return the quantity that counts the noun of "per class", else the one before or after it."""
    quantity = numbers.quantities[index]
    others = [
        one
        for one in numbers.quantities
        if one.unit in ("", "list")
        and (one.end <= quantity.start or one.start >= quantity.end)
        and not _TO_CHOOSE.match(numbers.message.plain, one.end)
    ]
    if noun:
        named = [one for one in others if _counts(numbers, one, noun)]
        if named:
            return named[0]
    sentence = numbers.message.sentence_at(quantity.start)
    near = [one for one in others if sentence.holds(one.start)]
    before = [one for one in near or others if one.end <= quantity.start]
    return before[-1] if before else near[0] if near else None


def _counts(numbers: Measured, quantity: Quantity, noun: str) -> bool:
    """Say whether the noun stands among the words after a quantity: "70 busy seats" counts seats."""
    words = re.compile(rf"(?:[ -][\w-]+){{0,2}}?[ -]{re.escape(noun[:_STEM])}")
    return words.match(numbers.message.plain, quantity.end) is not None


_HELD_FOR = re.compile(
    r"\b(?:for|over|been (?:at it|doing (?:it|this|that))|so far|past|last|these)(?: [a-z]+){0,2} $"
)
_SO_FAR = re.compile(r" (?:so far|now|already|and counting|in)\b")
_FOR_A = re.compile(
    r" for (?:an?|one|the|this|next)(?: (?:whole|full|next|coming))? (?P<span>year|half[ -]year|quarter|month)\b"
)
_FOR_HALF = re.compile(r" for half an? (?P<span>year)\b")
_IN_A = {
    "year": {"month": 12, "quarter": 4, "week": 52, "year": 1},
    "half": {"month": 6, "quarter": 2, "week": 26},
    "quarter": {"month": 3, "quarter": 1, "week": 13},
    "month": {"month": 1},
}
"""How many periods a longer one holds."""
_FOR_EACH = re.compile(r" (?:[a-z]+ ){0,2}?(?:for|from|at|in|by) each of (?:the |our |these |those )?$")
_DO = (
    r"(?:do|did|does|label|labell?ed|wrote|write|reviews?|reviewed|checks?|checked|makes?|made|rates?|rated)"
)
_BY_SEVERAL = re.compile(rf" (?:[a-z]+ ){{1,2}}{_DO}(?: about| around| roughly| some)* ~?")
"""Between the two: whether each of so many did it, or all together, is not said."""


def over_time(numbers: Measured, index: int, *, is_to_come: bool = False) -> float | None:
    """Return for how many periods so many a period have come: 10 of "40 a week, been at it ten weeks".

    1 where no time is told, or a past one of what is still to come, such as money; None where nobody can tell
    whether each of several did as much.
    """
    unit, plain = numbers.units[index], numbers.message.plain
    if unit.dimension != "rate":
        return 1
    periods = _periods(numbers, index, is_to_come=is_to_come)
    before = numbers.quantities[index - 1] if index and numbers.is_bare_count(index - 1) else None
    is_by_several = before is not None and _BY_SEVERAL.fullmatch(
        plain, before.end, numbers.quantities[index].start
    )
    return None if periods != 1 and is_by_several and not _IN_ALL.search(plain) else periods


def _periods(numbers: Measured, index: int, *, is_to_come: bool) -> float:
    unit, plain = numbers.units[index], numbers.message.plain
    for place, other in enumerate(numbers.units):
        time = numbers.quantities[place]
        if other.dimension == "days" and other.name == unit.name and time.start >= unit.end:
            is_past = _SO_FAR.match(plain, other.end) is not None
            is_meant = (is_past and not is_to_come) or _HELD_FOR.search(plain, 0, time.start)
            return time.middle if is_meant and not (is_past and is_to_come) else 1
    if _FOR_HALF.match(plain, unit.end):
        return _IN_A["half"].get(unit.name, 1)
    span = _FOR_A.match(plain, unit.end)
    return _IN_A[span["span"].split(" ")[0].split("-")[0]].get(unit.name, 1) if span else 1


def for_each(numbers: Measured, index: int) -> float:
    """Return for how many there is so much: 4 of "$5,000 for each of the four garages"; else 1."""
    after = numbers.quantities[index + 1] if index + 1 < len(numbers.quantities) else None
    if after is None or not numbers.is_bare_count(index + 1):
        return 1
    is_each = _FOR_EACH.search(numbers.message.plain[numbers.quantities[index].end : after.start])
    return after.middle if is_each else 1


def at_intervals(numbers: Measured, index: int) -> int | Range | None:
    """Return how many a day so many every so many minutes are, times those of whom each asks so often."""
    quantity, unit, plain = numbers.quantities[index], numbers.units[index], numbers.message.plain
    span = quantity.middle * unit.factor / _MILLISECONDS_AN_HOUR
    every = _EVERY.search(plain, max(0, quantity.start - _NEAR), quantity.start)
    if not span or every is None:
        return None
    at_once = [
        one
        for one in numbers.quantities
        if not one.unit and _AT_ONCE.fullmatch(plain, one.end, every.start())
    ]
    many = at_once[-1].middle if at_once else 1
    if _EACH.match(plain, unit.end):
        earlier = [one for one in numbers.quantities[:index] if not one.unit and one not in at_once]
        many *= earlier[-1].middle if earlier else 1
    daily = a_day(numbers.message, replace(quantity, low=many / span, high=many / span, unit=""), "hour")
    return daily.as_amount() if daily is not None else None


def is_at_intervals(numbers: Measured, index: int) -> bool:
    """Say whether it is the 20 of "20 requests every 5 minutes", which is no number of a day."""
    return _EVERY_SO_OFTEN.match(numbers.message.plain, numbers.quantities[index].end) is not None


def times_a_day(numbers: Measured, index: int, period: str) -> Quantity | None:
    """Return how often a day it is that so many, each of them, do it in a period; None when nobody can tell."""
    index = _told_of_each(numbers, index)
    one = total(numbers, index)
    if one is None:
        return None
    each = _calls_each(numbers, index)
    if one is numbers.quantities[index]:  # else it is counted for each of them already
        many = _askers(numbers, index)
        each *= many if many != 1 else _things_at_a_time(numbers, index)
    return a_day(numbers.message, one.times(each), period)


def _told_of_each(numbers: Measured, index: int) -> int:
    """Return the place of the 35 where it is the 40 of "40 branches, 35 scripts each"; else the place given."""
    after = index + 1
    if after == len(numbers.quantities) or not (
        numbers.is_bare_count(index) and numbers.is_bare_count(after)
    ):
        return index
    each = _EACH.match(numbers.message.plain, numbers.quantities[after].end)
    many = numbers.quantities[index]
    is_of_these = each is not None and (not each["noun"] or _counts(numbers, many, each["noun"]))
    return after if is_of_these else index


def _calls_each(numbers: Measured, index: int) -> float:
    """Return how many calls each of what is counted makes: "12 calls a run, 300 runs a day"."""
    plain, noun = numbers.message.plain, _noun(numbers, index)
    if not noun or _CALLS.match(noun):
        return 1
    before = re.compile(rf"\b(?:each|every|per|an?|one) (?:\w+ )?{re.escape(noun)}\w* (?:[a-z]+ ){{0,3}}$")
    for place, one in enumerate(numbers.quantities):
        calls = _CALLS_AFTER.match(plain, one.end)
        if place == index or one.unit or calls is None:
            continue
        after = _EACH.match(plain, calls.end()) or _A_THING.match(plain, calls.end())
        is_each = after is not None and (not after["noun"] or after["noun"].startswith(noun))
        if is_each or before.search(plain, 0, one.start):
            return one.middle
    return 1


def _things_at_a_time(numbers: Measured, index: int) -> float:
    """Return the 240 of "6 requests for each of the 40 stations, three times a day", the 4,000 of "once a day 4,000"."""
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    is_once = _ONCE.fullmatch(plain, quantity.start, quantity.end) is not None
    if not is_once and not _OFTEN.match(plain, quantity.end):
        return 1
    sentence = numbers.message.sentence_at(quantity.start)
    after = range(index + 1, len(numbers.quantities)) if is_once else range(0)
    for place in (*range(index), *after):
        one = numbers.quantities[place]
        is_meant = place < index or _DONE_AT_ONCE.search(plain, quantity.end, one.start)
        if is_meant and sentence.holds(one.start) and numbers.is_bare_count(place):
            together = total(numbers, place)
            return together.middle if together is not None else one.middle
    return 1


def _askers(numbers: Measured, index: int) -> float:
    """Return how many there are of those of whom each asks so often: "70 seats, a seat takes 45 calls a day"."""
    plain, quantity = numbers.message.plain, numbers.quantities[index]
    sentence = numbers.message.sentence_at(quantity.start)
    each = _EACH_OF_THEM.search(plain, sentence.start, quantity.start)
    head = _A_HEAD.match(plain, quantity.end)
    counts = [
        one for place, one in enumerate(numbers.quantities) if place != index and numbers.is_bare_count(place)
    ]
    if each is not None and not _CALLS.match(each["noun"]):
        noun = each["noun"].removesuffix("s")
        label = re.compile(rf"\b{re.escape(noun)}\w*: ?~?$")  # "users: 40"
        named = [one for one in counts if _counts(numbers, one, noun) or label.search(plain, 0, one.start)]
        return named[0].middle if named else 1
    if head is not None or _THEY.search(plain, sentence.start, quantity.start):
        earlier = [one for one in counts if one.end <= quantity.start and one.said > quantity.said]
        return earlier[-1].middle if earlier else 1
    return 1


def _noun(numbers: Measured, index: int) -> str:
    word = _NEXT_WORD.match(numbers.message.plain, numbers.quantities[index].end)
    return word[1].removesuffix("s")[:_STEM] if word else ""
