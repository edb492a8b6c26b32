"""Numbers with a unit: tokens, pages, words, megabytes, milliseconds, dollars, days until a model retires."""

from __future__ import annotations

import re

from bot.decision.facts import FactValue
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.numbers import Quantity

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


def find_measure(
    message: Message,
    quantity: Quantity,
    before: str,
    after: str,
    segment: str,
    sentence: str,
    *,
    is_budget_asked: bool,
) -> Found | None:
    """Return the fact of a number with a unit; with an empty name when the unit is no fact of ours."""
    if quantity.unit == "money":
        return _money(message, quantity, before, after, sentence, is_asked=is_budget_asked)
    for unit, read in _READERS:
        match = unit.match(after)
        if match is not None:
            return read(message, quantity, match, before, after, segment, sentence)
    return None


def _found(fact: str, value: FactValue | None, quantity: Quantity, end: int) -> Found:
    return Found(fact if value is not None else _NOTHING, value, quantity.start, end)


def _tokens(
    _message: Message,
    quantity: Quantity,
    match: re.Match[str],
    before: str,
    after: str,
    segment: str,
    sentence: str,
) -> Found:
    end = quantity.end + match.end()
    if _WINDOW.match(after) or _PRICE.search(before):
        return _found(_NOTHING, None, quantity, end)
    near = f"{before[-40:]} {after[:40]}"
    for words in (near, segment, sentence):
        for fact, cue in (("output_tokens", _OUTPUT), ("prompt_tokens", _PROMPT), ("corpus_tokens", _CORPUS)):
            if cue.search(words):
                return _found(fact, quantity.as_amount(), quantity, end)
    return Found("tokens", quantity.as_amount(), quantity.start, end)


def _pages(
    message: Message,
    quantity: Quantity,
    match: re.Match[str],
    _before: str,
    _after: str,
    _segment: str,
    _sentence: str,
) -> Found:
    end = quantity.end + match.end()
    if _APIECE.match(message.plain, end):
        return _found(_NOTHING, None, quantity, end)
    return _found("corpus_tokens", quantity.times(TOKENS_A_PAGE).as_amount(), quantity, end)


_FEWEST_CORPUS_WORDS = 5000


def _words(
    _message: Message,
    quantity: Quantity,
    match: re.Match[str],
    _before: str,
    _after: str,
    _segment: str,
    sentence: str,
) -> Found:
    end = quantity.end + match.end()
    if quantity.said < _FEWEST_CORPUS_WORDS and not _CORPUS.search(sentence):
        return _found(_NOTHING, None, quantity, end)
    return _found("corpus_tokens", quantity.times(TOKENS_A_WORD).as_amount(), quantity, end)


def _bytes(
    _message: Message,
    quantity: Quantity,
    match: re.Match[str],
    _before: str,
    _after: str,
    _segment: str,
    sentence: str,
) -> Found:
    end = quantity.end + match.end()
    if _PDF.search(sentence) or not _PLAIN_TEXT.search(sentence):
        return _found(_NOTHING, None, quantity, end)
    factor = TOKENS_A_MEGABYTE * (1000 if match["unit"].startswith("g") else 1)
    return _found("corpus_tokens", quantity.times(factor).as_amount(), quantity, end)


def _duration(
    _message: Message,
    quantity: Quantity,
    match: re.Match[str],
    before: str,
    after: str,
    _segment: str,
    _sentence: str,
) -> Found:
    end = quantity.end + match.end()
    factor = 1 if match["unit"].startswith("m") else MS_A_SECOND
    is_limit = _LIMIT.search(before) or _LIMIT_AFTER.match(after[match.end() :])
    if (
        not is_limit
        or _TOO_SLOW.search(before)
        or re.search(r"\b(?:in|within) about $|\bresponds in $", before)
    ):
        return _found(_NOTHING, None, quantity, end)
    return _found("latency_budget_ms", round(quantity.said * factor), quantity, end)


def _days(
    message: Message,
    quantity: Quantity,
    match: re.Match[str],
    _before: str,
    _after: str,
    segment: str,
    sentence: str,
) -> Found:
    end = quantity.end + match.end()
    if not (_RETIRES.search(segment) or _RETIRES.search(sentence)) or re.search(
        r"\bago\b", message.plain[end : end + 6]
    ):
        return _found(_NOTHING, None, quantity, end)
    days = quantity.times(_DAYS_IN[match["unit"][0]] if match["unit"] != "monaten" else 30).as_amount()
    return _found("base_retire_days", days, quantity, end)


def _money(
    message: Message, quantity: Quantity, before: str, after: str, sentence: str, *, is_asked: bool
) -> Found:
    said = message.plain[quantity.start : quantity.end]
    is_total = (
        not _PERIODIC.match(after)
        and not _SPENDING.search(before[-30:])
        and not _SPENDING.match(after.lstrip())
    )
    if not is_total or not _DOLLARS.search(said) or not (_BUDGET.search(sentence) or is_asked):
        return _found(_NOTHING, None, quantity, quantity.end)
    value = quantity.as_amount()
    if _BUDGET.search(before) and quantity.low != quantity.high:
        value = round(quantity.said)
    return _found("budget_usd", value, quantity, quantity.end)


_READERS = (
    (_TOKENS, _tokens),
    (_PAGES, _pages),
    (_WORDS, _words),
    (_BYTES, _bytes),
    (_DURATION, _duration),
    (_DAYS, _days),
)
