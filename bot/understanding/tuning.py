"""How earlier fine-tuning went: `tried_finetune`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.cues import Cue
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_supposed
from bot.understanding.tuning_cues import TUNING_CUES

_TUNED = re.compile(
    r"\b(?:(?:i|we|they|ive|weve|team|already|have|had|and|then|so we|"
    r"so i) (?:\w+ )?(?:fine-tuned|tuned|trained|distilled)|(?:fine-tuned|tuned|"
    r"trained) (?:a|an|the|our|small|on|it|adapters?|models?|one|some|\d+b)|"
    r"after (?:our |the |my |a )?(?:fine-)?tuning|(?:we|i) (?:did|ran|tried|have done|"
    r"already did) (?:\w+ ){0,2}?(?:fine-tun\w+|tuning|lora|sft|qlora)|"
    r"tried (?:to )?(?:fine-tun\w+|tuning|lora)|(?:spent|spend) (?:\w+ ){1,8}?(?:tuning|"
    r"fine-tuning|training)|earlier (?:fine-tune|tune|training)|our (?:fine-tune|"
    r"fine-tuned model|lora|tuned model)|"
    r"(?:fine-tuning|fine-tune|lora|training) (?:already )?(?:made|got|didnt|did not|gave|"
    r"helped|hurt|broke|failed|worked))\b"
)
_NEVER = re.compile(
    r"\b(?:never|havent|have not|hasnt|didnt|not|no) (?:\w+ ){0,2}?(?:fine-tuned?|"
    r"fine-tuning|tuned|trained (?:a|any|anything|one)|tuning)(?: (?:anything|yet|before|"
    r"a model|so far))?\b(?! (?:is|data|budget|api))"
)
_NEAR = 220


def find_tuning(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield the outcome of a fine-tune they speak of in the past tense, or that there was none."""
    is_asked_for = "tried_finetune" in asked
    tuned = next(
        (one for one in _TUNED.finditer(message.plain) if not is_supposed(message, one.start())), None
    )
    never = _NEVER.search(message.plain)
    if never is not None and not is_supposed(message, never.start()):
        yield Found("tried_finetune", "none", *never.span())
        return
    if tuned is None and not is_asked_for:
        return
    start = 0 if tuned is None else tuned.start()
    for one in TUNING_CUES:
        match = _outcome(message, one, start, is_asked_for=is_asked_for)
        if match is not None:
            yield Found(one.fact, one.value, match.start(), match.end())
            return


def _outcome(message: Message, one: Cue, start: int, *, is_asked_for: bool) -> re.Match[str] | None:
    end = len(message.plain) if is_asked_for else min(len(message.plain), start + _NEAR)
    for match in one.pattern.finditer(message.plain, start, end):
        before = message.plain[max(0, match.start() - 12) : match.start()]
        is_denied = re.search(r"\b(?:not|never|didnt|doesnt|hasnt|isnt|wasnt|no)(?: \w+)? $", before)
        if not is_denied or match[0].startswith(("no ", "not ")):
            return match
    return None
