"""Which words after `/finetune` are a sub-command. Everything else, and every doubt, is a question.

- nothing, `help` or `?`: what can be done.
- `log`: the newest decisions.
- `log WORDS`: those with all the words. At most four words on one line, without punctuation between or behind
  them. None of them may be one of those by which a sentence asks, decides or complains ("should", "our",
  "train", "too"), or one that makes another verb of "log" ("log in"). What is left names things and asks
  nothing: "log refund tone", "log tuning for tickets".
- `show D-XXXXXXXXXX`: one decision; `withdraw D-XXXXXXXXXX` takes it back. A word that only begins like an id
  is answered with what one looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_WORDS = 4

_HELP = frozenset({"", "help", "?"})
_LIKE_AN_ID = re.compile(r"[dD][-‐‑‒–—](?P<rest>\S*)")
_ID_CHARS = re.compile(r"[0-9A-Za-z]{10}", re.ASCII)
_WORD = re.compile(r"[^\W_](?:[\w'’.+/-]*[\w+])?")
_SENTENCE_WORDS = frozenset(
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
    """They want one decision and name it by what cannot be an id."""


Subcommand = Help | SearchLog | ShowDecision | WithdrawDecision | NoSuchId


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
        case "show" if len(others) == 1:
            return _decision(others[0], ShowDecision)
        case "withdraw" if len(others) == 1:
            return _decision(others[0], WithdrawDecision)
    return None


def _names_a_thing(word: str) -> bool:
    plain = word.lower().replace("’", "'")
    return _WORD.fullmatch(word) is not None and plain not in _SENTENCE_WORDS


def _decision(
    word: str, wanted: type[ShowDecision | WithdrawDecision]
) -> ShowDecision | WithdrawDecision | NoSuchId | None:
    begins = _LIKE_AN_ID.fullmatch(word)
    if begins is None:
        return None
    if _ID_CHARS.fullmatch(begins["rest"]) is None:
        return NoSuchId()
    return wanted(f"D-{begins['rest'].upper()}")
