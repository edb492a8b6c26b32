"""What begins like a sub-command, is none, and asks nothing either: what is wrong, and what comes nearest.

`bot.slack.subcommands` is the grammar; this looks only at what it takes for a question. A text stays a
question when it asks (a question mark, a comma, a word by which a sentence asks or complains), and in every
doubt: when more than one of its words means nothing to the sub-command. What remains is a slip of the hand:

- a first word that is misspelt, with a rest that fits: "settigns", "digset on fri", "shows D-AP63XFPSOK";
- an id with words around it, or alone: "show D-AP63XFPSOK please", "AP63XFPSOK";
- another sub-command behind "show": "show settings";
- `digest` and `settings` with parts in the wrong order, unknown, or filled up: "digest weekly monday 25:00";
- names and quotes in a search: `log "refund tone"`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.slack.subcommands import MOST_WORDS, SENTENCE_WORDS, NoSuchId, SwitchDigestOn, parse
from bot.weeks import WEEKDAYS

ANY_ID = "D-…"
MOST_PARTS = 8
"""More than the longest `digest on` with a word or two too many. What is longer tells something."""

_COMMANDS = ("help", "log", "show", "withdraw", "settings", "digest")
_SHOWN = ("log", "settings", "digest", "help")
"""What shows something by its own name: "show settings"."""
_DIGEST_VERBS = ("on", "off", "preview", "now")
_LONG_DAYS = tuple(day.lower() for day in WEEKDAYS)
_DAYS = tuple(day[:3] for day in _LONG_DAYS)
_FILL = frozenset(
    """
    a an at by channel each every for here in me of our please the this to weekly workspace
    """.split()  # noqa: SIM905 - as prose
)
_ASKS = re.compile(r"[?,;!…]|\.{2,}|\.$|:(?!\d)")
_ID = re.compile(r"(?:d[-‐‑‒–—])?(?P<rest>(?=\w*\d)[0-9a-z]{10})", re.ASCII | re.IGNORECASE)
_BEGINS_LIKE_AN_ID = re.compile(r"d[-‐‑‒–—]", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?=\D)(?:[:.h](?P<minute>\d{2}))?(?P<half>[ap]m|h)?", re.ASCII)
"""A bare number is no time: "digest 5 tickets"."""
_QUOTES = "\"'“”„‘’*`@#"
_ONE_SLIP_FROM, _TWO_SLIPS_FROM = 5, 8


@dataclass(frozen=True)
class NotQuite:
    """They meant a sub-command: `wrong` are the words that it does not take, `closest` one that is right.

    `wrong` is empty when only the order is wrong; `closest` begins with the sub-command's name.
    """

    wrong: tuple[str, ...]
    closest: str


def nearest(text: str) -> NotQuite | None:
    """Return what somebody meant whose text is no sub-command; None when it is one, or a question."""
    words = text.split()
    if not words or len(words) > MOST_PARTS or len(text.strip().splitlines()) > 1 or parse(text) is not None:
        return None
    if len(words) == 1:
        return _alone(words[0])
    if _ASKS.search(" ".join(words)):
        return None
    command = _command_like(words[0])
    if command is None or (command == "log" and words[0].lower() != command):
        # "logs tone" may well be about logs.
        return None
    slip = () if words[0].lower() == command else (words[0],)
    rest = words[1:]
    corrected = " ".join([command, *rest])
    if slip and (meant := parse(corrected)) is not None:
        return NotQuite(slip, f"{command} {ANY_ID}" if isinstance(meant, NoSuchId) else corrected)
    found = _near(command, rest)
    return None if found is None else NotQuite((*slip, *found.wrong), found.closest)


def _alone(word: str) -> NotQuite | None:
    """Return what a single word comes near to: it tells no case, whatever stands behind it."""
    if found := _ID.fullmatch(word):
        return NotQuite((), f"show D-{found['rest'].upper()}")
    command = _command_like(word.strip("?!.,:"))
    if command is None:
        return None
    return NotQuite((word,), f"{command} {ANY_ID}" if command in ("show", "withdraw") else command)


def _near(command: str, rest: Sequence[str]) -> NotQuite | None:
    match command:
        case "show" if rest[-1].lower() in _SHOWN and not _unknown(rest[:-1]):
            return NotQuite(tuple(rest[:-1]), rest[-1].lower())
        case "show" | "withdraw":
            return _near_an_id(command, rest)
        case "settings":
            return _near_settings(rest)
        case "digest":
            return _near_digest(rest)
        case "log":
            return _near_a_search(rest)
    # Only "help digest" and the like: "help us decide" asks for help.
    return NotQuite(tuple(rest), "help") if len(rest) == 1 and rest[0].lower() in _COMMANDS else None


def _near_an_id(command: str, rest: Sequence[str]) -> NotQuite | None:
    ids = [word for word in rest if _ID.fullmatch(word) or _BEGINS_LIKE_AN_ID.match(word)]
    others = [word for word in rest if word not in ids]
    if not ids or _asks(others) or len(_unknown(others)) > 1:
        return None
    if (first := _ID.fullmatch(ids[0])) is None:
        return NotQuite(tuple(rest), f"{command} {ANY_ID}")
    wrong = list(rest)
    if _BEGINS_LIKE_AN_ID.match(ids[0]):
        wrong.remove(ids[0])
    return NotQuite(tuple(wrong), f"{command} D-{first['rest'].upper()}")


def _near_settings(rest: Sequence[str]) -> NotQuite | None:
    is_defaults = [_spelt(word, ("defaults", "default")) is not None for word in rest]
    others = [
        word
        for word, is_it in zip(rest, is_defaults, strict=True)
        if not is_it and word.lower() not in _DIGEST_VERBS
    ]
    if _asks(others) or len(unknown := _unknown(others)) > 1 or (unknown and len(rest) > 1):
        return None
    wrong = tuple(word for word in rest if word.lower() != "defaults")
    return NotQuite(wrong, "settings defaults" if any(is_defaults) else "settings")


def _near_digest(rest: Sequence[str]) -> NotQuite | None:
    """Return the digest that they mean, with its parts in order and what cannot be read left out."""
    parts = {"verb": "", "day": "", "clock": "", "zone": ""}
    wrong: list[str] = []
    others: list[str] = []
    for word in rest:
        kind, part, is_right = _digest_part(word)
        if not kind:
            others.append(word)
        if not kind or not is_right or parts[kind]:
            wrong.append(word)
        if kind:
            parts[kind] = parts[kind] or part
    unknown = _unknown(others)
    if _asks(others) or len(unknown) > 1 or (len(unknown) == len(rest) > 1):
        return None
    when = " ".join(filter(None, (parts["day"], parts["clock"], parts["zone"])))
    is_on = when or parts["verb"] == "on" or len(wrong) < len(rest)
    verb = "on" if when else parts["verb"] or ("on" if is_on else "")
    return NotQuite(tuple(wrong), " ".join(filter(None, ("digest", verb, when))))


def _digest_part(word: str) -> tuple[str, str, bool]:
    """Return which part of a digest a word is, how it is written, and whether they wrote it so.

    The part is "" for what is none, and what is written "" for a time or a zone that does not exist.
    """
    plain = word.lower()
    if plain in _DIGEST_VERBS:
        return "verb", plain, True
    if day := _spelt(plain, _LONG_DAYS) or (plain if plain in _DAYS else None):
        return "day", day[:3], plain in (*_DAYS, *_LONG_DAYS)
    if clock := _CLOCK.fullmatch(plain):
        return _clock(clock, plain)
    if _is_digest(word):
        return "zone", word, True
    if "/" in plain:
        return "zone", "", False
    if len(plain) >= _ONE_SLIP_FROM and (verb := _spelt(plain, _DIGEST_VERBS)):
        return "verb", verb, False
    return "", "", False


def _clock(found: re.Match[str], written: str) -> tuple[str, str, bool]:
    hour = int(found["hour"]) % 12 + 12 if found["half"] == "pm" else int(found["hour"])
    clock = f"{hour}:{found['minute'] or '00'}"
    if not _is_digest(clock):
        return "clock", "", False
    return "clock", clock, parse(f"digest on {written}") is not None


def _is_digest(part: str) -> bool:
    """Say whether a part stands in the grammar as it is: a time and a zone that exist."""
    return isinstance(parse(f"digest on {part}"), SwitchDigestOn)


def _near_a_search(rest: Sequence[str]) -> NotQuite | None:
    names = [word.strip(_QUOTES) for word in rest]
    closest = " ".join(["log", *filter(None, names)])
    wrong = tuple(word for word, name in zip(rest, names, strict=True) if word != name)
    is_search = wrong and len(rest) <= MOST_WORDS and parse(closest) is not None
    return NotQuite(wrong, closest) if is_search else None


def _asks(words: Sequence[str]) -> bool:
    """Say whether one of the words is one by which a sentence asks, decides or complains."""
    return any(word.lower().replace("’", "'") in SENTENCE_WORDS - _FILL for word in words)


def _unknown(words: Sequence[str]) -> list[str]:
    return [word for word in words if word.lower() not in _FILL]


def _command_like(word: str) -> str | None:
    plain = word.lower()
    if plain in _COMMANDS:
        return plain
    if found := _spelt(plain, _COMMANDS):
        return found
    # In a short word, another letter makes another word ("slow", "lot"); a swapped or doubled one does not.
    short = (name for name in _COMMANDS if len(name) < _ONE_SLIP_FROM and plain[:1] == name[0])
    near = (name for name in short if OSA.distance(plain, name) == 1)
    return next((name for name in near if len(name) != len(plain) or sorted(name) == sorted(plain)), None)


def _spelt(word: str, names: Sequence[str]) -> str | None:
    """Return which of the names a word is, with the slips that its length forgives."""
    slips = (len(word) >= _ONE_SLIP_FROM) + (len(word) >= _TWO_SLIPS_FROM)
    found = process.extractOne(word.lower(), names, scorer=OSA.distance, score_cutoff=slips)
    return None if found is None else found[0]
