"""Verdicts that hardly anybody gives: "there are thumbs in the UI but hardly anyone clicks" is no feedback.

Buttons are no verdicts. Where some are counted, or people tell in another way which answers are good, there
is something to learn from; and that nobody clicks "thumbs down" is praise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message, Part

_NOBODY = (
    r"(?:(?:hardly|barely|scarcely) (?:anyone|anybody|any (?:users?|people|of them))|"
    r"(?:(?:almost|nearly|virtually|practically|basically) )?(?:nobody|no one|noone|none of them)|"
    r"(?:very|too) few(?: people| users)?)"
)
_GIVES = (
    r"(?:clicks?|clicked|uses?|used|rates?|press(?:es)?|touch(?:es)?|bothers?|votes?|does|do|gives?|leaves?)"
)
_UP_DOWN = r"(?: up(?:(?:/| or | and )(?:thumbs )?down)?)?"
_VERDICTS = (
    r"(?:(?:on |to )?(?:them|those|these|it|one|any|a|the|our|either)? ?"
    rf"(?:thumbs?{_UP_DOWN}|(?:feedback |rating )?buttons?|ratings?|feedback|answers?|repl(?:y|ies)|click)?)"
)
_ENDS = r"(?=\s*(?:[.,;:!)]|$)| (?:and|so|though|anyway|yet|at all|either)\b)"
_SELDOM = r"(?:hardly|barely|rarely|seldom|scarcely|almost never|never|not really)(?: ever)?"
_UNUSED = re.compile(
    rf"\b{_NOBODY} (?:ever |really |actually )?{_GIVES}(?: {_VERDICTS})?{_ENDS}"
    rf"|\b(?P<seldom>{_SELDOM} (?:used|clicked|pressed|touched)|"
    rf"(?:(?:almost|nearly|practically) )?unused){_ENDS}"
)
_KEPT_FOR_NOTHING = re.compile(
    r"\b(?:data|logs?|table|feedback(?! buttons?)|ratings|votes|results|numbers|verdicts)\b[^.;!?]*$"
)
"""Before "unused": people give them, and nobody makes anything of them."""
_NAMED = re.compile(r"\b(?:thumbs?|feedback|ratings?|rate|stars?|votes?|vote|voting)\b")
_ONE_SIDED = re.compile(
    r"\b(?:thumbs?|click\w*|press\w*|votes?|gives?|rates?)(?: it| them)? (?:down|badly|below|low)\b"
)
_STILL_SOME = re.compile(
    r"\d|\b(?:hundreds?|thousands?|dozens|plenty|lots?|many|every|each|all|always|most|daily|weekly|"
    r"now|at first|initially|except|but (?:the|a|one|our|its) \w+|still|enough|"
    r"editors?|accept\w*|reject\w*|edit(?:s|ed)?|correct\w*|prefer\w*|better of|comments?|links?|sources?|"
    r"citations?|comparisons?|those who|the few|survey\w*|"
    r"collect\w*|stored?|logged|saved|gather\w*|come in|coming in|receiv\w*|look(?:s|ed)? at|analy[sz]\w*|"
    r"evaluat\w*)\b"
)
"""Beside it: some are counted, or there is another verdict, or it was so only once."""


def without_rare_verdicts(message: Message, found: Sequence[Found]) -> list[Found]:
    """Return what was found; buttons that hardly anybody presses are no feedback."""
    unused = _unused(message)
    return [
        replace(one, value="none", start=unused.start, end=unused.end)
        if unused and (one.fact, one.value) in (("feedback_kind", "unpaired"), ("feedback_kind", "clicks"))
        else one
        for one in found
    ]


def _unused(message: Message) -> Part | None:
    plain = message.plain
    if not _NAMED.search(plain) or _ONE_SIDED.search(plain) or _STILL_SOME.search(plain):
        return None
    told = (_UNUSED.search(plain, one.start, one.end) for one in sentences_as_it_is(message))
    return next((Part(*one.span()) for one in told if one and not _is_kept(plain, one)), None)


def _is_kept(plain: str, told: re.Match[str]) -> bool:
    """Say whether it is what was given that is not used: "the thumbs data is unused"."""
    return told["seldom"] is not None and _KEPT_FOR_NOTHING.search(plain[: told.start()]) is not None
