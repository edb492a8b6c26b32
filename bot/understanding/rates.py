"""How often: any number per second, minute, hour, day, week, month or year, as requests a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.decision.facts import Range
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.numbers import Quantity

_PERIOD = (
    r"(?P<period>seconds?|secs?|s|segundo|sekunde|seconde|minutes?|min|minuto|hours?|hr|h|hora|stunde|heure|"
    r"days?|d|dia|tag|jour|giorno|weeks?|semana|woche|semaine|months?|m|mes|monat|mois|"
    r"years?|y|ano|jahr|annum|working day|weekday|business day)\b"
)
_RATE_AFTER = re.compile(
    r" ?(?P<noun>(?:[\w'&-]+ ){0,3}?(?:[\w'&-]+)?) ?(?:(?:\b(?:a|an|per|each|every|al|por|"
    r"pro|par|am|im|in a|each and every) |/ ?)"
    + _PERIOD
    + r"|\b(?P<adverb>daily|hourly|weekly|monthly|nightly|yearly|annually|taglich|"
    r"diari[oa]s?)\b(?! (?:records|prices|reports|updates|files|rows|values|entries|"
    r"data)))"
)
_SHORT_RATE = re.compile(r" ?(?P<unit>rps|qps|tps|rpm|qpm|rpd)\b")
_RATE_BEFORE = re.compile(
    r"\b(?:(?P<adverb>daily|hourly|weekly|monthly) (?:volume|traffic|requests|calls|queries|load)|"
    r"(?:requests|calls|queries|messages|volume|traffic) (?:a|per|each) (?P<period>second|"
    r"minute|hour|day|week|month))"
    r"(?: (?:is|are|of|at|about|around|roughly))* ?:? ?~?$"
)
_NO_REQUESTS = re.compile(
    r"\b(?:hours?|times?|pages?|tokens?|words?|updates?|changes?|edits?|releases?|"
    r"commits?|usd|dollars?|euros?|people|users|"
    r"new|days|minutes|bucks|articles|versions?|meetings?|gpus?|examples|samples|labels)\b"
)
_OTHER_VERB = re.compile(
    r"\b(?:adds?|adding|publish\w*|updat\w*|chang\w*|edit\w*|label(?:s|ing)?|annotat\w*|"
    r"review(?:s|ing)?|write|writes|collect\w*|"
    r"pays?|paying|costs?|costing|spend\w*|bills?|save[sd]?|saving|retrain\w*|deploy\w*|"
    r"release\w*|can check|could check|budget|employ)\b[^,;]{0,40}$"
)
_EACH = re.compile(r"\b(?:each|apiece|per (?:person|user|agent|head|employee|rep|seat|customer)|every one)\b")
_PEOPLE = re.compile(
    r" ?(?:[\w-]+ ){0,2}?(?:people|users?|agents?|employees|reps|colleagues|customers|"
    r"staff|seats|engineers|analysts|lawyers|doctors|nurses|clerks|teams?)\b"
)
_ROUND_THE_CLOCK = re.compile(
    r"\b(?:24 ?[/x] ?7|24 hours|around the clock|round the clock|day and night|"
    r"all day long|rund um die uhr|nonstop|non-stop)\b"
)
_OFFICE_HOURS = re.compile(r"\b(?:business|office|working|work) hours\b|\b9 (?:to|-) ?5\b|\bnine to five\b")
_HOURS_A_DAY = re.compile(r"\b(?P<hours>\d{1,2}) (?:hours|h|hrs?) (?:a|per|each) day\b")
_AT_PEAK = re.compile(r"\b(?:peak|peaks|at most|busiest|spike|spikes|bursts?)\b")

_A_DAY: tuple[tuple[tuple[str, ...], float], ...] = (
    (("working", "weekday", "business", "day", "dail", "dia", "d", "tag", "giorno", "night", "jour"), 1),
    (("jahr", "jahrlich", "year", "y", "ano", "an"), 1 / 365),
    (("week", "semana", "woche", "semaine"), 1 / 7),
    (("m",), 1 / 30),
)
_AN_HOUR: tuple[tuple[tuple[str, ...], float], ...] = (
    (("h", "stunde"), 1),
    (("min",), 60),
    (("s",), 3600),
)
"""Beginnings of the names of periods → times a day, or times an hour."""
_AFTERTHOUGHT = 60
"""Characters after the sentence in which people still add "around the clock"."""
_NOTHING = ""
_LEAST_HOURS, _MOST_HOURS = 8, 24


def find_rate(
    message: Message, quantity: Quantity, before: str, after: str, earlier: Sequence[Quantity]
) -> Found | None:
    """Return the requests a day; a fact with an empty name for a rate of something else; None for no rate."""
    if quantity.unit == "money":
        return None
    short, match = _SHORT_RATE.match(after), _RATE_AFTER.match(after)
    ahead = _RATE_BEFORE.search(before)
    if short is not None:
        period, noun, end = (
            {"s": "second", "m": "minute", "d": "day"}[short["unit"][-1].replace("r", "s")],
            "",
            short.end(),
        )
    elif match is not None:
        period, noun, end = match["period"] or match["adverb"], match["noun"] or "", match.end()
    elif ahead is not None:
        period, noun, end = ahead["period"] or ahead["adverb"], "", 0
    else:
        return None
    nothing = Found(_NOTHING, None, quantity.start, quantity.end + end)
    segment = message.segment_at(quantity.start)
    if _NO_REQUESTS.search(noun) or _OTHER_VERB.search(message.plain[segment.start : quantity.start]):
        return nothing
    total = quantity
    if _EACH.search(noun) or _EACH.match(after[end:].lstrip()) or _EACH.search(before[-14:]):
        people = _people(message, earlier, quantity)
        if people is None:
            return nothing
        total = replace(quantity.times(people.middle), start=people.start)
    if re.match(r" ?-?ish\b", after[end:]) or re.match(
        r" ?(?:or so|maybe|i think|i guess|roughly|give or take|ish|probably)\b", after[end:]
    ):
        total = replace(total, is_hedged=True)
    amount = _a_day(message, total, period)
    if amount is None:
        return nothing
    return Found("requests_per_day", amount, total.start, quantity.end + end)


def _people(message: Message, earlier: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    sentence = message.sentence_at(quantity.start)
    for candidate in reversed(earlier):
        if sentence.holds(candidate.start) and _PEOPLE.match(message.plain[candidate.end :]):
            return candidate
    return None


def _a_day(message: Message, quantity: Quantity, period: str) -> int | Range | None:
    sentence = message.sentence_at(quantity.start)
    words = message.plain[sentence.start : min(len(message.plain), sentence.end + _AFTERTHOUGHT)]
    is_week = period.startswith(("semana", "semaine"))
    hourly = next((factor for prefixes, factor in _AN_HOUR if period.startswith(prefixes)), None)
    if hourly is not None and not is_week:
        total = _from_hours(words, quantity.times(hourly))
    else:
        total = quantity.times(next(factor for prefixes, factor in _A_DAY if period.startswith(prefixes)))
    if _AT_PEAK.search(words):
        # A peak says how much at most, nothing about a usual day.
        return replace(total, low=min(1.0, total.high)).as_amount() if total.high is not None else None
    return total.as_amount()


def _from_hours(words: str, an_hour: Quantity) -> Quantity:
    """Return a day's total; how many hours a day are meant is between 8 and 24 unless they say which."""
    stated = _HOURS_A_DAY.search(words)
    if stated is not None:
        return an_hour.times(int(stated["hours"]))
    if _ROUND_THE_CLOCK.search(words):
        return an_hour.times(_MOST_HOURS)
    if _OFFICE_HOURS.search(words):
        return an_hour.times(_LEAST_HOURS)
    low = None if an_hour.low is None else an_hour.low * _LEAST_HOURS
    high = None if an_hour.high is None else an_hour.high * _MOST_HOURS
    return replace(an_hour, low=low, high=high)
