"""Numbers with a unit: tokens, pages, words, megabytes, milliseconds, dollars, days until a model retires."""

from __future__ import annotations

import re

from bot.decision.facts import FactValue
from bot.understanding.found import Found
from bot.understanding.surroundings import Surroundings

TOKENS_A_PAGE = 400
TOKENS_A_WORD = 4 / 3
TOKENS_A_MEGABYTE = 250_000
MS_A_SECOND = 1000

_TOKENS = re.compile(r" ?-?(?:[\w-]+ )?(?:tokens?|toks?)\b(?! (?:a|per|/) (?:second|sec|s)\b)")
_PAGES = re.compile(
    r" ?-?(?:[\w-]+ ){0,3}?(?:pages?|seiten|paginas|pagine|sheets of paper|p\b)(?! (?:a|per) )"
)
_APIECE = re.compile(r" ?(?:each|apiece|a piece|per \w+|long)\b")
_WORDS = re.compile(r" ?(?:\w+ )?(?:words|worter|palabras|mots|parole)\b")
_BYTES = re.compile(r" ?(?P<unit>mb|megabytes?|megs|gb|gigabytes?|gigs)\b")
_PLAIN_TEXT = re.compile(r"\b(?:text|txt|markdown|md|plain)\b")
_PDF = re.compile(r"\b(?:pdfs?|scans?|images?|video|audio|gpu|vram|ram|memory|workstation|weights)\b")
_DURATION = re.compile(r" ?(?P<unit>ms|milliseconds?|s|sec|seconds?|sekunden|segundos|secondes)\b")
_DAYS = re.compile(r" ?(?P<unit>days?|weeks?|wks?|months?|tagen?|wochen|monaten?|dias|semanas|meses)\b")

_CORPUS = re.compile(
    r"\b(?:docs?|documents?|documentation|corpus|material|knowledge base|kb|wiki|"
    r"handbooks?|manuals?|guides?|in all|altogether|contracts?|"
    r"library|archive|pdfs?|books?|specs?|policies|content|confluence|sharepoint|all of it|everything)\b"
)
_PROMPT = re.compile(
    r"\b(?:prompt|prompts|instructions?|prefix|preamble|policy text|each call|every call|"
    r"each request|every request|"
    r"per (?:call|request)|input|inputs|context per|boilerplate|carries|fixed part)\b"
)
_OUTPUT = re.compile(
    r"\b(?:outputs?|completions?|answers? (?:are|is|run|of|about|around)|"
    r"responses? (?:are|is|of|about|around)|replies (?:are|of)|generates?|long answers)\b"
)
_WINDOW = re.compile(r"[ -](?:[\w-]+ )?tokens? (?:context|window|limit|max)|[ -]?(?:context|window)")
_PRICE = re.compile(r"\b(?:per|each|every|costs?|burns?|cost us) ?$|\$")

_TOO_SLOW = re.compile(
    r"\b(?:takes?|took|taking|waits?|waiting|currently|right now|spends?|averages?|"
    r"from \d|slow|its at|were at|responds? in|up to now|instead of)\b[^,;]{0,20}$|"
    r"\b(?:from|went|goes|gone)\b[^,;]{0,20}\bto $"
)
_LIMIT = re.compile(
    r"(?:<=?|\b(?:under|within|in|below|max|maximum|at most|budget|target|limit|sla|slo|"
    r"need|needs|must|has to|"
    r"have to|faster than|less than|up to|sub|cap|capped at|no more than|allowed|answer by)\b)[^,;.\d]{0,25}$"
)
_LIMIT_AFTER = re.compile(
    r"[^,;.\d]{0,14}\b(?:budget|max|limit|or less|sla|slo|target|tops|is the limit|allowed|deadline|p9\d)\b"
)

_RETIRES = re.compile(
    r"\b(?:switch(?:ed|es|ing)? off|turn(?:ed|s|ing)? off|retir\w+|sunset\w*|deprecat\w+|"
    r"eol|end of life|shut(?:s|ting)? ?down|goes away|"
    r"going away|discontinu\w+|expires?|killed|kill it|phased out|phase out|disappears?|"
    r"gone|abgeschaltet|retirada)\b"
)
_DAYS_IN = {"d": 1, "t": 1, "w": 7, "s": 7, "m": 30}

_BUDGET = re.compile(
    r"\b(?:budget\w*|max|maximum|up to|can spend|could spend|approved|set aside|allocated|"
    r"cap|limit|available|presupuesto|sign off|signed off|ceiling|to spend|at most)\b"
)
_SPENDING = re.compile(
    r"\b(?:bill|costs?|costing|spending|spent|pay|paying|paid|saved?|saves|charges?|"
    r"charged|price|went from|invoice|revenue|worth|salary|each|fee)\b"
)
_PERIODIC = re.compile(
    r" ?(?:a|per|/|each|every) ?(?:month|mo|week|year|day|request|call|seat|user|quarter|"
    r"1k|million|m)\b| ?(?:monthly|annually|yearly|weekly)\b"
)
_DOLLARS = re.compile(r"\$|\b(?:usd|dollars?|bucks)\b")

_NOTHING = ""

TOKENS_OF_SOMETHING = "tokens"
"""Not a fact: tokens of which only the question can say what they make up."""


def find_measure(around: Surroundings, *, is_budget_asked: bool) -> Found | None:
    """Return the fact of a number with a unit; with an empty name when the unit is no fact of ours."""
    if around.quantity.unit == "money":
        return _money(around, is_asked=is_budget_asked)
    for unit, read in _READERS:
        match = unit.match(around.after)
        if match is not None:
            return read(around, match)
    return None


def _found(around: Surroundings, fact: str, value: FactValue | None, length: int = 0) -> Found:
    quantity = around.quantity
    return Found(fact if value is not None else _NOTHING, value, quantity.start, quantity.end + length)


def _tokens(around: Surroundings, match: re.Match[str]) -> Found:
    if _WINDOW.match(around.after) or _PRICE.search(around.before):
        return _found(around, _NOTHING, None, match.end())
    near = f"{around.before[-40:]} {around.after[:40]}"
    for words in (near, around.segment, around.sentence):
        for fact, cue in (("output_tokens", _OUTPUT), ("prompt_tokens", _PROMPT), ("corpus_tokens", _CORPUS)):
            if cue.search(words):
                return _found(around, fact, around.quantity.as_amount(), match.end())
    return _found(around, TOKENS_OF_SOMETHING, around.quantity.as_amount(), match.end())


def _pages(around: Surroundings, match: re.Match[str]) -> Found:
    if _APIECE.match(around.after, match.end()):
        return _found(around, _NOTHING, None, match.end())
    return _found(around, "corpus_tokens", around.quantity.times(TOKENS_A_PAGE).as_amount(), match.end())


_FEWEST_CORPUS_WORDS = 5000


def _words(around: Surroundings, match: re.Match[str]) -> Found:
    if around.quantity.said < _FEWEST_CORPUS_WORDS and not _CORPUS.search(around.sentence):
        return _found(around, _NOTHING, None, match.end())
    return _found(around, "corpus_tokens", around.quantity.times(TOKENS_A_WORD).as_amount(), match.end())


def _bytes(around: Surroundings, match: re.Match[str]) -> Found:
    if _PDF.search(around.sentence) or not _PLAIN_TEXT.search(around.sentence):
        return _found(around, _NOTHING, None, match.end())
    factor = TOKENS_A_MEGABYTE * (1000 if match["unit"].startswith("g") else 1)
    return _found(around, "corpus_tokens", around.quantity.times(factor).as_amount(), match.end())


_ABOUT_NOW = re.compile(r"\b(?:in|within) about $|\bresponds in $")


def _duration(around: Surroundings, match: re.Match[str]) -> Found:
    before = around.before
    is_limit = _LIMIT.search(before) or _LIMIT_AFTER.match(around.after[match.end() :])
    if not is_limit or _TOO_SLOW.search(before) or _ABOUT_NOW.search(before):
        return _found(around, _NOTHING, None, match.end())
    factor = 1 if match["unit"].startswith("m") else MS_A_SECOND
    return _found(around, "latency_budget_ms", round(around.quantity.said * factor), match.end())


def _days(around: Surroundings, match: re.Match[str]) -> Found:
    is_past = around.after[match.end() :].startswith(" ago")
    if is_past or not _RETIRES.search(around.sentence):
        return _found(around, _NOTHING, None, match.end())
    days = around.quantity.times(_DAYS_IN[match["unit"][0]]).as_amount()
    return _found(around, "base_retire_days", days, match.end())


def _money(around: Surroundings, *, is_asked: bool) -> Found:
    quantity, after = around.quantity, around.after
    said = around.message.plain[quantity.start : quantity.end]
    is_periodic = _PERIODIC.match(after) is not None
    is_spent = _SPENDING.search(around.before[-30:]) or _SPENDING.match(after.lstrip())
    is_budget = _BUDGET.search(around.sentence) is not None or is_asked
    if is_periodic or is_spent or not _DOLLARS.search(said) or not is_budget:
        return _found(around, _NOTHING, None)
    is_bound = _BUDGET.search(around.before) is not None and quantity.low != quantity.high
    return _found(around, "budget_usd", round(quantity.said) if is_bound else quantity.as_amount())


_READERS = (
    (_TOKENS, _tokens),
    (_PAGES, _pages),
    (_WORDS, _words),
    (_BYTES, _bytes),
    (_DURATION, _duration),
    (_DAYS, _days),
)
