"""The value that a quantity gives each fact, and None where it can give that fact none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.decision.facts import FactValue, Range
from bot.decision.thresholds import CORPUS
from bot.understanding.kind_lists import SORTS_NOTHING, find_kinds_answered
from bot.understanding.measured import Measured
from bot.understanding.message import Message
from bot.understanding.number_products import (
    at_intervals,
    for_each,
    is_at_intervals,
    over_time,
    times_a_day,
    total,
)
from bot.understanding.numbers import Quantity
from bot.understanding.units import FEWEST_TOKENS_A_MEGABYTE, TOKENS_A_MEGABYTE, find_unit, is_of_a_month

_HARDLY_ANY = Range(max=1)
"""Requests a day, of who makes fewer than that."""
COUNTS = frozenset({"examples_n", "raw_examples_n", "eval_set_n", "label_count", "pairs_pref_n"})
SIZES = frozenset({"corpus_tokens", "prompt_tokens", "output_tokens"})
NOUGHT = frozenset(
    {
        "examples_n",
        "eval_set_n",
        "pairs_pref_n",
        "raw_examples_n",
        "corpus_tokens",
        "prompt_tokens",
        "budget_usd",
    }
)
"""What there may be none of."""
AGREEMENT = "agreement"
SCORES = frozenset({"baseline_score", "target_score", "baseline_error", "target_error"})
TALLIES = frozenset({"baseline_hits", "baseline_misses", "target_hits"})
"""Scores that are told by how many of the cases: "60 cases, 41 pass", "it fails 12"."""


def fact_of(role: str) -> str:
    """Return the fact that a role feeds: an error rate says how good it is, turned round, and so do misses."""
    return f"{role.split('_', maxsplit=1)[0]}_score" if role in SCORES | TALLIES else role


ROLES: tuple[str, ...] = (
    *sorted(COUNTS),
    *sorted(SIZES),
    *sorted(SCORES),
    *sorted(TALLIES),
    AGREEMENT,
    "requests_per_day",
    "latency_budget_ms",
    "base_retire_days",
    "budget_usd",
)

_PERCENT = 100
_FEWEST_BARE_TOKENS = 100
_FEWEST_BARE_DOLLARS = 100
_MOST_LABELS = 20_000
_SCALE_STARTS, _SCALE_ENDS = (0, 1), (2, 3, 4, 5, 7, 10)
_LIKE_TEN = (5, 10)
"""Scales on which people rate: "7 of 10" and later "needs nine"."""
_SCALE_OF = re.compile(r"\b(?:scale of|stars? (?:out )?of|out of) $|\bscale of ")


@dataclass(frozen=True, slots=True)
class Numbers(Measured):
    """Quantities that tell what they are worth to each fact."""

    def value(self, index: int, role: str) -> FactValue | None:
        """Return what the quantity at `index` says in a role; None when it cannot play it."""
        if self.quantities[index].unit == "none":
            is_said = role in NOUGHT and (role != "budget_usd" or _MONEY.search(self.message.plain))
            is_of_kinds = self.question_id == _SORTING and SORTS_NOTHING.search(self.message.plain)
            return 0 if is_said and not is_of_kinds else None
        if role in COUNTS:
            return self._count(index, role)
        if role in SCORES:
            if role.startswith("target") and self._is_compared(index):
                return None
            return self._score(index, is_error=role.endswith("_error"))
        if role in TALLIES:
            return self._tally(index, is_missed=role.endswith("_misses"))
        if role in SIZES:
            return self._tokens(index, role)
        others: Mapping[str, Callable[[int], FactValue | None]] = {
            AGREEMENT: self._share,
            "requests_per_day": self._requests,
            "latency_budget_ms": self._latency,
            "base_retire_days": self._days,
            "budget_usd": self._budget,
        }
        return others[role](index)

    def _days(self, index: int) -> int | Range | None:
        quantity, unit = self.quantities[index], self.units[index]
        return quantity.times(unit.factor).as_amount() if unit.dimension == "days" else None

    def _budget(self, index: int) -> int | Range | None:
        quantity, unit = self.quantities[index], self.units[index]
        is_money = quantity.unit == "dollars" or (
            not quantity.unit
            and unit.dimension in ("", "rate")
            and (quantity.said >= _FEWEST_BARE_DOLLARS or not quantity.said)
        )
        if not is_money:
            return None
        # "Up to 5k" is the budget, not less than it.
        is_cap = quantity.low is not None and quantity.low < (quantity.high or 0) == quantity.said
        times = (over_time(self, index, is_to_come=True) or 1) * for_each(self, index)
        return round(quantity.said * times) if is_cap else quantity.times(times).as_amount()

    def _count(self, index: int, role: str) -> int | Range | None:
        quantity, unit = self.quantities[index], self.units[index]
        if quantity.unit == "list":
            return round(quantity.said) if role == "label_count" else None
        is_count = unit.dimension in ("", "rate") or unit.name == "page"
        if quantity.unit or not is_count or quantity.said != round(quantity.said):
            return None
        if role == "eval_set_n" and (
            self._is_rate_only(index) or _is_scale(quantity) or self._is_no_test_set(index)
        ):
            return None
        if role == "label_count":
            if _is_scale(quantity):
                return round((quantity.high or 0) - (quantity.low or 0)) + 1  # "a 0-3 grade"
            return quantity.as_amount() if quantity.said <= _MOST_LABELS else None
        if _OF_ONE_KIND.search(self.message.plain, 0, quantity.start) or self._is_compared(index):
            return None
        all_of_them, periods = total(self, index), over_time(self, index)
        if all_of_them is None or periods is None:
            return None
        return all_of_them.times(periods).as_amount()

    def _is_no_test_set(self, index: int) -> bool:
        """Say whether it counts what failed or what a model was trained on."""
        plain, quantity = self.message.plain, self.quantities[index]
        sentence = self.message.sentence_at(quantity.start)
        is_trained_on = _TRAINED_ON.search(plain, sentence.start, quantity.start) is not None
        return is_trained_on or _FAILURES.match(plain, quantity.end) is not None

    def _is_compared(self, index: int) -> bool:
        """Say whether it is the 94 of "93 against 94": a score beside another."""
        if not index or self.question_id == _SCORES_ASKED:
            return False  # there the second is what is needed
        before, quantity = self.quantities[index - 1 : index + 1]
        between = self.message.plain[before.end : quantity.start]
        return _AGAINST.fullmatch(between) is not None and max(before.said, quantity.said) <= _PERCENT

    def _score(self, index: int, *, is_error: bool) -> float | None:
        tallied = self.tallied(index)
        if tallied is not None:
            return tallied
        share = self._share(index)
        turned = is_error or self._is_of_failures(index)
        return None if share is None else round(1 - share if turned else share, 4)

    def _is_of_failures(self, index: int) -> bool:
        """Say whether the words beside a share tell that it is the part that is no good: "70 % are redone"."""
        quantity = self.quantities[index]
        if quantity.unit not in ("share", "percent"):
            return False
        plain = self.message.plain
        return bool(
            _FAILED_AFTER.match(plain, quantity.end) or _FAILED_BEFORE.search(plain, 0, quantity.start)
        )

    def is_another(self, index: int) -> bool:
        """Say whether it is a bare number more of what was just counted: "80 pages plus 35"."""
        is_after_one = index > 0 and self.is_bare_count(index) and self.units[index - 1].dimension == "tokens"
        between = (self.units[index - 1].end, self.quantities[index].start) if is_after_one else (0, 0)
        return _ANOTHER.search(self.message.plain, *between) is not None

    def is_tallied(self, index: int, *, is_missed: bool) -> bool:
        """Say whether the word beside a number tells that so many cases pass, or that so many do not."""
        word = self._tally_word(index)
        return word is not None and (word["missed"] is not None) == is_missed

    def _tally_word(self, index: int) -> re.Match[str] | None:
        start, end = self.quantities[index].start, self.quantities[index].end
        return _TALLIED_AFTER.match(self.message.plain, end) or _TALLIED_BEFORE.search(
            self.message.plain, max(0, start - _NEAR), start
        )

    def tallied(self, index: int) -> float | None:
        """Return the share of a number beside which "pass" or "wrong" stands: it is so many of the cases."""
        word = self._tally_word(index)
        if word is not None:
            return self._tally(index, is_missed=word["missed"] is not None)
        start, end = self.quantities[index].start, self.quantities[index].end
        is_got = _GETS.search(self.message.plain, 0, start) and _OF_THEM.match(self.message.plain, end)
        return self._tally(index, is_missed=False) if is_got else None

    def _tally(self, index: int, *, is_missed: bool) -> float | None:
        """Return the share that so many of the cases are; None when no number can count the cases."""
        part = self.quantities[index]
        if not self.is_bare_count(index) or any(one.whole and _within(part, one) for one in self.quantities):
            return None
        wholes = [
            one
            for place, one in enumerate(self.quantities)
            if place != index and self.is_bare_count(place) and max(part.said, 1) < one.said
        ]
        if not wholes:
            return None
        before = [one for one in wholes if one.start < part.start]
        whole = (before or wholes)[0].said
        share = part.said / whole
        return round(1 - share if is_missed else share, 4)

    def _is_rate_only(self, index: int) -> bool:
        """Say whether it is the ten of "8 of 10", which names no set, as "8 of our 10" does."""
        quantity = self.quantities[index]
        for one in self.quantities:
            if one.whole == quantity.said and one.end == quantity.end and one.start < quantity.start:
                between = self.message.plain[one.start : quantity.start]
                return one.whole <= _MOST_OF_A_SAYING and not _OWN.search(between)
        return False

    def _share(self, index: int) -> float | None:
        quantity = self.quantities[index]
        said = quantity.high if quantity.is_range and quantity.high is not None else quantity.said
        if quantity.unit == "share":
            is_rest = _ALL_BUT.search(self.message.plain, max(0, quantity.start - _NEAR), quantity.start)
            return 1 - quantity.middle if is_rest else quantity.middle
        if quantity.unit == "percent":
            return said / _PERCENT if said <= _PERCENT else None
        unit = self.units[index]
        is_today = unit.dimension == "rate" and unit.end == quantity.end  # "score today 67"
        if quantity.unit or (unit.dimension and not is_today) or not 0 <= said <= _PERCENT:
            return None
        if self.message.plain[quantity.start : quantity.end].endswith(("k", "m")):
            return None
        scale = self._scale()
        # "88.4" beside "3 of 400" is no number of cases; "4.2" of 5 is a grade.
        is_counted = said == round(said) or scale in _LIKE_TEN
        if 1 < said <= scale and is_counted:
            return said / scale
        return said if said <= 1 else said / _PERCENT

    def _scale(self) -> float:
        """Return what scores are counted out of: "7 of 10", "58 of 80", "rated 1 to 5"; 0 for a hundred."""
        named = _SCALE_OF.search(self.message.plain)
        best = [one.said for one in self.quantities if named and one.start == named.end()]
        best += [one.high or 0 for one in self.quantities if _is_scale(one)]
        graded = next((one for one in best if one in _LIKE_TEN), 0)
        return graded or next((one.whole for one in self.quantities if self._is_ratio(one)), 0)

    def _is_ratio(self, share: Quantity) -> bool:
        """Say whether it is a part of a whole, and not what is missing to a score."""
        parts = (one.said for one in self.quantities if one.start == share.start and not one.whole)
        return bool(share.whole) and any(math.isclose(part / share.whole, share.said) for part in parts)

    def _tokens(self, index: int, role: str) -> int | Range | None:
        quantity, unit = self.quantities[index], self.units[index]
        if quantity.unit:
            return None
        if not unit.dimension and role == "corpus_tokens" and self.is_another(index):
            unit = self.units[index - 1]  # "80 pages plus 35"
        if unit.dimension == "bytes" and self._is_plain_text(quantity):
            return quantity.times(unit.factor * TOKENS_A_MEGABYTE).as_amount()
        if unit.dimension == "bytes" and role == "corpus_tokens" and self._is_of_documents(quantity):
            least = quantity.times(unit.factor * FEWEST_TOKENS_A_MEGABYTE)
            # Of less than that, a size in bytes tells nothing: it may be a few pages or a library.
            return replace(least, high=None).as_amount() if (least.low or 0) > CORPUS.value else None
        if unit.dimension == "tokens":
            if _A_PERIOD.match(self.message.plain, unit.end):
                return None  # "5 million tokens a day" is what goes through it
            if role != "corpus_tokens":
                # "1,000 requests at 4k tokens each": a prompt is as long as it is each time.
                return quantity.times(unit.factor).as_amount()
            together = total(self, index, is_material=True)
            size = together.times(unit.factor) if together is not None else None
            return None if size is None or self._is_of_one(size) else size.as_amount()
        if role == "prompt_tokens" and not unit.dimension and quantity.said >= _FEWEST_BARE_TOKENS:
            return quantity.as_amount()
        return None

    def _is_of_one(self, size: Quantity) -> bool:
        """Say whether so small a size is likely that of each of many things, counted elsewhere in the message."""
        counts = (one.said for place, one in enumerate(self.quantities) if self.is_bare_count(place))
        is_one_of_many = max(counts, default=0) >= _MANY_THINGS
        return is_one_of_many and size.middle < _LEAST_CORPUS

    def _is_plain_text(self, quantity: Quantity) -> bool:
        sentence = self.message.sentence_at(quantity.start)
        words = self.message.plain[sentence.start : sentence.end]
        return bool(_PLAIN_TEXT.search(words)) and not _NOT_TEXT.search(words)

    def _is_of_documents(self, quantity: Quantity) -> bool:
        """Say whether a size in bytes is that of documents, whatever else than text is in them."""
        sentence = self.message.sentence_at(quantity.start)
        words = self.message.plain[sentence.start : sentence.end]
        is_told = _DOCUMENTS.search(words) or self.question_id == _MATERIAL
        return bool(is_told) and not _NO_DOCUMENTS.search(words)

    def _requests(self, index: int) -> int | Range | None:
        quantity, unit = self.quantities[index], self.units[index]
        if unit.dimension == "time":
            return at_intervals(self, index)
        if quantity.unit or unit.dimension not in ("", "rate") or is_at_intervals(self, index):
            return None
        plain = self.message.plain
        is_of_people = _PEOPLE.match(plain, quantity.end) and not _ASKING.search(plain)
        if is_of_people or _PAID.search(plain, max(0, quantity.start - _NEAR), quantity.start):
            return None
        usual = "month" if is_of_a_month(self.message, quantity) else "day"
        period = unit.name if unit.dimension == "rate" else usual if self.question_id == "Q10" else ""
        daily = times_a_day(self, index, period) if period else None
        amount = daily.as_amount() if daily is not None else None
        return _HARDLY_ANY if amount == 0 and quantity.said else amount

    def _latency(self, index: int) -> int | None:
        """Return milliseconds; a bare number is meant in the unit of the time before it ("7 s, we need 2")."""
        quantity, unit = self.quantities[index], self.units[index]
        if unit.dimension == "":
            earlier = [one for one in self.units[:index] if one.dimension == "time"]
            unit = earlier[-1] if earlier else unit
        if quantity.unit or unit.dimension != "time":
            return None
        return round((quantity.high if quantity.is_range and quantity.high else quantity.said) * unit.factor)


_ANOTHER = re.compile(r"(?:\bplus|\+|\banother)(?: about| around| some)* ?~?$")
_MANY_THINGS, _LEAST_CORPUS = 5, 2_000
"""No material of so many things is as small as this, in tokens: it is the size of one of them."""
_NEAR = 24
"""Characters before a number in which such a word stands."""
_RIGHT = r"(?:right|correct(?:ly)?|pass(?:e[sd]|ing)?|green|solved|succeed(?:s|ed)?|work(?:s|ed)?)"
_GOOD = r"(?:ok|okay|fine|good|acceptable)"
_WRONG = r"(?P<missed>wrong|incorrect|fail(?:s|ed|ing|ures?)?|bad|misse[sd]|errors|red)"
_TALLIED_AFTER = re.compile(
    rf" (?:of (?:them|those|these|which) )?(?!is {_GOOD}\b)"
    rf"(?:(?:are|were|is|c[ao]mes? out|turn(?:ed)? out|handled|got|get|answers) )?(?:{_RIGHT}|{_GOOD}|{_WRONG})\b"
)
_TALLIED_BEFORE = re.compile(
    rf"\b(?:{_RIGHT}|{_GOOD}(?! (?:is|at)\b)|{_WRONG})"
    r"(?: (?:on|in|only|about|around|just|is|are|it|of|count))*[ :=]+$"
)
"""Words beside a number by which it counts cases; a score is said of a whole ("we're at 91", "90 is fine")."""
_GETS = re.compile(
    r"\b(?:gets?|(?<!ve )(?<!has )got|solves?|nails?|handles?|manages?|answers?)(?: (?:about|around|only|just|roughly))* ~?$"
)
_OF_THEM = re.compile(
    r" of (?:them|those|these)(?: (?:right|correct(?:ly)?|done))?(?=\s*(?:[,.;!?)]|$)| (?:and|but)\b)"
)
"""Around a number: it is right in so many of the cases told before."""
_REFUSED = r"(?:thrown (?:out|away)|rejected|discarded|binned|tossed|redone|rewritten|corrected|sent back|overruled|misclassified|misrouted)"
_REFUSE = r"(?:rejects?|discards?|bins?|toss(?:es)?|throws? (?:out|away)|redo(?:es)?|rewrites?|misclassif(?:y|ies)|misroutes?)"
_FAILED_AFTER = re.compile(
    r" (?:error|failure|rejection)(?: rate|s)?\b"
    rf"| {_REFUSED}(?=\s*(?:[,.;!?)]|$)| by\b)"
    r"| (?:(?:of (?:the|our|them) )?(?:[a-z]+ )?)?(?:still |just )?(?:breaks?|broke|bounced?|crash(?:es|ed)?)\b"
    r"|(?: of (?:the |our |its |all )?(?:[a-z]+ )?[a-z]+| of (?:it|them))?"
    rf" (?:is|are|gets?|got|was|were|ha(?:s|ve|d) to be|must be|needs? to be|ends? up) {_REFUSED}\b"
)
_FAILED_BEFORE = re.compile(
    rf"\b(?:{_REFUSE}|(?:error|failure|rejection) rate(?: of| is|:)?)(?: about| around| roughly| some| up to)? ?~?$"
)
"""Words beside a share by which it is the part that nobody can use, whatever it was taken for."""
_PEOPLE = re.compile(
    r" (?:[a-z]+ )?(?:users?|people|persons?|employees|customers|clients|agents|seats|colleagues|staff|lawyers|"
    r"teachers|nurses|students|members)\b(?! (?:requests|questions|messages|queries|chats|tickets|calls))"
)
_ASKING = re.compile(r"\b(?:each|every|per|they|a head|apiece)\b")
_PAID = re.compile(
    r"\b(?:pay|paying|paid|spend|spending|spent|costs?|bill(?:ed)? (?:is|us|of)?)(?: \w+){0,2} ?~?$"
)
_OF_ONE_KIND = re.compile(
    r"\b(?:biggest|largest|smallest|rarest|commonest|(?:most|least) (?:common|frequent)|fullest|thinnest)"
    r"(?: (?:one|class|category|label|kind|type|of (?:them|these)))?(?: (?:only|just|about|around|has|have|got|holds?|is|at|with))*"
    r"[ :(]+~?$"
)
"""Before a number: so many are of one kind among several, and not all there are."""
_TRAINED_ON = re.compile(
    r"\b(?:fine-?tuned|trained|tuned)\b[^.,;:!?]{0,40}\b(?:on|with) (?:about |some )?~?$"
)
_FAILURES = re.compile(r" (?:[a-z]+ )?(?:failures|errors|mistakes|complaints|duds|misses)\b")
_AGAINST = re.compile(r" ?(?:%|percent|points)?,? (?:against|versus|vs\.?|compared (?:to|with)) ")
_A_PERIOD = re.compile(
    r" (?:a|per|each|every) (?:hour|day|week|month|year)\b|/(?:h|day|mo)|,? (?:daily|monthly)\b"
)
_ALL_BUT = re.compile(r"\b(?:but|except(?: for)?|apart from)(?: the)? $")
_MONEY = re.compile(
    r"\b(?:budget\w*|money|funds?|funding|dollars?|euros?|cents?|pay|spend|geld|dinero|presupuesto|argent)\b"
)
_PLAIN_TEXT = re.compile(r"\b(?:text|txt|texto|texte|markdown|md|plain)\b")
_NOT_TEXT = re.compile(r"\b(?:pdfs?|scans?|images?|video|audio|gpu|vram|ram|memory|workstation|weights)\b")
_DOCUMENTS = re.compile(
    r"\b(?:pdfs?|scans?|scanned|wikis?|confluence|sharepoint|notion|docs?|documents?|manuals?|handbooks?|html|"
    r"word files|pages|contracts?|articles?|mails?|emails?)\b"
)
_NO_DOCUMENTS = re.compile(
    r"\b(?:gpus?|vram|ram|memory|workstation|weights|cards?|disks?|images?|photos?|pictures|videos?|audio|recordings)\b"
)
_MOST_OF_A_SAYING = 10
_OWN = re.compile(r"\b(?:the|our|my|those|these|them)\b")


def _is_scale(quantity: Quantity) -> bool:
    """Say whether it is a scale to judge on ("1 to 5"), not an amount."""
    return quantity.is_range and quantity.low in _SCALE_STARTS and quantity.high in _SCALE_ENDS


def _within(inner: Quantity, outer: Quantity) -> bool:
    return inner is not outer and outer.start <= inner.start and inner.end <= outer.end


_SCORES_ASKED, _MATERIAL, _SORTING = "Q3", "Q6", "Q15"


def measured(message: Message, quantities: Sequence[Quantity], question_id: str) -> Numbers:
    """Return the quantities with their units; a unit is not sought beyond the next number.

    Where kinds to sort into are asked for, the list that the answer begins with is one more quantity.
    """
    if question_id == _SORTING and not any(one.unit == "list" for one in quantities):
        kinds = (
            Quantity(start, end, count, count, "list", said=count)
            for start, end, count in find_kinds_answered(message.plain)
            if not any(one.start < end and start < one.end for one in quantities)
        )
        quantities = sorted((*kinds, *quantities), key=lambda one: one.start)
    ends = [*(one.start for one in quantities[1:]), len(message.plain)]
    units = tuple(
        find_unit(message, one, max(one.end, min(end, message.sentence_at(one.start).end)))
        for one, end in zip(quantities, ends, strict=False)
    )
    return Numbers(message, quantities, units, question_id)
