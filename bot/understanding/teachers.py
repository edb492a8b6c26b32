"""Whether a large or a small model already passes: `teacher_ok`, `small_model_ok`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understanding.cues import Cue, cue, find_cues
from bot.understanding.found import Found
from bot.understanding.message import Message

_LARGE = (
    r"(?:big|large|bigger|larger|biggest|largest|frontier|strong|strongest|best|full|"
    r"teacher|commercial|expensive|flagship|gpt-[56]|opus|70b|32b)"
)
_SMALL = r"(?:small|smaller|mini|tiny|cheap|cheaper|little|nano|haiku|flash|lite|student|8b|7b|3b)"
_ONE = r"(?: (?:reasoning |chat |open |commercial |hosted |class )?(?:ones?|models?|llms?))?"
_PASSES = (
    r"(?:already |easily |always |just |does |is |are |s |can |works |also |which |"
    r"that ){0,4}(?:passes|pass|nails|nail|aces|fine|good|great|ok|okay|works|work|"
    r"does (?:it|well|fine)|meets|meet|gets it right|handles it|"
    r"accurate|hits the bar|beautifully|perfect|right|classif\w+ \w+ \w+ \w+ beautifully|"
    r"answers well|enough|clears)"
)
_FAILS = (
    r"(?:also |even |already |still |just |does |is |are |can ){0,4}(?:fails?|failed|"
    r"misses|cant|doesnt|dont|isnt|falls short|flunks?|struggles?|not good enough|"
    r"not enough|gets it wrong)"
)

_SIZE_CUES: tuple[Cue, ...] = (
    cue(
        "teacher_ok",
        False,
        rf"(?:even|not even) (?:the |our |a )?{_LARGE}{_ONE} {_FAILS}",
        r"neither (?:of them |one )?(?:passes|works|is good enough)",
        rf"not even (?:the )?{_LARGE}{_ONE}(?: passes)?",
    ),
    cue(
        "teacher_ok",
        True,
        rf"(?:the |our |a |an )?{_LARGE}{_ONE} {_PASSES}",
        r"teacher ?= ?\S+",
        rf"{_LARGE}{_ONE} which (?:meets|passes|clears) \w+",
        r"both (?:of them )?(?:pass|work|are (?:fine|good))",
        r"correct with the (?:big|large) \w+",
    ),
    cue(
        "small_model_ok",
        True,
        rf"(?:the |our |a |an )?{_SMALL}{_ONE} {_PASSES}(?! (?:but|with))",
        r"both (?:of them )?(?:pass|work|are (?:fine|good))",
    ),
)
_ASKED_CUES: tuple[Cue, ...] = (
    cue(
        "tried_small_model",
        True,
        r"both (?:of them )?(?:pass|work|are (?:fine|good))",
        rf"{_SMALL}{_ONE} (?:\w+ )?{_FAILS}",
        rf"{_SMALL}{_ONE} (?:\w+ )?{_PASSES}",
    ),
)


def find_sizes(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield which sizes of model pass; what was tried is stated by the same words when we asked for it."""
    yield from find_cues(message, _SIZE_CUES, asked)
    if "teacher_ok" in asked:
        yield from find_cues(message, _ASKED_CUES, asked)
