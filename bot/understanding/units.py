"""What a number measures: tokens, pages, words, bytes, time, days, or how often something happens."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.understanding.message import Message
from bot.understanding.numbers import Quantity

_PERCENT = 100
TOKENS_A_PAGE = 400
TOKENS_A_WORD = 4 / 3
TOKENS_A_MEGABYTE = 250_000
FEWEST_TOKENS_A_MEGABYTE = 400
"""Of documents of any make: a scanned page takes up to a megabyte, and is a page all the same."""

Dimension = Literal["", "tokens", "bytes", "time", "days", "rate"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands after a number. `factor` turns it into tokens, megabytes, milliseconds, days, or a day's."""

    dimension: Dimension = ""
    name: str = ""
    factor: float = 1
    end: int = 0
    """Where the unit's words end in the plain form."""


_PERIOD = (
    r"(?P<period>seconds?|secs?|s|segundo|sekunde|seconde|minutes?|min|minuto|hours?|hr|h|hora|stunde|heure|"
    r"(?:working |work ?|week ?|business |normal |busy |typical |average |good |quiet )?days?|d|dia|tag|dag|jour|giorno|night|weeks?|semana|woche|semaine|"
    r"months?|mo|m|mes|monat|mois|quarter|years?|yr|y|ano|jahr|annum)\b"
)
_EVERY = r"(?:\b(?:an?|per|each|every|al|por|pro|par|am|im|in a) |/ ?)"
_ADVERB = (
    r"\b(?P<adverb>daily|hourly|nightly|overnight|weekly|monthly|yearly|annually|taglich|diari[oa]s?)\b"
    r"(?! (?:records|prices|reports|updates|files|rows|values|entries|data))"
)
_IN_A_MONTH = re.compile(
    r"(?: [a-z]+){0,2}? in (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_RATE = re.compile(rf" ?(?:[\w'&-]+ ){{0,4}}?(?:[\w'&-]+)? ?(?:{_EVERY}{_PERIOD}|{_ADVERB})")
_CORRECTED = re.compile(
    r"[ ,.;:-]{1,3}(?:(?:hm+|uh|er|oops|wait|no|nope|sorry|fibbing|i mean|correction|make that)[ ,.]+)+"
    r"(?:(?:its|thats|it is|that is|i meant) )?(?:an? |per |each |every )?"
    r"(?:(?P<period>second|minute|hour|day|week|wk|month|quarter|year)|(?P<adverb>daily|hourly|weekly|monthly|yearly))"
    r"(?=\s*(?:[,.;!?)]|$))"
)
"""After a rate: it was another period ("1.4M a day. wait, per week")."""
_SHORT_RATE = re.compile(r" ?(?P<period>[rqt]p[smd])\b")
_RATE_BEFORE = re.compile(
    rf"(?:{_ADVERB}(?: \w+){{0,2}}|\b(?:a|per|each|every|last|this|past) (?P<period>second|minute|hour|day|week|month)"
    r"(?: (?!and\b)\w+)?|\b(?:last|past) (?P<days>7|30|31) days|\b(?P<today>today))(?: (?:is|are|of|at|about|around|roughly|maybe|batch))* ?[:=,]? ?~?$"
)
_UNITS: tuple[tuple[Dimension, re.Pattern[str]], ...] = (
    (
        "tokens",
        re.compile(
            r" ?-?(?:(?:[\w-]+ )?(?P<token>tokens?|toks?|jetons)|(?:[\w-]+ ){0,3}?"
            r"(?P<page>pages?|pagers?|seiten?|paginas?|pagine|pagina|bladzijden|sheets of paper|pp?)"
            r"|(?:\w+ )?(?P<word>words|(?<=-)word|worter|palabras|palavras|mots|parole|woorden)"
            r"|(?P<char>char(?:acter)?s|zeichen|caracteres))\b"
        ),
    ),
    (
        "bytes",
        re.compile(
            r" ?(?:(?P<kilo>kb|kilobytes?)|(?P<mega>mb|megabytes?|megs)|(?P<giga>gb|gigabytes?|gigs))\b"
        ),
    ),
    (
        "time",
        re.compile(
            r"[ -]?(?:(?P<ms>ms|msec|milliseconds?|millis)|(?P<s>s|secs?|seconds?|sekunden|segundos|secondes)|"
            r"(?P<min>min|mins|minutes?|minuten)|(?P<hour>h|hrs?|hours?|stunden|horas|heures))\b"
        ),
    ),
    (
        "days",
        re.compile(
            r"[ -]?(?:(?P<day>days?|tagen?|dias|jours)|(?P<week>weeks?|wks?|wochen|semanas|semaines)|"
            r"(?P<month>months?|monaten?|meses|mois)|(?P<year>years?|yrs?|jahren?|anos|ans))\b"
        ),
    ),
)
_FACTORS = {
    "token": 1,
    "page": TOKENS_A_PAGE,
    "word": TOKENS_A_WORD,
    "char": 1 / 4,
    "kilo": 1 / 1000,
    "mega": 1,
    "giga": 1000,
    "ms": 1,
    "s": 1000,
    "min": 60_000,
    "hour": 3_600_000,
    "day": 1,
    "week": 7,
    "month": 30,
    "year": 365,
}
_AROUND = 64


def find_unit(message: Message, quantity: Quantity, until: int) -> Unit:
    """Return what stands after a quantity, read up to `until`; the empty unit when it measures nothing."""
    plain = message.plain
    last = min(until, quantity.end + _AROUND)
    rate = _SHORT_RATE.match(plain, quantity.end, last) or _RATE.match(plain, quantity.end, last)
    for dimension, pattern in _UNITS:
        match = pattern.match(plain, quantity.end, last)
        if match is not None and (rate is None or match.end() < rate.end()):
            name = str(match.lastgroup)
            return Unit(dimension, name, _FACTORS[name], match.end())
    if rate is not None:
        corrected = _CORRECTED.match(plain, rate.end())
        return Unit("rate", _period_of(corrected or rate), end=(corrected or rate).end())
    before = _RATE_BEFORE.search(
        plain, max(message.sentence_at(quantity.start).start, quantity.start - 40), quantity.start
    )
    return (
        Unit("rate", _period_of(before), end=quantity.end) if before is not None else Unit(end=quantity.end)
    )


def is_of_a_month(message: Message, quantity: Quantity) -> bool:
    """Say whether it is told of one month: "18,600 calls in november"."""
    return _IN_A_MONTH.match(message.plain, quantity.end) is not None


_PERIODS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("second", ("rps", "qps", "tps", "sec", "seg", "sek")),
    ("minute", ("rpm", "qpm", "tpm", "min")),
    ("month", ("mo", "mes", "annuall")),
    ("hour", ("ho", "hr", "stu", "heu")),
    ("week", ("weekl", "semai", "semana", "woche", "weeks", "week", "wk")),
    ("year", ("y", "ano", "jahr", "annum")),
    ("quarter", ("quarter",)),
)
_LETTERS = {"s": "second", "h": "hour", "m": "month", "d": "day"}


def _period_of(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("days"):
        return "week" if groups["days"] == "7" else "month"
    said = groups.get("period") or groups.get("adverb") or "day"
    if said in _LETTERS:
        return _LETTERS[said]
    if said.startswith(("weekday", "week day")) or said == "annually":
        return "year" if said == "annually" else "day"
    return next((name for name, starts in _PERIODS if said.startswith(starts)), "day")


_TIMES_A_DAY = {"day": 1, "week": 1 / 7, "month": 1 / 30, "quarter": 1 / 90, "year": 1 / 365}
_TIMES_AN_HOUR = {"hour": 1, "minute": 60, "second": 3600}
_LEAST_HOURS, _MOST_HOURS = 8, 24
_HALF_A_DAY = 12
_ROUND_THE_CLOCK = re.compile(
    r"\b(?:24 ?[/x] ?7|24 hours|(?:around|round) the clock|day and night|all day long|rund um die uhr|"
    r"non-?stop)\b"
)
_OFFICE_HOURS = re.compile(r"\b(?:business|office|working|work) hours\b|\b9 (?:to|-) ?5\b|\bnine to five\b")
_HOURS = {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_CLOCK = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, **_HOURS}
_HOURS_A_DAY = re.compile(
    rf"\b(?P<hours>\d{{1,2}}|{'|'.join(_HOURS)})"
    r"(?:-(?:hours?|h)| hour(?= (?:work(?:ing)? )?day\b)| (?:\w+ )?(?:hours|h|hrs?|stunden|horas|heures|ore))\b"
    r"(?: (?:a|per|each|am|al|par) (?:day|tag|dia|jour))?"
)
_OPEN = re.compile(
    r"\b(?:open|hours(?: are)?|shifts?(?: is| are)?|from|which is|working)[ :]+(?:from )?"
    rf"(?P<opens>\d{{1,2}}|{'|'.join(_CLOCK)}) ?(?:am )?(?:to|til|till|until|-) ?"
    rf"(?P<closes>\d{{1,2}}|{'|'.join(_CLOCK)}) ?(?:pm|oclock)?"
    r"(?=\s*(?:[.;!?)]|,(?! (?:and )?\d)|$)| (?:daily|every|each|on|weekdays|local)\b)"
)
"""When it opens and closes; two such stretches a day are too much for this."""
_STEADY = re.compile(
    r"\b(?:avg|average|averaging|sustained|steady|steadily|constant(?:ly)?|continuous(?:ly)?)\b"
)
"""Beside a rate per second or minute: whoever averages so finely has counted whole days."""
AT_PEAK = r"peaks?|at most|busiest|spikes?|bursts?"
_AT_PEAK = re.compile(rf"\b(?:{AT_PEAK})\b")
_AFTERTHOUGHT = 60
"""Characters after the sentence in which people still add "around the clock"."""


def a_day(message: Message, quantity: Quantity, period: str) -> Quantity | None:
    """Return how many a day; how many hours a day are meant is between 8 and 24 unless they say which."""
    sentence = message.sentence_at(quantity.start)
    words = message.plain[sentence.start : min(len(message.plain), sentence.end + _AFTERTHOUGHT)]
    if period in _TIMES_AN_HOUR:
        is_steady = period != "hour" and _STEADY.search(words) is not None
        total = _from_hours(words, quantity.times(_TIMES_AN_HOUR[period]), is_steady=is_steady)
    else:
        total = quantity.times(_TIMES_A_DAY[period])
    part = message.segment_at(quantity.start)
    if _AT_PEAK.search(message.plain, part.start, part.end):
        # A peak says how much at most, nothing about a usual day.
        return replace(total, low=min(1.0, total.high)) if total.high is not None else None
    return total


def _hours_open(words: str) -> int:
    """Return for how many hours it is open: 8 of "ten til six"; 0 where that is not told."""
    opened = _OPEN.search(words)
    if opened is None:
        return 0
    opens, closes = (_CLOCK.get(opened[end]) or int(opened[end]) for end in ("opens", "closes"))
    if max(opens, closes) > _MOST_HOURS or (closes > _HALF_A_DAY and closes <= opens):
        return 0
    return closes - opens if closes > _HALF_A_DAY else (closes - opens) % _HALF_A_DAY or _HALF_A_DAY


def _from_hours(words: str, an_hour: Quantity, *, is_steady: bool) -> Quantity:
    stated = _HOURS_A_DAY.search(words)
    if _ROUND_THE_CLOCK.search(words):
        return an_hour.times(_MOST_HOURS)
    if stated is not None:
        said = stated["hours"]
        return an_hour.times(_HOURS[said] if said in _HOURS else int(said))
    if hours := _hours_open(words):
        return an_hour.times(hours)
    if _OFFICE_HOURS.search(words):
        return an_hour.times(_LEAST_HOURS)
    if is_steady:
        return an_hour.times(_MOST_HOURS)
    low = None if an_hour.low is None else an_hour.low * _LEAST_HOURS
    high = None if an_hour.high is None else an_hour.high * _MOST_HOURS
    return replace(an_hour, low=low, high=high)


def share_of_percent(said: str) -> float:
    """Return "87", "87.5 %" or "87%" as a share of 1."""
    return round(float(said.rstrip("% ")) / _PERCENT, 4)
