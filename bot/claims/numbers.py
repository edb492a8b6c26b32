"""Every number in a sentence, in words or digits, and whether it stands where the sentence says it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from text_to_num import alpha2digit

from bot.claims.words import content, fold

Kind = Literal["number", "share", "money", "times", "vague", "date"]
Bound = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what stands around it; `value` is text for dates ("2026-11-") and vague words."""

    kind: Kind
    value: float | str
    bound: Bound
    near: frozenset[str]
    """Stems of the words close by."""
    wide: frozenset[str]
    """Stems of the words a little further off as well."""
    clause: frozenset[str]
    """Stems of the words in the same clause."""


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<year>(?:19|20)\d\d))?\b",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>(?:19|20)\d\d))?\b",
        rf"\b{_MONTH},? (?P<year>(?:19|20)\d\d)\b",
        rf"\b(?:in|since|by|until|of|from|mid|early|late|next|last|this|during)[ -]{_MONTH}(?![a-z ]* (?:be|not|help|want|need))\b",
        r"\b(?P<quarter>q[1-4])(?: (?P<year>20\d\d))?\b",
    )
)
_PARTS = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6,
    "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10, "twentieth": 1 / 20, "hundredth": 1 / 100,
    "thousandth": 1 / 1000,
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9}  # fmt: skip
_FRACTION = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)})[ -](?:a )?(?P<part>{'|'.join(_PARTS)})s?\b(?! (?:step|time|party|person|option|gap|reason))"
)
_FOLDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "eight": "8",
    "ten": "10",
    "hundred": "100",
}
_REWRITTEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bhalf an? (dozen|hundred|thousand|million)\b"), r"0.5 \1"),
    (re.compile(r"\b(?:a |one )dozen\b"), "12"),
    (re.compile(r"\b(?:half|halve[sd]?|halving)\b"), " 50% "),
    (re.compile(r"\b(?:twice|double[sd]?|doubling)\b"), " 2 times "),
    (re.compile(r"\b(?:thrice|triple[sd]?|tripling)\b"), " 3 times "),
    (re.compile(r"\b(?:quadruple[sd]?)\b"), " 4 times "),
    (re.compile(r"\b(an?|one) (hundred|thousand|million|billion)\b"), r"\2"),
    (re.compile(r"(?<=\d)\s?(?:-|–|to)\s?(?=[$€£]?\d)"), " to "),
    (re.compile(r"(?<=[a-z])-(?=[a-z])"), " "),
    # text2num leaves these two alone where they stand by themselves.
    (re.compile(r"(?<!the )(?<!these )(?<!those )\btwo\b(?! (?:hundred|thousand|million|billion|dozen)\b)"), "2"),
    (re.compile(r"\bzero\b"), "0"),
    (re.compile(r"\b(?:single|one)(?= (?:\w+ )?(?:examples?|cases?|labels?|days?|weeks?|months?|hours?|minutes?|years?|epochs?|"
                r"pairs?|documents?|tests?|afternoons?)\b)"), "1"),
)  # fmt: skip
_VAGUE = re.compile(
    r"\b(?:(?P<how>few|several|couple(?: of)?|some|many|tens of|hundreds of) (?P<scale>dozen|hundred|thousand|million|billion)s?"
    r"|(?P<plain>dozen|hundred|thousand|million|billion)s\b|(?P<dozen>dozen)|(?P<word>handful|couple))\b"
)
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "hundred": 1e2,
          "dozen": 12.0}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.-])(?P<money>[$€£]|(?:usd|eur|gbp) )?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?P<scale>thousand|million|billion|hundred|dozen|bn|mn|k|m))?"
    r"(?:(?:\s|-)?(?P<unit>%|percent\b|per ?cent\b|pct\b|(?:times|x|×|fold)(?!\w)|dollars?\b|usd\b|euros?\b|pounds?\b|bucks\b|"
    r"cents?\b|[$€£]))?(?:st|nd|rd|th)?(?![a-z]*\d)(?!\w)"
)
_OUT_OF = re.compile(r"(?<![\w.])(\d+)(?:\.\d+)? (?:out )?of (?:every |the |your )?(\d+)(?![\w.]*\d)")
_UP_BEFORE = re.compile(
    r"(?:at least|more than|over|above|minimum of|no fewer than|not less than|exceed(?:s|ing)?|beyond|from) ?$"
)
_UP_AFTER = re.compile(r" ?(?:\+|or more|or above|and up|and above|at least|upwards|minimum)")
_DOWN_BEFORE = re.compile(
    r"(?:at most|fewer than|less than|under|below|up to|no more than|not more than|maximum of|within|short of|shy of) ?$"
)
_DOWN_AFTER = re.compile(r" ?(?:or fewer|or less|at most|maximum|tops)")
_PRICE = re.compile(r"\b(?:prices?|costs?|priced)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.?!()](?=\s|$)|\s(?:and|but|while|whereas)\s")
_NEAR = 40
_WIDE = 90


def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a text, in order of kind; identifiers such as GPT-4o and BM25 are none."""
    plain = fold(text)
    found: list[Figure] = []
    for pattern in _DATES:
        found.extend(
            _figure(plain, match, "date", _date(match.groupdict())) for match in pattern.finditer(plain)
        )
        plain = pattern.sub(lambda match: "·" * len(match[0]), plain)
    plain = _in_digits(plain)
    found.extend(
        _figure(plain, match, "share", int(match[1]) / int(match[2]))
        for match in _OUT_OF.finditer(plain)
        if 0 < int(match[1]) <= int(match[2])
    )
    found.extend(_figure(plain, match, "vague", _vague(match)) for match in _VAGUE.finditer(plain))
    found.extend(_numbers(_VAGUE.sub(lambda match: "·" * len(match[0]), plain)))
    return tuple(found)


def _in_digits(plain: str) -> str:
    """Return the text with numbers that are said in words as digits; vague ones stay."""
    plain = _FRACTION.sub(
        lambda match: f" {_COUNTS[match['count']] * _PARTS[match['part']] * 100:.10g}% ", plain
    )
    for word, digits in _FOLDS.items():
        plain = re.sub(rf"\b{word}-?fold\b", f" {digits} times ", plain)
    for pattern, written in _REWRITTEN:
        plain = pattern.sub(written, plain)
    hidden = _VAGUE.sub(lambda match: match[0].replace(" ", "_"), plain)
    return str(alpha2digit(hidden, "en")).replace("_", " ")


def _date(parts: dict[str, str | None]) -> str:
    """Return a date as "year-month-day" with nothing for what was not said."""
    month = parts.get("number") or parts.get("quarter") or ""
    if name := parts.get("month"):
        month = f"{[full[:3] for full in _MONTHS].index(name[:3]) + 1:02}"
    return f"{parts.get('year') or ''}-{month}-{(parts.get('day') or '').lstrip('0')}"


def _vague(match: re.Match[str]) -> str:
    how = (match["how"] or "").removesuffix(" of").replace("several", "few")
    return f"{how} {match['scale'] or match['plain'] or match['dozen'] or match['word']}".strip()


def _numbers(plain: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(plain):
        value = float(match["number"].replace(",", ""))
        value *= _SCALE.get(match["scale"] or "", 1)
        unit = (match["unit"] or "").strip()
        if unit.startswith(("%", "per", "pct")):
            yield _figure(plain, match, "share", value / 100)
        elif match["money"] or unit:
            is_times = unit in ("times", "x", "×", "fold") and not match["money"]
            yield _figure(
                plain,
                match,
                "times" if is_times else "money",
                value / 100 if unit.startswith("cent") else value,
            )
        else:
            yield _figure(plain, match, "number", value)


def _figure(plain: str, match: re.Match[str], kind: Kind, value: float | str) -> Figure:
    before, after = plain[: match.start()], plain[match.end() :]
    return Figure(
        kind,
        round(value, 6) if isinstance(value, float) else value,
        _bound(before[-24:], after[:16]),
        frozenset(content(f"{before[-_NEAR:]} · {after[:_NEAR]}")),
        frozenset(content(f"{before[-_WIDE:]} · {after[:_WIDE]}")),
        frozenset(content(f"{_CLAUSE_END.split(before)[-1]} · {_CLAUSE_END.split(after)[0]}")),
    )


def _bound(before: str, after: str) -> Bound:
    if _UP_BEFORE.search(before) or _UP_AFTER.match(after):
        return "up"
    return "down" if _DOWN_BEFORE.search(before) or _DOWN_AFTER.match(after) else ""


def numbers_are_grounded(text: str, grounds: Iterable[str]) -> bool:
    """Say whether every number of the text stands in one of the grounds, for what it stands for here."""
    said = figures(text)
    known = [figures(ground) for ground in grounds] if said else []
    every = [figure for ground in known for figure in ground]
    return all(
        any(
            _is_same(one, other, every) and not _is_for_another(one, other, ground)
            for ground in known
            for other in ground
        )
        for one in said
    )


def _is_for_another(one: Figure, same: Figure, ground: Iterable[Figure]) -> bool:
    """Say whether a ground gives another number for what `one` is said of: "50 for a pilot, 100 to start"."""
    return one.kind != "date" and any(
        other.kind == same.kind
        and other.value != same.value
        and len(one.clause & other.clause) > len(one.clause & same.clause)
        for other in ground
    )


def has_money(text: str) -> bool:
    """Say whether an amount of money is named, or how one price compares with another."""
    is_about_prices = _PRICE.search(text) is not None
    return any(
        figure.kind == "money" or (is_about_prices and figure.kind in ("share", "times"))
        for figure in figures(text)
    )


def has_date(text: str) -> bool:
    """Say whether a date with its year is named."""
    return any(figure.kind == "date" and not str(figure.value).startswith("-") for figure in figures(text))


def _is_same(one: Figure, other: Figure, known: list[Figure]) -> bool:
    if one.kind == "date" or other.kind == "date":
        return _dates_agree(one, other)
    return (
        one.kind == other.kind
        and one.value == other.value
        and (not one.near or not other.wide or bool(one.near & other.wide))
        and (one.bound in ("", other.bound) or _bound_follows(one, other, known))
    )


def _bound_follows(one: Figure, other: Figure, known: list[Figure]) -> bool:
    """Say whether "at least 50" or "fewer than 50" follows from a bare "50" or from another amount given."""
    if one.bound == "up" and not other.bound:
        return True
    values = [float(figure.value) for figure in known if figure.kind == one.kind and one.near & figure.near]
    limit = float(one.value) if isinstance(one.value, float) else 0.0
    return any(value < limit if one.bound == "down" else value > limit for value in values)


def _dates_agree(one: Figure, other: Figure) -> bool:
    if one.kind != other.kind:
        year = one if one.kind == "number" else other
        date = other if one.kind == "number" else one
        return one.kind == "number" and str(date.value).startswith(
            f"{year.value:.0f}-" if isinstance(year.value, float) else "-"
        )
    return all(
        not mine or mine == theirs
        for mine, theirs in zip(str(one.value).split("-"), str(other.value).split("-"), strict=True)
    )
