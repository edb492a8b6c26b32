"""Which words after `/finetune` are a sub-command. Everything else, and every doubt, is a question.

- nothing, `help` or `?`: what can be done.
- `log`: the newest decisions.
- `log WORDS`: those with all the words. At most four words on one line, without punctuation between or behind
  them. None of them may be one of those by which a sentence asks, decides or complains ("should", "our",
  "train", "too"), or one that makes another verb of "log" ("log in"). What is left names things and asks
  nothing: "log refund tone", "log tuning for tickets".
- `show D-XXXXXXXXXX`: one decision; `withdraw D-XXXXXXXXXX` takes it back. A word that only begins like an id
  is answered with what one looks like.
- `settings`: a form with the channel's settings; `settings defaults`: the workspace's.
- `digest`: when the channel's digest comes; `digest on [DAY] [TIME] [ZONE]` as in `digest on fri 16:00
  Europe/Berlin`, each part as wished but in this order; `digest off`, `digest preview`, `digest now`. A part
  that only looks like a time or a zone is answered with what one looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.weeks import WEEKDAYS

MOST_WORDS = 4

_HELP = frozenset({"", "help", "?"})
_LIKE_AN_ID = re.compile(r"[dD][-‐‑‒–—](?P<rest>\S*)")
_ID_CHARS = re.compile(r"[0-9A-Za-z]{10}", re.ASCII)
_WORD = re.compile(r"[^\W_](?:[\w'’.+/-]*[\w+])?")
_LIKE_A_TIME = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})", re.ASCII)
_LIKE_A_ZONE = re.compile(r"[a-z_]+/[a-z_/+-]+", re.ASCII)
_HOURS, _MINUTES = 24, 60
_DAYS = {name: number for number, day in enumerate(WEEKDAYS) for name in (day.lower(), day.lower()[:3])}
SENTENCE_WORDS = frozenset(
    """
    what whats what's why how which who whom whose when where whether if
    should shall can could would will may might must ought do does did done doing
    is are was were be been being am isn't isnt aren't arent have has had need needs want wants let lets let's
    or vs versus better best worse worth enough instead rather
    we i us our ours me my mine you your yours it its it's they them their he she his her
    we're were we've weve i'm im i've ive you're youre they're theyre that's thats there's theres
    a an the this that these those there here
    please just tell recommend advise suggest help think consider considering know
    tune tunes finetune finetunes fine-tune fine-tunes train trains retrain retrains
    distil distill distils distills
    not no never none nothing nor don't dont doesn't doesnt didn't didnt can't cant cannot won't wont
    too very so but because since still always often every and/or
    wrong bad slow broken break breaks breaking fail fails failed failing keep keeps
    ignore ignores invent invents miss misses makes make made gets get got goes go comes cost costs
    in into out on onto off up
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
)


@dataclass(frozen=True)
class Help:
    """They want to know what can be done."""


@dataclass(frozen=True)
class SearchLog:
    """They want the newest decisions; with words, those that hold them all."""

    words: str = ""


@dataclass(frozen=True)
class ShowDecision:
    """They want one decision."""

    decision_id: str


@dataclass(frozen=True)
class WithdrawDecision:
    """They want to take one decision back."""

    decision_id: str


@dataclass(frozen=True)
class NoSuchId:
    """They want one decision and name it by what cannot be an id, or not at all."""


@dataclass(frozen=True)
class OpenSettings:
    """They want the form with the channel's settings, or with the workspace's defaults."""

    is_defaults: bool = False


@dataclass(frozen=True)
class ShowDigest:
    """They want to know when the channel's digest comes."""


@dataclass(frozen=True)
class SwitchDigestOn:
    """They want the digest; what they leave out stays as it is, or as is usual."""

    weekday: int | None = None
    at: time | None = None
    zone: str = ""


@dataclass(frozen=True)
class SwitchDigestOff:
    """They do not want the digest any more."""


@dataclass(frozen=True)
class PreviewDigest:
    """They want to see for themselves what the next digest would show."""


@dataclass(frozen=True)
class PostDigest:
    """They want the digest now."""


@dataclass(frozen=True)
class NoSuchTime:
    """They want the digest at a time or in a zone that does not exist."""


LogCommand = Help | SearchLog | ShowDecision | WithdrawDecision | NoSuchId
DigestCommand = ShowDigest | SwitchDigestOn | SwitchDigestOff | PreviewDigest | PostDigest | NoSuchTime
Subcommand = LogCommand | DigestCommand | OpenSettings


def parse(text: str) -> Subcommand | None:
    """Return the sub-command that the whole text is, or None when it is a question. Never raises."""
    stripped = text.strip()
    if stripped.lower() in _HELP:
        return Help()
    if len(stripped.splitlines()) > 1:
        return None
    first, *others = stripped.split()
    match first.lower():
        case "log" if len(others) <= MOST_WORDS and all(map(_names_a_thing, others)):
            return SearchLog(" ".join(others))
        case "show" if len(others) <= 1:
            return _decision("".join(others), ShowDecision)
        case "withdraw" if len(others) <= 1:
            return _decision("".join(others), WithdrawDecision)
        case "settings" if [other.lower() for other in others] in ([], ["defaults"]):
            return OpenSettings(is_defaults=bool(others))
        case "digest":
            return _digest(others)
    return None


def _digest(words: list[str]) -> DigestCommand | None:
    match [word.lower() for word in words]:
        case []:
            return ShowDigest()
        case ["off"]:
            return SwitchDigestOff()
        case ["preview"]:
            return PreviewDigest()
        case ["now"]:
            return PostDigest()
        case ["on", *rest]:
            return _digest_on(rest)
    return None


def _digest_on(words: list[str]) -> SwitchDigestOn | NoSuchTime | None:
    rest = list(words)
    weekday = at = None
    zone = ""
    if rest and rest[0] in _DAYS:
        weekday = _DAYS[rest.pop(0)]
    if rest and (clock := _LIKE_A_TIME.fullmatch(rest[0])):
        hour, minute = int(clock["hour"]), int(clock["minute"])
        if hour >= _HOURS or minute >= _MINUTES:
            return NoSuchTime() if len(rest) <= 2 else None  # noqa: PLR2004 - a zone may follow
        at = time(hour, minute)
        rest.pop(0)
    if rest and rest[0] in _zones():
        zone = _zones()[rest.pop(0)]
    if len(rest) == 1 and _LIKE_A_ZONE.fullmatch(rest[0]):
        return NoSuchTime()
    return None if rest else SwitchDigestOn(weekday, at, zone)


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def _names_a_thing(word: str) -> bool:
    plain = word.lower().replace("’", "'")
    return _WORD.fullmatch(word) is not None and plain not in SENTENCE_WORDS


def _decision(
    word: str, wanted: type[ShowDecision | WithdrawDecision]
) -> ShowDecision | WithdrawDecision | NoSuchId | None:
    begins = _LIKE_AN_ID.fullmatch(word)
    if begins is None:
        return None if word else NoSuchId()
    if _ID_CHARS.fullmatch(begins["rest"]) is None:
        return NoSuchId()
    return wanted(f"D-{begins['rest'].upper()}")
