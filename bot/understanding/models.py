"""The base model that was named, and what follows: `base_model`, `base_tunable`, `base_retire_days`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.named_model import NamedModel
from bot.understanding.negation import is_denied_before
from bot.understanding.yardsticks import is_no_ones_base

FindModel = Callable[[str], NamedModel | None]

_SIZE = r"(?:[ -]?(?:\d+x)?\d+(?:\.\d+)?b)?"
_NAME = re.compile(
    r"(?<![\w/-])(?P<name>"
    r"(?:azure )?gpt[ -]?\d(?:\.\d+)?o?(?:[ -](?:mini|nano|turbo|pro|sol|oss))?(?:-\d+b)?|"
    r"gpt[ -]?4o(?:[ -]mini)?|4o[ -]mini|(?<!version )4\.1[ -](?:mini|nano)|o[134](?:-mini|-pro)?(?=[ ,.]|$)"
    r"|claude(?:[ -](?:\d(?:\.\d+)?[ -]?)?(?:opus|sonnet|haiku|"
    r"fable)?(?:[ -]?\d+(?:\.\d+)?)?)?|(?:opus|sonnet|haiku)(?:[ -]\d+(?:\.\d+)?)?"
    r"|gemini(?:[ -]\d+(?:\.\d+)?)?(?:[ -](?:flash[ -]lite|flash|pro|nano|ultra))?"
    rf"|(?:code ?)?llama(?:[ -]?\d+(?:\.\d+)?)?{_SIZE}|qwen(?:[ -]?\d+(?:\.\d+)?)?{_SIZE}|"
    rf"mi[sx]tral(?:[ -](?:large|small|medium|nemo))?{_SIZE}|gemma(?:[ -]?\d+)?{_SIZE}"
    r"|phi[ -]?\d(?:\.\d+)?(?:[ -](?:mini|small|medium))?"
    r"|(?:amazon )?nova(?:[ -](?:micro|lite|pro|premier))?|"
    rf"deepseek(?:[ -](?:v\d|r\d))?|command[ -]r(?:\+|7b)?|falcon{_SIZE}|"
    r"granite(?:[ -]?\d+(?:\.\d+)?)?|smollm\d?|olmo\d?"
    r"|openai|anthropic|cohere|chatgpt|gpt|bedrock|vertex"
    r")(?![\w])"
)
_OPEN = re.compile(
    r"\b(?:open[ -](?:weights?|source)(?: (?:model|llm|weights))?|open (?:\w+ )?models?|"
    r"open \d+b|open llms?)\b"
)
_PARAMETERS = re.compile(r"(?<![\w.$-])\d{1,3}(?:\.\d)? ?b\b(?! (?:usd|dollars|users|requests|tokens))")
_WEAK = frozenset({"chatgpt", "gpt", "openai", "anthropic", "cohere", "bedrock", "vertex"})
"""Names of vendors and products: the base model only when we asked, or when they say that they use it."""
_OTHER_USE = re.compile(
    r"\b(?:let|have|ask|using|use|with|by) $|\b(?:judge|judged by|graded by|teacher ?=?|"
    r"like|than|versus|vs|from the|outputs? of|copy|says?|said|default|paste into|tried|"
    r"tested|even|from|replaced|dropped|left|compared|went from) $"
)
_BASE_BEFORE = re.compile(
    r"\b(?:train|training|tune|tuning|fine-tune|fine-tuning|student (?:would be|is|"
    r"will be|=)|base(?: model)?(?: is| would be)?|were on|we run|we use|running|run|use|"
    r"using|on|self[ -]host|host|into|"
    r"probably|to|customer(?: of)?|our|existing|new|with|through|it is|its|is|"
    r"thinking) (?:an? |the |open |new |small )?$"
)
_LEFT_BEFORE = re.compile(
    r"\b(?:(?:started (?:out )?|began |were )(?:on|with)|was(?: on| with)?|used to (?:be|run|use)(?: on)?|"
    r"formerly|originally|previously|before that(?: it was)?|last (?:year|month)(?: (?:we had|it was))?|"
    r"moved (?:off|away from|on from)|switched from)[ :]+(?:an? |the )?$"
)
_LEFT_AFTER = re.compile(
    r"[ ,(]+(?:(?:but|then|and|which) )?(?:(?:we|weve|have|since) )*"
    r"(?:moved off|dropped|left|gone from) (?:it|that)\b"
    r"|,? (?:un)?till? (?!(?:i|we|it|they)\b)|(?: last year|,? formerly)[,;]"
    rf"|(?:[ ,(]+|\.\.+ ?)(?:(?:no|wait|sorry|i mean)[ ,]+)+(?:{_NAME.pattern})"
)
"""Around a name, where another is named, too: that is the model which they had, or a slip of the tongue."""
_CUSTOMER = re.compile(
    r"\b(?:new|first[ -]time|fresh|brand[ -]new) (?:\w+ )?(?:customer|account|org|"
    r"organi[sz]ation|user|tenant)s?\b"
)
_EXISTING = re.compile(
    r"\b(?:existing|long[ -]?time|current|old|active) (?:\w+ )?(?:customer|account|org|"
    r"user)s?\b|\balready (?:tune|fine-tune|fine-tuned|train) (?:there|with them|on)"
)
_REFUSED = re.compile(
    r"\b(?:403|wont let us (?:train|tune|fine-tune)|cant be (?:tuned|fine-tuned|trained)|"
    r"cannot (?:tune|fine-tune)|not tunable|no (?:longer )?(?:fine-tuning|tuning) (?:api|"
    r"access|available|offered|anymore)|closed (?:fine-tuning|tuning)|doesnt (?:offer|"
    r"allow|support) (?:fine-tuning|tuning|training)|not (?:fine-?)?tunable|"
    r"fine-tuning (?:is )?(?:closed|not available|disabled|blocked))\b"
)
_TUNABLE = re.compile(
    r"\b(?:we own (?:the |all the )?weights|own the weights|can be (?:tuned|"
    r"fine-tuned|trained)|so we can (?:train|tune|fine-tune)(?: it)?|tunable|can (?:tune|"
    r"fine-tune) it|open model|"
    r"allows? (?:fine-tuning|tuning)|supports? (?:fine-tuning|tuning))\b"
)


def find_base(message: Message, asked: frozenset[str], find_model: FindModel | None) -> Iterator[Found]:
    """Yield the base model and what is said about tuning it; what follows from the table is inferred."""
    named = _named(message, asked)
    said = _said_tunable(message)
    if said is not None:
        yield said
    model = None
    if named is not None:
        start, end = named
        name = message.plain[start:end]
        model = find_model(message.quote(start, end)) if find_model is not None else None
        slug = model.slug if model is not None else _slug(name) + _size_beside(message, start, end)
        yield Found("base_model", slug, start, end)
    if model is not None and named is not None:
        if said is None:
            yield _tunable_for_them(message, model, named)
        if model.retire_days is not None:
            yield Found("base_retire_days", max(model.retire_days, 0), *named, "inferred")
        return
    open_weights = _first(message, _OPEN) or _first(message, _PARAMETERS)
    if open_weights is not None:
        start, end = open_weights
        if named is None and "base_model" in asked:
            yield Found("base_model", "open-weights", start, end, "inferred")
        if said is None:
            yield Found("base_tunable", "yes", start, end, "inferred")
    elif named is not None and said is None and _is_open_family(message.plain[named[0] : named[1]]):
        yield Found("base_tunable", "yes", *named, "inferred")


def _tunable_for_them(message: Message, model: NamedModel, named: tuple[int, int]) -> Found:
    """Return whether they can tune it: where only existing customers may, their own words decide."""
    if model.tunable == "unknown":
        for pattern, value in ((_CUSTOMER, "no"), (_EXISTING, "yes")):
            match = pattern.search(message.plain)
            if match is not None:
                return Found("base_tunable", value, *match.span(), "inferred")
    return Found("base_tunable", model.tunable, *named, "inferred")


def names_closed_model(message: Message, found: Sequence[Found], find_model: FindModel | None) -> bool:
    """Say whether the named base runs at its vendor only."""
    base = next((one for one in found if one.fact == "base_model"), None)
    if base is None:
        return False
    model = find_model(message.quote(base.start, base.end)) if find_model is not None else None
    return not model.is_open_weights if model is not None else False


def _named(message: Message, asked: frozenset[str]) -> tuple[int, int] | None:
    candidates: list[tuple[int, int]] = []
    preferred: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []
    for match in _NAME.finditer(message.plain):
        start, end = match.span()
        before, after = message.plain[max(0, start - 40) : start], message.plain[end:]
        is_asked_for = "base_model" in asked
        if is_no_ones_base(before, after) or is_denied_before(message, start):
            continue
        is_base = _BASE_BEFORE.search(before) is not None
        if _OTHER_USE.search(before) and not is_base:
            continue
        if match["name"] in _WEAK and not is_asked_for and not _is_customer(before, after):
            continue
        candidates.append((start, end))
        if _LEFT_BEFORE.search(before) or _LEFT_AFTER.match(after):
            left.append((start, end))
        elif is_base:
            preferred.append((start, end))
    current = [span for span in candidates if span not in left]
    if not {message.plain[start:end] for start, end in current} <= _WEAK:
        candidates = current
    preferred = [_in_full(message, span, candidates) for span in preferred]
    candidates = [_in_full(message, span, candidates) for span in candidates]
    distinct = {message.plain[start:end] for start, end in candidates} - _WEAK
    if len(distinct) <= 1 and candidates:
        strong = [span for span in candidates if message.plain[span[0] : span[1]] not in _WEAK]
        return (strong or candidates)[0]
    chosen = {message.plain[start:end] for start, end in preferred}
    if len(chosen) == 1:
        return preferred[0]
    return candidates[0] if candidates and "base_model" in asked else None


def _in_full(message: Message, span: tuple[int, int], named: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return where the same model is named more fully: "claude 3 haiku" for a "haiku" beside it."""
    words = set(message.plain[slice(*span)].split())
    fuller = {
        message.plain[slice(*other)]: other
        for other in named
        if words < set(message.plain[slice(*other)].split())
    }
    return next(iter(fuller.values())) if len(fuller) == 1 else span


def _is_customer(before: str, after: str) -> bool:
    return bool(
        re.search(r"\b(?:new|existing|current|our|an?) $", before)
        and re.match(r" (?:customer|account|org|user|tenant)", after)
    ) or bool(re.match(r" (?:customer|account)", after))


def _said_tunable(message: Message) -> Found | None:
    refused = _REFUSED.search(message.plain)
    if refused is not None:
        return Found("base_tunable", "no", *refused.span())
    tunable = _first(message, _TUNABLE)
    if tunable is not None:
        return Found("base_tunable", "yes", *tunable)
    return None


def _first(message: Message, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    for match in pattern.finditer(message.plain):
        if not is_denied_before(message, match.start()):
            return match.span()
    return None


_MAKERS = {"4o": "gpt", "4.1": "gpt", "opus": "claude", "sonnet": "claude", "haiku": "claude"}
"""Models that people call without their maker's name, and what it is."""
_SPELT = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "seventy": "70",
}
_SIZED = re.compile(r"\d+(?:\.\d+)?b\b")
_SIZE_BEFORE = re.compile(r"\b(?P<size>\d{1,3}(?:\.\d)?)[ -]?b[ -](?:parameter )?$")
_SIZE_AFTER = re.compile(
    r"(?: (?:thing|model))?[ ,(]+(?:the (?:one )?(?:with )?|an? )?"
    rf"(?P<size>\d{{1,3}}(?:\.\d)?|{'|'.join(_SPELT)})[ -]?b(?:illion)?\b"
    r"(?=(?: (?:one|version|model|variant|instruct))?(?:[,.;)]|$| (?:on|in|at|via|and|locally)\b))"
)


def _slug(name: str) -> str:
    maker = next((f"{maker}-" for begins, maker in _MAKERS.items() if name.startswith(begins)), "")
    return maker + re.sub(r"[ _]+", "-", name.strip())[:80]


def _size_beside(message: Message, start: int, end: int) -> str:
    """Return "-8b" for "the 8B llama 3" and "Llama 3, the 8B one"; "" where no size stands beside it."""
    name = message.plain[start:end]
    if not _is_open_family(name) or _SIZED.search(name):
        return ""
    size = _SIZE_BEFORE.search(message.plain, 0, start) or _SIZE_AFTER.match(message.plain, end)
    return f"-{_SPELT.get(size['size'], size['size'])}b" if size else ""


def _is_open_family(name: str) -> bool:
    return name.startswith(
        (
            "llama",
            "qwen",
            "mistral",
            "mixtral",
            "gemma",
            "phi",
            "deepseek",
            "falcon",
            "granite",
            "smollm",
            "olmo",
        )
    )
